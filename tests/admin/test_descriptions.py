"""What photos show is said before a page is published, and never asked of a draft."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.admin.desk import Desk, messages_beside
from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    agenda_day,
    make_attachment,
    make_photo,
    private_collection,
)
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import EventPage, NewsPage, PageAttachment

UNDESCRIBED = "Say in one sentence what the photo shows, for people who do not see it."
GOOD = {"title": "Relacja", "slug": "relacja", "lead": "O czym jest.", "date": "2026-01-15"}


def block(name: str, **value: Any) -> dict[str, Any]:
    return {"type": name, "value": value}


def test_lead_photo_without_a_description_is_saved_and_not_published(tree: dict[str, Page], publisher: Desk) -> None:
    photo = make_photo("Sala", description="")
    form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, lead_image=photo.pk)
    assert messages_beside(form.publish(), "lead_image_alt") == [UNDESCRIBED]
    assert not NewsPage.objects.exists()
    assert form.save_draft().status_code == 302
    assert not NewsPage.objects.get().live


def test_lead_photo_described_in_the_library_is_published(tree: dict[str, Page], publisher: Desk) -> None:
    photo = make_photo("Sala", description="Ludzie przy okrągłych stołach")
    assert publisher.blank(NewsPage, tree["news"]).fill(**GOOD, lead_image=photo.pk).publish().status_code == 302
    assert NewsPage.objects.get().live


@pytest.mark.parametrize(
    ("said", "published"), [({}, False), ({"alt": "Ludzie przy stołach"}, True), ({"decorative": True}, True)]
)
def test_photo_in_a_story_is_described_or_decorative(
    tree: dict[str, Page], publisher: Desk, said: dict[str, Any], published: bool
) -> None:
    photo = make_photo("Sala", description="")
    form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, body=[block("image", image=photo.pk, **said)])
    answer = form.publish()
    assert NewsPage.objects.filter(live=True).exists() is published
    if not published:
        assert messages_beside(answer, "body", 0, "alt") == [UNDESCRIBED]


def test_photo_in_a_gallery_is_described_before_publication(tree: dict[str, Page], publisher: Desk) -> None:
    photo = make_photo("Sala", description="")
    form = publisher.blank(GalleryPage, tree["galleries"]).fill(title="Galeria", slug="galeria", date="2026-01-15")
    form.add_row("photos", photo=photo.pk)
    answer = form.publish()
    assert answer.status_code == 200
    assert UNDESCRIBED in answer.content.decode()
    assert form.save_draft().status_code == 302
    assert not GalleryPage.objects.get().live


def test_draft_shows_its_files_to_those_who_may_choose_them(tree: dict[str, Page], publisher: Desk) -> None:
    """A file that no published page offers yet stands in the preview of the draft that will offer it."""
    page = NewsPageFactory(parent=tree["news"], live=False)
    page.attachments.add(PageAttachment(attachment=make_attachment("Nowe zaproszenie")))
    page.save_revision()
    preview = publisher.client.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Nowe zaproszenie" in preview
    assert page.attachment_rows == []


def test_registration_by_a_form_asks_for_the_form(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(EventPage, tree["events"]).fill(**GOOD, start_date="2027-03-12", registration="form")
    message = "Choose the form, or choose another way to register."
    assert messages_beside(form.publish(), "registration_form") == [message]


@pytest.mark.parametrize(
    ("day", "start", "end", "fine"),
    [
        (dt.date(2027, 3, 28), "22:00", "02:30", True),
        (dt.date(2027, 3, 27), "23:00", "02:30", False),
        (dt.date(2027, 3, 28), "01:00", "02:30", False),
    ],
)
def test_hour_after_midnight_belongs_to_the_next_day(
    tree: dict[str, Page], publisher: Desk, day: dt.date, start: str, end: str, fine: bool
) -> None:
    agenda = [agenda_day({"title": "Nocny spacer", "start": start, "end": end}, date=day)]
    form = publisher.blank(EventPage, tree["events"]).fill(
        **GOOD, start_date="2027-03-27", end_date="2027-03-29", agenda=agenda
    )
    assert (form.publish().status_code == 302) is fine


def test_private_photo_of_a_story_leaves_no_word_in_the_api(tree: dict[str, Page], client: Client) -> None:
    photo = make_photo("Tajna", description="Tajny opis", collection=private_collection())
    body = [block("image", image=photo.pk, alt="Tajne słowa", caption="Tajny podpis")]
    page = NewsPageFactory(parent=tree["news"], body=body)
    answer = client.get(f"/api/v2/pages/{page.pk}/")
    assert "ajn" not in answer.content.decode()
    assert answer.json()["body"][0]["value"]["image"] is None


def test_button_to_a_draft_leads_nowhere(tree: dict[str, Page], client: Client) -> None:
    draft = EventPageFactory(parent=tree["events"], title="Tajny szkic", live=False)
    page = NewsPageFactory(parent=tree["news"], body=[block("call_to_action", label="Zapisz się", page=draft.pk)])
    assert "tajny-szkic" not in client.get(page.url).content.decode()
    assert client.get(f"/api/v2/pages/{page.pk}/").json()["body"][0]["value"]["page"] is None
