"""A rich text as HTML that a front end may put into a page as it is: the elements of ``tree.ELEMENTS``, well nested."""

import re

from wagtail_newsroom.news.rich_text.targets import Find, Target
from wagtail_newsroom.news.rich_text.tree import Node, parsed

# What the editor writes mostly, element by element as it is written here; it needs no tree.
_KEY = r'(?: data-block-key="[\w-]*+")?'
_TEXT = r"[^<\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
_WORDS = rf"(?:{_TEXT}++|<br/>|" + "|".join(rf"<{each}>{_TEXT}++</{each}>" for each in ("b", "i", "strong", "em"))
_ADDRESS = r"(?:https?://|mailto:|tel:)[\w./?=&;%#@:+~,-]++"
_WORDS += rf'|<a href="{_ADDRESS}">{_TEXT}++</a>)++'
_ITEMS = rf"(?:<li{_KEY}>{_WORDS}</li>)++"
_PLAIN = re.compile(
    "(?:"
    + "|".join(rf"<{each}{_KEY}>{_WORDS}</{each}>" for each in ("p", "h2", "h3", "h4"))
    + rf"|<ul>{_ITEMS}</ul>|<ol>{_ITEMS}</ol>)*+"
)
_KEYS = re.compile(r' data-block-key="[\w-]*"')


def as_html(html: str, find: Find) -> str:
    """``html``, as Wagtail stores rich text, with the addresses of what the public may see."""
    if _PLAIN.fullmatch(html):
        return _KEYS.sub("", html)
    return "".join(_written(child, find) for child in parsed(html).children)


def _written(node: Node | str, find: Find) -> str:
    if isinstance(node, str):
        return _escaped(node)
    if node.name in ("br", "hr"):
        return f"<{node.name}/>"
    if node.name == "img":
        return _image(node, find)
    inner = "".join(_written(child, find) for child in node.children)
    if node.name == "a":
        return _link(node, inner, find)
    language = f' lang="{_quoted(node.attributes["lang"])}"' if node.name == "span" else ""
    return f"<{node.name}{language}>{inner}</{node.name}>"


def _link(node: Node, inner: str, find: Find) -> str:
    if node.points_to is None:
        return f'<a href="{_quoted(node.attributes["href"])}">{inner}</a>'
    target = find(*node.points_to)
    return f'<a href="{_quoted(target.path)}"{_data(target)}>{inner}</a>' if target else inner


def _image(node: Node, find: Find) -> str:
    target = find(*node.points_to) if node.points_to else None
    if target is None:
        return ""
    size = f' width="{target.width}" height="{target.height}"' if target.width and target.height else ""
    return f'<img src="{_quoted(target.url)}" alt="{_quoted(node.attributes["alt"])}"{size}{_data(target)}/>'


def _data(target: Target) -> str:
    return f' data-type="{_quoted(target.type)}" data-id="{target.id}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
