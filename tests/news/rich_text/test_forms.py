"""One text, three forms: the same words and links in HTML, Markdown and plain text, whatever was stored."""

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from wagtail_newsroom.news.rich_text import (
    ATTRIBUTES,
    ELEMENTS,
    SCHEMES,
    Target,
    as_html,
    as_markdown,
    as_text,
    cleaned,
    ids_in,
)
from wagtail_newsroom.news.rich_text.html import _PLAIN
from wagtail_newsroom.news.rich_text.markdown import escaped, link
from wagtail_newsroom.news.rich_text.tree import BLOCKS, EMPTY, parsed

TYPES = {"page": "news", "document": "attachment", "image": "image"}
FORMS = (as_html, as_markdown, as_text)


def find(kind: str, pk: int) -> Target | None:
    """Everything below 100 is public."""
    path = f"/{kind}/{pk}/"
    return Target(path, f"https://example.org{path}", TYPES[kind], pk) if pk < 100 else None


class Reader(HTMLParser):
    """Words, links and pictures of HTML, and whether its elements are well nested."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.links: list[tuple[str, str]] = []
        self.pictures: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name) for name, _value in attrs]
        if tag in EMPTY:
            self.handle_data(" ")
            self.pictures += [dict(attrs)["src"] or ""] if tag == "img" else []
            return
        self.open.append(tag)
        self.words += " " if tag in BLOCKS else ""
        if tag == "a":
            self.links.append((dict(attrs)["href"] or "", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.words += " " if tag in BLOCKS else ""

    def handle_data(self, data: str) -> None:
        self.words += data
        if "a" in self.open:
            address, words = self.links.pop()
            self.links.append((address, words + data))


def plain(words: str) -> str:
    """Words without what no form has to keep: how much space, and that signs are raised."""
    return " ".join(unicodedata.normalize("NFKC", words).replace("−", "-").split())


def same_address(address: str) -> str:
    return quote(unquote(address, errors="surrogateescape"), errors="surrogateescape")


WORDS = st.text(
    st.sampled_from("aż9 \n.!*_`[]()<>#&~-+=|:\\\"'\u00a0„–²€") | st.characters(max_codepoint=0x2FF),
    max_size=8,
)
SNIPPETS = st.sampled_from(
    ["1. a", "- b", "# c", "> d", "---", "===", "a_b_c", "*x*", "**y**", "&lt;script&gt;", "&amp;copy;", "![a](b)",
     "[x]: /y", "http://a.pl", "```", "+ 1", "\\", "a<br/>- b", "<br/>", "<br/>1) c", "||", "2*3*4", "x!"]
)  # fmt: skip
ADDRESSES = st.sampled_from(
    ['href="https://example.org/a_(b)?c=1&amp;copy;=2"', 'href="mailto:a@example.org"', 'linktype="page" id="5"',
     'linktype="document" id="7"', 'linktype="page" id="500"', 'href="/a b/&quot;x/"', 'href="tel:+48 42"',
     'href="javascript:zq()"', "", 'id="6" linktype="page"']
)  # fmt: skip


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    marks = st.sampled_from(["b", "i", "strong", "em", "sup", "sub", "code", "s", "span", "mark"])
    blocks = st.sampled_from(["p", "h2", "h4", "ul", "ol", "li", "blockquote", "pre", "div", "td", "unknown"])
    several = st.lists(inner, max_size=4).map("".join)
    return st.one_of(
        st.builds(lambda name, words: f"<{name}>{words}</{name}>", marks, several),
        st.builds(lambda name, words: f"<{name}>{words}</{name}>", blocks, several),
        st.builds(lambda name, words: f"<{name}><li>{words}</li></{name}>", st.sampled_from(["ul", "ol"]), several),
        st.builds(lambda address, words: f"<a {address}>{words}</a>", ADDRESSES, several),
        st.just('<embed embedtype="image" id="3" alt="obraz [x]"/>'),
    )


TEXTS = st.recursive(
    WORDS.map(lambda words: words.replace("&", "&amp;").replace("<", "&lt;")) | SNIPPETS, element, max_leaves=12
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_all_forms_say_the_same(html: str) -> None:
    shown = Reader(as_html(html, find))
    read = Reader(MarkdownIt("commonmark").render(as_markdown(html, find)))
    assert plain(read.words) == plain(shown.words)
    assert [(same_address(address), plain(words)) for address, words in read.links] == [
        (same_address(address), plain(words)) for address, words in shown.links
    ]
    assert read.pictures == shown.pictures


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_html_is_of_the_printed_elements_and_stays_as_it_is(html: str) -> None:
    written = as_html(html, find)
    reader = Reader(written)
    assert set(re.findall(r"<(\w+)", written)) <= set(ELEMENTS)
    assert all(name in ATTRIBUTES.get(tag, ()) for tag, name in reader.attributes)
    again = as_html(written, find)
    if not reader.links and not reader.pictures:
        assert again == written


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="a1">Ala <b>ma</b> kota<br/>i &amp; psa, <i>dwa</i></p><ul><li data-block-key="b2">raz</li></ul>',
        '<h2 data-block-key="a1">Tytuł</h2><ol><li>a</li><li>b</li></ol>',
        '<p><a href="https://example.org/?a=1&amp;b=2#c">x</a> <a href="mailto:a@example.org">y</a></p>',
    ],
)
def test_what_needs_no_tree_is_the_same_without_one(html: str) -> None:
    assert _PLAIN.fullmatch(html)
    assert parsed(as_html(html, find)) == parsed(html)
    assert "data-block-key" not in as_html(html, find)


def test_links_of_the_site_can_be_routed() -> None:
    html = '<p><a linktype="page" id="5">wieść</a> <a id="7" linktype="document">plik</a></p>'
    assert as_html(html, find) == (
        '<p><a href="/page/5/" data-type="news" data-id="5">wieść</a> '
        '<a href="/document/7/" data-type="attachment" data-id="7">plik</a></p>'
    )
    assert as_markdown(html, find) == "[wieść](/page/5/) [plik](/document/7/)"
    assert as_markdown(html, find, absolute=True).startswith("[wieść](https://example.org/page/5/)")
    assert as_text(html, find) == "wieść (https://example.org/page/5/) plik (https://example.org/document/7/)"


def test_what_is_hidden_lends_no_address() -> None:
    html = (
        '<p><a linktype="page" id="500">a</a> <a linktype="document" id="501">b</a> <a linktype="odd" id="5">c</a>'
        '<embed embedtype="image" id="502" alt="zqtajne"/></p>'
    )
    assert [write(html, find) for write in FORMS] == ["<p>a b c</p>", "a b c", "a b c"]
    assert list(ids_in(html)) == [("page", 500), ("document", 501), ("image", 502)]


@pytest.mark.parametrize(
    ("html", "markdown", "text"),
    [
        ("<p>a</p><p>b<br/>c</p>", "a\n\nb\\\nc", "a\n\nb\nc"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "- a\n  1. b\n- c", "- a\n  1. b\n- c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b", "- a\n\n- b"),
        ("<blockquote>a<p>b</p></blockquote><hr/>", "> a\n>\n> b\n\n***", "> a\n>\n> b"),
        ("<p>50 m<sup>2</sup>, CO<sub>2</sub>, 1<sup>st</sup></p>", "50 m², CO₂, 1st", "50 m², CO₂, 1st"),
        ("<p><b> a</b>b <i>„c”</i>. <b><i>d</i></b> e<b>„f”</b>g</p>", "**a**b *„c”*. ***d*** e„f”g", "ab „c”. d e„f”g"),
        ('<p><a href="mailto:a@example.org">a@example.org</a></p>', "[a@example.org](mailto:a@example.org)", "a@example.org"),
        ('<embed embedtype="media" url="https://a.pl/?b=(c)"/>', r"[https://a.pl/?b=(c)](https://a.pl/?b=\(c\))", "https://a.pl/?b=(c)"),
        ('<p>Już! <a href="/a/">dalej!</a></p>', "Już! [dalej!](/a/)", "Już! dalej! (/a/)"),
        ("luzem <b>słowa</b><div>w</div><table><tr><td>1</td><td>2</td></tr></table>", "luzem **słowa**\n\nw\n\n1\n\n2", "luzem słowa\n\nw\n\n1\n\n2"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_markdown_and_text(html: str, markdown: str, text: str) -> None:
    assert (as_markdown(html, find), as_text(html, find)) == (markdown, text)


def test_elements_in_each_other_by_the_thousand_leave_their_words() -> None:
    for html in ("<i>" * 5000 + "słowa", "<ul><li>" * 5000 + "słowa", "<blockquote>" * 5000 + "słowa"):
        assert all("słowa" in write(html, find) for write in FORMS)


HARM = (
    '<p>Dobre <b>słowa</b><script>zqzlo()</script><img src="x" onerror="zqzlo()">'
    '<a href="javascript:zqzlo()" onclick="zqzlo()">link</a><iframe src="https://zqzlo.example.org/"></iframe>'
    '<a href="jav&#x09;ascript:zqzlo()">x</a><a href="data:text/html,zqzlo">y</a><a href=" VBSCRIPT:zqzlo">z</a>'
    '<svg onload="zqzlo()"><style>zqzlo{}</style></svg><!-- zqzlo --><p style="background:url(zqzlo)">dalej</p></p>'
)
TYPED = [
    "<script>zq()</script>", "<img src=x onerror=zq()>", "[x](javascript:zq())", "<javascript:zq()>", "![x](javascript:zq())",
    "[x]: javascript:zq()", "[x][y]", "x\n[y]: javascript:zq()", "<!-- x -->", "&lt;script&gt;zq()&lt;/script&gt;",
    "``` <script>", "    <script>zq()</script>", "<https://example.org/>", "a\n===", "| a |\n|---|", "# x", "1. x", "\\<b>",
]  # fmt: skip


def test_n15_rich_text_that_came_by_code_does_nothing_in_any_form() -> None:
    for write in FORMS:
        written = write(HARM, find)
        assert "zqzlo" not in written
        assert "Dobre" in written
        assert "dalej" in written


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TYPED) | WORDS, max_size=4).map("".join))
def test_n15_typed_signs_stay_words(typed: str) -> None:
    """A Markdown renderer that lets HTML through makes neither elements nor links of them."""
    stored = typed.replace("&", "&amp;").replace("<", "&lt;")
    for markdown in (escaped(typed), as_markdown(f"<p>{stored}</p>", find)):
        html = MarkdownIt("js-default", {"linkify": False, "html": True}).render(markdown)
        assert set(re.findall(r"<(\w+)", html)) <= {"p", "br"}
        read = Reader(html)
        assert plain(read.words) == plain(re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f]", "", typed))
        assert read.links == []


def test_n15_no_address_that_acts() -> None:
    for address in (
        "javascript:zq()",
        "java\tscript:zq()",
        "\x01javascript:zq()",
        "data:,zq",
        "vbscript:zq",
        "//x\u202ey",
    ):
        for write in FORMS:
            assert "zq" not in write(f'<p><a href="{address}">słowa</a></p>', find)
    assert all(scheme.rstrip(":") in {"http", "https", "mailto", "tel"} for scheme in SCHEMES)
    assert link("x", "https://a.pl/(b)") == r"[x](https://a.pl/\(b\))"
    assert unescape(as_html('<p><a href="/a&quot; onclick=zq">x</a></p>', find)).count('"') == 2
    assert cleaned("<p>x</p>") == "<p>x</p>"
