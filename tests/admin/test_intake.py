"""“New event from an invitation”: brought in, reviewed beside its words, saved as one draft."""

import datetime as dt
from typing import Any

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member
from tests.factories import OrganisationFactory, PersonFactory, VenueFactory
from tests.standing import Tree
from wagtail_newsroom.news.models import EventPage, Original, Venue
from wagtail_newsroom.news.publishing.files.originals import clear_unclaimed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

INVITATION = """Spotkanie sieciujące „Wspólna świetlica”

Szanowni Państwo,
Fundacja Most zaprasza pracowników gmin na spotkanie o prowadzeniu świetlic. Opowiemy o trzech gminach.

Termin: 9 czerwca 2027 r., godz. 9.00–12.30
Miejsce: Dom Kultury, ul. Długa 7, Jarocinek (także na platformie Zoom)

Program spotkania:
8.45–9.00 Rejestracja uczestników
9.00–9.15 Otwarcie – Bożena Sowa, prezeska, Fundacja Most
9.15–10.00 Jak zacząć – dr Gustaw Lipa, Sieć Gmin
10.00–10.30 Przerwa kawowa
10.30–13.00 Rozmowa przy stołach

Zgłoszenia do 1 czerwca 2027 r. do godz. 15.00 przez formularz: https://most.example.org/zapisy
Kontakt: Nadia Brzeg, nadia@most.example.org, tel. 61 222 44 55

Załączniki:
Regulamin spotkania.pdf
"""


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def editor(tree: dict[str, Page]) -> Client:
    return Desk(member(EDITORS)).client


REPORT = """Za nami spotkanie w świetlicy

9 czerwca 2024 r. odbyło się spotkanie pracowników gmin. W spotkaniu wzięło udział 40 osób. Dziękujemy za przybycie.
"""


def bring(client: Client, text: str = INVITATION, **more: Any) -> Any:
    return client.post(reverse("newsroom_intake_event"), {"text": text, **more})


def review(client: Client, text: str = INVITATION, **more: Any) -> tuple[str, dict[str, Any], bs4.BeautifulSoup]:
    """Bring it in; return the review's address, what its form would send, and the page."""
    answer = bring(client, text, **more)
    assert answer.status_code == 302, bs4.BeautifulSoup(answer.content, "html.parser").select(".error-message")
    soup = soup_of(client.get(answer["Location"]))
    return answer["Location"], sent(soup), soup


def create(client: Client, url: str, data: dict[str, Any]) -> Any:
    """Press “Create draft” and arrive."""
    answer = client.post(url, data)
    assert answer.status_code == 302, [
        each.parent.get_text(" ", strip=True) for each in soup_of(answer).select(".error-message")
    ]
    return answer


def soup_of(response: Any) -> bs4.BeautifulSoup:
    assert response.status_code in (200, 400)
    return bs4.BeautifulSoup(response.content, "html.parser")


def sent(soup: bs4.BeautifulSoup) -> dict[str, Any]:
    """What a browser would send if nobody touched the form."""
    form = soup.select_one("form[data-nr-review]")
    assert form is not None
    for template in form.select("template"):
        template.decompose()
    data = {}
    for each in form.select("input[name], textarea[name], select[name]"):
        if each.name == "select":
            chosen = each.select_one("option[selected]") or each.select_one("option")
            data[each["name"]] = chosen["value"]
        elif each.name == "textarea":
            data[each["name"]] = each.get_text().removeprefix("\n")
        elif each.get("type") != "checkbox" or each.has_attr("checked"):
            data[each["name"]] = each.get("value", "on" if each.get("type") == "checkbox" else "")
    return data


def the_event() -> EventPage:
    return EventPage.objects.get().get_latest_revision_as_object()


def test_invitation_becomes_one_draft_with_everything_that_it_says(editor: Client, tree: dict[str, Page]) -> None:
    venue = VenueFactory()
    card = PersonFactory(name="Gustaw Lipa", role="ekspert", organisation=OrganisationFactory(name="Sieć Gmin"))
    url, data, _soup = review(editor)

    answer = create(editor, url, data)

    event = the_event()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[event.pk])
    assert (event.live, event.get_parent().specific, event.venue) == (False, tree["events"], venue)
    assert event.title == "Spotkanie sieciujące „Wspólna świetlica”"
    assert (event.start_date, event.start_time, event.end_date, event.end_time, event.check_in_from) == (
        dt.date(2027, 6, 9), dt.time(9), None, dt.time(12, 30), dt.time(8, 45),
    )  # fmt: skip
    assert (event.attendance_mode, event.online_platform) == ("mixed", "Zoom")
    assert (event.registration, event.registration_link) == ("link", "https://most.example.org/zapisy")
    assert (event.deadline_date, event.deadline_time) == (dt.date(2027, 6, 1), dt.time(15))
    assert event.lead.startswith("Fundacja Most zaprasza pracowników gmin")
    assert [(row.name, row.email, row.phone) for row in event.contacts.all()] == [
        ("Nadia Brzeg", "nadia@most.example.org", "61 222 44 55")
    ]
    sessions = event.agenda[0].value["sessions"]
    assert [(each.block_type, each.value["title"]) for each in sessions] == [
        ("session", "Rejestracja uczestników"),
        ("session", "Otwarcie"),
        ("session", "Jak zacząć"),
        ("break", "Przerwa kawowa"),
        ("session", "Rozmowa przy stołach"),
    ]
    assert sessions[1].value["speakers"][0].shown["name"] == "Bożena Sowa"
    assert sessions[2].value["speakers"][0]["person"] == card, "known by name, whatever title stands before it"
    assert PageLogEntry.objects.filter(page=event.pk, action="newsroom.created_from_original").count() == 1
    original = Original.objects.get()
    assert (original.page_id, original.named_files) == (
        event.pk, [{"title": "Regulamin spotkania", "kind": "regulations"}],
    )  # fmt: skip

    again = editor.post(url, data)
    assert (again["Location"], EventPage.objects.count()) == (answer["Location"], 1)
    form = editor.get(answer["Location"]).content.decode()
    assert reverse("newsroom_original", args=[original.pk]) in form
    assert "Regulamin spotkania (Regulations)" in form


def test_review_links_every_value_with_its_words_and_says_what_is_doubtful(editor: Client) -> None:
    _url, _data, soup = review(editor)
    for field in ("title", "start_date", "deadline_date", "venue", "sessions-2", "contacts-0-email"):
        link = soup.select_one(f"#row-{field} a[href^='#from-']") or soup.select_one(
            f".nr-line:has(#id_{field}) a[href^='#from-']"
        )
        assert link is not None, field
        mark = soup.select_one(f"mark[id='{link['href'][1:]}']")
        assert mark is not None, field
    source = soup.select_one(".nr-review__source")
    assert source.get_text() == INVITATION
    assert not source.select("a a")
    assert "inferred" in soup.select_one("#row-check_in_from").get_text()
    warning = soup.select_one("#row-start_time .nr-evidence__doubt")
    assert "The programme runs 08:45–13:00, the text says 09:00–12:30" in warning.get_text()
    taken = [button["data-nr-take"] for button in warning.select("button")]
    assert '"start_time": "09:00", "end_time": "12:30"' in taken[0]
    assert '"start_time": "08:45", "end_time": "13:00"' in taken[1]
    assert soup.select_one(".nr-doubts a[href='#row-start_time']") is not None
    assert soup.select(".nr-review [style]") == []


def test_corrections_win_and_rows_are_removed_and_added(editor: Client) -> None:
    url, data, _soup = review(editor)
    total = int(data["sessions-TOTAL_FORMS"])
    data |= {"title": "Poprawiony tytuł", "start_time": "10:00", "sessions-0-DELETE": "on", "sessions-1-people": ""}
    more = soup_of(editor.post(url, {**data, "add_sessions": "1"}))
    data = sent(more)
    assert (data["sessions-TOTAL_FORMS"], data["title"]) == (str(total + 1), "Poprawiony tytuł")
    data |= {
        f"sessions-{total}-start": "13:00",
        f"sessions-{total}-title": "Wizyta w świetlicy",
        f"sessions-{total}-kind": "visit",
        f"sessions-{total}-people": "Ewa Kos – sołtyska (Rada Sołecka)\nJan Lis",
    }
    data.pop("take_text", None)
    create(editor, url, data)
    event = the_event()
    sessions = event.agenda[0].value["sessions"]
    assert (event.title, event.start_time, len(event.body)) == ("Poprawiony tytuł", dt.time(10), 0)
    assert (sessions[0].value["title"], len(sessions[0].value["speakers"])) == ("Otwarcie", 0)
    assert (sessions[-1].value["kind"], [each.shown for each in sessions[-1].value["speakers"]]) == (
        "visit",
        [
            {"name": "Ewa Kos", "role": "sołtyska", "organisation": "Rada Sołecka"},
            {"name": "Jan Lis", "role": "", "organisation": ""},
        ],
    )


def test_what_cannot_be_saved_is_said_beside_its_field_and_nothing_is_lost(editor: Client) -> None:
    url, data, _soup = review(editor)
    data |= {
        "title": "",
        "start_date": "pojutrze",
        "sessions-1-title": "",
        "audience": "sołtysi",
        "end_date": "2027-06-10",
    }
    answer = editor.post(url, data)
    soup = soup_of(answer)
    assert (answer.status_code, EventPage.objects.count()) == (400, 0)
    assert soup.select_one("#row-title .error-message") is not None
    assert "Type what this line is" in soup.select_one("#row-sessions-1").get_text()
    kept = sent(soup)
    assert (kept["audience"], kept["sessions-2-people"]) == ("sołtysi", data["sessions-2-people"])


def test_line_of_a_longer_event_has_to_say_its_day(editor: Client) -> None:
    url, data, _soup = review(editor)
    data |= {"end_date": "2027-06-10", "sessions-2-day": ""}
    soup = soup_of(editor.post(url, data))
    assert "Say on which of them" in soup.select_one("#row-sessions-2").get_text()
    assert EventPage.objects.count() == 0
    create(editor, url, {**data, "sessions-2-day": "2027-06-10"})
    assert [day.value["date"].day for day in the_event().agenda] == [9, 10]


def test_new_place_is_added_only_where_chosen_and_not_known(tree: dict[str, Page]) -> None:
    client = Desk(member(PUBLISHERS)).client
    url, data, _soup = review(client)
    assert (data["venue"], data["venue_name"], data["venue_street"], data["venue_city"]) == (
        "new", "Dom Kultury", "ul. Długa 7", "Jarocinek",
    )  # fmt: skip
    refused = soup_of(client.post(url, {**data, "venue_name": ""}))
    assert "Give the new place a name" in refused.select_one("#row-venue_name").get_text()
    create(client, url, data)
    made = Venue.objects.get()
    assert (made.name, made.street, the_event().venue) == ("Dom Kultury", "ul. Długa 7", made)
    url, data, _soup = review(client)
    assert data["venue"] == str(made.pk), "known now"
    create(
        client,
        url,
        {**data, "title": "Drugie", "venue": "new", "venue_name": "DOM  kultury", "venue_city": "Jarocinek"},
    )
    assert Venue.objects.count() == 1


def test_calendar_is_one_that_the_editor_may_write_in(editor: Client, tree: dict[str, Page]) -> None:
    url, data, _soup = review(editor)
    answer = editor.post(url, {**data, "calendar": str(tree["news"].pk)})
    assert (answer.status_code, EventPage.objects.count()) == (400, 0)


def test_originals_are_for_their_owner_then_for_editors_of_the_page(
    editor: Client, tree: dict[str, Page], django_user_model: Any
) -> None:
    url, data, _soup = review(editor)
    original = Original.objects.get()
    download = reverse("newsroom_original", args=[original.pk])
    colleague = Desk(member(PUBLISHERS)).client
    stranger = Client()
    stranger.force_login(django_user_model.objects.create_user("obcy"))
    assert [colleague.get(each).status_code for each in (url, download)] == [404, 404]
    assert (
        colleague.post(reverse("newsroom_change_purpose", args=[original.pk]), {"purpose": "event"}).status_code == 404
    )
    assert [each.get(download).status_code for each in (stranger, Client())] == [302, 302]
    create(editor, url, data)
    event = EventPage.objects.get()
    answer = colleague.get(download)
    assert b"".join(answer.streaming_content).decode() == INVITATION
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "default-src 'none'")
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    event.get_latest_revision().publish()
    assert [each.get(download).status_code for each in (stranger, Client())] == [302, 302]
    for path in (f"/media/{original.file.name}", f"/{original.file.name}"):
        assert Client().get(path).status_code == 404
    public = Client().get(EventPage.objects.get().url).content.decode()
    assert original.file.name not in public
    assert "originals" not in Client().get(f"/api/v2/events/{event.pk}/").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("zdjecie.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 50, "This is a picture"),
        ("pusty.txt", b"  \n ", "The file is empty or holds no text"),
        ("zepsuty.docx", b"PK\x03\x04 nic", "The file is damaged"),
    ],
)
def test_file_that_cannot_be_read_is_refused_beside_its_field(
    editor: Client, name: str, content: bytes, said: str
) -> None:
    answer = editor.post(reverse("newsroom_intake_event"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 400
    assert said in soup_of(answer).get_text(" ", strip=True)
    assert not Original.objects.exists()


def test_refused_text_is_said_in_the_readers_language_and_kept(tree: dict[str, Page]) -> None:
    client = Desk(member(EDITORS, language="pl")).client
    answer = bring(client, "słowo " * 14_000, published="2027-01-05")
    soup = soup_of(answer)
    assert "Tekst jest za długi jak na zaproszenie" in soup.get_text(" ", strip=True)
    assert soup.select_one("textarea[name=text]").get_text().count("słowo") == 14_000
    assert soup.select_one("input[name=published]")["value"] == "2027-01-05"
    assert "Keep one of the two" in soup_of(
        Desk(member(EDITORS)).client.post(
            reverse("newsroom_intake_event"), {"text": "Coś", "file": SimpleUploadedFile("a.txt", b"Spotkanie")}
        )
    ).get_text(" ", strip=True)


def test_table_from_the_clipboard_survives(editor: Client) -> None:
    table = (
        "<p>Szkolenie, 4 maja 2027 r.</p><table><tr><td>10:00</td><td>Woda</td></tr>"
        "<tr><td>11:00</td><td>Przerwa</td></tr></table>"
    )
    _url, data, _soup = review(editor, "Szkolenie, 4 maja 2027 r. 10:00 Woda 11:00 Przerwa", html=table)
    assert [data[f"sessions-{number}-title"] for number in range(2)] == ["Woda", "Przerwa"]
    assert Original.objects.get().file.name.endswith(".html")


def test_date_of_publication_tells_the_year(editor: Client) -> None:
    _url, data, soup = review(editor, "Zebranie wiejskie odbędzie się 9 czerwca o godz. 17.00.", published="2028-05-02")
    assert data["start_date"] == "2028-06-09"
    assert "inferred" in soup.select_one("#row-start_date").get_text()


def test_people_who_may_not_add_events_find_no_way_in(tree: dict[str, Page], django_user_model: Any) -> None:
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Tylko zagląda")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = django_user_model.objects.create_user("zaglada")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("newsroom_intake_event")).status_code == 302
    assert bring(client).status_code == 302
    assert not Original.objects.exists()


def test_ways_in_are_on_the_desk_in_the_list_and_in_the_menu(editor: Client) -> None:
    url = reverse("newsroom_intake_event")
    assert soup_of(editor.get(reverse("wagtailadmin_home"))).select(f".desk__new a[href='{url}']")
    page = editor.get(reverse("newsroom_events:index")).content.decode()
    assert page.count(url) >= 2


def test_review_asks_the_database_as_often_for_a_long_programme(editor: Client) -> None:
    counts = []
    for lines in (1, 30):
        agenda = "\n".join(f"{8 + n // 6}.{n % 6}0 Temat {n} – Anna Kos{n}, Jan Lis" for n in range(lines))
        for n in range(lines):
            PersonFactory(name=f"Anna Kos{n}")
        text = f"Konferencja 9 czerwca 2027 r., godz. 8.00\n\nProgram\n{agenda}\n"
        answer = bring(editor, text)
        editor.get(answer["Location"])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            editor.get(answer["Location"])
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_unclaimed_original_goes_after_a_week_with_its_file(
    editor: Client, django_capture_on_commit_callbacks: Any
) -> None:
    bring(editor)
    url, data, _soup = review(editor)
    create(editor, url, data)
    unclaimed = Original.objects.get(page=None)
    storage, name = unclaimed.file.storage, unclaimed.file.name
    Original.objects.update(created_at=timezone.now() - dt.timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_unclaimed() == 1
    assert (Original.objects.get().page_id, storage.exists(name)) == (EventPage.objects.get().pk, False)
    kept = Original.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        EventPage.objects.get().delete()
    assert (Original.objects.exists(), storage.exists(kept)) == (False, False)


def test_report_can_be_made_a_news_item_instead(editor: Client) -> None:
    shown = editor.get(bring(editor, text=REPORT)["Location"]).content.decode()
    moved = editor.post(reverse("newsroom_change_purpose", args=[Original.objects.get().pk]), {"purpose": "news"})

    assert "This looks like a report" in shown
    assert moved["Location"] == reverse("newsroom_review_news", args=[Original.objects.get().pk])
    assert "This looks like a report" not in editor.get(bring(editor)["Location"]).content.decode()
