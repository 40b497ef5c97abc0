"""Nothing that is not public gets out: pages, files and rows hidden in every way there is, and all they hold.

Everything hidden stands in one tree (tests/trust/hiding.py), and each door is asked once a visitor. The words of what is
hidden are nowhere, every public answer is the same to the byte as without it (counts, filters and order too), and the
addresses of a hidden page answer like those of a page that doesn't exist.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.soak import sample
from tests.standing import planted_for_many
from tests.trust.crawls import changed, readable_files, some_of_each, told_apart
from tests.trust.delivery_doors import V1
from tests.trust.doors import (
    Answer,
    address_of,
    ask,
    ask_all,
    document_addresses,
    doors_of_any_type,
    image_addresses,
    leaks,
)
from tests.trust.grown import Grown
from tests.trust.hiding import (
    HIDINGS,
    REDIRECTS,
    RESTRICTIONS,
    WORD,
    Hidden,
    Hider,
    changes_since,
    doors_of_type,
    exchange_translations,
)
from tests.trust.planting import World

TRANSLATIONS = ("otherlanguagedraft", "otherlanguageexpired")
# Whose files are public, on another site or to whoever is signed in.
OPEN_ELSEWHERE, OPEN_INSIDE = ("othersite",), ("login", "moved")

pytestmark = [pytest.mark.slow, pytest.mark.sampled]


@pytest.fixture(scope="module")
def grown_hidden(grown_world: Grown, django_db_blocker: Any) -> Iterator[Hidden]:
    with planted_for_many(django_db_blocker, grown_world.media) as plant:
        yield plant(lambda: Hider(grown_world.world.read_again()).plant())


@pytest.fixture
def hidden(grown_hidden: Hidden, world: World) -> Hidden:
    return grown_hidden


def test_no_public_door_breaks(hidden: Hidden) -> None:
    """Searches that find something and those that do not."""
    answers = hidden.before.values()

    assert [answer.address for answer in answers if answer.status not in {200, 301, 302, 308, 401, 404}] == []
    assert {answer.address.split("?")[0] for answer in answers if answer.status == 401} == {f"{V1}/drafts/"}
    assert {hidden.before[address_of(page)].status for page in hidden.shown} == {200}


@pytest.mark.services
def test_hidden_things_are_behind_no_door(hidden: Hidden, stranger: Client, subtests: pytest.Subtests) -> None:
    """Above ten seconds: round all doors, and those of each of 150 hidden pages.

    Doors that ask pages of all types in one query are tried with a few pages of each kind.
    """
    after = ask_all(stranger, hidden.doors)

    _assert_nothing_told(hidden, after)
    assert _changed(hidden, after) == set()
    for name, kind in hidden.kinds.items():
        with subtests.test(name):
            assert told_apart(stranger, kind.pages, by_address=kind.by_address, doors=kind.doors) == []
            assert name in OPEN_ELSEWHERE or readable_files(stranger, kind.planter) == []
    hidings = [hidden.kinds[hide.__name__.replace("_", "")].pages for hide in HIDINGS]
    gone = [[*hidden.kinds[f"{kind}retired"].pages, *hidden.kinds[f"{kind}above"].pages] for kind in RESTRICTIONS]
    assert told_apart(stranger, some_of_each([*hidings, *gone]), doors=doors_of_any_type) == []
    rows = [hidden.kinds[kind].pages for kind in (*RESTRICTIONS, "retired", "moved")]
    foreign = [page for name in TRANSLATIONS for page in hidden.kinds[name].pages]
    for_some = [*some_of_each(rows), *sample(foreign, foreign[::3])]
    assert told_apart(stranger, for_some, by_address=False, doors=doors_of_any_type) == []
    _assert_closed_at_their_addresses(hidden, stranger)


def _assert_nothing_told(hidden: Hidden, after: dict[str, Answer]) -> None:
    """No word of what is hidden in any answer: what is gone is told in one list alone."""
    redirects = {address for address in after if address.startswith(REDIRECTS)}
    telling = [answer for address, answer in after.items() if address not in redirects and answer.holds(WORD)]
    told_of = {name: leaks(telling, kind.planter.word)[:3] for name, kind in hidden.kinds.items()}
    assert {name: found for name, found in told_of.items() if found} == {}
    assert telling == []
    # What the address of a retired page answers is told to front ends that answer at it themselves, and nothing besides.
    word = hidden.kinds["retired"].planter.word
    gone = {
        "kind": "gone",
        "status": 410,
        "to": None,
        "permanent": True,
        "title": f"{word} tytuł",
        "reason": f"{word} powód",
    }
    expected = [{"old_path": address_of(page), **gone} for page in hidden.kinds["retired"].pages]
    listed = json.loads(after[f"{REDIRECTS}?limit=100"].body)["items"]
    assert sorted((each for each in listed if WORD in str(each)), key=str) == sorted(expected, key=str)


def _changed(hidden: Hidden, after: dict[str, Answer]) -> set[str]:
    """Addresses that answer otherwise than before anything was hidden, apart from the list of what is gone."""
    before = {address: answer for address, answer in hidden.before.items() if address in after}
    # The English home page is one of the pages that get hidden: its own address is no door of another.
    return {address for address in changed(before, after) if not address.startswith(REDIRECTS)} - {"/en/"}


def _assert_closed_at_their_addresses(hidden: Hidden, visitor: Client) -> None:
    """A retired page tells its reason at its own address, a private one nothing, and one that is both is not there."""
    own = [ask(visitor, address_of(page)) for page in hidden.kinds["retired"].pages]
    reason = f"{hidden.kinds['retired'].planter.word} powód"
    assert [(answer.status, answer.holds(reason)) for answer in own] == [(410, True)] * len(own)
    for kind in RESTRICTIONS:
        both = [*hidden.kinds[f"{kind}retired"].pages, *hidden.kinds[f"{kind}above"].pages]
        answers = ask_all(visitor, [address_of(page) for page in both]).values()
        assert leaks(answers, WORD) == []
        assert {answer.status for answer in answers} == {404}


def test_private_pages_say_nothing_at_their_own_addresses(hidden: Hidden, stranger: Client) -> None:
    for kind in RESTRICTIONS:
        own = ask_all(stranger, [address_of(page) for page in hidden.kinds[kind].pages])
        # The address that one comes back to after signing in holds the word as well, in the slug.
        assert leaks(own.values(), f"{hidden.kinds[kind].planter.word} ") == []


def test_changes_name_what_was_public_alone(hidden: Hidden, stranger: Client) -> None:
    """That it is gone is told to whoever keeps a copy."""
    told = changes_since(stranger, hidden.since)

    assert leaks([told], *hidden.never_public()) == []
    assert told.holds(hidden.kinds["unpublished"].planter.word)


def test_edits_of_live_pages_are_told_to_nobody(hidden: Hidden) -> None:
    """That what they hold is behind no door is asked above, with all else."""
    # Rows that no page shows yet are recorded and told to nobody: the cursor moves, the events don't tell why.
    assert '"events":[]' in hidden.told_of_edits.body
    waiting = Page.objects.filter(pk__in=[page.pk for page in hidden.shown])
    assert len(waiting) == len(hidden.shown)
    assert all(page.scheduled_revision not in (None, page.latest_revision) for page in waiting)


def test_drafts_are_read_under_their_links(hidden: Hidden) -> None:
    """The counterpart: what is behind no door has been shown to somebody."""
    assert len(hidden.drafts_under_links) == len(hidden.kinds["draft"].pages)
    assert all(answer.holds(hidden.kinds["draft"].planter.word) for answer in hidden.drafts_under_links)


@pytest.mark.parametrize("who", ["reader", "colleague"])
def test_hidden_things_are_behind_no_door_for_people_who_may_not_edit_them(
    hidden: Hidden, reader: Client, colleague: Client, subtests: pytest.Subtests, who: str
) -> None:
    """Somebody with an account alone, and an editor of another section.

    Whoever is signed in may read what asks for no more than that, at its own address; no list tells of it. What
    strangers meet as drafts in another language has run out here, and the other way round.
    """
    visitor = {"reader": reader, "colleague": colleague}[who]
    exchange_translations(hidden)
    # Being signed in opens an address or does not: no choice of a filter opens what another leaves closed.
    unfiltered = [address for address in hidden.doors if "?" not in address or WORD in address]
    after = ask_all(visitor, sample(hidden.doors, [*unfiltered, f"{REDIRECTS}?limit=100"]))

    _assert_nothing_told(hidden, after)
    if who == "reader":  # pages show editors a bar of their own
        assert _changed(hidden, after) == set()
    for name in ("draft", *RESTRICTIONS, *TRANSLATIONS):
        kind = hidden.kinds[name]
        with subtests.test(name):
            assert told_apart(visitor, kind.pages, by_address=kind.by_address, doors=doors_of_type) == []
    for name, kind in hidden.kinds.items():
        with subtests.test(name):
            assert name in (*OPEN_ELSEWHERE, *OPEN_INSIDE) or readable_files(visitor, kind.planter) == []
    assert told_apart(visitor, some_of_each([hidden.kinds["draft"].pages]), doors=doors_of_any_type) == []
    login = some_of_each([hidden.kinds["login"].pages])
    assert told_apart(visitor, login, by_address=False, doors=doors_of_any_type) == []
    _assert_closed_at_their_addresses(hidden, visitor)


def test_files_that_no_page_shows_are_not_there(hidden: Hidden, stranger: Client, reader: Client) -> None:
    addresses = [*image_addresses(hidden.unused_photo), *document_addresses(hidden.unused_document)]
    for visitor in (stranger, reader):
        assert {answer.status for answer in ask_all(visitor, addresses).values()} == {404}
