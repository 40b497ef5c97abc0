"""Parameters of the operations: one class for each list, read and documented from the same fields.

An unknown name is refused (400), a value that cannot be looked up too (422), each by its name, before anything is asked of
the database. Ninja ignores unknown names and cannot take lists by comma, so that the query is read here.

Public: other apps may import from here.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, TypeVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from wagtail_newsroom.news.api.v1.problems import ParameterProblem, bad_values
from wagtail_newsroom.news.search.typed import LONGEST_SEARCH

# As far as any database counts.
FARTHEST = 2**31 - 1
LONGEST_QUERY = 8_000  # characters of everything after the question mark

MOST_WITH_PARTS = 20  # items in a list that brings parts of the whole items

T = TypeVar("T")
CLOSED_QUOTATIONS = r'^[^"\u0000]*("[^"\u0000]*"[^"\u0000]*)*$'
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


def _split(value: Any) -> Any:
    if isinstance(value, str):
        return value.split(",") if value else []
    return value


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _digits(value: Any) -> Any:
    """Numbers are written in digits: no “1e3”, no “٣”, nothing of forty digits."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) < 11):
        return f"“{value[:20]}”"
    return value


def _day_or_moment(value: Any) -> Any:
    """Written out; neither “20270328” nor a count of seconds."""
    if not isinstance(value, str):
        return value
    try:
        found = dt.date.fromisoformat(value) if _DAY(value) else dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("date_form", "no day") from error
    if isinstance(found, dt.datetime) and found.tzinfo is None:
        raise PydanticCustomError("date_form", "no day")
    # There is nothing beyond: a bound out there is the same as these, and no database and no zone has to reckon with it.
    return (
        found if 1900 <= found.year <= 2200 else found.replace(year=1900 if found.year < 1900 else 2200, month=1, day=1)
    )


def _closed_quotation(text: str) -> str:
    if text.count('"') % 2:
        raise PydanticCustomError("open_quotation", "open quotation")
    return text


def _path(text: str) -> str:
    if not text.startswith("/") or text.startswith("//"):
        raise PydanticCustomError("path_form", "no path")
    return text


# A number of ours, in front of its limits: ``Annotated[int, Field(ge=1), Digits]``.
Digits = BeforeValidator(_digits)
# One or several values, written with commas: ``Several[Kind]``.
Several = Annotated[list[T], Field(min_length=1, max_length=20), BeforeValidator(_split)]
Id = Annotated[int, Field(ge=1, le=FARTHEST), BeforeValidator(_digits)]
Flag = Annotated[bool, Field(strict=True), BeforeValidator(_flag)]
Word = Annotated[str, Field(min_length=1, max_length=120, json_schema_extra={"pattern": r"^[^\u0000]*$"})]
Words = Several[Annotated[Word, Field(json_schema_extra={"pattern": r"^[^,\u0000]*$"})]]
Ids = Annotated[list[Id], Field(min_length=1, max_length=100), BeforeValidator(_split)]
Path = Annotated[
    str,
    Field(max_length=2_000, json_schema_extra={"pattern": r"^/([^/\u0000][^\u0000]*)?$"}),
    AfterValidator(_path),
]
Limit = Annotated[int, Field(ge=1, le=100), BeforeValidator(_digits)]
Cursor = Annotated[str, Field(max_length=600, json_schema_extra={"format": "cursor"})]
Month = Annotated[int, Field(ge=1, le=12), BeforeValidator(_digits)]
SearchText = Annotated[
    str,
    Field(max_length=LONGEST_SEARCH, json_schema_extra={"pattern": CLOSED_QUOTATIONS}),
    AfterValidator(_closed_quotation),
]
Year = Annotated[int, Field(ge=1900, le=2200), BeforeValidator(_digits)]
# A day, or a moment of a day in any zone.
DayOrMoment = Annotated[
    dt.date | AwareDatetime,
    BeforeValidator(_day_or_moment),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}],
            "examples": ["2027-03-28", "2027-03-28T10:00:00Z"],
        }
    ),
]


class Parameters(BaseModel):
    """What an operation takes after the question mark. Subclasses add fields; each has a description."""

    model_config = ConfigDict(extra="forbid")


class Formats(Parameters):
    """In which format texts come."""

    rich_text: Literal["html", "markdown", "text"] = Field("html", description="Format of rich texts.")


class ListParameters(Formats):
    """What every list takes."""

    limit: Limit = Field(20, description="Items in one answer; at most 20 with `include`.")
    cursor: Cursor = Field("", description="From `next` or `prev` of an answer to the same question.")
    count: Flag = Field(True, description="Whether all items are counted.")


Form = TypeVar("Form", bound=Parameters)


def read_parameters(request: HttpRequest, form: type[Form]) -> Form:
    """The query of ``request`` as ``form``.

    Raises :class:`~wagtail_newsroom.news.api.v1.problems.ProblemError`, which names every parameter that is wrong.
    """
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        text = _("The query is longer than %(most)d characters. Ask for less at once.") % {"most": LONGEST_QUERY}
        raise bad_values([ParameterProblem(parameter="", code="bad_query", detail=text)])
    given = {name: values for name, values in request.GET.lists() if name != "preview"}
    if errors := list(_odd_characters(given)):
        raise bad_values(errors)
    try:
        return form.model_validate({name: values[0] for name, values in given.items()})
    except ValidationError as error:
        raise bad_values([_problem(each) for each in error.errors(include_url=False)]) from error


def _odd_characters(given: dict[str, list[str]]) -> Iterator[ParameterProblem]:
    for name, values in given.items():
        shown = name.replace("\0", "")[:60]
        if "\0" in name or any("\0" in value for value in values):
            text = _("“%(name)s” holds a NUL character. Take it away.") % {"name": shown}
            yield ParameterProblem(parameter=shown, code="bad_value", detail=text)
        elif len(values) > 1:
            text = _("“%(name)s” is given twice. Give it once; several values are separated by commas.")
            yield ParameterProblem(parameter=shown, code="bad_value", detail=text % {"name": shown})


def _problem(error: ErrorDetails) -> ParameterProblem:
    name = str(error["loc"][0])[:60]
    if error["type"] == "extra_forbidden":
        text = _("There is no parameter “%(name)s” here. Take it away, or correct its name.") % {"name": name}
        return ParameterProblem(parameter=name, code="unknown_parameter", detail=text)
    return ParameterProblem(parameter=name, code="bad_value", detail=_detail(name, error))


def _detail(name: str, error: ErrorDetails) -> str:
    if error["type"] == "literal_error" and len(error["loc"]) > 1:
        said = {"name": name, "given": str(error["input"])[:60], "expected": _choices(error)}
        return _("“%(name)s” knows no “%(given)s”. It takes: %(expected)s.") % said
    limits: dict[str, Any] = {
        key: value for key, value in error.get("ctx", {}).items() if isinstance(value, int | float | str)
    }
    kind, said = error["type"], {**limits, "name": name}
    if kind == "literal_error":
        return _("“%(name)s” is one of: %(expected)s.") % {**said, "expected": _choices(error)}
    if kind.startswith("int") or kind in ("greater_than_equal", "less_than_equal"):
        if "ge" in said or "le" in said:
            return (
                _("“%(name)s” is at least %(ge)s.") % said
                if "ge" in said
                else _("“%(name)s” is at most %(le)s.") % said
            )
        return _("“%(name)s” is a whole number.") % said
    if kind.startswith("bool"):
        return _("“%(name)s” is true or false.") % said
    if kind.startswith(("date", "timezone")):
        return _("“%(name)s” is a day, written as 2027-03-28, or a moment, written as 2027-03-28T10:00:00Z.") % said
    if kind == "missing":
        return _("“%(name)s” is missing. It has to be given here.") % said
    if kind == "path_form":
        return _("“%(name)s” is a path of this site, which begins with a slash: /news/report/.") % said
    if kind == "open_quotation":
        return _("A quotation mark in “%(name)s” is not closed. Close it, or take it away.") % said
    if kind == "too_long":
        return _("“%(name)s” takes at most %(max_length)s values.") % said
    if kind == "string_too_long":
        return _("“%(name)s” is at most %(max_length)s characters long.") % said
    if kind in ("string_too_short", "too_short"):
        return _("“%(name)s” is empty. Give it a value, or take it away.") % said
    return _("“%(name)s” has a value that it cannot have. Correct it, or take the parameter away.") % said


def _choices(error: ErrorDetails) -> str:
    return str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")


# Conditions from bounds, which are inclusive.


def first_moment(bound: dt.date) -> dt.datetime:
    """The moment from which on ``bound``, a day of the site's zone or a moment, counts."""
    if isinstance(bound, dt.datetime):
        return bound
    return timezone.make_aware(dt.datetime.combine(bound, dt.time.min))


def until(column: str, bound: dt.date) -> Q:
    """Condition on a column of moments: not later than ``bound``, a day whose last moment counts, or a moment."""
    if isinstance(bound, dt.datetime):
        return Q(**{f"{column}__lte": bound})
    return Q(**{f"{column}__lt": first_moment(bound + dt.timedelta(days=1))})


def day_of(bound: dt.date) -> dt.date:
    """The day (in the site's zone) of ``bound``, for columns that hold days."""
    return timezone.localdate(bound) if isinstance(bound, dt.datetime) else bound


def with_names(form: type[ListParameters], names: Sequence[str], parts: Sequence[str]) -> type[ListParameters]:
    """``form`` of a list whose items have the fields ``names``, and may bring ``parts`` of the whole item."""
    selected = Annotated[list[Literal[*names]], Field(min_length=1), BeforeValidator(_split)]  # type: ignore[valid-type]  # made of data
    more: dict[str, Any] = {
        "fields": (selected, Field([], description="These fields of each item alone, separated by commas."))
    }
    if parts:
        brought = Annotated[list[Literal[*parts]], Field(min_length=1), BeforeValidator(_split)]  # type: ignore[valid-type]  # made of data
        more["include"] = (
            brought,
            Field([], description=f"Parts of the whole item; `limit` is then at most {MOST_WITH_PARTS}."),
        )
    return create_model(form.__name__, __base__=form, **more)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """What a parameter may be where it is given."""
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) != 1:
        return {}
    del schema["anyOf"]
    return choices[0]


def documented(form: type[Parameters]) -> list[dict[str, Any]]:
    """The parameters of ``form`` as OpenAPI describes them."""
    schema = form.model_json_schema()
    found = []
    for name, details in schema["properties"].items():
        details.pop("title", None)
        if details.get("default", "") in ("", [], None):  # what is not asked
            details.pop("default", None)
            details |= _without_null(details)
        parameter = {"in": "query", "name": name, "required": name in schema.get("required", ()), "schema": details}
        if "description" in details:
            parameter["description"] = details.pop("description")
        if details.get("type") == "array":
            parameter |= {"style": "form", "explode": False}
        found.append(parameter)
    return found
