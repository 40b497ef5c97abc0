"""Doors of the delivery API, read from its own document: a new operation or parameter enters by itself."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import get_resolver
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from wagtail_newsroom.news.api.v1.app import document
from wagtail_newsroom.news.api.v1.routes.items import readings
from wagtail_newsroom.news.listings.words import word_of_type

V1 = "/api/v1"
NOWHERE, NO_SLUG = 987_654, "nie-ma-takiej"
# What parameters without a list of values are asked for.
ASKED = {
    "limit": "100",
    "count": "false",
    "order": "-id",
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
}
ENDS = ("_from", "_until", "_on", "_after", "_before")
# Names of parts: asked all together, as what one of them shows does not depend on another.
TOGETHER = ("fields", "include")
ROWS = ("topics", "people", "organisations", "venues", "projects")
# Lists whose ids are of something else, and so may be those of a page by chance.
NO_PAGES = (*ROWS, "attachments")
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
    """Every list with each value of each parameter, the export in each format, every item of ``open_pages``.

    Whole items in other formats stand in the export, and so are not asked one by one.
    """
    pages = list(open_pages)
    yield from (f"{V1}/openapi.json", f"{V1}/docs/", "/llms.txt")
    for path in operations():
        if "{" in path:
            yield from _filled(path, pages)
        else:
            yield from _list_doors(path, pages, word)


def _list_doors(path: str, pages: list[Page], word: str) -> Iterator[str]:
    parameters = operations()[path]["parameters"]
    needed = {each["name"]: _values(each, pages, word)[0] for each in parameters if each["required"]}
    yield f"{path}?{urlencode(needed)}" if needed else path
    for parameter in parameters:
        for value in _values(parameter, pages, word):
            asked = {**needed, parameter["name"]: value}
            if "limit" in query_names(path) and parameter["name"] not in ("limit", "include"):
                asked["limit"] = "100"
            yield f"{path}?{urlencode(asked)}"


def _values(parameter: dict[str, Any], pages: list[Page], word: str) -> list[str]:
    name, schema = parameter["name"], parameter["schema"]
    several = schema.get("items", {}).get("enum")
    if name in TOGETHER and several:
        return [",".join(several)]
    if enum := several or schema.get("enum"):
        # The default is asked without the parameter; an order holds the same the other way round.
        chosen = [str(each) for each in enum if each != schema.get("default")]
        return list({each.lstrip("-"): each for each in chosen}.values()) if name == "order" else chosen
    if name.endswith(ENDS):
        return ["2026-01-01"]
    if schema.get("format") == "cursor":
        return []  # the first page is asked already, and others have cursors that only the API writes
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
    """Where it lives on the site that is visited; a page of another site lives nowhere there."""
    site, _root, path = page.get_url_parts() or (None, None, None)
    return str(path) if site == Site.objects.get(is_default_site=True).pk else f"/{NO_SLUG}/"


def _filled(path: str, pages: Iterable[Page]) -> list[str]:
    """The addresses behind a path: its placeholder filled with what there is, and with what there is not."""
    if "{id}" in path:
        return [path.replace("{id}", str(pk)) for pk in [*_ids_behind(path, pages), NOWHERE]]
    for placeholder, column in ROWS_BEHIND.items():
        if placeholder in path:
            found = [
                value
                for model in get_snippet_models()
                if issubclass(model, TranslatableMixin) and any(f.name == column for f in model._meta.fields)
                for value in model._default_manager.values_list(column, flat=True)
            ]
            addresses = [path.replace(placeholder, quote(str(each))) for each in [*dict.fromkeys(found), NO_SLUG]]
            forms = [""] + ["?rich_text=markdown", "?rich_text=text"] * ("rich_text" in query_names(path))
            return [each + form for each in addresses for form in forms]
    raise AssertionError(f"The path {path!r} has a placeholder that {__name__} doesn't know.")


def _ids_behind(path: str, pages: Iterable[Page]) -> list[int]:
    if _list_of(path) == "attachments":
        return list(get_document_model()._default_manager.values_list("pk", flat=True))
    if _list_of(path) in ROWS:
        found = [pk for model in get_snippet_models() for pk in model._default_manager.values_list("pk", flat=True)]
        return list(dict.fromkeys(found))
    return [page.pk for page in pages if _is_listed(page, path)]


def _list_of(path: str) -> str:
    return path.removeprefix(f"{V1}/").split("/")[0]


def _is_listed(page: Page, path: str) -> bool:
    """Pages of the type of ``page`` stand in the list that ``path`` is of."""
    word = word_of_type(page.content_type_id)
    return any(reading.word == word and reading.address == _list_of(path) for reading in readings())


def delivery_doors_to(page: Page) -> list[tuple[str, str]]:
    """Addresses that could lead to ``page`` alone, each with that of something that does not exist: those of its own type."""
    path = _path(page)
    is_here = path != f"/{NO_SLUG}/"
    return [
        *(pair for each in operations() if _is_listed(page, each) for pair in _doors_by_id(page, each)),
        *(
            (f"{each}?path={quote(path)}", f"{each}?path=/{NO_SLUG}/")
            for each in operations()
            if is_here and "path" in query_names(each)
        ),
    ]


def delivery_doors_of_others(page: Page) -> list[tuple[str, str]]:
    """As :func:`delivery_doors_to`, those of the other types: none of them may know its id."""
    others = [each for each in operations() if not _is_listed(page, each) and _list_of(each) not in NO_PAGES]
    return [pair for each in others for pair in _doors_by_id(page, each)]


def _doors_by_id(page: Page, path: str) -> list[tuple[str, str]]:
    if "{id}" in path:
        return [(path.replace("{id}", str(page.pk)), path.replace("{id}", str(NOWHERE)))]
    return [(f"{path}?ids={page.pk}", f"{path}?ids={NOWHERE}")] if "ids" in query_names(path) else []
