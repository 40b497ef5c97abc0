"""Rich text without what could act: scripts, frames, forms, handlers, styles, addresses that run."""

import re
from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from bs4.formatter import HTMLFormatter
from django.utils.html import escape, strip_tags
from wagtail.rich_text import features
from wagtail.whitelist import Whitelister, check_url

# Elements that hold words and pictures.
ELEMENTS = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
        "del", "details", "dfn", "div", "dl", "dt", "em", "embed", "figcaption", "figure", "h1", "h2", "h3",
        "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt",
        "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table",
        "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    }
)  # fmt: skip
# Elements of which not even the words stay.
GONE = frozenset(
    {
        "applet", "audio", "base", "canvas", "dialog", "form", "frame", "frameset", "head", "iframe", "input",
        "link", "math", "meta", "noembed", "noframes", "noscript", "object", "param", "plaintext", "portal",
        "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp",
    }
)  # fmt: skip
ATTRIBUTES = frozenset(
    {
        "abbr", "alt", "cite", "class", "colspan", "data-block-key", "datetime", "dir", "embedtype", "format", "headers",
        "height", "href", "hreflang", "id", "lang", "linktype", "open", "rel", "reversed", "role", "rowspan",
        "scope", "span", "src", "start", "target", "title", "translate", "type", "url", "value", "width",
    }
)  # fmt: skip
ADDRESSES = frozenset({"href", "src", "cite", "url"})

# A text that consists of these alone, each written as the editor writes it, needs no cleaning.
_ELEMENT = "|".join(sorted(ELEMENTS - {"embed", "img"}, key=len, reverse=True))
_PLAIN_ATTRIBUTE = r' (?:linktype|id|lang|data-block-key)="[\w-]*"'
_ADDRESS = r' href="(?:https?:|mailto:|tel:|/|#)[^"<>`\\\x00-\x20]*"'
_PLAIN = re.compile(rf"(?:[^<\x00]++|</?(?:{_ELEMENT})(?:{_PLAIN_ATTRIBUTE}|{_ADDRESS})*+\s?/?>)*+")
_SELECTOR = re.compile(r"^(\w[\w-]*)|\[([\w-]+)")


class _Cleaner(Whitelister):
    """Wagtail's, with our elements and those of the features that are registered."""

    def clean(self, html: str) -> str:
        document = BeautifulSoup(html, "html.parser")
        self.clean_node(document, document)
        return str(document.decode(formatter=_FORMATTER))

    def clean_tag_node(self, doc: Any, tag: Tag) -> None:
        elements, attributes = parts_of_features()
        if tag.name in GONE:
            tag.decompose()
            return
        for child in list(tag.contents):
            self.clean_node(doc, child)
        if tag is doc:
            return
        if tag.name not in ELEMENTS | elements or (tag.name == "embed" and not tag.get("embedtype")):
            tag.unwrap()
            return
        for name, value in list(tag.attrs.items()):
            if not _is_harmless(name, value, attributes):
                del tag[name]

    def clean_string_node(self, doc: Any, node: Any) -> None:
        if isinstance(node, PreformattedString):  # a comment, a declaration, an instruction
            node.extract()


def _is_harmless(name: str, value: Any, more: frozenset[str]) -> bool:
    text = " ".join(value) if isinstance(value, list) else str(value)
    if name in ADDRESSES:
        return check_url(text) is not None
    return name in ATTRIBUTES or name in more or name.startswith("aria-")


def _escaped(text: str) -> str:
    """As Wagtail's rewriters of links and embeds read it: they know these four signs."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


_FORMATTER = HTMLFormatter(entity_substitution=_escaped)


@lru_cache(maxsize=1)
def parts_of_features() -> tuple[frozenset[str], frozenset[str]]:
    """Elements and attributes that the features of the editor read, those of hosts and other apps among them."""
    features.get_default_features()  # has the hooks register them
    rules = features.converter_rules_by_converter.get("contentstate", {}).values()
    selectors = [selector for rule in rules for selector in rule.get("from_database_format", {})]
    found = [part for selector in selectors for part in _SELECTOR.findall(selector)]
    elements = frozenset(element for element, _attribute in found if element)
    attributes = frozenset(attribute for _element, attribute in found if attribute)
    return elements - GONE, frozenset(each for each in attributes - {"style"} if not each.startswith("on"))


@lru_cache(maxsize=2048)
def cleaned(html: str) -> str:
    """``html``, as Wagtail stores rich text, with nothing in it that acts."""
    if _PLAIN.fullmatch(html):
        return html
    try:
        return _Cleaner().clean(html)
    except RecursionError:  # elements in each other by the thousand: no editor wrote that
        return str(escape(strip_tags(html)))
