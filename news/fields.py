"""Model fields that check what people type. In migrations they are the stock fields they are made of.

Public: other apps may import from here.
"""

from typing import Any

from django.core.validators import URLValidator
from django.db import models

from wagtail_newsroom.news.validators import NOT_A_WEB_LINK, validate_single_line, validate_web_link


class LineField(models.CharField):
    """Text on one line: no line break gets into headers, calendars and file names."""

    default_validators = [validate_single_line]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class WebLinkField(models.URLField):
    """The address of a web page, ``http`` or ``https`` only; forms say so with the remedy."""

    default_validators = [URLValidator(), validate_web_link]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"error_messages": {"invalid": NOT_A_WEB_LINK}, **kwargs})


class DefaultedChoiceField(models.CharField):
    """A choice with a default. A form that does not ask for it, or gets no answer, keeps the default.

    Wagtail's upload of several files at once sends a title and a collection only; a choice without an answer would
    refuse every file of it. Migrations know it as a plain ``CharField``.
    """

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"required": False, "empty_value": self.get_default(), **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
