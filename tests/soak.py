"""How much of what there is a test asks: a part in each run, all of it, or many times as much, with ``make soak``."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import settings

TIMES = int(os.environ.get("SOAK", "1"))

One = TypeVar("One")


def fuzzed(examples: int, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Mark a test as fuzzed and have hypothesis make up ``examples`` for it, ``SOAK`` times as many."""

    def mark(test: Callable[..., None]) -> Callable[..., None]:
        return pytest.mark.fuzzed(settings(max_examples=examples * TIMES, deadline=None, **options)(test))

    return mark


def sample(everything: list[One], part: list[One]) -> list[One]:
    """What a test that is marked ``sampled`` walks through: a part, everything with ``make soak``."""
    return part if TIMES == 1 else everything
