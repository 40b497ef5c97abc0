"""A retired page tells its reason at its own address and nothing anywhere else; a private one tells nothing at all."""

import json

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.trust.crawls import Untouched, changed, readable_files, some_of_each, told_apart
from tests.trust.delivery_doors import V1
from tests.trust.doors import address_of, all_doors, ask, ask_all, doors_of_any_type, doors_of_type, leaks
from tests.trust.planting import Planter, World, page_types
from tests.trust.test_pages import RESTRICTIONS
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

WORD = "zqtajne"
REASON = f"{WORD} powód"
REDIRECTS = f"{V1}/redirects/"
HOSTILE = '"><img src=x onerror=alert(1)>'


def retired(planter: Planter, model: type[Page]) -> Page:
    page = planter.page(model)
    retire_page(page, None, reason=REASON)
    page.refresh_from_db()
    return page


@pytest.mark.sampled
def test_l1_retired_page_is_behind_no_door_but_its_own_address(
    world: World, untouched: Untouched, stranger: Client
) -> None:
    doors = all_doors(world.ground.values(), WORD)
    before = untouched.ask_all(doors)
    planter = Planter(world, WORD)

    pages = [retired(planter, model) for model in page_types()]
    after = ask_all(stranger, doors)

    redirects = {address for address in doors if address.startswith(REDIRECTS)}
    assert leaks([answer for address, answer in after.items() if address not in redirects], WORD) == []
    assert set(changed(before, after)) <= redirects
    assert told_apart(stranger, pages, by_address=False, doors=doors_but_by_path) == []
    assert told_apart(stranger, some_of_each([pages]), by_address=False, doors=doors_of_any_type) == []
    assert readable_files(stranger, planter) == []
    own = [ask(stranger, address_of(page)) for page in pages]
    assert [(answer.status, answer.holds(REASON)) for answer in own if answer.address] == [(410, True)] * len(pages)
    # What its address answers is told to front ends that answer at it themselves, and nothing besides.
    told = json.loads(after[f"{REDIRECTS}?limit=100"].body)["items"]
    said = {"kind": "gone", "status": 410, "to": None, "permanent": True, "title": f"{WORD} tytuł", "reason": REASON}
    expected = [{"old_path": address_of(page), **said} for page in pages]
    assert sorted((each for each in told if WORD in str(each)), key=str) == sorted(expected, key=str)


def doors_but_by_path(page: Page) -> list[tuple[str, str]]:
    """Those of its type; a front end asks by the address of the page what is said at that address."""
    return [pair for pair in doors_of_type(page) if not pair[0].startswith(f"{V1}/by-path/")]


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("above", [False, True], ids=["itself", "through the page above"])
def test_l3_retired_page_that_was_private_answers_like_a_missing_one(
    world: World, stranger: Client, reader: Client, subtests: pytest.Subtests, *, above: bool
) -> None:
    planters = {kind: Planter(world, f"{WORD}{kind}") for kind in RESTRICTIONS}
    pages = {kind: [retired(planter, model) for model in page_types()] for kind, planter in planters.items()}
    for kind, facts in RESTRICTIONS.items():
        if above:
            PageViewRestriction.objects.all().delete()
        for page in pages[kind]:
            PageViewRestriction.objects.create(page=page.get_parent() if above else page, **facts)
        with subtests.test(kind):
            for visitor in (stranger, reader):
                answers = ask_all(visitor, [address_of(page) for page in pages[kind]])
                assert leaks(answers.values(), WORD) == []
                assert {answer.status for answer in answers.values()} == {404}
                # Those of the next kinds are retired and not private yet: that they are gone is told.
                listed = ask_all(visitor, [f"{REDIRECTS}?limit=100", "/llms.txt"])
                assert leaks(listed.values(), planters[kind].word) == []
            if not above:
                assert told_apart(stranger, pages[kind], doors=doors_of_type) == []
    if not above:
        assert told_apart(stranger, some_of_each(list(pages.values())), doors=doors_of_any_type) == []


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
