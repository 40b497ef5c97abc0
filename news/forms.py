"""What the admin's page forms do beyond Wagtail's: addresses in ASCII, and rules between an event and its rows.

Public: other apps may import from here.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from wagtail_newsroom.news.slugs import ascii_slug
from wagtail_newsroom.news.switches import REGISTRATION, REGISTRATION_FIELDS, is_on
from wagtail_newsroom.news.validators import validate_single_line
from wagtail_newsroom.news.wording import dates

MOMENTS = ("go_live_at", "expire_at")
UNDESCRIBED = _("Say in one sentence what the photo shows, for people who do not see it.")


class SendBackForm(forms.Form):
    """What has to change, for the person who gets the page back."""

    comment = forms.CharField(
        label=_("What has to change"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": _("A page goes back with a remark only. Write what has to change, so that it can be mended.")
        },
    )


PAST = _("This moment has passed. Choose a later one, or leave it empty.")
CROSSED = _("The page would be taken down before it is published. Correct one of the two dates.")


class ScheduleMixin(forms.Form):
    """When a page is published and taken down. A moment that has passed is used up: the form offers it no more.

    What is wrong is told above the form, too: the dates stand in a panel that is closed.
    """

    # What the form it is mixed into brings.
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.used = {name: moment for name in MOMENTS if (moment := self._passed(name)) is not None}
        for name in self.used:
            self.initial[name] = None

    def _passed(self, name: str) -> dt.datetime | None:
        moment: dt.datetime | None = getattr(self.instance, name, None)
        return moment if moment is not None and moment <= timezone.now() else None

    def clean_go_live_at(self) -> dt.datetime | None:
        return self._unused("go_live_at")

    def clean_expire_at(self) -> dt.datetime | None:
        return self._unused("expire_at")

    def _unused(self, name: str) -> dt.datetime | None:
        """What was typed, unless it is the moment that was used up, from a form that was opened before."""
        typed: dt.datetime | None = self.cleaned_data.get(name)
        used = self.used.get(name)
        return None if typed and used and typed.replace(second=0) == used.replace(second=0, microsecond=0) else typed

    def clean(self) -> dict[str, Any]:
        """Before Wagtail's own check, which tells the same in English."""
        super().clean()
        goes_live, expires = (self.cleaned_data.get(name) for name in MOMENTS)
        names: tuple[str, ...]
        if goes_live and expires and goes_live > expires:
            wrong, names = CROSSED, MOMENTS
        elif expires and expires < timezone.now():
            wrong, names = PAST, MOMENTS[1:]
        else:
            return self.cleaned_data
        for name in (*names, None):
            self.add_error(name, wrong)
        return self.cleaned_data


class SlugForm(ScheduleMixin, WagtailAdminPageForm):
    """A title on one line, an address in ASCII, and moments that are still to come.

    An empty slug is made of the title; Polish letters in a typed one are spelled out, in the browser and here.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in [self, *(row for formset in self.formsets.values() for row in formset.forms)]:
            for field in form.fields.values():
                # A default that is a function ("today") makes Django look for a hidden copy of the value, which the
                # editor does not have: every page would count as changed, by whoever presses "Approve" last.
                field.show_hidden_initial = False
        if title := self.fields.get("title"):
            title.validators = [*title.validators, validate_single_line]
        if field := self.fields.get("slug"):
            field.required = False
            # Wagtail's slugify drops letters outside ASCII, its urlify spells them out.
            attrs = field.widget.attrs
            attrs["data-action"] = attrs.get("data-action", "").replace("w-slug#slugify", "w-slug#urlify")

    def clean_slug(self) -> str:
        typed: str = self.cleaned_data["slug"]
        made = ascii_slug(self.cleaned_data.get("title", ""))
        # The browser makes a new page's slug of its title: nobody chose that one, so the next free one is as good.
        if typed and (self.instance.pk or typed != made):
            return typed if typed.isascii() else ascii_slug(typed, max_length=255)
        if not made:
            raise ValidationError(self.fields["slug"].error_messages["required"], code="required")
        free, number = made, 1
        while not Page._slug_is_available(free, self.parent_page, self.instance):
            number += 1
            free = f"{made}-{number}"
        return free

    def get_field_updates_for_resave(self) -> list[tuple[str, Any]]:
        """What an open form has to know once its draft was saved by itself: the slug, too, where another one was kept."""
        updates = list(super().get_field_updates_for_resave())
        slug = self.cleaned_data.get("slug")
        if slug and slug != self.data.get("slug"):
            updates.append(("slug", slug))
        return updates


class StoryForm(SlugForm):
    """A page with a lead photo and a story.

    It offers topics and projects of its own language. What its photos show is said before it is published, not before
    it is saved.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.locale_id or self.parent_page.locale_id
        for name in ("topics", "projects"):
            field: Any = self.fields.get(name)
            if field is not None:
                chosen = [row.pk for row in getattr(self.instance, name).all()] if self.instance.pk else []
                field.queryset = field.queryset.filter(Q(locale=language) | Q(pk__in=chosen))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_deferred_validation:
            return cleaned
        photo = cleaned.get("lead_image")
        if photo and not cleaned.get("lead_image_alt") and not photo.description:
            self.add_error("lead_image_alt", UNDESCRIBED)
        undescribed = {
            position: StructBlockValidationError(block_errors={"alt": ValidationError(UNDESCRIBED)})
            for position, child in enumerate(cleaned.get("body") or [])
            if child.block_type == "image" and is_undescribed(child.value)
        }
        if undescribed:
            self.add_error("body", StreamBlockValidationError(block_errors=undescribed))
        return cleaned


def is_undescribed(value: Any) -> bool:
    """A photo of a story that is not decorative and has no description, neither here nor in the library."""
    return bool(value["image"]) and not value["decorative"] and not value["alt"] and not value["image"].description


class EventForm(StoryForm):
    """Rules between an event and its stops; the model meets stops only after the form is found good.

    Where registration is switched off, nothing about it is asked, and what was stored before is kept.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_on(REGISTRATION):
            for name in REGISTRATION_FIELDS:
                self.fields.pop(name, None)

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
                period = dates.plain_dates(first, last)
                stop.add_error("day", ValidationError(message, code="outside", params={"dates": period}))
        return cleaned
