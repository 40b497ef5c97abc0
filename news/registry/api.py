"""Doors to the API: endpoints of one's own, and fields on the pages of others."""

from dataclasses import dataclass
from typing import Any

from wagtail.api import APIField

from wagtail_newsroom.news.registry.shelves import Shelf, model_label

_api_endpoints: Shelf[type[Any]] = Shelf("register_api_endpoint", "the API endpoint")
_api_fields: Shelf["FieldOfType"] = Shelf("register_api_field", "the API field")


@dataclass(frozen=True)
class FieldOfType:
    """An API field for pages of a type that another app brings."""

    page_type: str
    field: APIField


class ListedField(APIField):
    """A field of a page that the API's lists carry too. Fields without it stand in the details only.

    Lists are small, details whole: list what is a column of the page's own table, nothing that costs a query a row.
    """


def listed_fields(model: type[Any]) -> set[str]:
    """Names of the fields of ``model`` that lists carry."""
    return {field.name for field in getattr(model, "api_fields", ()) if isinstance(field, ListedField)}


def register_api_endpoint(name: str, viewset: type[Any]) -> None:
    """Add an endpoint to the newsroom's v2 API router, at ``/api/v2/<name>/``."""
    _api_endpoints.put(viewset, name)


def api_endpoints() -> dict[str, type[Any]]:
    """Return the registered v2 endpoints by name."""
    return _api_endpoints.named()


def register_api_field(page_type: str, field: APIField) -> None:
    """Add a field to pages of a type that is not the app's own, and to those of the types below it.

    ``page_type``: label of the model (``"newsroom.EventPage"``); ``field``: a Wagtail ``APIField``, or a
    :class:`ListedField` for one that lists carry too.
    """
    _api_fields.put(FieldOfType(page_type.lower(), field), f"{page_type.lower()}.{field.name}")


def api_fields_for(model: type[Any]) -> list[APIField]:
    """Return the fields that other apps registered for ``model`` or a type above it."""
    labels = {model_label(each) for each in model.__mro__}
    return [entry.field for entry in _api_fields.items() if entry.page_type in labels]
