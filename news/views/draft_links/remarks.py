"""The form under a shared draft, and what keeps robots out of it without a cookie."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.models import DraftLink, DraftRemark
from wagtail_newsroom.news.traffic.throttles import REMARKS, take_attempt
from wagtail_newsroom.news.validators import validate_single_line


class RemarkForm(forms.Form):
    """Who says what about the draft. Nothing is cut while it is typed: what is too long is said so."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Your name"),
        max_length=DraftRemark._meta.get_field("name").max_length,
        validators=[validate_single_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    text = forms.CharField(label=_("Your remark"), widget=forms.Textarea(attrs={"rows": 5}))
    # People do not see it; programs that fill in every field give themselves away.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, token: str = "") -> None:
        super().__init__(data, auto_id="remark-%s", initial={"token": token})
        self.fields["name"].widget.attrs.pop("maxlength")

    def clean_text(self) -> str:
        """At most as long as the model allows; a line break counts once."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        longest = DraftRemark._meta.get_field("text").max_length or 0
        if len(text) > longest:
            raise forms.ValidationError(
                _("The remark has %(length)d characters. At most %(longest)d fit: shorten it, or send it in two parts.")
                % {"length": len(text), "longest": longest}
            )
        return text

    def show_again(self, *, token: str) -> None:
        """Keep everything typed, with another token."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["token"] = token

    @property
    def is_from_a_robot(self) -> bool:
        """The field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))


def sender_is_too_busy(request: HttpRequest, link: DraftLink) -> bool:
    """Count this remark; tell whether its sender has left too many within the hour, under ``link`` or under all links."""
    return take_attempt(request, "remark", str(link.pk), REMARKS) is None


def token_key(link: DraftLink) -> str:
    """What a token of the form under ``link`` is bound to."""
    return f"remark:{link.pk}"
