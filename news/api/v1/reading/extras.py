"""Fields that types of a host add to ours, under ``extra``: registered, or derived from what they show in ``api_fields``."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Union
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from ninja import Field, Schema
from pydantic import create_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.listings.words import models_below, word_of
from wagtail_newsroom.news.registry import DeliveredFields

# What the document says of columns; the first that fits counts.
TYPES: "tuple[tuple[type[models.Field[Any, Any]], Any], ...]" = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.FloatField, float),
    (models.DecimalField, str),
    (models.DateTimeField, dt.datetime),
    (models.DateField, dt.date),
    (models.TimeField, dt.time),
    (models.UUIDField, UUID),
    (models.CharField, str),
    (models.TextField, str),
)


class ExtraPart(Part):
    """``extra`` of the rows whose type is one of ``types``; null for all others. One query for each such type."""

    name = "extra"

    def __init__(self, types: Mapping[type[Page], DeliveredFields]) -> None:
        self.types = types

    @property
    def schema(self) -> Any:
        """What the document says of the field: a union by ``type``; null on a site without such types."""
        if not self.types:
            return (None, Field(description="Fields of types that a site adds; none on this one."))
        says = (
            "Fields of this site's own types, told apart by `type`; null for others. Open: skip what you do not know."
        )
        schemas = list({fields.word: _with_word(fields) for fields in self.types.values()}.values())
        union = Annotated[Union[*schemas], Field(discriminator="type")] if len(schemas) > 1 else schemas[0]
        return (union | None, Field(description=says))

    def prepare(self, rows: Sequence[Row], answer: Answer, wanted: Wanted) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        for model, fields in self._present(rows):
            ids = [row["id"] for row in rows if _model(row) is model]
            for columns in model._default_manager.filter(pk__in=ids).order_by().values("pk", *fields.columns):
                found[columns["pk"]] = columns
                for name, kind in fields.points_to.items():
                    wanted.add(kind, columns[name])
        return found

    def _present(self, rows: Sequence[Row]) -> Iterator[tuple[type[Page], DeliveredFields]]:
        if self.types:
            there = {_model(row) for row in rows}
            yield from ((model, fields) for model, fields in self.types.items() if model in there)

    def read(self, row: Row, found: Found, prepared: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
        columns = prepared.get(row["id"])
        if columns is None:
            return None
        fields = self.types[_model(row)]  # type: ignore[index]  # rows without a model have no columns
        pointed = {name: found.get(kind, columns[name]) for name, kind in fields.points_to.items()}
        return {"type": fields.word, **fields.read({**columns, **pointed})}


def _model(row: Row) -> type[Any] | None:
    return ContentType.objects.get_for_id(row["content_type_id"]).model_class()


def types_with_extra(model: type[Page], word: str, shown: Collection[str]) -> dict[type[Page], DeliveredFields]:
    """The types below ``model`` with the same ``word``, and what each has beside what all items have (``shown``)."""
    found = {}
    for each in [model, *models_below(model)]:
        if word_of(each) != word:
            continue
        fields = registry.delivered_fields(each) or _derived(each, model, shown)
        if fields is not None:
            found[each] = fields
    return found


def _with_word(fields: DeliveredFields) -> type[Schema]:
    word: Any = (Literal[fields.word], Field(description="A stable word."))
    return create_model(fields.schema.__name__, __base__=fields.schema, type=word)


def _derived(model: type[Page], base: type[Page], shown: Collection[str]) -> DeliveredFields | None:
    """The plain columns that ``model`` adds to ``api_fields``."""
    known = {*shown, *(_name(each) for each in getattr(base, "api_fields", ()))}
    added = [each for each in getattr(model, "api_fields", ()) if _name(each) not in known]
    schema: dict[str, Any] = {}
    columns = []
    for each in added:
        field = _column(model, each)
        if field is not None:
            schema[field.name] = (_type(field), Field(description=str(field.help_text or field.verbose_name)))
            columns.append(field.name)
    if model is base or not columns:
        return None
    made = create_model(f"{model.__name__}Extra", __base__=Schema, **schema)
    made.__doc__ = f"What this site's own type {word_of_class(model)} adds."
    return DeliveredFields(
        word_of_class(model), made, tuple(columns), lambda row: {name: row[name] for name in columns}
    )


def word_of_class(model: type[Page]) -> str:
    """The word of a type that nobody named: ``TrainingPage`` is a ``training``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.__name__).lower().removesuffix("_page")


def _name(field: Any) -> str:
    return field if isinstance(field, str) else str(field.name)


def _column(model: type[Page], shown: Any) -> Any:
    """The column of ``model`` that the field of its ``api_fields`` shows as it is; ``None`` for any other."""
    if getattr(shown, "serializer", None) is not None:
        return None
    try:
        field = model._meta.get_field(_name(shown))
    except FieldDoesNotExist:
        return None
    if isinstance(field, RichTextField | StreamField) or not any(isinstance(field, kind) for kind, _type_ in TYPES):
        return None
    return field


def _type(field: Any) -> Any:
    kind = next(found for column, found in TYPES if isinstance(field, column))
    if field.choices:
        values = [value for value, _label in field.flatchoices]
        if all(isinstance(value, str | int | bool) for value in values):
            kind = Literal[*values, *([""] if field.blank and kind is str and "" not in values else [])]
    return kind | None if field.null else kind
