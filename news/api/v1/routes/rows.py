"""Topics, people, organisations, venues and projects: lists of what items point to, and each by itself."""

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponseBase
from ninja import Field

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import answer_json, operation
from wagtail_newsroom.news.api.v1.parameters import Id, Parameters, Word, read_parameters
from wagtail_newsroom.news.api.v1.problems import not_found
from wagtail_newsroom.news.api.v1.reading.rows import ROWS, RowReading
from wagtail_newsroom.news.api.v1.routes.items import add_list


class LanguageParameters(Parameters):
    """In which language a slug is meant."""

    locale: Word = Field("", description="Language of the slug; without it that of the site first.", examples=["pl"])


def add_routes() -> None:
    """Give each its list, and each row an address: a topic by its slug, all others, which have none, by their id."""
    for each in ROWS:
        reading = each()
        add_list(reading)
        if "slug" in reading.columns:
            _add_by_slug(reading)
        else:
            _add_by_id(reading)


def _add_by_slug(reading: RowReading) -> None:
    def view(request: HttpRequest, slug: str) -> HttpResponseBase:
        return row_by_slug(request, reading, slug)

    operation(
        f"/{reading.address}/{{slug}}/",
        name=f"get_{reading.word}",
        summary=f"One of {reading.address}",
        answers=reading.schemas.whole,
        takes=LanguageParameters,
        tag=reading.address,
    )(view)


def _add_by_id(reading: RowReading) -> None:
    def view(request: HttpRequest, id: Id) -> HttpResponseBase:  # noqa: A002  (the name in the document)
        return row_by_id(request, reading, id)

    operation(
        f"/{reading.address}/{{id}}/",
        name=f"get_{reading.word}",
        summary=f"One of {reading.address}",
        answers=reading.schemas.whole,
        tag=reading.address,
    )(view)


def row_by_slug(request: HttpRequest, reading: RowReading, slug: str) -> HttpResponseBase:
    """One row by its slug; where several languages have it, that in the asked language, else in the site's."""
    asked = read_parameters(request, LanguageParameters)
    answer = Answer(request)
    if "\0" in slug or len(slug) > 120:
        raise not_found()
    rows = reading.model._default_manager.filter(slug=slug)
    if asked.locale:
        rows = rows.filter(locale__language_code=asked.locale)
    usual = When(locale=answer.languages.get(answer.language_of(0)), then=Value(0))
    rows = rows.annotate(place=Case(usual, default=Value(1), output_field=IntegerField())).order_by("place", "pk")
    return _answer(request, reading.one(rows, answer), answer)


def row_by_id(request: HttpRequest, reading: RowReading, pk: int) -> HttpResponseBase:
    """One row by its id, in its own language."""
    read_parameters(request, Parameters)
    answer = Answer(request)
    return _answer(request, reading.one(reading.model._default_manager.filter(pk=pk), answer), answer)


def _answer(request: HttpRequest, item: object, answer: Answer) -> HttpResponseBase:
    if item is None:
        raise not_found()
    return answer_json(request, item, tags=answer.tags)
