"""A story as a draft: blocks that the editor takes as they are, photos once, and nothing left where it fails."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Collection, Page

from tests.admin.desk import member
from tests.factories import make_photo
from tests.galleries.pictures import loaded_jpeg
from tests.reader.test_story import WORD, picture
from tests.standing import Tree
from wagtail_newsroom.galleries.models import Photo
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo
from wagtail_newsroom.news.blocks.story import TEXT_FEATURES
from wagtail_newsroom.news.drafting.news import NewsFacts, create_news
from wagtail_newsroom.news.drafting.photos import trouble_of
from wagtail_newsroom.news.drafting.story import (
    ALL_ROWS,
    AS_HEADING,
    AS_PARAGRAPH,
    AS_QUOTE,
    DROP,
    Choice,
    Shown,
    body_data,
    chosen_parts,
    list_html,
    paragraph_html,
    ways_of,
)
from wagtail_newsroom.news.models import NewsPage, Original
from wagtail_newsroom.news.publishing.approval.groups import EDITORS, PUBLISHERS
from wagtail_newsroom.news.publishing.files.originals import keep_text
from wagtail_newsroom.news.publishing.preflight.preflight import findings
from wagtail_newsroom.news.reader.story import read_story
from wagtail_newsroom.news.reader.story.parts import Heading, Item, ItemList, Paragraph, Picture, Quote, Run, Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def editor(tree: dict[str, Page]) -> User:
    user = User.objects.create_user("redaktorka")
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


def brought(user: User, text: str = "Tekst") -> Original:
    return keep_text(text, user=user, purpose="news")


def facts(parts: list[Any], **fields: Any) -> NewsFacts:
    return NewsFacts({"title": "Dzień sąsiada", "lead": "", **fields}, parts, Collection.get_first_root_node())


def originals() -> set[str]:
    return set(default_storage.listdir("original_images")[1]) if default_storage.exists("original_images") else set()


MIXED = (
    Paragraph((Run("Raz & <b> "), Run("dwa", frozenset({"bold", "italic"})), Run("\ntrzy"))),
    ItemList((Item((Run("a"),)), Item((Run("b"),), 2, ordered=True), Item((Run("c"),), 1, ordered=True))),
    Paragraph((Run("tu", link="https://a.example.org/?a=1&b=2"), Run("2", frozenset({"superscript"})))),
)


def test_rich_text_is_what_the_editor_itself_would_store() -> None:
    converter = ContentstateConverter(features=TEXT_FEATURES)
    for html in (paragraph_html(MIXED[0].runs), paragraph_html(MIXED[2].runs)):
        again = converter.to_database_format(converter.from_database_format(html))
        assert again.replace(' data-block-key="', "\0").split("\0")[0] == "<p"
        assert _without_keys(again) == _without_keys(html)
    assert list_html(MIXED[1].items) == "<ul><li>a<ol><li>b</li></ol></li></ul><ol><li>c</li></ol>"


def _without_keys(html: str) -> str:
    return re.sub(r' data-block-key="\w+"', "", html).replace("<b><i>", "<i><b>").replace("</i></b>", "</b></i>")


def test_neighbouring_text_is_one_block_and_a_column_with_links_is_formatted() -> None:
    table = Table(("A", "B"), (((Run("1"),), (Run("x", link="https://a.example.org"),)), ((), ())), "Liczby")
    data = body_data([*MIXED, Heading(2, "Dalej"), Quote("Tak.", "Anna Lis", ""), table], {})

    assert [block["type"] for block in data] == ["paragraph", "heading", "quote", "table"]
    assert data[1]["value"] == {"level": "h2", "text": "Dalej"}
    assert data[2]["value"] == {"text": "Tak.", "who": "Anna Lis", "role": ""}
    assert data[3]["value"] == {
        "columns": [{"type": "text", "heading": "A"}, {"type": "rich_text", "heading": "B"}],
        "rows": [{"values": ["1", '<p><a href="https://a.example.org">x</a></p>']}, {"values": ["", ""]}],
        "caption": "Liczby",
    }
    stream = NewsPage._meta.get_field("body").stream_block
    stream.clean(stream.to_python(data))


def test_choices_change_kinds_and_leave_no_gap_between_headings() -> None:
    parts = [
        Heading(2, "A"),
        Heading(3, "B"),
        Heading(4, "C"),
        Paragraph((Run("D"),)),
        Paragraph((Run("E"),)),
        Quote("F", "Jan Kos", "wójt"),
        Table(("G", "H"), (((Run("1"),), (Run("2"),)),), inferred=True),
        Picture("a.png", b"x"),
        Picture("b.png", trouble="remote"),
    ]
    acts = [
        Choice(),
        Choice(DROP),
        Choice(),
        Choice(AS_HEADING),
        Choice(AS_QUOTE, who="Anna Lis"),
        Choice(AS_PARAGRAPH),
        Choice(ALL_ROWS),
        Choice(alt="Lipa", decorative=True),
        Choice(),
    ]

    assert chosen_parts(parts, acts) == [
        Heading(2, "A"),
        Heading(3, "C"),
        Heading(3, "D"),
        Quote("E", "Anna Lis", ""),
        Paragraph((Run("F\nJan Kos, wójt"),)),
        Table((), (((Run("G"),), (Run("H"),)), ((Run("1"),), (Run("2"),))), inferred=True),
        Shown(parts[7], "", decorative=True),
    ]
    assert AS_HEADING not in ways_of(Paragraph((Run("x" * 201),)))


def test_word_text_becomes_a_draft_whose_pictures_ask_for_their_description(
    tree: dict[str, Page], editor: User
) -> None:
    known = make_photo("Lipa", name="lipa.png")
    known.file = ContentFile(picture(7), name="lipa.png")
    known._set_image_file_metadata()
    known.save()
    story = read_story(WORD, "relacja.docx")
    again = Picture("znowu.png", picture(7))
    parts = [*story.parts, again, Picture("raz-jeszcze.png", picture())]
    original = brought(editor)
    made = create_news(
        original, tree["news"], editor, facts(chosen_parts(parts, [Choice()] * len(parts)), lead=story.lead)
    )
    page = NewsPage.objects.get(pk=made.pk)
    images = [block.value for block in page.body if block.block_type == "image"]

    assert (page.live, page.owner, page.get_latest_revision_as_object().lead) == (False, editor, story.lead)
    assert [block.block_type for block in page.body][:3] == ["heading", "paragraph", "image"]
    assert Photo.objects.exclude(pk=known.pk).count() == 1
    assert images[1]["image"] == known
    assert images[0]["image"] == images[2]["image"]
    assert (images[0]["image"].title, images[0]["image"].description, images[0]["caption"]) == (
        "Dzień sąsiada – 1",
        "",
        "Na placu",
    )
    assert images[0]["image"].uploaded_by_user == editor
    assert "alt_missing" in {finding.code for finding in findings(page)}
    assert create_news(original, tree["news"], editor, facts([])).pk == page.pk
    assert NewsPage.objects.count() == 1


def test_photo_that_lost_its_hidden_data_is_known_by_what_was_brought(tree: dict[str, Page], editor: User) -> None:
    shown = [Shown(Picture("spacer.jpg", loaded_jpeg()))]
    first, second = (create_news(brought(editor), tree["news"], editor, facts(shown)) for _draft in range(2))
    photo = Photo.objects.get()
    assert [page.body[0].value["image"] for page in (first, second)] == [photo, photo]


def test_withdrawn_photo_does_not_come_back_in_a_text(tree: dict[str, Page], editor: User) -> None:
    shown = [Shown(Picture("spacer.jpg", loaded_jpeg()))]
    create_news(brought(editor), tree["news"], editor, facts(shown))
    withdraw_photo(Photo.objects.get(), member(PUBLISHERS), reason="Prośba osoby ze zdjęcia", keep_file=False)
    with pytest.raises(ValidationError) as caught:
        create_news(brought(editor), tree["news"], editor, facts(shown))
    assert "spacer.jpg" in " ".join(caught.value.messages)
    assert (NewsPage.objects.count(), Photo.objects.count()) == (1, 1)


def test_nothing_is_left_where_the_draft_fails(tree: dict[str, Page], editor: User) -> None:
    before = originals()
    with pytest.raises(ValidationError):
        create_news(brought(editor), tree["news"], editor, facts([Shown(Picture("a.png", picture(3)))], title=""))

    assert (Photo.objects.count(), NewsPage.objects.count(), originals()) == (0, 0, before)


def test_permission_is_asked_for_the_list_and_for_the_collection(tree: dict[str, Page], editor: User) -> None:
    stranger = User.objects.create_user("obcy")
    shown = [Shown(Picture("a.png", picture(4)))]
    with pytest.raises(PermissionDenied):
        create_news(brought(stranger), tree["news"], stranger, facts(shown))
    closed = NewsFacts({"title": "T"}, shown, None)
    with pytest.raises(PermissionDenied):
        create_news(brought(editor), tree["news"], editor, closed)

    assert (Photo.objects.count(), NewsPage.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Picture("a.png", address="https://a.example.org/a.png", trouble="remote"), "https://a.example.org/a.png"),
        (Picture("a.emf", trouble="format"), "JPEG"),
        (Picture("a.png", picture()[:45]), "a.png"),
        (Picture("a.png", picture(0, "JPEG")), "a.png"),
        (Picture("a.png", picture()), ""),
        (Picture("a.jpg", picture(0, "JPEG")), ""),
    ],
)
@pytest.mark.usefixtures("english")
def test_picture_that_cannot_be_taken_is_named(found: Picture, words: str) -> None:
    assert (words in trouble_of(found)) if words else trouble_of(found) == ""
