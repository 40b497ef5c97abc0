"""Schemas made of others: of lists that bring parts of the whole item, or select fields, and of types with fields of a host."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ninja import Field, Schema
from pydantic import create_model


class Schemas(NamedTuple):
    """What the document says of one type: an item in a list, the same with selected fields, and whole."""

    listed: type[Schema]
    selected: type[Schema]
    whole: type[Schema]


def _nothing() -> None:
    """No answer is made by a schema: this default says only that the field may be missing."""


def schemas_of(
    summary: type[Schema], whole: type[Schema], included: Iterable[str], added: Mapping[str, Any]
) -> Schemas:
    """The schemas of a type. ``included``: parts of ``whole`` that lists may bring.

    ``added``: further fields of ``whole`` with their types, which are known only once other apps have registered theirs; one that
    is not ``included`` is in ``summary`` too.
    """
    name = whole.__name__.removesuffix("Item")
    whole = create_model(whole.__name__, __base__=whole, __doc__=whole.__doc__, **added)
    everywhere = {field: said for field, said in added.items() if field not in included}
    summary = create_model(summary.__name__, __base__=summary, __doc__=summary.__doc__, **everywhere)
    listed = create_model(
        f"{name}ListItem",
        __base__=summary,
        __doc__="An item in a list, with those parts that `include` names.",
        **{part: _may_be_missing(whole, part) for part in included},
    )
    selected = create_model(
        f"{name}Selection",
        __base__=Schema,
        __doc__="Of an item in a list, the fields that `fields` names and the parts that `include` names.",
        **{field: _may_be_missing(listed, field) for field in listed.model_fields},
    )
    return Schemas(listed, selected, whole)


def _may_be_missing(schema: type[Schema], name: str) -> Any:
    field = schema.model_fields[name]
    return (field.annotation, Field(default_factory=_nothing, description=field.description, examples=field.examples))
