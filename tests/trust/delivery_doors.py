"""Doors of the delivery API, read from its own document: a new operation or parameter enters by itself."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import get_resolver
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from wagtail_newsroom.news.api.v1.app import document

V1 = "/api/v1"
NOWHERE, NO_SLUG = 987_654, "nie-ma-takiej"
# What parameters without a list of values are asked for.
ASKED = {
    "limit": "100",
    "count": "false",
    "order": "-id",
    "cursor": "",
    "q": "{word}",
    "ids": "{pages}",
    "path": "{path}",
    "year": "{year}",
    "month": "{month}",
    "event": "{page}",
    "about": "{page}",
    "project": "zwykle",
    "topic": "zwykle",
    "place": "zwykle",
    "audience": "{word}",
    "registration": "open",
    "sessions": "1",
    "locale": "pl",
    "since": "",
    "fields": "title,url",
}
ENDS = ("_from", "_until", "_on", "_after", "_before")
# Operations of one row whose placeholder is no page.
ROWS_BEHIND = {"{slug}": "slug", "{key}": "translation_key"}


@cache
def operations() -> dict[str, dict[str, Any]]:
    """What each address of the API takes, by its path in the document."""
    assert get_resolver().url_patterns  # the operations are registered as the addresses are read
    paths = json.loads(document(f"{V1}/"))["paths"]
    return {path: methods["get"] for path, methods in paths.items()}


def query_names(path: str) -> list[str]:
    """Names of the parameters after the question mark."""
    return [each["name"] for each in operations()[path]["parameters"] if each["in"] == "query"]


def delivery_doors(open_pages: Iterable[Page], word: str) -> Iterator[str]:
    """Every list with each value of each parameter, and every item of ``open_pages``, in each format."""
    pages = list(open_pages)
    yield from (f"{V1}/openapi.json", f"{V1}/docs/", "/llms.txt")
    for path in operations():
        if "{" in path:
            for address in _filled(path, pages):
                yield from (address, *_with_formats(path, address))
        else:
            yield from _list_doors(path, pages, word)


def _with_formats(path: str, address: str) -> Iterator[str]:
    if "rich_text" in query_names(path):
        yield from (f"{address}?rich_text={each}" for each in ("markdown", "text"))


def _list_doors(path: str, pages: list[Page], word: str) -> Iterator[str]:
    yield path
    for parameter in operations()[path]["parameters"]:
        for value in _values(parameter, pages, word):
            asked = {parameter["name"]: value}
            if "limit" in query_names(path) and parameter["name"] not in ("limit", "include"):
                asked["limit"] = "100"
            yield f"{path}?{urlencode(asked)}"


def _values(parameter: dict[str, Any], pages: list[Page], word: str) -> list[str]:
    name, schema = parameter["name"], parameter["schema"]
    several = schema.get("items", {}).get("enum")
    if name == "include" and several:
        return [",".join(several)]
    if enum := several or schema.get("enum"):
        return [str(each) for each in enum]
    if name.endswith(ENDS):
        return ["2026-01-01"]
    if name not in ASKED:
        raise AssertionError(f"Parameter {name!r} of the delivery API has no value here: teach ASKED in {__name__}.")
    template, ids = ASKED[name], [str(page.pk) for page in pages]
    if template == "{path}":
        return [_path(page) for page in pages] + [f"/{NO_SLUG}/"]
    if template == "{page}":
        return ids[:3]
    today = timezone.localdate()
    said = {"word": word or "a", "pages": ",".join(ids[:100]), "year": today.year, "month": today.month}
    return [template.format(**said)]


def _path(page: Page) -> str:
    return str(page.get_url_parts()[2]) if page.get_url_parts() else f"/{NO_SLUG}/"


def _filled(path: str, pages: Iterable[Page]) -> list[str]:
    """The addresses behind a path: its placeholder filled with what there is, and with what there is not."""
    if "{id}" in path and "/attachments/" in path:
        return [path.replace("{id}", str(pk)) for pk in [*_ids(get_document_model()), NOWHERE]]
    if "{id}" in path:
        snippets = [pk for model in get_snippet_models() for pk in _ids(model)] if _is_of_rows(path) else []
        return [
            path.replace("{id}", str(pk)) for pk in dict.fromkeys([*(page.pk for page in pages), *snippets, NOWHERE])
        ]
    for placeholder, column in ROWS_BEHIND.items():
        if placeholder in path:
            found = [
                value
                for model in get_snippet_models()
                if issubclass(model, TranslatableMixin) and any(f.name == column for f in model._meta.fields)
                for value in model._default_manager.values_list(column, flat=True)
            ]
            return [path.replace(placeholder, quote(str(each))) for each in [*dict.fromkeys(found), NO_SLUG]]
    raise AssertionError(f"The path {path!r} has a placeholder that {__name__} doesn't know.")


def _is_of_rows(path: str) -> bool:
    return any(f"/{word}/" in path for word in ("topics", "people", "organisations", "venues", "projects"))


def _ids(model: type[Any]) -> list[int]:
    return list(model._default_manager.values_list("pk", flat=True))


def delivery_doors_to(page: Page) -> list[tuple[str, str]]:
    """Addresses that could lead to ``page`` alone, each with that of something that does not exist."""
    items = [path for path in operations() if "{id}" in path and "/attachments/" not in path and not _is_of_rows(path)]
    lists = [path for path in operations() if "{" not in path and "ids" in query_names(path)]
    path = _path(page)
    return [
        *((each.replace("{id}", str(page.pk)), each.replace("{id}", str(NOWHERE))) for each in items),
        *((f"{each}?ids={page.pk}", f"{each}?ids={NOWHERE}") for each in lists),
        *(
            (f"{each}?path={quote(path)}", f"{each}?path=/{NO_SLUG}/")
            for each in operations()
            if "path" in query_names(each)
        ),
    ]
