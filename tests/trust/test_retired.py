"""A retired page tells its reason at its own address as text, and nothing of a target that is private: see test_hidden.py."""

from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.trust.doors import address_of, ask
from tests.trust.hiding import WORD
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

HOSTILE = '"><img src=x onerror=alert(1)>'


def test_l3_retired_page_does_not_give_its_target_away_once_that_is_private(world: World, stranger: Client) -> None:
    target, page = Planter(world, WORD).page(page_types()[0]), Planter(world, "zqstare").page(page_types()[0])
    retire_page(page, None, redirect_page=target)
    PageViewRestriction.objects.create(page=target, restriction_type=PageViewRestriction.LOGIN)

    answer = ask(stranger, address_of(page))

    assert answer.status == 410
    assert not answer.holds(WORD)


def test_x1_reason_is_inert(world: World, stranger: Client) -> None:
    page = Planter(world, WORD).page(page_types()[0])
    Page.objects.filter(pk=page.pk).update(title=HOSTILE)
    retire_page(page, None, reason=HOSTILE)

    body = ask(stranger, address_of(page)).body

    assert "<img src=x" not in body
    assert body.count("&lt;img src=x onerror=alert(1)&gt;") == 2
