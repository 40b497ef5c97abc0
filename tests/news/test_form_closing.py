"""A form closes with the registration of its events, at every place that offers it, and comes back."""

import datetime as dt
from typing import Any

import bs4
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.factories import EventPageFactory, NewsPageFactory, attach, make_attachment, make_site
from tests.news.test_versions import upload
from wagtail_newsroom.news.models import Attachment, EventPage
from wagtail_newsroom.news.publishing.files.versions import replace_file
from wagtail_newsroom.news.publishing.updates.announcements import extend_deadline


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


@pytest.fixture
def form(tree: dict[str, Page]) -> Attachment:
    return make_attachment("Formularz", name="formularz.txt", content=b"Formularz", kind="form")


def event_with(form: Attachment, tree: dict[str, Page], title: str, deadline: int, **fields: Any) -> EventPage:
    facts = {"start_date": days(20), "deadline_date": days(deadline), "registration": "form", **fields}
    page = EventPageFactory(parent=tree["events"], title=title, registration_form=form, **facts)
    attach(page, form)
    return page


def links_to(client: Client, address: str, form: Attachment) -> list[str]:
    page = bs4.BeautifulSoup(client.get(address).content, "html.parser")
    return [link["href"] for link in page.find_all("a", href=form.url)]


def test_form_closes_at_the_deadline_at_each_place_and_tells_why(
    tree: dict[str, Page], form: Attachment, client: Client
) -> None:
    event = event_with(form, tree, "Wizyta studyjna", -1)
    news = NewsPageFactory(parent=tree["news"], body=[("attachments", {"items": [form]})])
    attach(news, form)

    for address in (event.url, news.url, "/dokumenty/"):
        assert "Formularz" in client.get(address).content.decode(), address
        assert links_to(client, address, form) == [], address
    for headers in ({}, {"If-None-Match": f'"{form.get_file_hash()}"'}, {"Range": "bytes=0-3"}):
        answer = client.get(form.url, headers=headers)
        assert answer.status_code == 403
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-cache", "noindex")
        told = bs4.BeautifulSoup(answer.content, "html.parser")
        assert told.find("a", href=event.url).get_text() == "Wizyta studyjna"
        assert told.find("h1").get_text() == "Zapisy zakończone"
    assert client.head(form.url).status_code == 403
    assert client.get(f"{form.url}?version=archival").status_code == 403
    assert [row["closed"] for row in client.get(f"/api/v2/pages/{news.pk}/").json()["attachments"]] == [True]
    assert client.get(f"/api/v2/documents/{form.pk}/").json()["closed"] is True


def test_form_comes_back_with_a_later_deadline_or_by_an_editor(
    tree: dict[str, Page], form: Attachment, client: Client
) -> None:
    event = event_with(form, tree, "Wizyta", -1)
    assert client.get(form.url).status_code == 403

    extend_deadline(event, None, days(5))
    assert client.get(form.url).status_code == 200
    assert links_to(client, event.url, form) != []
    assert client.get(f"/api/v2/documents/{form.pk}/").json()["closed"] is False

    EventPage.objects.filter(pk=event.pk).update(availability="full")
    assert client.get(form.url).status_code == 403
    form.keep_open = True
    form.save()
    assert client.get(form.url).status_code == 200
    assert links_to(client, event.url, form) != []


def test_form_of_two_events_is_open_while_one_is(tree: dict[str, Page], form: Attachment, client: Client) -> None:
    past, coming = event_with(form, tree, "Dawne", -3), event_with(form, tree, "Przyszłe", 3)
    assert client.get(form.url).status_code == 200
    assert (links_to(client, past.url, form), links_to(client, coming.url, form) != []) == ([], True)

    newer = replace_file(form, upload(), None)
    assert (client.get(form.url).status_code, client.get(newer.url).status_code) == (301, 200)
    EventPage.objects.filter(pk=coming.pk).update(deadline_at=timezone.now() - dt.timedelta(minutes=1))
    assert client.get(newer.url).status_code == 403
    assert links_to(client, coming.url, newer) == [], "whichever version the page names"
    told = client.get(newer.url).content.decode()
    assert "Dawne" in told
    assert "Przyszłe" in told


def test_draft_event_neither_closes_nor_opens_a_form(tree: dict[str, Page], form: Attachment, client: Client) -> None:
    attach(NewsPageFactory(parent=tree["news"]), form)
    draft = event_with(form, tree, "Tajne", -1)
    assert client.get(form.url).status_code == 403
    EventPage.objects.get(pk=draft.pk).unpublish()
    assert client.get(form.url).status_code == 200


def test_other_files_of_a_closed_event_stay(tree: dict[str, Page], form: Attachment, client: Client) -> None:
    event = event_with(form, tree, "Wizyta", -1)
    agenda = make_attachment("Program", name="program.txt", kind="programme")
    attach(event, agenda)
    assert client.get(agenda.url).status_code == 200
    assert links_to(client, event.url, agenda) != []


def test_closed_form_is_told_in_the_language_of_its_event(
    tree: dict[str, Page], form: Attachment, client: Client
) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    event_with(form, tree, "Wizyta", -1)
    home = tree["home"].copy_for_translation(english)
    home.save_revision().publish()
    events = tree["events"].copy_for_translation(english)
    events.save_revision().publish()
    facts = {"start_date": days(20), "deadline_date": days(-1), "registration": "form", "registration_form": form}
    EventPageFactory(parent=events, title="Visit", locale=english, **facts)

    headings = {}
    for wished in ("", "de", "en-GB,en;q=0.9,pl;q=0.5", "pl"):
        answer = client.get(form.url, headers={"Accept-Language": wished} if wished else {})
        assert "Accept-Language" in answer["Vary"]
        headings[wished] = bs4.BeautifulSoup(answer.content, "html.parser").find("h1").get_text()
    english_heading = headings.pop("en-GB,en;q=0.9,pl;q=0.5")
    assert (english_heading, set(headings.values())) == ("Registration is closed", {"Zapisy zakończone"})
