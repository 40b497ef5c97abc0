"""Blocks of a story: each comes out in its form, whatever is stored; what is not public is not there."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Locale, Page

from tests.factories import OrganisationFactory, PersonFactory, make_attachment, make_photo, private_collection
from tests.news.api.schema_rules import loose_parts
from tests.third_party.models import Answer as AnswerToConsultation
from tests.third_party.models import ConsultationIndexPage, ConsultationPage
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.blocks import read_story, story_schema, wants_of_story
from wagtail_newsroom.news.api.v1.blocks import story as story_module
from wagtail_newsroom.news.api.v1.blocks.agenda import read_agenda, wants_of_agenda
from wagtail_newsroom.news.api.v1.blocks.forms import OWN_FORMS
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted, gather
from wagtail_newsroom.news.api.v1.reading.files import as_used, files
from wagtail_newsroom.news.api.v1.reading.images import images
from wagtail_newsroom.news.api.v1.reading.speakers import speakers
from wagtail_newsroom.news.api.v1.schemas.agenda import AgendaDay
from wagtail_newsroom.news.blocks import StoryBlock
from wagtail_newsroom.news.checks import check_block_forms

KEY = "6c6f1f0a-0a3c-4a53-9df3-8a5b5a8f2b11"
PAGE = {
    "id": 5, "key": KEY, "type": "news", "locale": "pl", "title": "Wieść", "path": "/a/", "url": "https://example.org/a/",
    "lead": "", "date": "2027-03-12",
}  # fmt: skip
PERSON = {"id": 4, "key": KEY, "name": "Ewa Lis", "role": "prezes", "organisation": "Fundacja"}


@pytest.fixture
def tree(tree: dict[str, Page]) -> dict[str, Page]:
    """A site with two pictures and three files, of which the ones with large numbers are hidden."""
    hidden = private_collection()
    make_photo("Sala", pk=3, credit="fot. A. Lis")
    make_photo("zqtajne", pk=300, collection=hidden)
    make_attachment("Regulamin", pk=7)
    make_attachment("Formularz", pk=8)
    make_attachment("zqtajne", pk=700, collection=hidden)
    return tree


def found_for(wanted: Wanted, rich_text: str = "html") -> Found:
    """Files and pictures as they are; of pages 5, of people 4 are public."""
    answer = Answer(RequestFactory().get("/", SERVER_NAME="localhost"), rich_text)
    kept = {
        kind: source(wanted.take(kind), answer, wanted) for kind, source in (("image", images), ("document", files))
    }
    return Found(answer, {**kept, "page": {5: PAGE}, "person": {4: PERSON}})


def read(stored: Any, rich_text: str = "html") -> list[dict[str, Any]]:
    """The story as it leaves the API, held against its schema."""
    wanted = Wanted()
    wants_of_story(stored, wanted)
    answer = as_sent(read_story(stored, found_for(wanted, rich_text)))
    validated(list[story_schema()], answer)  # type: ignore[misc]
    return answer


def as_sent(answer: Any) -> Any:
    return json.loads(json.dumps(answer, cls=DjangoJSONEncoder))


def shown(kind: str, pk: int) -> dict[str, Any]:
    """A picture or a file as its source tells it."""
    wanted = Wanted()
    wanted.add(kind, pk)
    found = found_for(wanted)
    return as_sent(found.get(kind, pk) if kind == "image" else as_used(found, pk))


def validated(schema: Any, answer: Any) -> None:
    """``answer`` holds what the schema says, nothing more and nothing less."""
    model = TypeAdapter(schema).validate_python(answer)
    assert said(model) == said_raw(answer)


def said(model: Any) -> Any:
    """The names of all fields that a validated answer has."""
    if isinstance(model, list):
        return [said(each) for each in model]
    if isinstance(model, BaseModel):
        root = getattr(model, "root", None)
        return (
            said(root) if root is not None else {name: said(getattr(model, name)) for name in type(model).model_fields}
        )
    return None


def said_raw(answer: Any) -> Any:
    if isinstance(answer, list):
        return [said_raw(each) for each in answer]
    return {name: said_raw(value) for name, value in answer.items()} if isinstance(answer, dict) else None


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": f"id-{kind}"}


def item(value: Any) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": "an-item"}


LINK = '<p data-block-key="a"><a linktype="page" id="5">tu</a> <a linktype="page" id="500">zqtajne</a></p>'
LINKED = '<p><a href="/a/" data-type="news" data-id="5">tu</a> zqtajne</p>'


def every_block() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Blocks as they are stored, with the value that the API shows of each."""
    picture = shown("image", 3)
    return [
        (block("heading", {"level": "h3", "text": "Dalej"}), {"level": 3, "text": "Dalej"}),
        (block("paragraph", LINK), {"text": LINKED}),
        (
            block("image", {"image": 3, "alt": "Prelegentka", "decorative": False, "caption": "Dzień 1", "credit": ""}),
            {**picture, "alt": "Prelegentka", "caption": "Dzień 1"},
        ),
        (block("image", {"image": 3, "decorative": True, "credit": "fot. B."}), {**picture, "alt": "", "decorative": True, "credit": "fot. B."}),
        (block("attachments", {"items": [item(7), item(700), 8, item(7)]}), {"items": [shown("document", 7), shown("document", 8)]}),
        (block("quote", {"text": "a\nb", "who": "Ewa Lis"}), {"text": "a\nb", "who": "Ewa Lis", "role": ""}),
        (
            block(
                "table",
                {
                    "columns": [{"type": "text", "heading": "Gmina"}, {"type": "rich_text", "heading": "Miejsca"}],
                    "rows": [{"values": ["Zgierz", LINK]}, {"values": ["Ozorków"]}],
                    "caption": "Miejsca",
                },
            ),
            {
                "columns": [{"type": "text", "heading": "Gmina"}, {"type": "rich_text", "heading": "Miejsca"}],
                "rows": [{"cells": ["Zgierz", LINKED]}, {"cells": ["Ozorków", ""]}],
                "caption": "Miejsca",
            },
        ),
        (
            block("video", {"url": "https://youtu.be/abcdefg", "title": "Film", "poster": 3, "transcript": LINK}),
            {"url": "https://youtu.be/abcdefg", "title": "Film", "provider": "youtube", "poster": picture, "has_captions": False, "transcript": LINKED},
        ),
        (
            block("call_to_action", {"label": "Zapisz się", "link": "https://a.pl/", "page": 5}),
            {"text": "", "label": "Zapisz się", "url": "https://example.org/a/", "page": PAGE},
        ),
        (
            block("call_to_action", {"label": "Dalej", "link": "https://a.pl/", "page": 500}),
            {"text": "", "label": "Dalej", "url": "https://a.pl/", "page": None},
        ),
        (
            block("accordion", {"items": [item({"title": "Czy?", "text": LINK}), {"title": "Stare", "text": ""}]}),
            {"items": [{"title": "Czy?", "text": LINKED}, {"title": "Stare", "text": ""}]},
        ),
        (block("contact", {"name": "Ewa Lis", "email": "e@example.org"}), {"name": "Ewa Lis", "role": "", "email": "e@example.org", "phone": ""}),
        (block("consultation", {"consultation": 5}), {"consultation": PAGE}),
        (block("consultation", {"consultation": 500}), {"consultation": None}),
    ]  # fmt: skip


def test_every_block_of_a_story_has_its_form(tree: dict[str, Page]) -> None:
    blocks_and_values = every_block()
    stored = [each for each, _value in blocks_and_values]
    answer = read(stored)
    assert [(each["id"], each["type"]) for each in answer] == [(each["id"], each["type"]) for each in stored]
    assert [each["value"] for each in answer] == [value for _block, value in blocks_and_values]
    assert {each["type"] for each in answer} >= set(StoryBlock.base_blocks)
    assert set(OWN_FORMS) == set(StoryBlock.base_blocks)


def test_what_would_be_shown_as_nothing_is_left_out(tree: dict[str, Page]) -> None:
    assert not read(
        [
            block("image", {"image": 300, "caption": "zqtajne"}),
            block("attachments", {"items": [item(700)]}),
            block("call_to_action", {"label": "Dalej", "link": "", "page": 500}),
            block("call_to_action", {"label": "Dalej", "link": "javascript:zq()"}),
            block("video", {"url": "javascript:zq()", "title": "x"}),
            block("paragraph", "<p></p>"),
            block("gone_with_its_app", {"words": "zqtajne"}),
        ]
    )


STORED = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**70) | st.sampled_from(["", "h2", "12", "<p>a</p>", "\x00", "2027-13-99"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["type", "value", "id", "text", "items", "image", "page", "columns", "rows", "values", "sessions"]),
        inner,
        max_size=4,
    ),
    max_leaves=10,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.builds(block, st.sampled_from([*StoryBlock.base_blocks, "consultation", "day"]), STORED), max_size=3)
)
def test_drafts_and_what_code_stored_never_fail(stored: list[dict[str, Any]]) -> None:
    wanted, found = Wanted(), Found(SimpleNamespace(rich_text="html"), {})  # type: ignore[arg-type]
    wants_of_story(stored, wanted)
    validated(list[story_schema()], as_sent(read_story(stored, found)))  # type: ignore[misc]
    wants_of_agenda(stored, wanted)
    validated(list[AgendaDay], as_sent(read_agenda(stored, found, None, ZoneInfo("Europe/Warsaw"))))


def test_formats_of_a_story(tree: dict[str, Page]) -> None:
    stored = [block("paragraph", LINK)]
    assert read(stored, "markdown")[0]["value"] == {"text": "[tu](/a/) zqtajne"}
    assert read(stored, "text")[0]["value"] == {"text": "tu (https://example.org/a/) zqtajne"}


def test_document_of_a_story_is_typed_throughout_and_says_that_it_is_open(tree: dict[str, Page]) -> None:
    schema = TypeAdapter(list[story_schema()]).json_schema()  # type: ignore[misc]
    assert loose_parts(schema) == []
    union = schema["$defs"]["StoryBlock"]
    assert union["discriminator"]["propertyName"] == "type"
    assert set(union["discriminator"]["mapping"]) >= {*StoryBlock.base_blocks, "consultation"}
    assert "Skip a block whose type you do not know" in union["description"]
    assert loose_parts(TypeAdapter(list[AgendaDay]).json_schema()) == []


def test_loose_parts_are_found() -> None:
    class Loose(BaseModel):
        anything: Any
        untyped: dict[str, Any]
        things: list
        fine: dict[str, int] | None

    assert loose_parts(Loose.model_json_schema()) == [
        "#/properties/anything",
        "#/properties/things/items",
        "#/properties/untyped",
    ]


# Blocks of other apps


class InnerBlock(blocks.StructBlock):
    day = blocks.DateBlock(required=False)
    hour = blocks.TimeBlock(required=False)
    at = blocks.DateTimeBlock(required=False)
    price = blocks.DecimalBlock(required=False)
    share = blocks.FloatBlock(required=False)
    note = blocks.StaticBlock()


class EverythingBlock(blocks.StructBlock):
    words = blocks.CharBlock()
    story = blocks.RichTextBlock()
    link = blocks.URLBlock()
    mail = blocks.EmailBlock()
    count = blocks.IntegerBlock()
    ticked = blocks.BooleanBlock()
    size = blocks.ChoiceBlock(choices=[("s", "Small"), ("Large", [("l", "L"), ("xl", "XL")])])
    sizes = blocks.MultipleChoiceBlock(choices=[("s", "Small"), ("l", "Large")])
    page = blocks.PageChooserBlock()
    picture = ImageChooserBlock()
    described = ImageBlock()
    file = DocumentChooserBlock()
    inner = InnerBlock()
    many = blocks.ListBlock(InnerBlock())
    stream = blocks.StreamBlock([("words", blocks.CharBlock()), ("inner", InnerBlock())])


@pytest.fixture
def registered(tree: dict[str, Page]) -> Iterator[Callable[..., None]]:
    """A function that registers story blocks in the place of all others."""
    caches = (story_module.block_forms, story_module.story_schema)

    def register(**factories: Any) -> None:
        for name, factory in factories.items():
            registry.register_story_block(name, factory)

    with registry.reopened():
        for each in caches:
            each.cache_clear()
        yield register
    for each in caches:
        each.cache_clear()


def test_form_of_a_registered_block_is_read_from_its_definition(registered: Callable[..., None]) -> None:
    registered(everything=EverythingBlock)
    inner = {"day": "2027-03-12", "hour": "10:15:00", "at": "2027-03-12T10:15:00+01:00", "price": "9.90", "share": 0.5}
    inner_shown = {**inner, "at": "2027-03-12T09:15:00Z"}
    nothing = dict.fromkeys(inner)
    stored = {
        "words": "a",
        "story": LINK,
        "link": "javascript:zq()",
        "mail": "e@example.org",
        "count": 3,
        "ticked": True,
        "size": "xl",
        "sizes": ["s", "unknown"],
        "page": 5,
        "picture": 300,
        "file": 7,
        "inner": inner,
        "described": {"image": 3, "alt_text": "Prelegentka", "decorative": False},
        "many": [item(inner), {}],
        "stream": [block("words", "b"), block("inner", {}), block("unknown", "zqtajne")],
    }
    (full, empty) = read([block("everything", stored), block("everything", {})])
    assert full["value"] == {
        "words": "a",
        "story": LINKED,
        "link": "",
        "mail": "e@example.org",
        "count": 3,
        "ticked": True,
        "size": "xl",
        "sizes": ["s"],
        "page": PAGE,
        "picture": None,
        "file": shown("document", 7),
        "described": {**shown("image", 3), "alt": "Prelegentka"},
        "inner": inner_shown,
        "many": [inner_shown, nothing],
        "stream": [block("words", "b"), block("inner", nothing)],
    }
    assert empty["value"] == {
        "words": "",
        "story": "",
        "link": "",
        "mail": "",
        "count": None,
        "ticked": False,
        "size": None,
        "sizes": [],
        "page": None,
        "picture": None,
        "described": None,
        "file": None,
        "inner": nothing,
        "many": [],
        "stream": [],
    }
    assert loose_parts(TypeAdapter(list[story_schema()]).json_schema()) == []  # type: ignore[misc]
    assert check_block_forms(None) == []


def test_form_and_source_of_another_app_show_what_is_public(
    tree: dict[str, Page], django_assert_num_queries: Callable[..., Any]
) -> None:
    index = ConsultationIndexPage(title="Konsultacje", slug="konsultacje")
    tree["home"].add_child(instance=index)
    pages = [
        ConsultationPage(title=f"Zieleń {number}", lead="O drzewach.", question="Gdzie?", live=number < 2)
        for number in range(3)
    ]
    for page in pages:
        index.add_child(instance=page)
        AnswerToConsultation.objects.create(page=page, text="W parku")
    stored = [block("answers", {"consultation": page.pk}) for page in pages]

    for asked in (stored[:1], stored):
        answer, wanted = Answer(RequestFactory().get("/", SERVER_NAME="localhost")), Wanted()
        assert answer.tree
        wants_of_story(asked, wanted)
        with django_assert_num_queries(2):
            story = read_story(asked, gather(wanted, answer, {}))

    assert [each["value"] for each in story] == [{"question": "Gdzie?", "answers": ["W parku"]}] * 2
    validated(list[story_schema()], story)  # type: ignore[misc]
    assert answer.tags == {f"consultation:{page.pk}" for page in pages[:2]}


class RawBlock(blocks.StructBlock):
    html = blocks.RawHTMLBlock()


def test_block_that_holds_what_is_not_known_is_left_out_and_told(registered: Callable[..., None]) -> None:
    registered(raw=RawBlock, sheet=TableBlock)
    assert read([block("raw", {"html": "zqtajne"}), block("sheet", {"data": [["zqtajne"]]})]) == []
    warnings = check_block_forms(None)
    assert [each.id for each in warnings] == ["newsroom.W044"] * 2
    assert "'raw'" in warnings[0].msg
    assert "html: RawHTMLBlock" in warnings[0].msg
    assert "register_block_form('raw'" in warnings[0].hint


# The programme


def session(title: str, start: str = "", end: str = "", **more: Any) -> dict[str, Any]:
    return block("session", {"title": title, "start": start or None, "end": end or None, **more})


def agenda(*days: dict[str, Any]) -> list[dict[str, Any]]:
    stored = [block("day", day) for day in days]
    wanted = Wanted()
    wants_of_agenda(stored, wanted)
    answer = as_sent(read_agenda(stored, found_for(wanted), dt.date(2027, 3, 27), ZoneInfo("Europe/Warsaw")))
    validated(list[AgendaDay], answer)
    return answer


def test_programme_is_whole(tree: dict[str, Page]) -> None:
    speakers = [item({"person": 4, "role": "ekspertka"}), item({"name": "Jan Kos", "person": 400}), {"person": 400}]
    (day,) = agenda(
        {
            "heading": "Dzień 1",
            "tracks": [block("track", {"name": "Grupa A", "room": "Sala C"})],
            "sessions": [
                session("Wykład", "10:15:00", "11:00:00", kind="opening", track=" grupa a", speakers=speakers, documents=[item(7), 700]),
                block("break", {"title": "Kawa", "start": "11:00:00"}),
            ],
        }
    )  # fmt: skip
    assert (day["date"], day["tracks"]) == ("2027-03-27", [{"name": "Grupa A", "audience": "", "room": "Sala C"}])
    talk, pause = day["sessions"]
    assert (talk["kind"], talk["track"], pause["kind"], pause["title"]) == ("opening", "Grupa A", "break", "Kawa")
    assert (talk["starts_at"], talk["ends_at"]) == ("2027-03-27T09:15:00Z", "2027-03-27T10:00:00Z")
    assert (pause["starts_at"], pause["ends_at"], pause["end"]) == ("2027-03-27T10:00:00Z", None, None)
    assert talk["documents"] == [shown("document", 7)]
    assert talk["speakers"] == [
        {"name": "Ewa Lis", "role": "ekspertka", "organisation": "Fundacja", "person": {"id": 4, "key": KEY, "name": "Ewa Lis"}},
        {"name": "Jan Kos", "role": "", "organisation": "", "person": None},
    ]  # fmt: skip


def test_people_are_told_in_the_language_of_the_item_in_one_query(
    tree: dict[str, Page], django_assert_num_queries: Callable[..., Any]
) -> None:
    english = Locale.objects.create(language_code="en")
    organisation = OrganisationFactory(name="Fundacja")
    people = [PersonFactory(name=f"Ewa {number}", role="prezes", organisation=organisation) for number in range(3)]
    for original, words in ((organisation, {"name": "Foundation"}), (people[0], {"role": "chair"})):
        translated = original.copy_for_translation(english)
        for name, value in words.items():
            setattr(translated, name, value)
        translated.save()
    answer = Answer(RequestFactory().get("/", SERVER_NAME="localhost"))
    for ids in ({people[0].pk}, {person.pk for person in people}):
        with django_assert_num_queries(1):
            told = speakers(ids, answer, Wanted())
    found = Found(answer, {"person": told})
    for locale_id, role, name in ((tree["home"].locale_id, "prezes", "Fundacja"), (english.pk, "chair", "Foundation")):
        found.locale_id = locale_id
        person = found.get("person", people[0].pk)
        assert person is not None
        assert (person["role"], person["organisation"], set(person)) == (role, name, set(PERSON))
    assert f"person:{people[2].pk}" in answer.tags


def test_hours_of_a_night_are_moments_of_the_next_date(tree: dict[str, Page]) -> None:
    first, second = agenda(
        {"sessions": [session("a", "23:00:00", "01:00:00"), session("b", "01:00:00", "02:30:00")]},
        {"sessions": [session("c", "10:00:00")]},
    )
    moments = [(each["starts_at"], each["ends_at"]) for each in first["sessions"]]
    # 2:30 of 28 March is skipped by the clocks.
    assert moments == [("2027-03-27T22:00:00Z", "2027-03-28T00:00:00Z"), ("2027-03-28T00:00:00Z", None)]
    assert (second["date"], second["sessions"][0]["starts_at"]) == (None, None)
    (last,) = agenda({"date": "9999-12-31", "sessions": [session("a", "23:00:00", "01:00:00")]})
    assert last["sessions"][0]["ends_at"] is None
