"""Dates as people type them: “13.03.2027” stays what was typed, until the server reads it or says why it cannot."""

from collections.abc import Callable
from typing import Any

Config = Callable[[Any], dict[str, Any]]


def without_guessing(get_config: Config) -> Config:
    """Let the picker replace nothing that an editor typed."""

    def configured(widget: Any) -> dict[str, Any]:
        return {**get_config(widget), "validateOnBlur": False}

    return configured
