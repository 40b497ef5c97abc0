"""The demo tells five stories in structured fields, shows them to visitors, and hides what is not public."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import Page

from home.demo import load
from home.demo.days import Days, is_working_day
from home.demo.files import FILES, FOLDER, GALLERY
from tests.news.api.validating import faults, walk_of_site
from wagtail_newsroom.galleries.models import GalleryPage, Photo
from wagtail_newsroom.news.enums import EventPhase, EventStatus, NewsKind, RegistrationState
from wagtail_newsroom.news.models import Attachment, EventPage, NewsPage, Venue
from wagtail_newsroom.news.timing.working_days import calendar_of

pytestmark = pytest.mark.services

PASSWORD = "krokus-pod-lipa-7"


@dataclass(frozen=True)
class Demo:
    """The demo as loaded for this module, and its public pages as visitors get them, by address."""

    loaded: load.Loaded
    media: Path
    status: dict[str, int]
    pages: dict[str, BeautifulSoup]


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Load the demo and read its pages once for all tests of this module; roll it back after them."""
    media = tmp_path_factory.mktemp("demo-media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        loaded = load.load_demo(PASSWORD)
        answers = {address: Client().get(address) for address in public_addresses()}
        yield Demo(
            loaded,
            media,
            {address: answer.status_code for address, answer in answers.items()},
            {address: BeautifulSoup(answer.content, "html.parser") for address, answer in answers.items()},
        )
        transaction.set_rollback(True)


def public_addresses() -> list[str]:
    """Addresses of all public pages and of the photos' own."""
    pages = list(Page.objects.live().filter(depth__gt=1).specific())
    photos = [photo for page in pages if isinstance(page, GalleryPage) for photo in page.shown_photos]
    return [item.url for item in [*pages, *photos]]


@pytest.fixture(autouse=True)
def media_root(demo: Demo, db: None, settings: Any) -> Path:
    """All tests here share the demo's media folder."""
    settings.MEDIA_ROOT = demo.media
    return demo.media


@pytest.fixture
def meeting() -> EventPage:
    return EventPage.objects.get(slug="strategia-blisko-ludzi")


@pytest.fixture
def conference() -> EventPage:
    return EventPage.objects.get(slug="konferencja-uslugi-blisko-domu")


@pytest.fixture
def visit() -> EventPage:
    return EventPage.objects.get(slug="wizyta-studyjna-dolina-srebrna")


@pytest.fixture
def conference_report() -> NewsPage:
    return NewsPage.objects.get(slug="po-konferencji-uslugi-blisko-domu")


@pytest.fixture
def group_report() -> NewsPage:
    return NewsPage.objects.get(slug="nowe-sposoby-na-uslugi")


@pytest.fixture
def gallery() -> GalleryPage:
    return GalleryPage.objects.get(slug="grupa-tematyczna")


def words(soup: BeautifulSoup) -> str:
    """The text of a page on one line; non-breaking spaces are spaces."""
    return re.sub(r"\s+", " ", soup.get_text(" ").replace("\xa0", " "))


def sessions_of(event: EventPage) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (session.hours, session.title, [(speaker["name"], speaker["organisation"]) for speaker in session.speakers])
        for day in event.agenda_days
        for session in day.sessions
    ]


# 1. The online meeting

CENTRE = "Centrum Wspólna Sprawa"
OFFICE = "Biuro Polityki Społecznej Regionu"
MEETING_SESSIONS = [
    ("9:30–10:00", "Rejestracja uczestników i próba połączeń", []),
    ("10:00–10:15", "Otwarcie spotkania", [("Dorota Nowicka", CENTRE)]),
    (
        "10:15–10:45",
        "Usługi bliżej ludzi: jak wpisać je w strategię gminy",
        [("Halina Wrona", "Uniwersytet Lipogrodzki")],
    ),
    (
        "10:45–11:15",
        "Strategia regionu: miejsce dla ekonomii społecznej",
        [("Łukasz Adamczyk", OFFICE), ("Agnieszka Duda", OFFICE)],
    ),
    ("11:15–11:35", "Opieka nad osobami starszymi: co może zrobić spółdzielnia", [("Marta Gil", CENTRE)]),
    (
        "11:35–11:55",
        "Dobrze napisane zlecenie: przykład z Jarzębnika",
        [
            ("Adam Wilk", "Urząd Gminy Jarzębnik"),
            ("Beata Król", "Centrum Integracji Społecznej „Nowy Początek”"),
        ],
    ),
    ("11:55–12:10", "Jak Centrum pomaga samorządom pisać dokumenty", [("Paweł Zięba", CENTRE)]),
    ("12:10–12:30", "Pytania i odpowiedzi", [("Ewa Lis", CENTRE)]),
    ("12:30", "Zamknięcie spotkania", []),
]


def test_meeting_has_nine_sessions_with_their_speakers_and_organisations(meeting: EventPage) -> None:
    assert sessions_of(meeting) == MEETING_SESSIONS
    assert [block.block_type for day in meeting.agenda for block in day.value["sessions"]] == ["session"] * 9


def test_meeting_states_hours_that_its_programme_exceeds(meeting: EventPage) -> None:
    assert (meeting.start_time, meeting.end_time) == (dt.time(10), dt.time(12))
    assert (meeting.attendance_mode, meeting.kind) == ("online", "meeting")


def test_meeting_closes_its_linked_form_by_the_hour_the_day_before(meeting: EventPage) -> None:
    day_before = Days(timezone.localdate()).before(meeting.start_date)
    assert (meeting.registration, meeting.deadline_date, meeting.deadline_time) == ("link", day_before, dt.time(15))
    assert meeting.registration_info.url == "https://formularze.example.org/strategia-blisko-ludzi"


def test_meeting_is_signed_by_a_coordinator_alone(meeting: EventPage) -> None:
    signatures = [(contact.name, contact.role, contact.email, contact.phone) for contact in meeting.shown_contacts]
    assert signatures == [("Ewa Lis", "koordynatorka", "", "")]


def test_meeting_page_shows_programme_form_and_related_items(demo: Demo, meeting: EventPage) -> None:
    soup = demo.pages[meeting.url]
    text = words(soup)
    anchors = [session.anchor for day in meeting.agenda_days for session in day.sessions]
    assert [anchor for anchor in anchors if soup.find(id=anchor)] == anchors
    for _hours, title, speakers in MEETING_SESSIONS:
        assert title in text
        assert all(name in text and organisation in text for name, organisation in speakers)
    links = [link["href"] for link in soup.find_all("a", href=True)]
    assert meeting.registration_link in links
    related = [page.slug for page in meeting.related_items]
    assert related[:2] == ["wizyta-studyjna-dolina-srebrna", "po-konferencji-uslugi-blisko-domu"]
    assert all(page.url in links for page in meeting.related_items)


def test_meeting_page_keeps_the_link_to_join_from_visitors(demo: Demo, meeting: EventPage) -> None:
    assert meeting.online_link not in str(demo.pages[meeting.url])


# 2. and 3. The conference and the report on it


def test_conference_has_hall_address_hour_and_access(conference: EventPage) -> None:
    venue = conference.venue
    assert isinstance(venue, Venue)
    assert (venue.name, venue.hall) == ("Uniwersytet Lipogrodzki", "Aula Zielona")
    assert venue.address == "ul. Akademicka 3, 00-020 Lipogród"
    assert "podjazd" in venue.access
    assert (conference.start_time, conference.end_time, conference.end_date) == (dt.time(10), None, None)
    assert (conference.deadline_time, conference.recording_url, conference.is_over) == (dt.time(15), "", True)


def test_conference_page_shows_what_people_need(demo: Demo, conference: EventPage) -> None:
    soup = demo.pages[conference.url]
    text = words(soup)
    for told in (conference.audience, "Aula Zielona", "ul. Akademicka 3", "Joanna Mazur", "42 000 00 01"):
        assert told in text
    assert soup.find("a", href="mailto:joanna.mazur@example.org")


def test_conference_leads_to_its_report_and_materials(conference: EventPage, conference_report: NewsPage) -> None:
    followups = conference.followups
    assert followups["reports"] == [conference_report]
    assert [row.title for row in followups["materials"]] == ["Prezentacja: Najpierw zapytaj, potem planuj"]


def test_report_belongs_to_the_conference_and_names_its_experts(
    demo: Demo, conference: EventPage, conference_report: NewsPage
) -> None:
    assert (conference_report.kind, conference_report.about_event) == ("report", conference)
    assert conference_report.date > conference.start_date
    headings = [block.value["text"] for block in conference_report.body if block.block_type == "heading"]
    assert headings == [
        "Rok pracy w powiatach",
        "Halina Wrona: rozmowa zamiast ankiety",
        "Jan Kos: spółdzielnia jako wykonawca",
        "Usługi, które służą wszystkim",
        "Jak zlecać, żeby się nie sparzyć",
        "Olga Bielik: pieniądze na usługi",
        "Trzy gminy, trzy drogi",
        "Poczęstunek z dobrego źródła",
    ]
    soup = demo.pages[conference_report.url]
    shown = [re.sub(r"\s+", " ", tag.get_text(" ", strip=True)) for tag in soup.find_all(["h2", "h3"])]
    assert [heading for heading in headings if heading in shown] == headings
    assert soup.find("a", href=conference.url)
    assert soup.find("blockquote")
    assert soup.find("table")


# 4. The study visit


def test_visit_has_five_stops_with_their_hosts(demo: Demo, visit: EventPage) -> None:
    stops = [(stop.place, stop.host) for stop in visit.shown_stops]
    assert stops == [
        ("Jarzębnik", "Centrum Integracji Społecznej „Nowy Początek” i Spółdzielnia Socjalna „Zielony Kąt”"),
        ("Srebrzyn", "Fundacja Otwarte Drzwi"),
        ("Stara Mleczna", "Spółdzielnia Socjalna „Solidny Fach”"),
        ("Dębinów", "Spółdzielnia Socjalna „Czysta Rzeka”"),
        ("Wrzosany", "Spółdzielnia Socjalna „Pełna Chata”"),
    ]
    text = words(demo.pages[visit.url])
    assert all(place in text and host in text for place, host in stops)
    assert all(stop.description in text for stop in visit.shown_stops)


def test_visit_has_two_tracks_on_its_first_day_and_none_on_the_second(demo: Demo, visit: EventPage) -> None:
    first, second = visit.agenda_days
    assert (first.date, second.date) == (visit.start_date, visit.end_date)
    assert [(track.name, track.audience) for track in first.tracks] == [
        ("Grupa A", "samorządy i podmioty ekonomii społecznej"),
        ("Grupa B", "ośrodki wsparcia ekonomii społecznej"),
    ]
    columns = [part.tracks for part in first.parts if part.tracks]
    assert [[(column.track.name, len(column.sessions)) for column in row] for row in columns] == [
        [("Grupa A", 2), ("Grupa B", 2)]
    ]
    assert [len(part.sessions) for part in first.parts] == [2, 0, 4]
    assert (second.tracks, len(second.sessions)) == ([], 8)
    text = words(demo.pages[visit.url])
    assert all(title in text for _hours, title, _speakers in sessions_of(visit))


def test_visit_offers_three_files_of_three_kinds_under_their_own_names(
    demo: Demo, client: Client, visit: EventPage
) -> None:
    assert [row.kind for row in visit.attachment_rows] == ["invitation", "regulations", "form"]
    soup = demo.pages[visit.url]
    for row, key in zip(visit.attachment_rows, ("invitation", "regulations", "form"), strict=True):
        name = FILES[key].name
        assert soup.find("a", href=row.url), name
        response = client.get(row.url)
        assert response.status_code == 200
        assert f'filename="{name}"' in response["Content-Disposition"]
        assert b"".join(response.streaming_content) == (FOLDER / "files" / name).read_bytes()


def test_visit_form_belongs_to_the_regulations_and_says_where_to_return_it(visit: EventPage) -> None:
    invitation, regulations, form = (row.attachment for row in visit.attachment_rows)
    assert form.belongs_to == regulations
    assert regulations.issued_on == dt.date(2025, 3, 10)
    assert [older.issued_on for older in regulations.earlier_versions()] == [dt.date(2024, 3, 4)]
    assert (invitation.pages, regulations.pages) == (2, 3)
    assert (visit.registration, visit.registration_form) == ("form", form)
    assert visit.registration_return_to.startswith("zgloszenia@example.org")
    assert visit.byline == "Ewa Lis"


# 5. The report with its gallery


def test_gallery_has_eight_photos_with_eight_alternative_texts(demo: Demo, gallery: GalleryPage) -> None:
    texts = [photo.alt_text for photo in gallery.shown_photos]
    assert texts == [card.description for card in GALLERY.values()]
    assert len(set(texts)) == 8
    assert not set(texts) & {photo.photo.title for photo in gallery.shown_photos}
    assert not set(texts) & {photo.caption for photo in gallery.shown_photos}
    shown = [image.get("alt") for image in demo.pages[gallery.url].find_all("img")]
    assert [text for text in shown if text in texts] == texts


def test_gallery_mixes_portrait_and_landscape(gallery: GalleryPage) -> None:
    shapes = ["tall" if photo.ratio < 1 else "wide" for photo in gallery.shown_photos]
    assert (shapes.count("tall"), shapes.count("wide")) == (3, 5)


def test_each_photo_has_a_page_of_its_own(demo: Demo, gallery: GalleryPage) -> None:
    for photo in gallery.shown_photos:
        shown = [image.get("alt") for image in demo.pages[photo.url].find_all("img")]
        assert photo.alt_text in shown


def test_group_report_prints_the_project_of_three_partners(
    demo: Demo, group_report: NewsPage, gallery: GalleryPage
) -> None:
    project = group_report.projects.get()
    assert [partner.name for partner in project.partners.all()] == [
        CENTRE,
        "Fundacja Sąsiedzi dla Sąsiadów",
        "Związek Gmin Doliny Lipy",
    ]
    assert (project.number, project.value, project.grant) == ("FWP.07.02-0014/25", "1 840 000 zł", "1 564 000 zł")
    assert [group.pages for group in group_report.pages_about] == [[gallery]]
    for page in (group_report, gallery):
        soup = demo.pages[page.url]
        assert project.funding_statement in words(soup)
        assert soup.find("img", alt=project.logo_strip_alt)
    quotes = [block.value["who"] for block in group_report.body if block.block_type == "quote"]
    assert quotes == ["Agnieszka Duda", "Michał Sowa"]


# The site around them


def test_every_public_page_answers(demo: Demo) -> None:
    assert len(demo.status) == demo.loaded.pages - 2 + 8
    assert {address for address, code in demo.status.items() if code != 200} == set()


def test_every_page_would_pass_the_editors_form() -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()
        for name in ("body", "agenda"):
            if stream := getattr(page, name, None):
                stream.stream_block.clean(stream)


def test_events_show_every_status_phase_and_state() -> None:
    events = list(EventPage.objects.live())
    assert {event.status for event in events} == set(EventStatus.values)
    assert {event.phase for event in events} == set(EventPhase)
    states = {event.registration_state for event in events}
    assert states == set(RegistrationState.values)


def test_news_show_every_kind_a_correction_a_change_and_an_archived_item() -> None:
    items = NewsPage.objects.live()
    assert {item.kind for item in items} == set(NewsKind.values)
    assert items.filter(corrections__isnull=False).count() == 1
    assert items.exclude(change_note="").count() == 1
    assert items.filter(archived_on__isnull=False).count() == 1


def test_internal_file_is_nowhere_to_be_seen(demo: Demo, client: Client) -> None:
    internal = Attachment.objects.get(title=FILES["rota"].title)
    assert internal.newsroom_page_attachments.count() == 1
    assert [address for address, page in demo.pages.items() if "terminarz" in str(page).casefold()] == []
    assert client.get(internal.url).status_code != 200


def test_draft_and_scheduled_item_wait_on_the_desk(demo: Demo, client: Client) -> None:
    waiting = Page.objects.filter(depth__gt=1, live=False).specific()
    assert {page.title: page.approved_schedule for page in waiting} == {
        "Ruszają bezpłatne dyżury prawne w powiatach": True,
        "Spotkanie sieci kawiarni społecznych": False,
    }
    for page in waiting:
        assert client.get(f"{page.get_parent().url}{page.slug}/").status_code == 404
    for address, soup in demo.pages.items():
        assert not [page.title for page in waiting if page.title in words(soup)], address


@pytest.mark.parametrize(
    ("address", "sessions"),
    [("/en/events/strategies-close-to-people/", 9), ("/en/events/services-close-to-home/", 8)],
)
def test_two_stories_stand_in_english(demo: Demo, address: str, sessions: int) -> None:
    page = EventPage.objects.get(slug=address.split("/")[-2], locale__language_code="en")
    assert page.get_translations().get().locale.language_code == "pl"
    assert len(sessions_of(page)) == sessions
    soup = demo.pages[address]
    assert soup.html["lang"] == "en"
    assert {topic.locale for topic in page.topics.all()} == {page.locale}


def test_pages_have_a_history_by_editor_and_publisher(meeting: EventPage) -> None:
    assert [revision.user.username for revision in meeting.revisions.order_by("pk")] == ["editor", "editor"]
    assert meeting.live_revision == meeting.latest_revision


def test_users_get_their_group_and_password(demo: Demo) -> None:
    assert demo.loaded.passwords == dict.fromkeys(("editor", "publisher", "admin"), PASSWORD)
    groups = {user.username: [group.name for group in user.groups.all()] for user in get_user_model().objects.all()}
    assert groups == {
        "editor": ["Newsroom editors"],
        "publisher": ["Newsroom publishers"],
        "admin": ["Newsroom administrators"],
    }
    assert all(user.check_password(PASSWORD) for user in get_user_model().objects.all())


# Loading


def rows_and_files(media: Path) -> tuple[int, ...]:
    files = [path for folder in ("documents", "original_images") for path in (media / folder).iterdir()]
    return Page.objects.count(), Photo.objects.count(), Attachment.objects.count(), len(files)


def test_loading_again_changes_nothing(demo: Demo, meeting: EventPage) -> None:
    meeting.title, meeting.slug = "Zmieniony tytuł", "zmieniony-adres"
    meeting.save_revision().publish()
    before = rows_and_files(demo.media)
    again = load.load_demo()
    assert (again.pages, again.passwords) == (0, {})
    assert rows_and_files(demo.media) == before
    meeting.refresh_from_db()
    assert meeting.title == "Zmieniony tytuł"


def test_once_leaves_a_standing_newsroom_alone() -> None:
    output = StringIO()
    NewsPage.objects.first().delete()
    before = Page.objects.count()
    call_command("load_demo", "--once", stdout=output)
    assert (output.getvalue(), Page.objects.count()) == ("", before)


def test_loading_adds_what_is_missing(demo: Demo) -> None:
    NewsPage.objects.get(slug="nocna-zmiana-pachnie-chlebem").delete()
    assert load.load_demo().pages == 1


def test_failed_loading_leaves_no_row_and_no_file(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    Photo.objects.get(title="Stolarnia").delete()
    before = rows_and_files(demo.media)

    def fail(*_pages: object, site_rights: bool) -> None:
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(load, "set_up_roles", fail)
    with pytest.raises(RuntimeError, match="The disk is full"):
        load.load_demo()
    assert rows_and_files(demo.media) == before


def test_days_are_working_days_around_christmas() -> None:
    days = Days(dt.date(2026, 12, 23))
    assert days.ahead(1) == dt.date(2026, 12, 28)
    assert days.before(dt.date(2027, 1, 4), 1) == dt.date(2026, 12, 31)
    assert days.visit_ahead(12) == dt.date(2027, 1, 12)
    assert dt.date(2027, 3, 28) in calendar_of("PL", 2027)
    assert not is_working_day(dt.date(2027, 3, 29))
    assert not is_working_day(dt.date(2027, 5, 27))


def test_delivery_api_answers_as_its_document_says(demo: Demo) -> None:
    answers = list(walk_of_site(Client()))

    assert [fault for path, answer in answers for fault in faults(path, 200, answer)] == []
    told = {answer["title"] for path, answer in answers if path.endswith("/{id}/") and "title" in answer}
    assert {event.title for event in EventPage.objects.live()} <= told
