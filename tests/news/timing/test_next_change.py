"""A page looks the same until the moment that is told beforehand: a sweep through the time of varied pages."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from tests.factories import EventPageFactory, NewsPageFactory, attach, make_attachment
from tests.standing import Tree
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models import AgendaChange, EventPage, NewsPage, PageContact
from wagtail_newsroom.news.timing.next_change import INSTANT, next_change, next_change_of_site

WARSAW = ZoneInfo("Europe/Warsaw")
BEGIN = dt.datetime(2026, 11, 30, 10, 0, tzinfo=WARSAW)
ONE_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
# More steps than this in seven weeks would mean that an event changes more than twice a day.
STEPS = 100

Clock = Callable[[dt.datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time of everything that asks Django for it."""
    at = [BEGIN]
    monkeypatch.setattr(timezone, "now", lambda: at[0])

    def turn(moment: dt.datetime) -> None:
        at[0] = moment

    return turn


@pytest.fixture
def tree(clock: Clock, grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


def link(**fields: Any) -> dict[str, Any]:
    return {"registration": "link", "registration_link": "https://example.org/", **fields}


EVENTS: dict[str, dict[str, Any]] = {
    "plain_day": {"start_date": dt.date(2026, 12, 8)},
    "hours": {"start_date": dt.date(2026, 12, 8), "start_time": dt.time(10), "end_time": dt.time(14, 30)},
    "under_way": {"start_date": dt.date(2026, 11, 29), "end_date": dt.date(2026, 12, 2), "end_time": dt.time(15)},
    "other_zone": {"start_date": dt.date(2026, 12, 8), "start_time": dt.time(9), "timezone": "America/New_York"},
    "next_year": {"start_date": dt.date(2027, 1, 12)},
    "cancelled": {"start_date": dt.date(2026, 12, 8), "status": "cancelled", "status_reason": "Zła pogoda."},
    "moved_online": {"start_date": dt.date(2026, 12, 8), "status": "moved_online", **link()},
    "no_deadline": {"start_date": dt.date(2026, 12, 8), "start_time": dt.time(10), **link()},
    "deadline": {"start_date": dt.date(2026, 12, 20), **link(deadline_date=dt.date(2026, 12, 15))},
    "deadline_hour": {
        "start_date": dt.date(2026, 12, 20),
        **link(deadline_date=dt.date(2026, 12, 5), deadline_time=dt.time(12)),
    },
    "deadline_next_year": {
        "start_date": dt.date(2027, 1, 25),
        **link(deadline_date=dt.date(2027, 1, 18), timezone="Asia/Tokyo"),
    },
    "opens": {
        "start_date": dt.date(2026, 12, 20),
        **link(opens_date=dt.date(2026, 12, 2), opens_time=dt.time(9, 15), deadline_date=dt.date(2026, 12, 10)),
    },
    "full": {"start_date": dt.date(2026, 12, 9), **link(deadline_date=dt.date(2026, 12, 4), availability="full")},
    "expires": {"start_date": dt.date(2026, 12, 8), "expire_at": dt.datetime(2026, 12, 3, 7, 30, tzinfo=WARSAW)},
}


def grow(tree: dict[str, Page], name: str) -> EventPage:
    event: EventPage = EventPageFactory(
        parent=tree["events"], title="Warsztaty", slug=f"warsztaty-{name.replace('_', '-')}", **EVENTS[name]
    )
    event.contacts = [PageContact(name="Biuro", shown_until=dt.date(2026, 12, 6)), PageContact(name="Sekretariat")]
    event.save()
    return event


def looks(client: Client, page: Page) -> tuple[int, str]:
    answer = client.get(page.url)
    return answer.status_code, ONE_TIME.sub("", answer.content.decode())


def stretches(page: Page, clock: Clock, *, until: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Times between two changes of ``page``: the first moment and the last."""
    start = BEGIN
    for _step in range(STEPS):
        clock(start)
        change = next_change(Page.objects.get(pk=page.pk), start)
        end = min(change or until, until)
        yield start, end - INSTANT
        if end >= until:
            return
        start = end
    raise AssertionError(f"{page} changes more than {STEPS} times.")


def assert_even(client: Client, page: Page, clock: Clock, *, until: dt.datetime) -> int:
    """Look at ``page`` at both ends of every stretch; return how often it looked different afterwards."""
    faces = []
    for start, end in stretches(page, clock, until=until):
        seen = []
        for moment in (start, end):
            clock(moment)
            seen.append(looks(client, page))
        assert seen[0] == seen[1], f"between {start} and {end}"
        faces.append(seen[0])
    return sum(first != second for first, second in pairwise(faces))


@pytest.mark.parametrize("name", EVENTS)
def test_event_looks_the_same_between_its_moments(
    tree: dict[str, Page], client: Client, clock: Clock, name: str
) -> None:
    event = grow(tree, name)

    changes = assert_even(client, event, clock, until=dt.datetime(2027, 1, 20, tzinfo=WARSAW))

    assert changes >= 1


@pytest.mark.parametrize("place", ["events", "home"])
def test_list_looks_the_same_between_its_moments(
    tree: dict[str, Page], client: Client, clock: Clock, place: str
) -> None:
    for name in ("deadline_hour", "opens", "hours", "other_zone"):
        grow(tree, name)

    assert assert_even(client, tree[place], clock, until=dt.datetime(2026, 12, 11, tzinfo=WARSAW)) >= 5


def test_news_item_changes_with_its_files_and_the_event_beside_it(
    tree: dict[str, Page], client: Client, clock: Clock
) -> None:
    event = grow(tree, "deadline_hour")
    news = NewsPageFactory(parent=tree["news"], about_event=event)
    regulations = make_attachment(valid_from=dt.date(2026, 12, 2), valid_until=dt.date(2026, 12, 12))
    attach(news, regulations)

    until = dt.datetime(2026, 12, 24, tzinfo=WARSAW)
    found = [start for start, _end in stretches(news, clock, until=until)]
    assert dt.datetime(2026, 12, 2, tzinfo=WARSAW) in found
    assert dt.datetime(2026, 12, 13, tzinfo=WARSAW) in found
    assert dt.datetime(2026, 12, 5, 12, 0, 0, 1, tzinfo=WARSAW) in found
    assert assert_even(client, news, clock, until=until) >= 3


def test_form_of_another_event_closes_with_it(tree: dict[str, Page], client: Client, clock: Clock) -> None:
    form = make_attachment("Zgłoszenie", kind="form")
    EventPageFactory(
        parent=tree["events"],
        start_date=dt.date(2026, 12, 20),
        registration="form",
        registration_form=form,
        deadline_date=dt.date(2026, 12, 4),
    )
    news = NewsPageFactory(parent=tree["news"])
    attach(news, form)

    assert assert_even(client, news, clock, until=dt.datetime(2026, 12, 10, tzinfo=WARSAW)) >= 1


def test_notice_of_a_changed_programme_ends(tree: dict[str, Page], clock: Clock) -> None:
    event = grow(tree, "next_year")
    at = BEGIN - dt.timedelta(days=13, hours=3)
    AgendaChange.objects.create(page=event, session="a", kind="added", now={"id": "a", "title": "Nowa"}, at=at)

    assert next_change(event, BEGIN) == at + dt.timedelta(days=14)


def test_page_without_time_never_changes(tree: dict[str, Page]) -> None:
    assert next_change(NewsPageFactory(parent=tree["news"])) is None


def test_expiry_of_any_page_changes_every_page(tree: dict[str, Page]) -> None:
    gone = BEGIN + dt.timedelta(hours=5)
    news = NewsPageFactory(parent=tree["news"])
    NewsPageFactory(parent=tree["news"], expire_at=gone)

    assert next_change(news) == gone
    assert next_change_of_site(Site.objects.get()) == gone


def test_site_changes_at_midnight_at_the_latest(tree: dict[str, Page]) -> None:
    assert next_change_of_site() == dt.datetime(2026, 12, 1, tzinfo=WARSAW)


def test_site_changes_with_the_nearest_of_many_events(tree: dict[str, Page], clock: Clock) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            next_change_of_site(Site.objects.get())
        return len(captured)

    grow(tree, "deadline_hour")
    few = asked()
    for number in range(30):
        EventPageFactory(parent=tree["events"], start_date=dt.date(2026, 12, 1), start_time=dt.time(9, number))

    assert asked() == few
    clock(dt.datetime(2026, 12, 1, 8, tzinfo=WARSAW))
    assert next_change_of_site() == dt.datetime(2026, 12, 1, 9, 0, 0, 1, tzinfo=WARSAW)


def test_host_adds_moments_of_its_own(tree: dict[str, Page]) -> None:
    opens = BEGIN + dt.timedelta(hours=2)
    news = NewsPageFactory(parent=tree["news"])

    with registry.reopened():
        registry.register_moments("newsroom.NewsPage", lambda page, now: [None, BEGIN, opens])
        assert next_change(news) == opens
        assert next_change(NewsPage.objects.get(pk=news.pk).page_ptr) == opens
