"""What the admin's page forms do beyond Wagtail's: addresses in ASCII, and rules between an event and its rows."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from news import dates
from news.slugs import ascii_slug
from news.validators import validate_single_line


class SlugForm(WagtailAdminPageForm):
    """A title on one line, and an address in ASCII.

    An empty slug is made of the title; Polish letters in a typed one are spelled out, in the browser and here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if title := self.fields.get("title"):
            title.validators = [*title.validators, validate_single_line]
        if field := self.fields.get("slug"):
            field.required = False
            # Wagtail's slugify drops letters outside ASCII, its urlify spells them out.
            attrs = field.widget.attrs
            attrs["data-action"] = attrs.get("data-action", "").replace("w-slug#slugify", "w-slug#urlify")

    def clean_slug(self) -> str:
        typed: str = self.cleaned_data["slug"]
        if typed:
            return typed if typed.isascii() else ascii_slug(typed, max_length=255)
        made = ascii_slug(self.cleaned_data.get("title", ""))
        if not made:
            raise ValidationError(self.fields["slug"].error_messages["required"], code="required")
        free, number = made, 1
        while not Page._slug_is_available(free, self.parent_page, self.instance):
            number += 1
            free = f"{made}-{number}"
        return free


class EventForm(SlugForm):
    """Rules between an event and its stops; the model meets stops only after the form is found good."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        first: dt.date | None = cleaned.get("start_date")
        if first is None or "stops" not in self.formsets:
            return cleaned
        last: dt.date = cleaned.get("end_date") or first
        for stop in self.formsets["stops"].forms:
            day = stop.cleaned_data.get("day") if stop.is_valid() and not stop.cleaned_data.get("DELETE") else None
            if day and not first <= day <= last:
                message = _("This stop lies outside the event (%(dates)s). Change its day, or the event's dates.")
                term = dates.plain_dates(first, last)
                stop.add_error("day", ValidationError(message, code="outside", params={"dates": term}))
        return cleaned
