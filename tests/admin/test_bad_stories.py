"""Stories, galleries and photos that would harm their readers: refused with cause and remedy beside the field."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation
from wagtail.models import Page

from tests.admin.bad_input import Case, check_refusal, fill_in, state
from tests.admin.desk import Desk, Form, messages_beside
from tests.factories import NewsPageFactory, make_photo
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import NewsPage

NO_WEB_ADDRESS = "This is not the address of a web page. Give one that starts with https://."
FUTURE = "The publication date lies in the future. Give today's date, and schedule the page to go live later."
SKIPS = "This heading skips a level. Choose the next larger one."
FILE_NAME = "“IMG_2041” is a file name. Say in one sentence what the photo shows."
REPEATS = "The description repeats the title. Say in one sentence what the photo shows."
GOOD = {"title": "Relacja", "slug": "relacja", "lead": "O czym jest.", "date": "2026-01-15"}


def block(name: str, **value: Any) -> dict[str, Any]:
    return {"type": name, "value": value}


def heading(level: str) -> dict[str, Any]:
    return block("heading", level=level, text="Śródtytuł")


NEWS_CASES = [
    Case(
        "title_on_two_lines",
        ("title",),
        "This text holds a line break or another invisible character. Type it on one line.",
        {"title": "Relacja\u2028z konferencji"},
    ),
    Case("publication_in_the_future", ("date",), FUTURE, {"date": "2199-01-01"}),
    Case("lead_photo_named_like_a_file", ("lead_image_alt",), FILE_NAME, {"lead_image_alt": "IMG_2041"}),
    Case("lead_photo_named_like_the_page", ("lead_image_alt",), REPEATS, {"lead_image_alt": "relacja"}),
    Case("first_heading_too_deep", ("body", 0, "level"), SKIPS, {"body": [heading("h4")]}),
    Case(
        "heading_skips_a_level",
        ("body", 2, "level"),
        SKIPS,
        {"body": [heading("h2"), block("quote", text="Tak."), heading("h4")]},
    ),
    Case(
        "heading_skips_after_going_back",
        ("body", 3, "level"),
        SKIPS,
        {"body": [heading("h2"), heading("h3"), heading("h2"), heading("h4")]},
    ),
    Case(
        "photo_in_the_story_named_like_a_file",
        ("body", 0, "alt"),
        FILE_NAME,
        {"body": [block("image", alt="IMG_2041")]},
    ),
    Case(
        "button_that_leads_nowhere",
        ("body", 0, "link"),
        "Give an address or choose a page, so that the button leads somewhere.",
        {"body": [block("call_to_action", label="Zapisz się")]},
    ),
    Case(
        "film_by_ftp",
        ("body", 0, "url"),
        NO_WEB_ADDRESS,
        {"body": [block("video", url="ftp://example.org/film", title="Film")]},
    ),
    Case(
        "button_by_ftp",
        ("body", 0, "link"),
        NO_WEB_ADDRESS,
        {"body": [block("call_to_action", label="Zapisz się", link="ftp://example.org/")]},
    ),
    Case(
        "quote_without_words",
        ("body", 0, "text"),
        "This field is required.",
        {"body": [block("quote", text="", who="Ewa Lis")]},
        draft_saves=True,
    ),
]


def test_story_that_harms_is_refused_when_new(
    tree: dict[str, Page], publisher: Desk, subtests: pytest.Subtests
) -> None:
    blank = publisher.blank(NewsPage, tree["news"]).fill(**GOOD)
    before = state()
    for case in NEWS_CASES:
        with subtests.test(case.name):
            check_refusal(fill_in(blank, case).publish(), case)
            assert state() == before


def test_story_that_harms_leaves_the_draft_as_it_was(
    tree: dict[str, Page], editor: Desk, subtests: pytest.Subtests
) -> None:
    draft = NewsPageFactory(parent=tree["news"], title="Relacja", live=False, owner=editor.user)
    draft.byline = "Redakcja"
    draft.save_revision()
    opened = editor.open(draft)
    before = state()
    for case in [case for case in NEWS_CASES if not case.draft_saves][::2]:
        with subtests.test(case.name):
            check_refusal(fill_in(opened, case).save_draft(), case)
            assert state() == before
    assert editor.open(draft).data["byline"] == ["Redakcja"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,<b>x</b>", "JaVaScRiPt://example.org/%0aalert(1)"]
)
def test_script_in_a_link_of_a_story_is_refused(link: str, tree: dict[str, Page], publisher: Desk) -> None:
    body = [block("video", url=link, title="Film"), block("call_to_action", label="Dalej", link=link)]
    form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, body=body)
    answer = form.publish()
    assert answer.status_code == 200
    errors = answer.context["form"].errors["body"].as_data()[0].block_errors
    with translation.override("en"):
        for position, field in enumerate(("url", "link")):
            assert NO_WEB_ADDRESS in errors[position].block_errors[field].messages
            assert messages_beside(answer, "body", position, field)
    assert not NewsPage.objects.exists()


def test_script_in_a_link_of_the_text_editor_never_reaches_a_page(
    tree: dict[str, Page], publisher: Desk, client: Any
) -> None:
    body = [{"type": "paragraph", "value": '<p><a href="javascript:alert(1)">Dalej</a></p>'}]
    assert publisher.blank(NewsPage, tree["news"]).fill(**GOOD, body=body).publish().status_code == 302
    page = client.get(NewsPage.objects.get().url).content.decode()
    assert "Dalej" in page
    assert "javascript:" not in page


def test_photo_of_a_gallery_needs_a_description_of_its_own(
    tree: dict[str, Page], publisher: Desk, subtests: pytest.Subtests
) -> None:
    photo = make_photo("Sala obrad")
    blank = publisher.blank(GalleryPage, tree["galleries"]).fill(title="Galeria", slug="galeria", date="2026-01-15")
    before = state()
    for case in [
        Case("future", ("date",), FUTURE, {"date": "2199-01-01"}),
        Case("file_name", ("photos-0-alt",), FILE_NAME, rows=(("photos", {"photo": photo.pk, "alt": "IMG_2041"}),)),
        Case("title", ("photos-0-alt",), REPEATS, rows=(("photos", {"photo": photo.pk, "alt": "sala obrad"}),)),
    ]:
        with subtests.test(case.name):
            check_refusal(fill_in(blank, case).publish(), case)
            assert state() == before


def test_photo_row_without_a_photo_is_refused_and_named(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(GalleryPage, tree["galleries"]).fill(title="Galeria", slug="galeria")
    form.add_row("photos", photo="", alt="Widok sali")
    for answer in (form.publish(), form.save_draft()):
        assert answer.status_code == 200
        assert answer.context["form"].formsets["photos"].errors == [{"photo": ["To pole jest wymagane."]}]
    assert not GalleryPage.objects.exists()


def test_chosen_row_that_is_gone_by_now_is_refused_without_an_error(tree: dict[str, Page], publisher: Desk) -> None:
    form: Form = publisher.blank(NewsPage, tree["news"]).fill(**GOOD, lead_image="987654", about_event="987654")
    answer = form.publish()
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"lead_image", "about_event"}


def test_date_without_a_day_keeps_what_was_typed(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(NewsPage, tree["news"]).fill(**{**GOOD, "date": "31.02.2026"})
    answer = form.save_draft()
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["date"]
    assert 'value="31.02.2026"' in answer.content.decode()
    assert not NewsPage.objects.exists()


def test_back_dated_item_is_published(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(NewsPage, tree["news"]).fill(**{**GOOD, "date": "2001-01-02"})
    form.fill(body=[heading("h2"), heading("h3"), heading("h4"), heading("h2"), heading("h3")])
    assert form.publish().status_code == 302
    assert NewsPage.objects.get().date == dt.date(2001, 1, 2)
