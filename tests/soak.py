"""How many made-up questions a test asks: some hundred in each run, thousands with ``make soak``."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

TIMES = int(os.environ.get("SOAK", "1"))


def fuzzed(examples: int, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Mark a test as fuzzed and have hypothesis make up ``examples`` for it, ``SOAK`` times as many."""

    def mark(test: Callable[..., None]) -> Callable[..., None]:
        return pytest.mark.fuzzed(settings(max_examples=examples * TIMES, deadline=None, **options)(test))

    return mark
