"""Addresses of the same site that an answer names: in pages, style sheets, scripts, feeds and JSON."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from wagtail_newsroom.news.delivery.twin.asking import Answer

ATTRIBUTE = re.compile(r"""\b(href|src|srcset|imagesrcset|poster|content|data-[\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
SCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "application/manifest+json")


def links_in(answer: Answer, address: str, root_url: str, folders: tuple[str, ...]) -> list[str]:
    """Addresses (path and query) on the host of ``root_url`` that ``answer``, given at ``address``, names, each once.

    ``folders``: beginnings of paths by which files are told in any text (``/media/``).
    """
    if answer.status in (301, 302, 303, 307, 308):
        return []
    kind = answer.content_type.partition(";")[0].strip().lower()
    if not kind.startswith(TEXTS):
        return []
    text = answer.body.decode("utf-8", "replace")
    base = f"{root_url}{address}"
    found = (_on_site(link, base, root_url) for link in _named(text, kind, root_url, folders))
    return list(dict.fromkeys(filter(None, found)))


def api_items(answer: Answer, templates: list[str]) -> tuple[str, dict[str, Any]]:
    """What a list of the delivery API leads to: the address of its next part (absolute, or empty), and its items by address.

    ``templates``: of the addresses of one item (``/api/v1/news/{id}.md``).
    """
    try:
        content = json.loads(answer.body)
        items, following = content.get("items", []), content.get("next") or ""
    except (ValueError, AttributeError):
        return "", {}
    if not isinstance(items, list):
        return following, {}
    found = {}
    for template in templates:
        name = template.partition("{")[2].partition("}")[0]
        for item in items:
            if isinstance(item, dict) and item.get(name) is not None:
                found[iri_to_uri(template.replace(f"{{{name}}}", str(item[name])))] = item
    return following, found


def local(link: str, root_url: str) -> str:
    """An absolute address on the host of ``root_url`` as path and query; empty for one elsewhere."""
    return _on_site(link, root_url, root_url)


def _named(text: str, kind: str, root_url: str, folders: tuple[str, ...]) -> Iterator[str]:
    if kind == "text/html":
        for name, double, single in ATTRIBUTE.findall(text):
            value = html.unescape(double or single)
            if name.endswith("srcset"):
                yield from (part.split()[0] for part in value.split(",") if part.split())
            else:
                yield value
    elif kind == "text/css":
        yield from (one or other for one, other in STYLE.findall(text))
    elif kind.endswith("javascript"):
        yield from SCRIPT.findall(text)
    else:
        beginnings = "|".join([re.escape(f"{root_url}/"), *map(re.escape, folders)])
        yield from (html.unescape(link) for link in re.findall(rf"""(?:{beginnings})[^\s"'<>()\\\]]*""", text))


def _on_site(link: str, base: str, root_url: str) -> str:
    try:
        split = urlsplit(urljoin(base, link.strip()))
    except ValueError:
        return ""
    if f"{split.scheme}://{split.netloc}" != root_url or not split.path.startswith("/"):
        return ""
    return iri_to_uri(f"{split.path}?{split.query}" if split.query else split.path)
