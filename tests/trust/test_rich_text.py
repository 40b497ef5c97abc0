"""N15: rich text that came by code does nothing, wherever it is shown and in whatever format it leaves an API."""

import pytest
from django.template import Context, Template
from django.test import Client
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, get_page_models
from wagtail.rich_text import RichText, expand_db_html

from tests.soak import sample
from tests.trust.delivery_doors import delivery_doors_to
from tests.trust.doors import RICH_TEXT_FORMATS, V2, V3, address_of
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.news.models import EventPage, InformationClause, NewsPage
from wagtail_newsroom.news.rich_text import cleaned, parts_of_features

HARM = (
    '<p>Dobre <b>słowa</b><script>zqzlo()</script><img src="x" onerror="zqzlo()">'
    '<a href="javascript:zqzlo()" onclick="zqzlo()">link</a><iframe src="https://zqzlo.example.org/"></iframe>'
    '<svg onload="zqzlo()"><style>zqzlo{}</style></svg><form action="https://zqzlo.example.org/"><input></form>'
    '<object data="zqzlo"></object><!-- zqzlo --><p style="background:url(zqzlo)">dalej</p></p>'
)


@pytest.mark.sampled
@pytest.mark.parametrize("model", page_types(), ids=lambda model: model._meta.label)
def test_t20_script_that_came_by_code_reaches_no_reader(world: World, stranger: Client, model: type[Page]) -> None:
    """Every rich text of every type, blocks in blocks, fields of rows: those of hosts and other apps enter by themselves."""
    page = Planter(world, "zqjawne", rich_text=HARM).page(model)
    asked = [address_of(page), f"{V2}/pages/{page.pk}/", f"{V3}/pages/{page.pk}/"]
    formats = [f"{api}/pages/{page.pk}/?rich_text_format={each}" for api in (V2, V3) for each in RICH_TEXT_FORMATS]
    asked += sample(formats, formats if model is NewsPage else formats[1:3])

    for address in asked:
        body = stranger.get(address).content.decode()
        assert "zqzlo" not in body, (address, body[body.find("zqzlo") - 80 :][:160])
        if has_rich_text(model) and "?" not in address:
            assert "Dobre" in body, address


@pytest.mark.sampled
@pytest.mark.parametrize("model", page_types(), ids=lambda model: model._meta.label)
def test_n15_script_that_came_by_code_leaves_the_delivery_api_in_no_form(
    world: World, stranger: Client, model: type[Page]
) -> None:
    """Whole items in each format and as Markdown, lists with all parts; scripts typed into plain texts stay words."""
    page = Planter(world, "zqjawne", rich_text=HARM).page(model)
    doors = [address for address, _nowhere in delivery_doors_to(page)]
    doors += [
        f"{each}?rich_text={form}" for each in doors if each.endswith(f"/{page.pk}/") for form in ("markdown", "text")
    ]
    answers = {
        each: stranger.get(each) for each in sample(doors, doors if model in (NewsPage, EventPage) else doors[::2])
    }
    items = [answer.content.decode() for address, answer in answers.items() if answer.status_code == 200]
    for body in items:
        assert "zqzlo" not in body, body[body.find("zqzlo") - 80 :][:160]
    if model in (NewsPage, EventPage):
        assert sum("Dobre" in body for body in items) >= 4


def has_rich_text(model: type[Page]) -> bool:
    return any(
        isinstance(each, RichTextField) or (isinstance(each, StreamField) and holds_rich_text(each.stream_block))
        for each in model._meta.get_fields()
    )


def holds_rich_text(block: blocks.Block) -> bool:
    inner = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    return isinstance(block, blocks.RichTextBlock) or any(holds_rich_text(each) for each in inner if each)


def test_t20_clause_of_an_event_leaves_the_api_clean(world: World, stranger: Client) -> None:
    Planter(world, "zqjawne").page(NewsPage)
    clause = InformationClause.objects.create(title="Zapisy", text=HARM, locale_id=world.tree["news"].locale_id)
    news = world.ground[NewsPage]
    events = [page for page in world.ground.values() if hasattr(page, "information_clause")]
    for event in events:
        event.information_clause = clause
        event.save_revision().publish()
        assert "zqzlo" not in stranger.get(f"{V2}/pages/{event.pk}/").content.decode()
        assert "zqzlo" not in stranger.get(event.url).content.decode()
    assert events
    assert news.live


@pytest.mark.parametrize("render", [
    lambda html: str(RichText(html)),
    expand_db_html,
    lambda html: Template("{% load wagtailcore_tags %}{{ html|richtext }}").render(Context({"html": html})),
    lambda html: blocks.RichTextBlock().render(RichText(html)),
    cleaned,
], ids=["value", "expanded", "filter", "block", "cleaned"])  # fmt: skip
def test_t20_every_way_to_show_a_rich_text_cleans_it(db: None, render: object) -> None:
    shown = render(HARM)
    assert "zqzlo" not in shown
    for words in ("Dobre", "<b>słowa</b>", "link", "dalej"):
        assert words in shown


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="abc12">a <b>b</b><br/>c &amp; d</p>',
        '<a linktype="page" id="5">strona</a> <a linktype="document" id="7">plik</a>',
        '<a href="https://example.org/?a=1&amp;b=2#c">x</a> <a href="mailto:a@example.org">y</a> <a href="/z/">z</a>',
        '<p>po <span lang="en">English</span></p><ul><li>a</li></ul><h2 id="x">b</h2><hr/>',
        '<embed alt="l\'eau &quot;x&quot; ż" embedtype="image" format="left" id="5"/>',
        '<embed embedtype="media" url="https://www.youtube.com/watch?v=a&amp;b=c"/>',
        "a < b", "", "słowa",
    ],
)  # fmt: skip
def test_what_the_editor_writes_passes_unchanged(html: str) -> None:
    assert cleaned(html).replace("&lt;", "<") == html


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<a href="jav&#x09;ascript:zq()">x</a>', "<a>x</a>"),
        ('<a href=" JAVASCRIPT:zq()">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,zq">x</a>', "<a>x</a>"),
        ("<p/onclick=zq()>x</p>", "<p>x</p>"),
        ("<sCript>zq()</sCript>x", "x"),
        ("<math><mtext><style><img src=x onerror=zq()></style></mtext></math>x", "x"),
        ("<noscript><p title='</noscript><img src=x onerror=zq()>'></noscript>", ""),
        ("<![CDATA[<script>zq()</script>]]>", ""),
        ("<unknown>x</unknown>", "x"),
        ("<embed src=zq>x", "x"),
    ],
)
def test_disguises_are_seen_through(html: str, shown: str) -> None:
    assert cleaned(html) == shown


def test_elements_in_each_other_by_the_thousand_leave_their_words() -> None:
    assert cleaned("<i style=x>" * 5000 + "<script>zq()</script>słowa") == "zq()słowa"


def test_elements_of_registered_features_stay(db: None) -> None:
    elements, attributes = parts_of_features()
    assert {"span", "h2", "a", "embed"} <= elements
    assert "lang" in attributes
    assert not {each for each in attributes if each.startswith("on")}


def test_all_page_types_are_looked_at() -> None:
    assert {model for model in get_page_models() if has_rich_text(model)} & set(page_types())
