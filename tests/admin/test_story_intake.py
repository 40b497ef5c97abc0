"""“New news item from a text”: brought in, reviewed part by part, saved as one draft with its photos."""

import datetime as dt
from typing import Any

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import EDITORS, PUBLISHERS, Desk, member
from tests.reader.test_story import LEAD, WORD
from tests.standing import Tree
from wagtail_newsroom.galleries.models import Photo
from wagtail_newsroom.news.models import NewsPage, Original

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

REPORT = """<h1>Dzień sąsiada za nami</h1><p class="lead">Spotkanie sąsiadów odbyło się 6 czerwca 2026 r. w Domu Kultury w Jarocinku,
gdzie posadzono drzewa.</p>
<p>Przyszło sto osób. <b onclick="x()">Posadzono</b> &lt;script&gt; dwie lipy.</p><p>Co dalej</p><p>„Było warto” – Anna Lis, sołtyska</p>
<table><tr><td>Gatunek</td><td>Ile</td></tr><tr><td>lipa</td><td>2</td></tr></table><img src="https://gdzies.example.org/x.png">"""


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def editor(tree: dict[str, Page]) -> Client:
    return Desk(member(EDITORS)).client


def bring(client: Client, html: str = "", **sent: Any) -> Any:
    pasted = {"text": bs4.BeautifulSoup(html, "html.parser").get_text(" "), "html": html} if html else {}
    return client.post(reverse("newsroom_intake_news"), {**pasted, **sent})


def fields_of(answer: Any) -> dict[str, Any]:
    """What a browser would send if nobody touched the form."""
    form = bs4.BeautifulSoup(answer.content, "html.parser").select_one("form.nr-review__form")
    assert form is not None
    fields = {each["name"]: each.get("value", "") for each in form.select("input[name]:not([type=checkbox])")}
    fields |= {each["name"]: each.get_text().removeprefix("\n") for each in form.select("textarea")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        fields[select["name"]] = chosen["value"]
    return fields


def test_paste_becomes_one_draft_as_its_parts_were_chosen(editor: Client) -> None:
    answer = bring(editor, REPORT)
    assert answer.status_code == 302
    shown = editor.get(answer["Location"])
    page = shown.content.decode()
    fields = fields_of(shown)

    assert (fields["title"], fields["kind"]) == ("Dzień sąsiada za nami", "report")
    assert fields["happened_on"] == "2026-06-06"
    assert "inferred" in page
    assert "https://gdzies.example.org/x.png" in page
    assert "onclick" not in page
    assert sorted(name for name in fields if name.endswith("act")) == [
        "lead_act",
        *(f"part-{number}-act" for number in range(4)),
    ]

    sent = {
        **fields,
        "part-1-act": "heading",
        "part-2-role": "sołtyska wsi",
        "part-3-act": "all_rows",
        "place": "Jarocinek",
    }
    made = editor.post(answer["Location"], sent, follow=True)
    news = NewsPage.objects.get()
    again = editor.post(answer["Location"], sent)

    assert made.redirect_chain[-1][0] == again["Location"] == reverse("wagtailadmin_pages:edit", args=[news.pk])
    assert "It is not fetched from there" in made.content.decode()
    assert (news.live, news.kind, news.happened_on, news.place) == (False, "report", dt.date(2026, 6, 6), "Jarocinek")
    assert news.lead.startswith("Spotkanie sąsiadów")
    assert [block.block_type for block in news.body] == ["paragraph", "heading", "quote", "table"]
    assert news.body[0].value.source == "<p>Przyszło sto osób. <b>Posadzono</b> &lt;script&gt; dwie lipy.</p>"
    assert news.body[2].value == {"text": "Było warto", "who": "Anna Lis", "role": "sołtyska wsi"}
    assert len(news.body[3].value.row_data) == 2
    assert Original.objects.get().page_id == news.pk
    assert NewsPage.objects.count() == 1


def test_word_file_gives_photos_with_the_words_typed_for_them(editor: Client) -> None:
    answer = bring(editor, file=SimpleUploadedFile("relacja.docx", WORD))
    shown = editor.get(answer["Location"])
    fields = fields_of(shown)
    page = shown.content.decode()

    assert "data:image/jpeg;base64," in page
    assert "The file says: “Ludzie sadzą lipę przy szkole”" in page
    assert fields["part-2-alt"] == ""

    bad = editor.post(answer["Location"], {**fields, "title": "Tytuł", "part-2-alt": "image1.png"})
    assert bad.status_code == 400
    assert fields_of(bad)["title"] == "Tytuł"
    assert Photo.objects.count() == 0

    both = editor.post(answer["Location"], {**fields, "part-2-alt": "Lipa", "part-2-decorative": "on"})
    assert both.status_code == 400

    sent = {**fields, "part-2-alt": "Sąsiedzi sadzą lipę", "lead_act": "paragraph", "part-0-act": "drop"}
    editor.post(answer["Location"], sent)
    news = NewsPage.objects.get()
    image = next(block.value for block in news.body if block.block_type == "image")

    assert (news.lead, news.body[0].value.source.startswith(f"<p>{LEAD}</p>")) == ("", True)
    assert (image["image"], image["alt"], image["decorative"]) == (Photo.objects.get(), "Sąsiedzi sadzą lipę", False)


def test_invitation_can_be_made_an_event_instead(editor: Client) -> None:
    day = timezone.localdate() + dt.timedelta(days=60)
    text = (
        f"Spotkanie w świetlicy\n\nZapraszamy na spotkanie {day:%d.%m.%Y} r. o godz. 16.00 w świetlicy.\n\n"
        "Program\n16.00 Powitanie\n16.15 Jak ściąć gałęzie\n17.00 Zakończenie\n"
    )
    answer = bring(editor, text=text)
    shown = editor.get(answer["Location"]).content.decode()
    original = Original.objects.get()
    moved = editor.post(reverse("newsroom_change_purpose", args=[original.pk]), {"purpose": "event"})

    assert "This reads as an invitation" in shown
    assert moved["Location"] == reverse("newsroom_review_event", args=[original.pk])
    assert "This reads as an invitation" not in editor.get(bring(editor, REPORT)["Location"]).content.decode()


def test_review_is_for_whoever_brought_the_text_in(editor: Client) -> None:
    address = bring(editor, REPORT)["Location"]
    other = Desk(member(PUBLISHERS)).client

    assert other.get(address).status_code == 404
    assert other.post(address, {"title": "x"}).status_code == 404
    assert editor.get(reverse("newsroom_review_event", args=[Original.objects.get().pk])).status_code == 404
    assert NewsPage.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file"),
        ({"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40)}, "picture"),
        ({"text": "Byl wieczor. " * 8000}, "The text is too long"),
    ],
)
def test_text_that_cannot_be_read_is_refused_and_not_kept(editor: Client, sent: dict[str, Any], words: str) -> None:
    answer = bring(editor, **sent)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Original.objects.count() == 0
