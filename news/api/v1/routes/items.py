"""Lists and items of every delivered type, ours and those of other apps."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json, operation
from wagtail_newsroom.news.api.v1.cursors import Slice, fingerprint, read_cursor, sliced
from wagtail_newsroom.news.api.v1.parameters import MOST_WITH_PARTS, Formats, Id, read_parameters
from wagtail_newsroom.news.api.v1.problems import bad_value, not_found
from wagtail_newsroom.news.api.v1.reading.attachments import AttachmentReading
from wagtail_newsroom.news.api.v1.reading.events.reading import EventReading
from wagtail_newsroom.news.api.v1.reading.news import NewsReading
from wagtail_newsroom.news.api.v1.reading.pages import PageReading
from wagtail_newsroom.news.api.v1.reading.site_pages import SitePageReading
from wagtail_newsroom.news.api.v1.schemas.common import Listing
from wagtail_newsroom.news.publishing.changes.tags import list_tag

OWN: tuple[type[PageReading], ...] = (NewsReading, EventReading, SitePageReading, AttachmentReading)
# Parameters that choose what is shown of the rows, not which rows.
SHOWING = {"limit", "cursor", "count", "fields", "include", "rich_text"}


def readings() -> list[PageReading]:
    """Every type with lists of its own: ours, then those that other apps registered."""
    return [*(make() for make in OWN), *(each.reading() for each in registry.delivered_types().values())]


def add_routes() -> None:
    """Give each type its list and its items."""
    for reading in readings():
        add_list(reading)
        _add_item(reading)


def add_list(reading: PageReading) -> None:
    """Register the list of a type."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return list_items(request, reading)

    operation(
        f"/{reading.address}/",
        name=f"list_{reading.address}",
        summary=f"List {reading.address}",
        answers=Listing[reading.schemas.listed] | Listing[reading.schemas.selected],  # type: ignore[name-defined]
        takes=reading.list_parameters,
        tag=reading.address,
    )(view)


def _add_item(reading: PageReading) -> None:
    def view(request: HttpRequest, id: Id) -> HttpResponseBase:  # noqa: A002  (the name in the document)
        return one_item(request, reading, id)

    operation(
        f"/{reading.address}/{{id}}/",
        name=f"get_{reading.word}",
        summary=f"One whole item of {reading.address}",
        answers=reading.schemas.whole,
        takes=Formats,
        tag=reading.address,
    )(view)


def list_items(request: HttpRequest, reading: PageReading) -> HttpResponseBase:
    """One page of a list."""
    asked: Any = read_parameters(request, reading.list_parameters)
    parts = reading.brought(getattr(asked, "include", ()))
    if parts and asked.limit > MOST_WITH_PARTS:
        raise bad_value("limit", _("“limit” is at most %(most)d with “include”.") % {"most": MOST_WITH_PARTS})
    keys = reading.orders[asked.order]
    question = fingerprint(reading.word, asked.model_dump(mode="json", exclude=SHOWING))
    edge = read_cursor(asked.cursor, question, keys)
    answer = Answer(request, asked.rich_text)
    pages = reading.narrowed(reading.pages(answer), asked, answer)
    count = pages.count() if asked.count else None
    page = sliced(pages.order_by().values("id"), keys, edge, asked.limit, question)
    asked_languages = [language for language in answer.open_languages if asked.locale in ("", language)]
    answer.tags.update(list_tag(reading.word, language) for language in asked_languages)
    rows = reading.rows_of([row["id"] for row in page.rows], answer, parts)
    items = reading.read(rows, answer, parts)
    if asked.fields:
        kept = {*asked.fields, *(part.name for part in parts)}
        items = [{name: value for name, value in item.items() if name in kept} for item in items]
    content = {
        "items": items,
        "count": count,
        **neighbours(request, answer, page),
    }
    return answer_json(request, content, tags=answer.tags)


def neighbours(request: HttpRequest, answer: Answer, page: Slice) -> dict[str, str | None]:
    """Addresses of the pages beside ``page`` of a list."""
    query = {name: value for name, value in request.GET.items() if name not in ("cursor", "preview")}

    def address(cursor: str) -> str | None:
        return answer.absolute(f"{request.path}?{urlencode({**query, 'cursor': cursor})}") if cursor else None

    return {"next": address(page.next), "prev": address(page.prev)}


def one_item(request: HttpRequest, reading: PageReading, pk: int) -> HttpResponseBase:
    """One whole item."""
    asked = read_parameters(request, Formats)
    answer = Answer(request, asked.rich_text)
    item = whole_item(reading, pk, answer)
    if item is None:
        raise not_found()
    return answer_item(request, item, answer)


def whole_item(reading: PageReading, pk: int, answer: Answer) -> dict[str, Any] | None:
    """The whole item with the id ``pk``; ``None`` where none of the type is public under it."""
    rows = reading.rows_of([pk], answer, reading.parts)
    return reading.read(rows, answer, reading.parts)[0] if rows else None


def answer_item(request: HttpRequest, item: dict[str, Any], answer: Answer) -> HttpResponseBase:
    """Write a whole item."""
    return answer_json(request, item, tags=answer.tags, modified=item.get("updated_at"))
