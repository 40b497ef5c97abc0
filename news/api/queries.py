"""What the APIs ask of a query before they look anything up: each refusal names the parameter and what it takes."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import BaseValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager
from wagtail.models import Page

from wagtail_newsroom.news.search.typed import trouble_with_words

# As far as any database counts.
FARTHEST = 2**31 - 1
# Parameters of Wagtail's APIs that take a number.
NUMBERS = frozenset({"id", "limit", "offset"})
# What stands for a value that Wagtail's APIs know besides numbers.
RELATIONS = frozenset({"child_of", "ancestor_of", "descendant_of", "translation_of"})
# Parameters that may be called like a field and are none.
OPERATIONS = frozenset({"type", "locale", "site", "order", "search"})
TRUE_OR_FALSE = frozenset({"true", "false", "1", "0", "on", "off", "yes", "no", "t", "f", "y", "n"})


def trouble_with_query(request: HttpRequest) -> str:
    """What is wrong with the parameters that every list knows, with the remedy; empty where they can be looked up."""
    for name, values in request.GET.lists():
        for value in values:
            if "\0" in name or "\0" in value:
                return _("“%(name)s” holds a NUL character. Take it away.") % {"name": name.replace("\0", "")}
            if name == "search_operator" and value not in ("and", "or"):
                return _("“%(name)s” is “and” or “or”.") % {"name": name}
            if name in NUMBERS | RELATIONS and not _is_number(value) and not (name in RELATIONS and value == "root"):
                return _no_number(name)
    return trouble_with_words(request.GET.get("search", ""))


def trouble_with_values(model: type[models.Model], names: set[str], query: Mapping[str, Any]) -> str:
    """What is wrong with the values by which ``query`` filters rows of ``model``: those of its fields ``names``."""
    for name in sorted((names & set(query)) - OPERATIONS):
        field = _field(model, name)
        if field is not None and (trouble := trouble_with_value(field, name, query[name])):
            return trouble
    return ""


def trouble_with_value(field: Any, name: str, value: str) -> str:
    """What is wrong with ``value`` as one of ``field``, which the query calls ``name``; empty where nothing is."""
    if isinstance(field, TaggableManager):
        return ""
    while field is not None and field.is_relation:  # the key of a page is a relation to the page above it
        field = getattr(field, "target_field", None)
    if field is None:
        return ""
    if isinstance(field, models.BooleanField):
        return "" if value.casefold() in TRUE_OR_FALSE else _("“%(name)s” is true or false.") % {"name": name}
    if isinstance(field, models.IntegerField):
        return "" if _is_number(value, least=-FARTHEST) else _no_number(name)
    try:
        python = field.to_python(value)
        for validator in field.validators:
            if isinstance(validator, BaseValidator) and not isinstance(field, models.CharField | models.TextField):
                validator(python)
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        return _no_value(field, name)
    return _no_value(field, name) if python is None else ""


def trouble_with_fields(request: HttpRequest) -> str:
    """What is wrong with values of fields, in a query that names the type of page itself (``type``)."""
    for label in request.GET.getlist("type") or [Page._meta.label]:
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            continue  # the API says so
        names = {name for name in request.GET if name not in NUMBERS | RELATIONS | OPERATIONS}
        if trouble := trouble_with_values(model, names, request.GET):
            return trouble
    return ""


def _field(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _is_number(value: str, least: int = 0) -> bool:
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        return False
    return least <= int(value) <= FARTHEST


def _no_number(name: str) -> str:
    return _("“%(name)s” is a whole number of at most %(most)d.") % {"name": name, "most": FARTHEST}


def _no_value(field: models.Field[Any, Any], name: str) -> str:
    if isinstance(field, models.DateTimeField):
        form = _("“%(name)s” is a moment, written as 2027-03-28T10:00:00Z.")
    elif isinstance(field, models.DateField):
        form = _("“%(name)s” is a day, written as 2027-03-28.")
    elif isinstance(field, models.TimeField):
        form = _("“%(name)s” is an hour, written as 10:00.")
    elif isinstance(field, models.DecimalField | models.FloatField):
        form = _("“%(name)s” is a number, written as 12.5.")
    else:
        form = _("“%(name)s” has a value that it cannot have. Correct it, or take the parameter away.")
    return form % {"name": name}
