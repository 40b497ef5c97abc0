"""The register of requests for accessible versions: who sees it, what it says, what is done there."""

import csv
import datetime as dt
import io
from typing import Any

import bs4
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry, Page, Site

from tests.admin.desk import Desk
from tests.admin.newsroom import other_section
from tests.factories import NewsPageFactory, attach, make_attachment
from tests.test_query_counts import queries
from wagtail_newsroom.news.admin.access_requests.actions import REQUEST_ACTIONS
from wagtail_newsroom.news.enums import RequestState
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.publishing.access_requests import handling

REGISTER = "/admin/newsroom_requests/"
FIGURES = "/admin/newsroom/requests/figures/"
PERSONAL = ("Jan Próbny", "jan@example.org", "600 100 200", "Czytnik milczy")


def make_request(title: str = "Regulamin", *, due: int = 5, **facts: Any) -> AccessRequest:
    """A request that is due in so many days."""
    today = timezone.localdate()
    given = {"name": "Jan Próbny", "email": "jan@example.org", "phone": "600 100 200", "barrier": "Czytnik milczy"}
    row = {**given, "title": title, "language": "en", "kind": "document", "due_on": today + dt.timedelta(days=due)}
    return AccessRequest.objects.create(**{**row, "site": Site.objects.get(), **facts})


def listed(desk: Desk, query: str = "") -> dict[str, list[str]]:
    answer = desk.client.get(f"{REGISTER}?{query}")
    assert answer.status_code == 200
    soup = bs4.BeautifulSoup(answer.content, "html.parser")
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in soup.select("tbody tr")]
    return {cells[0].split(" · ")[1].split()[0]: cells for cells in rows}


def act_url(row: AccessRequest, act: str) -> str:
    return f"/admin/newsroom/requests/{row.pk}/{act}/"


def test_register_says_when_each_answer_is_due(publisher: Desk) -> None:
    for title, due in (("Jutro", 1), ("Dziś", 0), ("Późno", -1), ("Bardzo", -5)):
        make_request(title, due=due)
    closed = make_request("Zamknięta", due=-9)
    handling.answer_request(closed, publisher.user, answer="Jest")
    words = {title: cells[3] for title, cells in listed(publisher).items()}
    assert words["Jutro"].endswith("(1 day left)")
    assert words["Dziś"].endswith("(today)")
    assert words["Późno"].endswith("(1 day overdue)")
    assert words["Bardzo"].endswith("(5 days overdue)")
    assert "(" not in words["Zamknięta"]
    assert listed(publisher)["Zamknięta"][4] == "Answered"


def test_register_is_narrowed_by_state_time_and_year(publisher: Desk) -> None:
    make_request("Nowa")
    make_request("Zaraz", due=1)
    make_request("Późna", due=-1)
    make_request("Odłożona", due=-1, state="extended", extended_until=timezone.localdate() + dt.timedelta(days=9))
    handling.withdraw_request(make_request("Cofnięta", due=-1), publisher.user)
    long_ago = timezone.now().replace(year=2021, month=6)
    make_request("Dawna", due=-1, received_at=long_ago, state="answered", answered_at=long_ago)
    assert set(listed(publisher, "due=overdue")) == {"Późna"}
    assert set(listed(publisher, "due=soon")) == {"Zaraz"}
    assert set(listed(publisher, "state=open")) == {"Nowa", "Zaraz", "Późna", "Odłożona"}
    assert set(listed(publisher, "state=withdrawn")) == {"Cofnięta"}
    assert set(listed(publisher, "year=2021")) == {"Dawna"}
    assert set(listed(publisher, "kind=image")) == set()
    everything = set(listed(publisher))
    assert set(listed(publisher, "email__startswith=x")) == set(listed(publisher, "state=x&year=9")) == everything
    assert set(listed(publisher, "q=Zaraz")) == {"Zaraz"}
    assert set(listed(publisher, "q=jan")) == set()  # nobody looks for people here


def test_page_of_a_request_shows_what_was_asked_and_leads_to_its_item(publisher: Desk, tree: dict[str, Page]) -> None:
    document = make_attachment("Regulamin")
    attach(NewsPageFactory(parent=tree["news"]), document)
    row = make_request(item_id=document.pk, barrier="Wiersz\n<b>drugi</b>")
    text = publisher.client.get(f"{REGISTER}inspect/{row.pk}/").content.decode()
    assert "jan@example.org" in text
    assert "Wiersz<br>&lt;b&gt;drugi&lt;/b&gt;" in text
    assert f"/admin/documents/edit/{document.pk}/" in text
    for act in REQUEST_ACTIONS:
        assert act_url(row, act.name) in text
    handling.answer_request(row, publisher.user, answer="Jest już dobrze.", link="https://example.org/dobry")
    document.delete()
    text = publisher.client.get(f"{REGISTER}inspect/{row.pk}/").content.decode()
    assert "Jest już dobrze." in text
    assert "https://example.org/dobry" in text
    assert act_url(row, "answer") not in text


@pytest.mark.parametrize("who", ["publisher", "administrator"])
def test_answer_is_sent_logged_and_ends_it(
    who: str, tree: dict[str, Page], request: pytest.FixtureRequest, django_capture_on_commit_callbacks: Any
) -> None:
    desk, row = request.getfixturevalue(who), make_request()
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.client.post(
            act_url(row, "answer"), {"answer": "Oto tekst.\nDwa wiersze.", "link": "https://example.org/a"}
        )
    assert answer["Location"] == f"{REGISTER}inspect/{row.pk}/"
    (message,) = mail.outbox
    assert message.to == ["jan@example.org"]
    assert "Oto tekst." in message.body
    assert "https://example.org/a" in message.body
    row.refresh_from_db()
    assert (row.state, row.answered_by) == (RequestState.ANSWERED, desk.user)
    assert [entry.action for entry in ModelLogEntry.objects.all()] == [handling.ANSWERED]
    history = desk.client.get(f"{REGISTER}history/{row.pk}/")
    assert "Request answered" in history.content.decode()
    assert desk.client.get(act_url(row, "refuse"))["Location"] == f"{REGISTER}inspect/{row.pk}/"


def test_mistake_stands_beside_its_field_with_what_was_typed(publisher: Desk) -> None:
    row = make_request()
    typed = {"until": (timezone.localdate() + dt.timedelta(days=90)).isoformat(), "reason": "Tłumacz chory"}
    answer = publisher.client.post(act_url(row, "extend"), typed)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "The law allows two months from the request" in text
    assert "Tłumacz chory" in text
    for act, sent in (
        ("extend", {"until": handling.latest_extension(row.received_on).isoformat(), "reason": " "}),
        ("refuse", {"reason": "Bo", "alternative": ""}),
        ("refuse", {"reason": "", "alternative": "Telefon"}),
        ("answer", {"answer": ""}),
        ("answer", {"answer": "Jest", "link": "javascript:alert(1)"}),
    ):
        assert "error-message" in publisher.client.post(act_url(row, act), sent).content.decode(), (act, sent)
    row.refresh_from_db()
    assert row.state == RequestState.RECEIVED


def test_form_says_whom_to_call_where_there_is_no_e_mail(publisher: Desk) -> None:
    row = make_request(email="")
    assert "600 100 200" in publisher.client.get(act_url(row, "answer")).content.decode()
    assert "600 100 200" not in publisher.client.get(act_url(row, "withdraw")).content.decode()


def test_others_see_and_do_nothing(tree: dict[str, Page], editor: Desk, client: Client) -> None:
    row = make_request("Tajny")
    before = AccessRequest.objects.values().get()
    addresses = [REGISTER, f"{REGISTER}?export=csv", f"{REGISTER}inspect/{row.pk}/", f"{REGISTER}history/{row.pk}/"]
    addresses += [FIGURES, f"{FIGURES}?export=xlsx", *(act_url(row, act.name) for act in REQUEST_ACTIONS)]
    for visitor in (editor.client, other_section(tree).client, client):
        for address in addresses:
            for answer in (
                visitor.get(address),
                visitor.post(address, {"answer": "x", "reason": "x", "alternative": "x"}),
            ):
                assert answer.status_code in (302, 403, 404, 405), address
                assert "Tajny" not in answer.content.decode()
        if visitor is not client:
            assert "newsroom_requests" not in visitor.get("/admin/").content.decode()
    assert AccessRequest.objects.values().get() == before


def test_nothing_is_added_changed_or_deleted_by_hand(administrator: Desk) -> None:
    row = make_request()
    for path in ("create/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert administrator.client.post(f"{REGISTER}{path}").status_code == 404
    assert administrator.client.get(act_url(row, "burn")).status_code == 404


def test_export_holds_no_personal_data_and_no_formula(publisher: Desk, english: None) -> None:
    row = make_request("=cmd()", received_at=timezone.now())
    handling.answer_request(row, publisher.user, answer="Janowi")
    answer = publisher.client.get(f"{REGISTER}?export=csv")
    with translation.override("en"):  # what streams is written after the request, in the language of the process
        text = b"".join(answer.streaming_content).decode()
    (found,) = csv.DictReader(io.StringIO(text))
    assert list(found.values())[:4] == [row.number, "File", "'=cmd()", "The same page or file, made accessible"]
    assert list(found.values())[-1] == "Yes"
    sheet = load_workbook(
        io.BytesIO(b"".join(publisher.client.get(f"{REGISTER}?export=xlsx").streaming_content))
    ).active
    cells = [str(cell.value) for line in sheet.rows for cell in line]
    for secret in (*PERSONAL, "Janowi"):
        assert secret not in text
        assert secret not in cells


def test_figures_count_a_period_and_outlive_personal_data(publisher: Desk, english: None) -> None:
    year = timezone.localdate().year

    def closed(state: str, received: dt.datetime, days: int, **facts: Any) -> None:
        at = received + dt.timedelta(days=days)
        make_request(
            state=state, received_at=received, due_on=handling.due_day(received.date()), answered_at=at, **facts
        )

    noon = dt.datetime(year - 1, 3, 2, 12, tzinfo=dt.UTC)
    closed("answered", noon, 3)
    closed("answered", noon, 20, extended_until=noon.date() + dt.timedelta(days=30))
    closed("refused", noon, 40, kind="image")
    closed("withdrawn", noon, 1)
    closed("answered", noon.replace(year=year - 6), 1)
    make_request("Czeka", due=-1)
    handling.clear_personal_data()

    def read(query: str) -> dict[str, str]:
        answer = publisher.client.get(f"{FIGURES}?{query}&export=csv")
        with translation.override("en"):
            rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
        return {row["Figure"]: row["Value"] for row in rows}

    found = read("")
    assert found["Requests received"] == "5"
    assert (found["Answered"], found["Refused"], found["Withdrawn"], found["Received"]) == ("2", "1", "1", "1")
    assert (found["File"], found["Photo"]) == ("4", "1")
    assert found["Closed within 7 days of the Act"] == "1"
    assert (found["Put off"], found["Closed in time"], found["Late, closed or not"]) == ("1", "2", "2")
    assert (found["Days to the answer, median"], found["Days to the answer, longest"]) == ("20", "40")
    assert read(f"first={year - 6}-01-01&last={year - 6}-12-31")["Requests received"] == "1"
    page = publisher.client.get(FIGURES)
    assert not any(secret in page.content.decode() for secret in PERSONAL)
    wrong = publisher.client.get(f"{FIGURES}?first=2026-05-01&last=2026-04-01")
    assert "The period ends before it begins" in wrong.content.decode()
    assert publisher.client.get(f"{FIGURES}?first=x&export=csv").status_code == 200


def panel(desk: Desk) -> bs4.Tag | None:
    soup = bs4.BeautifulSoup(desk.client.get("/admin/").content, "html.parser")
    named = [each for each in soup.select(".desk-panel") if "Requests for an accessible version" in each.get_text()]
    return named[0] if named else None


def test_desk_of_those_who_answer_shows_the_most_urgent_first(publisher: Desk, editor: Desk) -> None:
    assert panel(publisher) is None
    make_request("Spokojna", due=5)
    make_request("Późna", due=-2)
    make_request("Odłożona", due=-9, state="extended", extended_until=timezone.localdate() + dt.timedelta(days=1))
    shown = panel(publisher)
    assert shown is not None
    text = shown.get_text(" ", strip=True)
    assert "1 is overdue." in text
    assert text.index("Późna") < text.index("Odłożona") < text.index("Spokojna")
    assert panel(editor) is None


def test_register_asks_as_often_for_thirty_as_for_three(publisher: Desk) -> None:
    counted = []
    for count in (3, 27):
        for number in range(count):
            make_request(f"Plik{number}", due=number - 3)
        counted.append([len(queries(publisher.client, address)) for address in (REGISTER, "/admin/", FIGURES)])
    assert counted[0] == counted[1]
