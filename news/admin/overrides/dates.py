"""Dates as people type them: “13.03.2027” stays what was typed, until the server reads it or says why it cannot.

Wagtail's date picker checks what was typed when the field is left and silently puts today in the place of what it does
not know. Wagtail offers no setting for it, so the picker's configuration is extended for all date and time inputs.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

Config = Callable[[Any], dict[str, Any]]


def _without_guessing(get_config: Config) -> Config:
    @wraps(get_config)
    def configured(widget: Any) -> dict[str, Any]:
        return {**get_config(widget), "validateOnBlur": False}

    return configured


def keep_what_is_typed() -> None:
    """Let no date or time input replace what an editor typed."""
    for widget in (AdminDateInput, AdminTimeInput, AdminDateTimeInput):
        if not hasattr(widget.get_config, "__wrapped__"):
            widget.get_config = _without_guessing(widget.get_config)
