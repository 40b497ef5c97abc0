"""One field: the code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.two_factor.devices import CheckedCode


class CodeForm(forms.Form):
    """A code of ``user``; valid forms know the device that it belongs to."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "autofocus": True, "inputmode": "text", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code.")},
    )

    def __init__(self, *args: Any, user: Any, setting_up: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.setting_up = user, setting_up
        self.device: Any = None

    def clean_code(self) -> str:
        checked = CheckedCode(self.user, self.cleaned_data["code"], setting_up=self.setting_up)
        self.device = checked.device
        if checked.locked_until:
            moment = timezone.localtime(checked.locked_until)
            text = gettext("Too many wrong codes. Try again after %(time)s.")
            raise forms.ValidationError(text % {"time": time_format(moment, "H:i:s")})
        if self.device is None:
            raise forms.ValidationError(
                gettext(
                    "This code is wrong, or it was used already. Wait until the app shows the next one, and check the clock of your phone."
                )
            )
        return self.cleaned_data["code"]
