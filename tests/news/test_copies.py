"""“Create from this”: new dates, none of the old page's history, addresses of its own."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.admin.desk import member
from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    TopicFactory,
    agenda_day,
    make_attachment,
)
from tests.standing import Tree
from wagtail_newsroom.news.enums import Availability, EventStatus, NewsKind, RegistrationKind
from wagtail_newsroom.news.models import (
    Correction,
    EventOrganiser,
    EventPage,
    EventStop,
    NewsPage,
    PageAttachment,
    PageContact,
)
from wagtail_newsroom.news.publishing.approval.groups import EDITORS, set_up_roles
from wagtail_newsroom.news.publishing.copying.copies import copy_event, copy_news, create_series
from wagtail_newsroom.news.publishing.copying.reports import create_report

pytestmark = pytest.mark.services

FIRST, NEW = dt.date(2036, 12, 5), dt.date(2037, 2, 10)


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def editor(tree: dict[str, Page]) -> User:
    return member(EDITORS)


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    """A cancelled event of two days with everything that must go, and everything that must stay."""
    page = EventPageFactory(
        parent=tree["events"],
        title="Żółta łódź",
        start_date=FIRST,
        end_date=FIRST + dt.timedelta(days=1),
        start_time=dt.time(9, 30),
        end_time=dt.time(16),
        check_in_from=dt.time(9),
        date=timezone.localdate() - dt.timedelta(days=9),
        registration=RegistrationKind.LINK,
        registration_link="https://example.org/stary-formularz",
        opens_date=FIRST - dt.timedelta(days=40),
        deadline_date=FIRST - dt.timedelta(days=3),
        deadline_before_extension=FIRST - dt.timedelta(days=9),
        availability=Availability.FULL,
        status=EventStatus.CANCELLED,
        status_reason="Mróz",
        change_note="Doszły warsztaty.",
        archived_on=timezone.localdate(),
        recording_url="https://example.org/film",
        calendar_sequence=7,
        accessibility_requests_until=FIRST - dt.timedelta(days=7),
        expire_at=timezone.now() + dt.timedelta(days=4000),
        agenda=[
            agenda_day({"title": "Otwarcie", "start": "09:30:00"}, date=FIRST),
            agenda_day({"title": "Warsztat"}, date=FIRST + dt.timedelta(days=1)),
        ],
    )
    page.stops = [EventStop(place="Konin", day=FIRST + dt.timedelta(days=1), time=dt.time(12))]
    page.contacts = [PageContact(name="Ewa Osoba", shown_until=FIRST)]
    page.organisers = [EventOrganiser(organisation=OrganisationFactory())]
    page.attachments = [PageAttachment(attachment=make_attachment())]
    page.topics = [TopicFactory(name="Usługi")]
    page.corrections = [Correction(was="a", now="b")]
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def test_copy_has_new_dates_and_none_of_the_history(event: EventPage, editor: User) -> None:
    made = copy_event(event, editor, NEW)

    assert (made.live, made.first_published_at, made.owner, made.date) == (False, None, editor, timezone.localdate())
    assert made.get_parent() == event.get_parent()
    assert (made.start_date, made.end_date) == (NEW, NEW + dt.timedelta(days=1))
    assert (made.start_time, made.end_time, made.check_in_from) == (dt.time(9, 30), dt.time(16), dt.time(9))
    assert made.slug == "zolta-lodz-2037-02-10"
    assert made.url_path.endswith("/wydarzenia/zolta-lodz-2037-02-10/")
    cleared = {
        "status": EventStatus.SCHEDULED,
        "status_reason": "",
        "opens_date": None,
        "deadline_date": None,
        "deadline_at": None,
        "deadline_before_extension": None,
        "availability": Availability.OPEN,
        "change_note": "",
        "archived_on": None,
        "recording_url": "",
        "calendar_sequence": 0,
        "expire_at": None,
        "registration_link": "",
        "registration": RegistrationKind.LINK,
    }
    assert {name: getattr(made, name) for name in cleared} == cleared
    assert not made.corrections.exists()
    assert made.translation_key != event.translation_key
    assert made.revisions.count() == 1
    assert made.alias_of is None


def test_copy_moves_programme_stops_and_requests_by_as_many_days(event: EventPage, editor: User) -> None:
    made = copy_event(event, editor, NEW)

    assert [day.value["date"] for day in made.agenda] == [NEW, NEW + dt.timedelta(days=1)]
    assert made.agenda[0].value["sessions"][0].id == event.agenda[0].value["sessions"][0].id
    assert [(stop.day, stop.time) for stop in made.stops.all()] == [(NEW + dt.timedelta(days=1), dt.time(12))]
    assert made.accessibility_requests_until == NEW - dt.timedelta(days=7)
    assert made.starts_at == made.period[0]


def test_copy_keeps_people_files_and_topics(event: EventPage, editor: User) -> None:
    made = copy_event(event, editor, NEW)

    assert [(row.name, row.shown_until) for row in made.contacts.all()] == [("Ewa Osoba", None)]
    assert made.organisers.count() == made.attachments.count() == made.topics.count() == 1
    assert event.attachments.count() == event.topics.count() == event.stops.count() == 1


def test_draft_of_the_copy_opens_as_it_was_stored(event: EventPage, editor: User) -> None:
    draft = copy_event(event, editor, NEW).get_latest_revision_as_object()
    assert (draft.start_date, draft.status, draft.agenda[0].value["date"]) == (NEW, EventStatus.SCHEDULED, NEW)
    assert [stop.day for stop in draft.stops.all()] == [NEW + dt.timedelta(days=1)]
    assert list(draft.corrections.all()) == []


def test_original_is_left_alone(event: EventPage, editor: User) -> None:
    before = event.serializable_data()
    copy_event(event, editor, NEW, title="Inna łódź", keep_hours=False)
    assert EventPage.objects.get(pk=event.pk).serializable_data() == before


def test_copy_without_hours_has_none_anywhere(event: EventPage, editor: User) -> None:
    made = copy_event(event, editor, NEW, keep_hours=False)
    assert (made.start_time, made.end_time, made.check_in_from) == (None, None, None)
    assert made.agenda[0].value["sessions"][0].value["start"] is None
    assert [stop.time for stop in made.stops.all()] == [None]


def test_registration_link_stays_where_it_is_asked_for(event: EventPage, editor: User) -> None:
    made = copy_event(event, editor, NEW, keep_registration_link=True)
    assert made.registration_link == "https://example.org/stary-formularz"


def test_live_page_is_copied_as_readers_see_it(event: EventPage, editor: User) -> None:
    draft = event.get_latest_revision_as_object()
    draft.audience = "zqszkic"
    draft.save_revision()
    assert copy_event(event, editor, NEW).audience == ""


def test_draft_is_copied_by_its_author_only(tree: dict[str, Page], editor: User) -> None:
    mine = EventPageFactory(parent=tree["events"], live=False, owner=editor)
    foreign = EventPageFactory(parent=tree["events"], live=False)
    assert copy_event(mine, editor, NEW).start_date == NEW
    with pytest.raises(PermissionDenied):
        copy_event(foreign, editor, NEW)


def test_nobody_creates_where_they_may_not_add(event: EventPage) -> None:
    stranger = User.objects.create_user("stranger")
    for act in (lambda: copy_event(event, stranger, NEW), lambda: create_report(event, stranger)):
        with pytest.raises(PermissionDenied):
            act()
    assert EventPage.objects.count() == 1


def test_translations_are_copied_and_linked_with_the_new_page(
    tree: dict[str, Page], event: EventPage, editor: User
) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    for key in ("home", "events"):
        tree[key].copy_for_translation(english, copy_parents=True)
    translated = event.copy_for_translation(english)
    translated.title = "Yellow boat"
    translated.save_revision().publish()
    set_up_roles()

    made = copy_event(event, editor, NEW, with_translations=True)

    twin = made.get_translation(english)
    assert (twin.title, twin.start_date, twin.live) == ("Yellow boat", NEW, False)
    assert twin.slug == "yellow-boat-2037-02-10"
    assert twin.get_parent().locale == english
    assert twin.pk != translated.pk
    assert EventPage.objects.filter(translation_key=event.translation_key).count() == 2


def test_series_is_one_page_for_each_line(event: EventPage, editor: User) -> None:
    days = [NEW + dt.timedelta(weeks=number) for number in range(12)]
    made = create_series(event, editor, days, [f"Gmina {number}" for number in range(12)])
    assert [(page.title, page.start_date) for page in made] == [(f"Gmina {n}", day) for n, day in enumerate(days)]
    assert len({page.slug for page in made}) == 12


def test_series_names_each_bad_line_and_creates_nothing(event: EventPage, editor: User) -> None:
    EventPage.objects.filter(pk=event.pk).update(end_date=None, start_time=dt.time(2, 30), agenda="[]")
    page = EventPage.objects.get(pk=event.pk)
    days = [NEW, dt.date(2037, 3, 29), NEW, NEW]
    with pytest.raises(ValidationError) as refused:
        create_series(page, editor, days, ["", "", "", "Zalesie"])
    assert list(refused.value.message_dict) == ["1", "2"]
    assert EventPage.objects.count() == 1


def test_series_has_an_end(event: EventPage, editor: User) -> None:
    with pytest.raises(ValidationError) as refused:
        create_series(event, editor, [NEW + dt.timedelta(days=n) for n in range(61)])
    assert refused.value.code == "too_many"
    assert EventPage.objects.count() == 1


def test_equal_slugs_are_numbered(event: EventPage, editor: User) -> None:
    assert [copy_event(event, editor, NEW).slug for _ in range(2)] == [
        "zolta-lodz-2037-02-10",
        "zolta-lodz-2037-02-10-2",
    ]


def test_copy_of_an_event_without_a_date_gets_one(tree: dict[str, Page], editor: User) -> None:
    page = EventPageFactory(parent=tree["events"], start_date=None, live=False, owner=editor)
    assert copy_event(page, editor, NEW).start_date == NEW


def test_report_belongs_to_its_event(event: EventPage, tree: dict[str, Page], editor: User) -> None:
    report = create_report(event, editor)
    stored = NewsPage.objects.get(pk=report.pk)
    assert (stored.kind, stored.about_event_id, stored.live, stored.owner) == (NewsKind.REPORT, event.pk, False, editor)
    assert stored.get_parent().pk == tree["news"].pk
    assert list(stored.topics.all()) == list(event.topics.all())
    draft: Any = stored.get_latest_revision_as_object()
    assert draft.about_event_id == event.pk


def test_report_on_an_event_with_the_longest_title_has_room_for_its_own(event: EventPage, editor: User) -> None:
    event.title = "Ź" * 255
    assert len(create_report(event, editor).title) == 255


def test_copied_news_is_of_today_and_has_no_corrections(tree: dict[str, Page], editor: User) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Nabór", date=dt.date(2020, 1, 2), change_note="x")
    page.corrections = [Correction(was="a", now="b")]
    page.save()
    made = copy_news(page, editor)
    assert (made.date, made.change_note, made.live) == (timezone.localdate(), "", False)
    assert made.slug == "nabor-2"
    assert not made.corrections.exists()
