"""Markdown for readers and language tools: every item, and a list of what there is (``llms.txt``)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from wagtail.models import TranslatableMixin

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_bytes, operation
from wagtail_newsroom.news.api.v1.cursors import sliced
from wagtail_newsroom.news.api.v1.parameters import Id, Parameters, read_parameters
from wagtail_newsroom.news.api.v1.problems import not_found
from wagtail_newsroom.news.api.v1.reading.markdown.items import item_markdown
from wagtail_newsroom.news.api.v1.reading.markdown.llms import llms_text
from wagtail_newsroom.news.api.v1.reading.pages import PageReading
from wagtail_newsroom.news.api.v1.routes.items import whole_item
from wagtail_newsroom.news.models.snippets.settings import organisation_name
from wagtail_newsroom.news.publishing.changes.tags import list_tag

MARKDOWN, TEXT = "text/markdown", "text/plain"
# Items of a type and language that ``llms.txt`` names; the lists have all.
NAMED = 50


def add_routes(readings: list[PageReading]) -> None:
    """Give each type its items as Markdown, and the site its list."""
    for reading in readings:
        _add_item(reading)

    operation(
        "/llms.txt",
        name="llms",
        summary="What there is, for language tools: the latest items of each type, as links to their Markdown",
        answers=str,
        tag="markdown",
        media_type=TEXT,
    )(llms_view(readings))


def llms_view(readings: list[PageReading]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of ``llms.txt``, which names items of ``readings``."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return show_llms(request, readings)

    return view


def _add_item(reading: PageReading) -> None:
    def view(request: HttpRequest, id: Id) -> HttpResponseBase:  # noqa: A002  (the name in the document)
        return show_item(request, reading, id)

    operation(
        f"/{reading.address}/{{id}}.md",
        name=_name(reading),
        summary=f"One whole item of {reading.address} as Markdown",
        answers=str,
        tag="markdown",
        media_type=MARKDOWN,
    )(view)


def _name(reading: PageReading) -> str:
    return f"get_{reading.word}_markdown"


def show_item(request: HttpRequest, reading: PageReading, pk: int) -> HttpResponseBase:
    """One whole item as Markdown."""
    read_parameters(request, Parameters)
    answer = Answer(request, "markdown_page")
    item = whole_item(reading, pk, answer)
    if item is None:
        raise not_found()
    return _answer(request, item_markdown(item, item["locale"]), MARKDOWN, answer, modified=item.get("updated_at"))


def show_llms(request: HttpRequest, readings: list[PageReading]) -> HttpResponseBase:
    """The latest items of each type in each language of the site."""
    read_parameters(request, Parameters)
    answer = Answer(request)
    sections = [
        section
        for number, language in enumerate(answer.open_languages)
        for reading in readings
        if (section := _section(reading, language, answer, is_first=number == 0))
    ]
    about = [("OpenAPI", answer.absolute(reverse("newsroom_api_v1:openapi-json")), "")]
    name = organisation_name(answer.site, next(iter(answer.languages), ""))
    return _answer(request, llms_text(name, "", [*sections, ("API", about)]), TEXT, answer)


def _section(
    reading: PageReading, language: str, answer: Answer, *, is_first: bool
) -> tuple[str, list[tuple[Any, Any, Any]]] | None:
    """The latest items of a type in a language; what has no language stands once."""
    pages = reading.pages(answer)
    in_languages = issubclass(pages.model, TranslatableMixin)
    if not (in_languages or is_first):
        return None
    answer.tags.add(list_tag(reading.word, language if in_languages else ""))
    pages = pages.filter(locale__language_code=language) if in_languages else pages
    latest = sliced(pages.order_by().values("id"), next(iter(reading.orders.values())), None, NAMED, "")
    items = reading.read(reading.rows_of([row["id"] for row in latest.rows], answer, ()), answer, ())
    with translation.override(language):
        heading = capfirst(pages.model._meta.verbose_name_plural)
    rows = [(item["title"], _address(reading, item["id"], answer), item.get("lead")) for item in items]
    return (f"{heading} ({language})" if in_languages else heading), rows


def _address(reading: PageReading, pk: int, answer: Answer) -> str:
    return answer.absolute(reverse(f"newsroom_api_v1:{_name(reading)}", kwargs={"id": pk}))


def _answer(request: HttpRequest, text: str, media_type: str, answer: Answer, **more: Any) -> HttpResponseBase:
    return answer_bytes(request, text.encode(), f"{media_type}; charset=utf-8", tags=answer.tags, **more)
