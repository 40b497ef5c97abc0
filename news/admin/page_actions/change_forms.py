"""Small forms for what the public has to know: each asks for that and nothing else."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.admin.dates import TypedDateInput, TypedTimeInput
from wagtail_newsroom.news.validators import validate_single_line, validate_web_link

NOT_HEALTH = _("Readers see it. Never give anybody's health as the reason: “for reasons beyond our control” is enough.")


EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2199, 12, 31)


def validate_near(day: dt.date) -> None:
    """Refuse a year that is a typing error, and beyond which calendars cannot count."""
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("The year %(year)s is a typing error, most likely. Correct it.") % {"year": day.year})


class ChangeForm(forms.Form):
    """``page``: the live version, whose present facts the form starts from."""

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page


def _reason(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=300, required=required, help_text=NOT_HEALTH, validators=[validate_single_line]
    )


def _text(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=500, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )


class CorrectionForm(ChangeForm):
    was = _text(_("What was wrong"), _("As it stood on the page. For example: The meeting is on 12 March."))
    now = _text(_("What is right"), _("For example: The meeting is on 13 March. Mend the text itself in the editor."))


class DeadlineForm(ChangeForm):
    date = forms.DateField(label=_("New deadline"), widget=TypedDateInput(), validators=[validate_near])
    time = forms.TimeField(
        label=_("Hour"),
        required=False,
        widget=TypedTimeInput(),
        help_text=_("Empty: registration lasts until the end of that day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("time", self.page.deadline_time)


class CancelForm(ChangeForm):
    reason = _reason()


class PostponeForm(ChangeForm):
    reason = _reason()
    new_date = forms.DateField(
        label=_("New first day"),
        required=False,
        validators=[validate_near],
        widget=TypedDateInput(),
        help_text=_("Empty while it is not known. The programme moves along; check the registration deadline after."),
    )
    new_start_time = forms.TimeField(
        label=_("Starts at"),
        required=False,
        widget=TypedTimeInput(),
        help_text=_("Empty: at the same hour as before."),
    )
    new_end_time = forms.TimeField(label=_("Ends at"), required=False, widget=TypedTimeInput())


class OnlineForm(ChangeForm):
    reason = _reason(required=False)
    platform = forms.CharField(
        label=_("Platform"),
        max_length=80,
        required=False,
        help_text=_("For example Zoom."),
        validators=[validate_single_line],
    )
    link = forms.URLField(
        label=_("Link to join"), required=False, assume_scheme="https", validators=[validate_web_link]
    )
    link_for_everybody = forms.BooleanField(
        label=_("Show the link to everybody"),
        required=False,
        help_text=_("Otherwise the page says that we send it to those who register."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("platform", self.page.online_platform)
        self.initial.setdefault("link", self.page.online_link)
