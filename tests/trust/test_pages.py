"""No page that is not public gets out: drafts, scheduled, expired, unpublished and private ones, and all they hold.

The words of a hidden page are nowhere, every public answer is the same to the byte as without it (counts, filters
and order too), and its own addresses answer like those of a page that doesn't exist.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction

from tests.trust.crawls import Untouched, changed, readable_files, some_of_each, told_apart
from tests.trust.delivery_doors import V1
from tests.trust.doors import (
    V2,
    V3,
    Answer,
    address_of,
    all_doors,
    ask,
    ask_all,
    doors_of_any_type,
    doors_of_type,
    leaks,
)
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.models import SearchPageMixin
from wagtail_newsroom.news.publishing.schedule.due import run_due
from wagtail_newsroom.news.publishing.sharing.links import share_draft

WORD = "zqtajne"
CHANGES = f"{V1}/changes/"
Hide = Callable[[Planter, type[Page]], Page]


def draft(planter: Planter, model: type[Page]) -> Page:
    return planter.page(model, live=False)


def scheduled(planter: Planter, model: type[Page]) -> Page:
    page = planter.page(model, live=False)
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    page.save_revision().publish()
    assert page.revisions.filter(approved_go_live_at__isnull=False).exists()
    return page


def past_its_expiry(planter: Planter, model: type[Page]) -> Page:
    """Live still: no scheduler has come round."""
    page = planter.page(model)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    return page


def expired(planter: Planter, model: type[Page]) -> Page:
    page = past_its_expiry(planter, model)
    run_due()
    page.refresh_from_db()
    assert not page.live
    return page


def unpublished(planter: Planter, model: type[Page]) -> Page:
    page = planter.page(model)
    page.unpublish()
    return page


# In this order: the scheduler that comes round for the fourth would take down the fifth too.
HIDINGS: list[Hide] = [draft, scheduled, unpublished, expired, past_its_expiry]
RESTRICTIONS: dict[str, dict[str, Any]] = {
    "login": {"restriction_type": PageViewRestriction.LOGIN},
    "password": {"restriction_type": PageViewRestriction.PASSWORD, "password": "tylko dla nas"},
    "groups": {"restriction_type": PageViewRestriction.GROUPS},
}


@pytest.fixture
def sharer(db: None) -> User:
    return User.objects.create_superuser("sharer")


def cursor_of(visitor: Client) -> str:
    """The place in the log of changes that is reached now."""
    return str(visitor.get(CHANGES).json()["cursor"])


def changes_since(visitor: Client, cursor: str) -> Answer:
    return ask(visitor, f"{CHANGES}?since={cursor}&limit=1000")


def test_no_public_door_breaks(world: World, untouched: Untouched) -> None:
    """Searches that find something and those that do not."""
    doors = all_doors(world.ground.values(), WORD)
    found = [address for address in all_doors(world.ground.values(), "zwykle") if "zwykle" in address]
    answers = untouched.ask_all([*doors, *found])

    assert [answer.address for answer in answers.values() if answer.status not in {200, 301, 302, 308, 401, 404}] == []
    assert {answer.address.split("?")[0] for answer in answers.values() if answer.status == 401} == {f"{V1}/drafts/"}


@pytest.mark.services
@pytest.mark.sampled
def test_l1_hidden_page_is_behind_no_door(
    world: World, untouched: Untouched, stranger: Client, sharer: User, subtests: pytest.Subtests
) -> None:
    """A draft, a scheduled, an unpublished and an expired page of each type, and one whose time has run out.

    The drafts are shared, and have been read under their links. Above ten seconds: all doors twice, and those of 75
    hidden pages. Doors that ask pages of all types in one query are tried with two pages of each kind of hiding.
    """
    planters = [Planter(world, f"{WORD}{hide.__name__.replace('_', '')}") for hide in HIDINGS]
    searches = [f"{api}/pages/?limit=100&search={planter.word}" for api in (V2, V3) for planter in planters]
    searches += [f"{V1}/search/?limit=100&q={planter.word}" for planter in planters]
    boxes = [address_of(page) for page in world.ground.values() if isinstance(page, SearchPageMixin)]
    assert boxes
    searches += [f"{box}suggestions.json?q={planter.word}" for box in boxes for planter in planters]
    doors = [*all_doors(world.ground.values(), WORD), *searches]
    before = untouched.ask_all(doors)
    since = cursor_of(stranger)

    hidden = [[hide(planter, model) for model in page_types()] for hide, planter in zip(HIDINGS, planters, strict=True)]
    shared = [reverse("newsroom_draft", args=[share_draft(page, sharer).token]) for page in hidden[0]]
    assert all(ask(stranger, link).holds(planters[0].word) for link in shared)
    after = ask_all(stranger, doors)

    for planter, pages in zip(planters, hidden, strict=True):
        with subtests.test(planter.word):
            assert leaks(after.values(), planter.word) == []
            assert told_apart(stranger, pages, doors=doors_of_type) == []
            assert readable_files(stranger, planter) == []
    assert changed(before, after) == []
    assert told_apart(stranger, some_of_each(hidden), doors=doors_of_any_type) == []
    # The others were public for a moment: that they are gone is told to whoever keeps a copy.
    never_public = [planter.word for planter in planters[:2]]
    assert leaks([changes_since(stranger, since)], *never_public) == []
    assert changes_since(stranger, since).holds(planters[2].word)


@pytest.mark.sampled
def test_l1_draft_is_behind_no_door_for_people_who_may_not_edit_it(
    world: World, reader: Client, colleague: Client, subtests: pytest.Subtests
) -> None:
    planter = Planter(world, WORD)
    hidden = [draft(planter, model) for model in page_types()]
    doors = all_doors(world.tree.values(), WORD)

    for who, visitor in {"reader": reader, "colleague": colleague}.items():
        with subtests.test(who):
            assert leaks(ask_all(visitor, doors).values(), WORD) == []
            assert told_apart(visitor, hidden, doors=doors_of_type) == []
            assert told_apart(visitor, some_of_each([hidden]), doors=doors_of_any_type) == []
            assert readable_files(visitor, planter) == []


def test_l1_child_of_unpublished_page_does_not_name_it(world: World, stranger: Client) -> None:
    planter, child = Planter(world, WORD), Planter(world, "zqdziecko")
    children = []
    for model in page_types():
        for parent_model in page_types():
            if parent_model in model.allowed_parent_page_models() and parent_model is not world.tree["home"].__class__:
                parent = planter.page(parent_model)
                children.append(child.page(model, parent=parent))
                parent.refresh_from_db()
                parent.unpublish()

    own = [address for page in children for address in (address_of(page), *_api(page))]
    answers = ask_all(stranger, own)

    assert {answer.status for answer in answers.values()} == {200}
    assert leaks(answers.values(), f"{WORD} tytuł") == []


def _api(page: Page) -> list[str]:
    return [f"/api/v2/pages/{page.pk}/", f"/api/v3-preview/pages/{page.pk}/"]


def as_draft(page: Page) -> None:
    page.go_live_at = None
    page.save_revision()


def for_later(page: Page) -> None:
    page.go_live_at = timezone.now() + dt.timedelta(days=2)
    page.save_revision().publish()


@pytest.mark.slow
def test_l2_editing_live_pages_changes_nothing_outside(
    world: World, stranger: Client, subtests: pytest.Subtests
) -> None:
    """Whatever was changed, and saved for later and as a draft. Above ten seconds: twice round all doors.

    Each way of saving has its word. The draft is the younger one: both wait beside what is public.
    """
    pages = [Planter(world, "zqjawne").page(model) for model in page_types()]
    prepare_sizes(get_image_model().objects.all())
    doors = all_doors(pages, "zqjawne")
    before = ask_all(stranger, doors)
    assert {before[address_of(page)].status for page in pages} == {200}
    since = cursor_of(stranger)

    planters = {save: Planter(world, f"{WORD}{save.__name__.replace('_', '')}") for save in (for_later, as_draft)}
    for save, planter in planters.items():
        for page in pages:
            save(planter.edit(page))
    after = ask_all(stranger, doors)

    assert changed(before, after) == []
    # Rows that no page shows yet are recorded and told to nobody: the cursor moves, the events don't tell why.
    assert '"events":[]' in changes_since(stranger, since).body
    for save, planter in planters.items():
        with subtests.test(save.__name__):
            assert leaks(after.values(), planter.word) == []
            assert readable_files(stranger, planter) == []
    waiting = Page.objects.filter(pk__in=[page.pk for page in pages])
    assert all(page.scheduled_revision not in (None, page.latest_revision) for page in waiting)


@pytest.mark.sampled
@pytest.mark.parametrize("kinds", [("login",), ("password", "groups")], ids=" and ".join)
def test_l3_private_page_and_what_lies_below_is_behind_no_door(
    world: World, untouched: Untouched, stranger: Client, reader: Client, kinds: tuple[str, ...]
) -> None:
    """Above ten seconds: pages of each type, and below each of them pages of each type that may stand there."""
    doors = all_doors(world.ground.values() if "login" in kinds else world.tree.values(), WORD)
    before = untouched.ask_all(doors)
    planter = Planter(world, WORD)

    private = [[planter.page(model) for model in page_types()] for _kind in kinds]
    hidden = [page for pages in private for page in pages]
    below = [
        planter.page(model, parent=parent)
        for parent in hidden
        for model in page_types()
        if type(parent) in model.allowed_parent_page_models() and type(parent) is not type(world.tree["home"])
    ]
    for kind, pages in zip(kinds, private, strict=True):
        for page in pages:
            restriction = PageViewRestriction.objects.create(page=page, **RESTRICTIONS[kind])
            if kind == "groups":
                restriction.groups.add(Group.objects.create(name=f"Only {page.pk}"))
    # Whoever is signed in may read what asks for no more than that, at its own address; no list tells of it.
    visitor = reader if "login" in kinds else stranger
    after = ask_all(visitor, doors)

    assert leaks(after.values(), WORD) == []
    assert changed(before, after) == []
    assert told_apart(visitor, [*hidden, *below], by_address=False, doors=doors_of_type) == []
    assert told_apart(visitor, some_of_each([*private, below]), by_address=False, doors=doors_of_any_type) == []
    assert readable_files(stranger, planter) == []
    own = ask_all(stranger, [address_of(page) for page in [*hidden, *below]])
    assert [answer.address for answer in own.values() if answer.holds(f"{WORD} ")] == []


def test_l3_page_moved_under_a_private_one_is_private(world: World, untouched: Untouched, stranger: Client) -> None:
    from home.models import StandardPage

    doors = all_doors(world.tree.values(), WORD)
    before = untouched.ask_all(doors)
    safe = Planter(world, "zqskrytka").page(StandardPage)
    PageViewRestriction.objects.create(page=safe, restriction_type=PageViewRestriction.LOGIN)
    page = Planter(world, WORD).page(StandardPage)
    page.move(safe, pos="last-child")
    page.refresh_from_db()

    answers = ask_all(stranger, doors)

    assert leaks(answers.values(), WORD) == []
    assert changed(before, answers) == []
    assert told_apart(stranger, [page], by_address=False) == []
