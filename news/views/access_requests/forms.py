"""The fields of a request for an accessible version, and the messages for its mistakes."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.enums import AccessForm
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.validators import validate_single_line

FIELDS: dict[str, Any] = {field.name: field for field in AccessRequest._meta.concrete_fields}
LONGEST: dict[str, int] = {name: FIELDS[name].max_length for name in ("barrier", "name", "email", "phone")}
looks_like_a_phone = RegexValidator(
    r"^(?=(?:\D*\d){6})", _("This is no phone number: it needs at least six digits. For example: +48 600 100 200.")
)


class AccessRequestForm(forms.Form):
    """What cannot be read, in which form it is wanted, and where the answer goes."""

    barrier = forms.CharField(
        label=_("What can you not read or use, and what would help you?"),
        help_text=_("Write what stands in your way. You need not say anything about your health."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what you cannot read or use, so that we know what to mend.")},
    )
    wished_form = forms.ChoiceField(
        label=_("In which form do you want it?"),
        choices=AccessForm.choices,
        initial=AccessForm.MENDED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the forms."), "invalid_choice": _("Choose one of the forms.")},
    )
    name = forms.CharField(
        label=pgettext_lazy("of a person", "Your name"),
        required=False,
        validators=[validate_single_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This is no e-mail address. Write it like this: name@example.org.")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        validators=[validate_single_line, looks_like_a_phone],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    # People do not see it; programs that fill in every field give themselves away.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, auto_id="request-%s", initial=initial)
        # Nothing is cut while it is typed: what is too long is said so.
        for name in LONGEST:
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, longest in LONGEST.items():
            if len(cleaned.get(name) or "") > longest:
                message = gettext("This text has %(length)d characters. At most %(longest)d fit: shorten it.")
                self.add_error(name, message % {"length": len(cleaned[name]), "longest": longest})
        typed_wrong = {"email", "phone"} & set(self.errors)
        if not typed_wrong and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", gettext("Give an e-mail address or a phone number: without one we cannot answer."))
        return cleaned

    def clean_barrier(self) -> str:
        """A line break counts once."""
        return str(self.cleaned_data["barrier"]).replace("\r\n", "\n")

    def facts(self) -> dict[str, Any]:
        """What the register keeps."""
        return {name: self.cleaned_data[name] for name in ("barrier", "wished_form", "name", "email", "phone")}

    def summary(self) -> list[dict[str, str]]:
        """Every mistake with the id of its field, in the order of the fields; what concerns all of them first."""
        found = [{"message": str(message), "field": ""} for message in self.non_field_errors()]
        for name in self.fields:
            field = self[name]
            target = f"{field.id_for_label or field.auto_id}"
            if name == "wished_form":
                target = f"{field.auto_id}_0"
            found += [{"message": str(message), "field": target} for message in self.errors.get(name, [])]
        return found

    def show_again(self, *, token: str) -> None:
        """Keep everything typed; the token is the given one, and the trap is empty again."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["token"], typed["website"] = token, ""
