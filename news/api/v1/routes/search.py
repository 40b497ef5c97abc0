"""One search over all types."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from ninja import Field
from pydantic import create_model

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json, operation
from wagtail_newsroom.news.api.v1.cursors import Key, Slice, fingerprint, read_cursor, write_cursor
from wagtail_newsroom.news.api.v1.parameters import (
    Cursor,
    Limit,
    Parameters,
    SearchText,
    Several,
    Word,
    Words,
    Year,
    read_parameters,
)
from wagtail_newsroom.news.api.v1.reading.search import no_facets, read_facets, read_hits
from wagtail_newsroom.news.api.v1.routes.items import neighbours
from wagtail_newsroom.news.api.v1.schemas.files import AttachmentKindWord
from wagtail_newsroom.news.api.v1.schemas.search import SearchAnswer
from wagtail_newsroom.news.finding.find import MOST_RANKED, find
from wagtail_newsroom.news.finding.item_types import item_types
from wagtail_newsroom.news.finding.questions import Question, read

PLACE = Key("place", "number")


class SearchParameters(Parameters):
    """Parameters of the search; the types are added once all of them are known."""

    q: SearchText = Field(
        "",
        description="Words in whatever form, with or without diacritics; “in quotation marks” in this order. Without any"
        " nothing is found.",
        examples=["umowa z gminą"],
    )
    topic: Words = Field([], description="Slugs of topics, in any language.", examples=[["zdrowie"]])
    year: Year | None = Field(None, description="In which an event begins; of the day that readers see of all else.")
    kind: AttachmentKindWord | None = Field(None, description="Files of this kind alone.")
    locale: Word = Field("", description="Language of what is found; without it that of the site.", examples=["pl"])
    limit: Limit = Field(20, description="Results in one answer, at most.")
    cursor: Cursor = Field("", description="From `next` or `prev` of an answer to the same question.")


def add_routes() -> None:
    """Register the operation."""
    names: Any = Literal[*item_types()]
    described: Any = Field([], description="Types by the names of their lists, separated by commas.")
    form = create_model("Search", __base__=SearchParameters, type=(Several[names], described))

    def view(request: HttpRequest) -> HttpResponseBase:
        return show_results(request, form)

    operation(
        "/search/",
        name="search",
        summary="Everything that holds some words: pages of all types and the text of files",
        answers=SearchAnswer,
        takes=form,
        tag="search",
    )(view)


def show_results(request: HttpRequest, form: type[SearchParameters]) -> HttpResponseBase:
    """One page of results."""
    asked: Any = read_parameters(request, form)
    question = fingerprint("search", asked.model_dump(mode="json", exclude={"limit", "cursor"}))
    edge = read_cursor(asked.cursor, question, (PLACE,))
    answer = Answer(request)
    language = asked.locale or answer.language_of(0)
    if language not in answer.open_languages:
        return answer_json(request, _nothing(), tags=answer.tags)
    with translation.override(language):
        start = _start(edge.values[0] if edge else 0, forward=edge is None or edge.forward, limit=asked.limit)
        sought = Question(
            read(asked.q, language),
            answer.languages[language],
            language,
            types=tuple(asked.type),
            topics=tuple(asked.topic),
            year=asked.year,
            kind=asked.kind or "",
        )
        if sought.words.is_empty:
            return answer_json(request, _nothing(), tags=answer.tags)
        found = find(sought, answer.site, start, asked.limit)
        end = start + asked.limit
        page = Slice(
            [],
            next=_cursor(question, end, forward=True) if end < found.reachable else "",
            prev=_cursor(question, start, forward=False) if start else "",
        )
        content = {
            "items": read_hits(found.hits, answer, language),
            "count": found.total,
            **neighbours(request, answer, page),
            "facets": read_facets(found.facets),
            "corrected": found.corrected or None,
            "left_out": list(found.left_out),
        }
    return answer_json(request, content, tags=answer.tags)


def _nothing() -> dict[str, Any]:
    return {
        "items": [],
        "count": 0,
        "next": None,
        "prev": None,
        "facets": no_facets(),
        "corrected": None,
        "left_out": [],
    }


def _start(place: int, *, forward: bool, limit: int) -> int:
    """The first place of the page behind ``place``, or before it."""
    return min(max(0, place if forward else place - limit), MOST_RANKED)


def _cursor(question: str, place: int, *, forward: bool) -> str:
    return write_cursor(question, (PLACE,), {PLACE.alias: place}, forward=forward)
