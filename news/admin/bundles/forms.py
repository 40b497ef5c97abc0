"""Forms of bundles: which pages belong together, and when they go live, move and retire."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from wagtail_newsroom.news.admin.dates import TypedDateTimeInput
from wagtail_newsroom.news.models import Bundle
from wagtail_newsroom.news.publishing.bundles import (
    may_prepare,
    move_bundle,
    pages_of,
    publish_bundle,
    retire_bundle,
    schedule_bundle,
    unschedule_bundle,
    warnings,
)
from wagtail_newsroom.news.publishing.shown import seal, shown_bundle

GONE = _("Readers who know the address of a page are told this.")


class BundleForm(WagtailAdminModelForm):
    """A bundle is prepared from pages that its editor may edit; pages that are in it already may stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.owner = self.for_user
        self.kept = set(self.instance.pages.values_list("page_id", flat=True)) if self.instance.pk else set()

    def is_valid(self) -> bool:
        good = bool(super().is_valid())
        for form in self.formsets["pages"].forms if "pages" in self.formsets else []:
            typed = getattr(form, "cleaned_data", {})
            page = typed.get("page")
            if page is None or typed.get("DELETE") or page.pk in self.kept:
                continue
            if not may_prepare(page, self.for_user):
                # Its title is not told: who may not edit it may not be allowed to see it.
                form.add_error("page", ValidationError(_("You may not edit this page. Choose another.")))
                good = False
        return good


class BundleActionForm(forms.Form):
    """An action on a bundle. Without fields of its own it only asks for a confirmation.

    ``shows_drafts``: what it does, it does to the latest drafts of the pages.
    """

    shows_drafts = False
    # What was on the screen, and is acted upon.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, bundle: Bundle, *args: Any, **kwargs: Any) -> None:
        self.bundle = bundle
        super().__init__(*args, **kwargs)
        self.initial["shown"] = self.sealed()
        if self.is_bound and not self.data.get("shown"):
            self.data = {**{name: self.data[name] for name in self.data}, "shown": self.initial["shown"]}

    def sealed(self) -> str:
        """The bundle and its pages as they are now, for the field ``shown``."""
        return seal(shown_bundle(self.bundle, pages_of(self.bundle), drafts=self.shows_drafts))

    def action(self, user: Any) -> None:
        """Do it. Raises what the action raises."""
        raise NotImplementedError


class PublishForm(BundleActionForm):
    """Asks for a reason where the checks have warnings."""

    shows_drafts = True
    reason = forms.CharField(
        label=_("Why it is published in spite of this"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your reason is kept with each of these pages."),
    )

    def __init__(self, bundle: Bundle, *args: Any, **kwargs: Any) -> None:
        super().__init__(bundle, *args, **kwargs)
        self.warnings = warnings(bundle)
        if not self.warnings:
            del self.fields["reason"]

    def action(self, user: Any) -> None:
        publish_bundle(self.bundle, user, reason=self.cleaned_data.get("reason", ""), shown=self.cleaned_data["shown"])


class UnscheduleForm(BundleActionForm):
    def action(self, user: Any) -> None:
        unschedule_bundle(self.bundle, user, shown=self.cleaned_data["shown"])


class MoveForm(BundleActionForm):
    at = forms.DateTimeField(label=_("Goes live at"), widget=TypedDateTimeInput)

    def __init__(self, bundle: Bundle, *args: Any, **kwargs: Any) -> None:
        super().__init__(bundle, *args, **{"initial": {"at": bundle.go_live_at}, **kwargs})

    def action(self, user: Any) -> None:
        at: dt.datetime = self.cleaned_data["at"]
        move_bundle(self.bundle, at, user, shown=self.cleaned_data["shown"])


class ScheduleForm(PublishForm):
    field_order = ["at", "retire_at", "retire_reason", "reason"]

    at = forms.DateTimeField(label=_("Goes live at"), widget=TypedDateTimeInput)
    retire_at = forms.DateTimeField(
        label=_("Retires at"),
        required=False,
        widget=TypedDateTimeInput,
        help_text=_("Leave it empty where the pages stay."),
    )
    retire_reason = forms.CharField(
        label=_("Explanation for readers after it is retired"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=GONE,
    )

    def action(self, user: Any) -> None:
        typed = self.cleaned_data
        schedule_bundle(
            self.bundle,
            typed["at"],
            user,
            retire_at=typed["retire_at"],
            retire_reason=typed["retire_reason"],
            reason=typed.get("reason", ""),
            shown=typed["shown"],
        )


class RetireForm(BundleActionForm):
    reason = forms.CharField(
        label=_("Explanation for readers"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=GONE
    )

    def action(self, user: Any) -> None:
        retire_bundle(self.bundle, user, self.cleaned_data["reason"], shown=self.cleaned_data["shown"])
