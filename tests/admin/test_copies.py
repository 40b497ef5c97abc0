"""“Create from this” in the admin: one draft, a series, a list; errors by line, nothing lost, nothing half-made."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from tests.admin.desk import Desk
from tests.admin.test_changes import beside
from tests.factories import EventPageFactory, NewsPageFactory
from wagtail_newsroom.news.admin.page_actions.copies import read_lines, repeated
from wagtail_newsroom.news.models import EventPage, NewsPage


@pytest.fixture
def event(tree: dict[str, Page]) -> EventPage:
    page = EventPageFactory(
        parent=tree["events"], title="Spotkanie", start_date=dt.date(2036, 12, 5), start_time=dt.time(2, 30)
    )
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def create_from(page: Page) -> str:
    return reverse("newsroom_create_from", args=[page.pk])


def made(event: EventPage) -> list[tuple[dt.date, str, bool]]:
    found = EventPage.objects.exclude(pk=event.pk).order_by("start_date", "pk")
    return list(found.values_list("start_date", "title", "live"))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("12.03.2027 Gmina Zalesie", (dt.date(2027, 3, 12), "Gmina Zalesie")),
        ("  2027-03-12 – Gmina Zalesie ", (dt.date(2027, 3, 12), "Gmina Zalesie")),
        ("1.3.2027", (dt.date(2027, 3, 1), "")),
        ("12.03.2027, Zalesie", (dt.date(2027, 3, 12), "Zalesie")),
        ("31.02.2027 Zalesie", None),
        ("Zalesie 12.03.2027", None),
        ("12.03", None),
    ],
)
def test_line_is_read_or_named(line: str, read: Any) -> None:
    rows, unread = read_lines(f"\n{line}\n")
    assert [row[1:] for row in rows] == ([read] if read else [])
    assert len(unread) == (0 if read else 1)


def test_months_without_that_day_give_their_last_one() -> None:
    days = list(repeated(dt.date(2027, 1, 31), "month", 3))
    assert days == [dt.date(2027, 1, 31), dt.date(2027, 2, 28), dt.date(2027, 3, 31)]


def test_editor_creates_one_draft_and_lands_on_it(event: EventPage, editor: Desk) -> None:
    assert editor.client.get(create_from(event)).status_code == 200
    answer = editor.client.post(create_from(event), {"first_day": "2037-02-10", "count": "1", "keep_hours": "on"})
    draft = EventPage.objects.exclude(pk=event.pk).get()
    assert answer.headers["Location"] == f"/admin/pages/{draft.pk}/edit/"
    assert (draft.owner, draft.live, draft.start_time) == (editor.user, False, dt.time(2, 30))


def test_preview_names_what_will_be_created_and_creates_nothing(event: EventPage, editor: Desk) -> None:
    data = {"first_day": "2037-02-10", "count": "3", "every": "week", "preview": "1"}
    answer = editor.client.post(create_from(event), data)
    assert [row["title"] for row in answer.context["planned"]] == ["Spotkanie"] * 3
    assert "24 February 2037" in answer.content.decode()
    assert made(event) == []


def test_twelve_district_meetings_are_listed_with_links(event: EventPage, editor: Desk) -> None:
    lines = "\n".join(f"{day:02}.05.2037 Gmina {day}" for day in range(1, 13))
    answer = editor.client.post(create_from(event), {"lines": lines, "keep_hours": "on"}, follow=True)
    assert len(answer.context["drafts"]) == 12
    assert made(event) == [(dt.date(2037, 5, day), f"Gmina {day}", False) for day in range(1, 13)]


def test_bad_lines_are_named_with_their_cause_and_nothing_is_lost(event: EventPage, editor: Desk) -> None:
    lines = "10.02.2037 Zalesie\nw piątek Borki\n29.03.2037 Dęby\n10.02.2037 Zalesie"
    answer = editor.client.post(create_from(event), {"lines": lines, "keep_hours": "on"})
    told = beside(answer, "lines")
    assert "Line 2, “w piątek Borki”" in told[0] or any("Line 2, “w piątek Borki”" in text for text in told)
    assert any("Line 3" in text and "2:30" in text for text in told)
    assert any("Line 4" in text and "line 1" not in text.split(":")[0] for text in told)
    assert lines.replace("\n", "") in answer.content.decode().replace("\n", "").replace("\r", "")
    assert made(event) == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"first_day": "2037-02-10", "lines": "10.02.2037"},
        {"first_day": "pojutrze"},
        {"first_day": "2037-02-10", "count": "61"},
        {"first_day": "2037-02-10", "count": "-1"},
        {"first_day": "2037-02-10", "every": "rok"},
        {"lines": "\n".join(f"2037-01-{1 + n % 28:02} T{n}" for n in range(61))},
        {"lines": f"10.02.2037 {'x' * 300}"},
        {"first_day": "9999-12-31", "count": "3"},
    ],
)
def test_bad_input_creates_nothing(event: EventPage, editor: Desk, data: dict[str, str]) -> None:
    answer = editor.client.post(create_from(event), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert made(event) == []


def test_translations_are_offered_where_there_are_some(
    tree: dict[str, Page], event: EventPage, admin_user: Any
) -> None:
    desk = Desk(admin_user)
    assert "with_translations" not in desk.client.get(create_from(event)).context["form"].fields
    english = Locale.objects.get_or_create(language_code="en")[0]
    for key in ("home", "events"):
        tree[key].copy_for_translation(english, copy_parents=True)
    event.copy_for_translation(english).save_revision().publish()
    desk.client.post(create_from(event), {"first_day": "2037-02-10", "with_translations": "on"})
    drafts = EventPage.objects.filter(live=False, start_date=dt.date(2037, 2, 10))
    assert drafts.count() == 2
    assert drafts.values("translation_key").distinct().count() == 1


@pytest.mark.parametrize("name", ["newsroom_create_from", "newsroom_create_report"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_without_the_right_creates(tree: dict[str, Page], editor: Desk, name: str, method: str) -> None:
    hidden = EventPageFactory(parent=tree["events"], title="Zqtajne", live=False)
    data = {"first_day": "2037-02-10", "title": "x"} if method == "post" else {}
    for visitor in (Client(), editor.client):
        answer = getattr(visitor, method)(reverse(name, args=[hidden.pk]), data)
        assert answer.status_code == 302
        assert b"Zqtajne" not in answer.content
    assert EventPage.objects.count() == 1
    assert not NewsPage.objects.exists()


def test_report_is_created_after_a_look(event: EventPage, editor: Desk) -> None:
    url = reverse("newsroom_create_report", args=[event.pk])
    assert "Spotkanie" in editor.client.get(url).context["form"].initial["title"]
    assert not NewsPage.objects.exists()
    editor.client.post(url, {"title": "Relacja ze spotkania"})
    report = NewsPage.objects.get()
    assert (report.about_event.pk, report.slug, report.live) == (event.pk, "relacja-ze-spotkania", False)
    assert editor.open(report).save_draft().status_code == 302


def test_news_is_created_from_news(tree: dict[str, Page], editor: Desk) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Nabór")
    editor.client.post(create_from(page), {"title": "Nabór drugi"})
    assert NewsPage.objects.filter(title="Nabór drugi", live=False, owner=editor.user).count() == 1


def test_created_drafts_of_others_are_not_listed(tree: dict[str, Page], editor: Desk) -> None:
    foreign = EventPageFactory(parent=tree["events"], title="Zqtajne", live=False)
    answer = editor.client.get(f"{reverse('newsroom_created')}?id={foreign.pk}&id=x")
    assert answer.status_code == 200
    assert b"Zqtajne" not in answer.content
    assert EventPageFactory._meta.model is EventPage


def test_hostile_titles_are_inert(event: EventPage, editor: Desk) -> None:
    line = '10.02.2037 "><img src=x onerror=alert(1)>'
    for data in ({"lines": line, "preview": "1"}, {"lines": f"{line}\n{line}"}, {"lines": line}):
        answer = editor.client.post(create_from(event), data, follow=True)
        assert b"<img src=x" not in answer.content
