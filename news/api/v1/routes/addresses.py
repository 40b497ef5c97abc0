"""What is at an address of the site, and the addresses that lead elsewhere."""

from functools import reduce
from operator import or_
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json, operation
from wagtail_newsroom.news.api.v1.cursors import fingerprint, read_cursor
from wagtail_newsroom.news.api.v1.gathering import Wanted
from wagtail_newsroom.news.api.v1.parameters import Cursor, Formats, Limit, Parameters, Path, read_parameters
from wagtail_newsroom.news.api.v1.problems import not_found
from wagtail_newsroom.news.api.v1.reading.addresses import IsGone, Leads, Lives, look_up
from wagtail_newsroom.news.api.v1.reading.files import files
from wagtail_newsroom.news.api.v1.reading.pages import PageReading
from wagtail_newsroom.news.api.v1.reading.redirects import KEYS, redirect_slice
from wagtail_newsroom.news.api.v1.routes.items import answer_item, neighbours, readings, whole_item
from wagtail_newsroom.news.api.v1.schemas.addresses import Gone, Redirected, Redirects
from wagtail_newsroom.news.listings.words import word_of_type
from wagtail_newsroom.news.publishing.changes.tags import list_tag


class PathParameters(Formats):
    """Parameters of the look-up of an address."""

    path: Path = Field(description="A path of this site, with or without a query.", examples=["/aktualnosci/relacja/"])


class RedirectParameters(Parameters):
    """Parameters of the list of addresses that lead elsewhere."""

    limit: Limit = Field(100, description="Addresses in one answer, at most.")
    cursor: Cursor = Field("", description="From `next` or `prev` of an answer.")


def add_routes() -> None:
    """Register the operations."""
    known = readings()
    whole = reduce(or_, [reading.schemas.whole for reading in known])

    def at_path(request: HttpRequest) -> HttpResponseBase:
        return show_path(request, known)

    operation(
        "/by-path/",
        name="get_by_path",
        summary="The item at an address of the site, or where it went",
        answers=whole | Redirected | Gone,
        takes=PathParameters,
        tag="addresses",
    )(at_path)

    operation(
        "/redirects/",
        name="list_redirects",
        summary="Addresses that lead elsewhere, and those of pages that are gone",
        answers=Redirects,
        takes=RedirectParameters,
        tag="addresses",
    )(list_redirects)


def list_redirects(request: HttpRequest) -> HttpResponseBase:
    """One page of what a static host has to answer beside the pages themselves."""
    asked = read_parameters(request, RedirectParameters)
    question = fingerprint("redirect")
    edge = read_cursor(asked.cursor, question, KEYS)
    answer = Answer(request)
    answer.tags.add(list_tag("redirect", ""))
    page = redirect_slice(answer, edge, asked.limit, question)
    content = {"items": [row["item"] for row in page.rows], **neighbours(request, answer, page)}
    return answer_json(request, content, tags=answer.tags)


def show_path(request: HttpRequest, known: list[PageReading]) -> HttpResponseBase:
    """The whole item that lives at a path, the same as at its own address; where it leads; or why it is gone."""
    asked = read_parameters(request, PathParameters)
    answer = Answer(request, asked.rich_text)
    by_word = {reading.word: reading for reading in known}
    if (document := _document_in(asked.path)) is not None:
        return _show_file(request, by_word["attachment"], document, asked.path, answer)
    found = look_up([asked.path], answer).get(asked.path)
    if isinstance(found, Lives):
        reading = by_word.get(word_of_type(found.content_type_id))
        item = whole_item(reading, found.page_id, answer) if reading else None
        if item is not None and (not found.below or _shows(item, asked.path)):
            return answer_item(request, item, answer)
        raise not_found()
    if found is None:
        raise not_found()
    answer.tags.add(list_tag("redirect", ""))
    return answer_json(request, _said(found), tags=answer.tags)


def _said(found: Leads | IsGone) -> dict[str, Any]:
    if isinstance(found, IsGone):
        return {"gone": {"title": found.title, "reason": found.reason, "replacement": found.to or None}}
    return {"redirect": {"to": found.to, "permanent": found.permanent}}


def _shows(item: dict[str, Any], path: str) -> bool:
    """Tell whether a photo of ``item``, a gallery, has the address ``path``."""
    plain = path.partition("?")[0].rstrip("/")
    return any(photo.get("path", "").rstrip("/") == plain for photo in item.get("photos") or ())


def _document_in(path: str) -> tuple[int, str] | None:
    """Id and file name in the address of a document."""
    try:
        base = reverse("wagtaildocs_serve", args=[0, "x"]).removesuffix("0/x")
    except NoReverseMatch:
        return None
    plain = path.partition("?")[0]
    number, slash, name = plain.removeprefix(base).partition("/")
    if not plain.startswith(base) or not slash or not (number.isascii() and number.isdigit()) or len(number) > 10:
        return None
    return int(number), name


def _show_file(
    request: HttpRequest, reading: PageReading, document: tuple[int, str], path: str, answer: Answer
) -> HttpResponseBase:
    """A file, or the way to the version that replaced it, as at its own address."""
    pk, name = document
    item = whole_item(reading, pk, answer)
    if item is None or item["filename"] != name:
        raise not_found()
    if item["superseded_by"] is None or item["path"] == path:
        return answer_item(request, item, answer)
    current = files({pk}, answer, Wanted())[pk]
    return answer_json(request, _said(Leads(current["url"], permanent=True)), tags=answer.tags)
