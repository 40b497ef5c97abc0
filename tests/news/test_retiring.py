"""Retired pages: gone for a reason or moved, nowhere in lists, back when they are published again."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageLogEntry

from home.models import StandardPage
from tests.admin.desk import EDITORS, PUBLISHERS, member, set_up_roles
from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    restrict,
)
from tests.standing import Tree
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import NewsPage, Retirement
from wagtail_newsroom.news.publishing.updates.announcements import add_correction
from wagtail_newsroom.news.publishing.updates.retiring import bring_back, page_at, retire_page

pytestmark = pytest.mark.services

REASON = "Nabór odwołano."


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def publisher(tree: dict[str, Page]) -> User:
    return member(PUBLISHERS)


@pytest.fixture
def page(tree: dict[str, Page]) -> NewsPage:
    made = NewsPageFactory(parent=tree["news"], title="Zqnabór", slug="nabor")
    made.save_revision().publish()
    return NewsPage.objects.get(pk=made.pk)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def test_retired_page_answers_410_with_its_reason_and_stays_out_of_search_engines(
    page: NewsPage, publisher: User, client: Client
) -> None:
    retire_page(page, publisher, reason=REASON)

    answer = client.get(page.url)
    assert answer.status_code == 410
    assert REASON.replace(" ", "\u00a0", 0) in answer.content.decode()
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert 'rel="canonical"' not in answer.content.decode()
    head = client.head(page.url)
    assert (head.status_code, head.content) == (410, b"")
    assert not answer.cookies


def test_retired_page_is_in_no_list_sitemap_or_api(
    tree: dict[str, Page], page: NewsPage, publisher: User, client: Client
) -> None:
    retire_page(page, publisher, reason=REASON)

    for address in (tree["home"].url, tree["news"].url, "/sitemap.xml", "/api/v2/pages/?limit=100"):
        assert b"Zqnab" not in client.get(address).content, address
    for address in (
        f"/api/v2/pages/{page.pk}/",
        f"/api/v3-preview/pages/{page.pk}/",
        "/api/v2/pages/find/?html_path=/aktualnosci/nabor/",
        "/api/v3-preview/pages/find/?html_path=/aktualnosci/nabor/",
    ):
        assert client.get(address).status_code == 404, address


def test_retired_page_leads_to_the_current_address_of_its_target(
    tree: dict[str, Page], page: NewsPage, publisher: User, client: Client
) -> None:
    target = NewsPageFactory(parent=tree["news"], slug="nowy")
    retire_page(page, publisher, redirect_page=target)
    target.slug = "jeszcze-nowszy"
    target.save()

    for answer in (client.get(page.url), client.head(page.url)):
        assert (answer.status_code, answer.headers["Location"]) == (301, "/aktualnosci/jeszcze-nowszy/")


def test_target_that_is_public_no_more_gives_the_reason_instead_and_names_nothing(
    tree: dict[str, Page], page: NewsPage, publisher: User, client: Client
) -> None:
    target = NewsPageFactory(parent=tree["news"], title="Zqcel", slug="zqcel")
    retire_page(page, publisher, redirect_page=target)
    target.unpublish()
    answer = client.get(page.url)
    assert answer.status_code == 410
    assert b"qcel" not in answer.content
    target.delete()
    assert client.get(page.url).status_code == 410


def test_retired_page_leads_elsewhere(page: NewsPage, publisher: User, client: Client) -> None:
    retire_page(page, publisher, redirect_url="https://example.org/nabor?x=1")
    assert client.get(page.url).headers["Location"] == "https://example.org/nabor?x=1"


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({}, "reason"),
        ({"reason": "  "}, "reason"),
        ({"redirect_url": "javascript:alert(1)"}, "redirect_url"),
        ({"redirect_url": "data:text/html,x"}, "redirect_url"),
        ({"redirect_url": "//example.org"}, "redirect_url"),
        ({"redirect_url": "http://localhost/aktualnosci/nabor"}, "redirect_url"),
        ({"redirect_url": "http://LOCALHOST:80/aktualnosci/nabor/?a=b"}, "redirect_url"),
        ({"redirect_url": "http://localhost/aktualnosci/szkic/"}, "redirect_url"),
        ({"redirect_page": "itself"}, "redirect_page"),
        ({"redirect_page": "draft"}, "redirect_page"),
        ({"redirect_page": "private"}, "redirect_page"),
        ({"reason": "x" * 501}, "reason"),
    ],
)
def test_answer_that_helps_nobody_is_refused_and_the_page_stays_public(
    tree: dict[str, Page], page: NewsPage, publisher: User, answer: dict[str, Any], field: str
) -> None:
    targets = {
        "itself": page,
        "draft": NewsPageFactory(parent=tree["news"], slug="szkic", live=False),
        "private": NewsPageFactory(parent=tree["news"]),
    }
    restrict(targets["private"])
    given = {name: targets.get(value, value) for name, value in answer.items()}

    with pytest.raises(ValidationError) as refused:
        retire_page(page, publisher, **given)

    assert list(refused.value.message_dict) == [field]
    assert fresh(page).live
    assert not Retirement.objects.exists()


def test_circle_of_retired_pages_is_refused(tree: dict[str, Page], page: NewsPage, publisher: User) -> None:
    other = NewsPageFactory(parent=tree["news"], slug="drugi")
    retire_page(page, publisher, redirect_page=other)
    for back in ({"redirect_page": page}, {"redirect_url": "http://localhost/aktualnosci/nabor/"}):
        with pytest.raises(ValidationError):
            retire_page(other, publisher, **back)
    assert fresh(other).live


def test_address_of_this_site_is_kept_as_its_page(tree: dict[str, Page], page: NewsPage, publisher: User) -> None:
    target = NewsPageFactory(parent=tree["news"], slug="nowy")
    retirement = retire_page(page, publisher, redirect_url="http://localhost/aktualnosci/nowy/")
    assert (retirement.redirect_page.pk, retirement.redirect_url) == (target.pk, "")
    assert page_at("https://example.org/aktualnosci/nowy/") is None
    assert page_at("http://localhost/").pk == tree["home"].pk


def test_page_that_was_never_public_and_the_home_page_cannot_be_retired(tree: dict[str, Page], publisher: User) -> None:
    draft = NewsPageFactory(parent=tree["news"], live=False)
    for each, code in ((draft, "never_public"), (tree["home"], "home")):
        with pytest.raises(ValidationError) as refused:
            retire_page(each, publisher, reason=REASON)
        assert refused.value.code == code


def test_editor_may_not_retire(page: NewsPage) -> None:
    Page.objects.filter(pk=page.pk).update(owner=member(EDITORS))
    with pytest.raises(PermissionDenied):
        retire_page(page, member(EDITORS), reason=REASON)
    assert fresh(page).live


def test_pages_below_a_retired_one_go_on(tree: dict[str, Page], publisher: User, client: Client) -> None:
    parent = StandardPageFactory(parent=tree["home"], slug="o-nas")
    child = StandardPageFactory(parent=parent, slug="zespol")
    retire_page(parent, publisher, reason=REASON)
    assert client.get(parent.url).status_code == 410
    assert client.get(child.url).status_code == 200


@pytest.mark.parametrize("kind", ["news", "event", "gallery", "standard", "list"])
def test_every_kind_of_page_answers(tree: dict[str, Page], publisher: User, client: Client, kind: str) -> None:
    made = {
        "news": lambda: NewsPageFactory(parent=tree["news"]),
        "event": lambda: EventPageFactory(parent=tree["events"]),
        "gallery": lambda: GalleryPageFactory(parent=tree["galleries"]),
        "standard": lambda: StandardPageFactory(parent=tree["home"]),
        "list": lambda: tree["documents"],
    }[kind]()
    retire_page(made, publisher, reason=REASON)
    assert client.get(made.url).status_code == 410
    assert client.get(f"{made.url}nie-ma/").status_code == 404


def test_photo_of_a_retired_gallery_is_gone_too(tree: dict[str, Page], publisher: User, client: Client) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"])
    retire_page(gallery, publisher, reason=REASON)
    assert client.get(f"{gallery.url}foto/1/").status_code == 404
    assert isinstance(fresh(gallery), GalleryPage)


def test_unpublished_page_without_an_answer_is_missing(page: NewsPage, client: Client) -> None:
    page.unpublish()
    assert client.get(page.url).status_code == 404


def test_page_unpublished_long_ago_gets_its_answer_late(page: NewsPage, publisher: User, client: Client) -> None:
    page.unpublish()
    retire_page(page, publisher, reason=REASON)
    assert client.get(page.url).status_code == 410


def test_answer_outlives_the_expiry_of_the_page(page: NewsPage, publisher: User, client: Client) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + dt.timedelta(hours=1))
    retire_page(page, publisher, reason=REASON)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(hours=1))
    assert client.get(page.url).status_code == 410


def test_page_that_is_published_again_is_retired_no_more(page: NewsPage, publisher: User, client: Client) -> None:
    retire_page(page, publisher, reason=REASON)
    fresh(page).save_revision().publish()
    assert client.get(page.url).status_code == 200
    assert not Retirement.objects.exists()


def test_page_scheduled_again_stays_retired_until_then(page: NewsPage, publisher: User, client: Client) -> None:
    retire_page(page, publisher, reason=REASON)
    draft = fresh(page)
    draft.go_live_at = timezone.now() + dt.timedelta(days=1)
    draft.save_revision().publish()
    assert client.get(page.url).status_code == 410


def test_page_brought_back_is_what_it_was_and_the_draft_stays_a_draft(
    page: NewsPage, publisher: User, client: Client
) -> None:
    draft = page.get_latest_revision_as_object()
    draft.place = "zqszkic"
    draft.save_revision()
    retire_page(page, publisher, reason=REASON)

    bring_back(page, publisher)

    live = fresh(page)
    assert (live.live, live.place, live.get_latest_revision_as_object().place) == (True, "", "zqszkic")
    assert client.get(page.url).status_code == 200
    assert not Retirement.objects.exists()
    actions = PageLogEntry.objects.filter(page=page.pk, action__startswith="newsroom").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["newsroom.retired", "newsroom.brought_back"]
    with pytest.raises(ValidationError):
        bring_back(page, publisher)
    add_correction(page, publisher, "a", "b")


def test_reason_comes_in_the_language_of_the_page(tree: dict[str, Page], publisher: User, client: Client) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    for key in ("home", "news"):
        tree[key].copy_for_translation(english, copy_parents=True).save_revision().publish()
    page = NewsPageFactory(parent=tree["news"], slug="nabor")
    copy = page.copy_for_translation(english)
    copy.save_revision().publish()
    set_up_roles()  # in the new language too
    retire_page(copy, publisher, reason="The call is withdrawn.")

    answer = client.get(copy.url)
    assert copy.url.startswith("/en/")
    assert answer.status_code == 410
    body = answer.content.decode()
    assert '<html lang="en"' in body
    assert "This page was withdrawn" in body
    assert client.get(page.url).status_code == 200


# Addresses that change: Wagtail's redirects, on this site


def test_changed_slug_and_moved_list_lead_on_in_both_languages(
    tree: dict[str, Page], client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    section = StandardPageFactory(parent=tree["home"], title="Dział", slug="dzial")
    index = StandardPageFactory(parent=tree["home"], title="Spis", slug="spis")
    child = StandardPageFactory(parent=index, title="Wpis", slug="wpis")
    pages = [index, child, section]
    for each in (tree["home"], section, index, child):
        copy = each.copy_for_translation(english, copy_parents=True)
        copy.save_revision().publish()
        pages.append(copy)
    old = {each.pk: each.url for each in pages}

    for moved in (index, index.get_translation(english)):
        target = section if moved.pk == index.pk else section.get_translation(english)
        StandardPage.objects.get(pk=moved.pk).move(Page.objects.get(pk=target.pk), pos="last-child")
    for renamed in (child, child.get_translation(english)):
        renamed = StandardPage.objects.get(pk=renamed.pk)
        renamed.slug = f"nowy-{renamed.slug}"
        with django_capture_on_commit_callbacks(execute=True):
            renamed.save_revision().publish()

    assert Redirect.objects.filter(automatically_created=True).count() >= 6
    for each in (index, child, index.get_translation(english), child.get_translation(english)):
        now = Page.objects.get(pk=each.pk)
        answer = client.get(old[each.pk])
        assert now.url != old[each.pk]
        assert (answer.status_code, answer.headers["Location"]) == (301, now.url), old[each.pk]
