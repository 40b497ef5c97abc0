"""Columns that pages of any type are shown by, whichever of their tables holds them."""

from typing import Any

from django.db.models import CharField, DateField, F, Field, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf, Substr
from wagtail.models import Page


def shown_lead(*names: str) -> Any:
    """The lead of a page of any type: what its type calls by one of ``names``, else its description for search engines."""
    columns = [F(f"{link}__{name}") for name in names for link in types_with(name)]
    given = (NullIf(column, Value("")) for column in [*columns, F("search_description")])
    return Coalesce(*given, Value(""), output_field=TextField())


def shown_date() -> Any:
    """The day that readers see of a page of any type; null where its type has none."""
    columns = [F(f"{link}__date") for link in types_with("date")]
    return Coalesce(*columns, Value(None), output_field=DateField())


def types_with(name: str, kind: type[Any] = Field) -> list[str]:
    """The ways from a page to those types right below it that show a column ``name`` in the API."""
    return [
        link.name
        for link in Page._meta.related_objects
        if link.one_to_one
        and link.parent_link
        and any(field.name == name and isinstance(field, kind) for field in link.related_model._meta.local_fields)
        and name in {getattr(field, "name", field) for field in getattr(link.related_model, "api_fields", ())}
    ]


def shown_year() -> Any:
    """The year that readers look for, as text: in which an event begins, of the day that they see, of the publication.

    A part of the text: Django's own functions for dates are Python's on SQLite, called for each row.
    """
    days = [f"{link}__date" for link in types_with("date")]
    columns = ["newsroom_newsroompage__eventpage__start_date", *days, "first_published_at"]
    years = [Substr(Cast(F(column), CharField()), 1, 4) for column in columns]
    return Coalesce(*years, Value(""), output_field=CharField())
