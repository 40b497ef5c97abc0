"""The form with which a text is brought in: a file or a paste, read before it is kept."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.admin.intake.purposes import Purpose
from wagtail_newsroom.news.admin.page_actions.change_forms import validate_near
from wagtail_newsroom.news.models import Original
from wagtail_newsroom.news.models.files.scanning import was_scanned
from wagtail_newsroom.news.publishing.files.originals import keep_file, keep_text
from wagtail_newsroom.news.reader import ReadError
from wagtail_newsroom.news.reader.formats.extracted import LARGEST_FILE, MB

ACCEPTED = ".txt,.html,.htm,.docx,.odt,.pdf,.eml"
# More than is read, so that the reader says that it is too long; far less than a server takes in a form.
LONGEST_PASTE = 200_000
LONGEST_HTML = 2_000_000


class DayInput(forms.DateInput):
    """The browser's own field for a day: works by keyboard, needs no script."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """The browser's own field for an hour."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs={"type": "time", **attrs}, format="%H:%M")


def message_of(error: ReadError) -> str:
    """What the reader says, in the language of whoever looks at the admin."""
    return error.in_language((get_language() or "en")[:2])


class IntakeForm(forms.Form):
    """Either a file or a text. ``html`` is what the clipboard held beside the text: a table stays a table."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-nr-drop": ""}),
        help_text=_("Drop it here or choose it: PDF with text, DOCX, ODT, e-mail (EML), HTML or TXT, up to 20 MB."),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "maxlength": LONGEST_PASTE, "data-nr-paste": "html"}),
    )
    html = forms.CharField(required=False, strip=False, max_length=LONGEST_HTML, widget=forms.HiddenInput())
    published = forms.DateField(
        label=_("When was it published or sent?"),
        required=False,
        widget=DayInput(),
        validators=[validate_near],
        help_text=_("Only where it gives dates without a year: they are then taken to come soon after that day."),
    )

    def __init__(self, *args: Any, purpose: Purpose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        self.fields["text"].label = purpose.text_label

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        upload, text = cleaned.get("file"), cleaned.get("text", "")
        if upload and text.strip():
            self.add_error(
                "file", _("There is a file and a text. Keep one of the two: delete the text, or leave the file out.")
            )
        elif upload:
            self._try("file", upload, cleaned.get("published"))
        elif text.strip():
            self._try("text", text, cleaned.get("published"))
        else:
            self.add_error("text", _("Choose a file, or paste the text here."))
        return cleaned

    def _try(self, field: str, brought: Any, published: dt.date | None) -> None:
        """Read it, so that what cannot be read is never kept."""
        try:
            if field == "file":
                if brought.size > LARGEST_FILE:
                    raise ReadError("too_large", size=brought.size // MB, limit=LARGEST_FILE // MB)
                was_scanned(brought, brought.name)
                self.purpose.read(brought.read(), brought.name, published)
            else:
                self.purpose.read(self.pasted.encode("utf-8"), self.pasted_name, published)
        except ReadError as error:
            self.add_error(field, ValidationError(message_of(error), code=error.code))
        except ValidationError as error:
            self.add_error(field, error)

    @property
    def pasted(self) -> str:
        """What was pasted, with its tables where the clipboard had them."""
        return str(self.cleaned_data.get("html") or self.cleaned_data["text"])

    @property
    def pasted_name(self) -> str:
        return "pasted.html" if self.cleaned_data.get("html") else "pasted.txt"

    def keep(self, *, user: Any, purpose: str) -> Original:
        """Keep what was brought."""
        facts = {"user": user, "purpose": purpose, "published": self.cleaned_data.get("published")}
        if upload := self.cleaned_data.get("file"):
            return keep_file(upload, **facts)
        return keep_text(self.cleaned_data["text"], html=self.cleaned_data.get("html", ""), **facts)
