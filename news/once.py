"""What many parts of one answer ask alike is found out once: restrictions, home pages, languages, the site's own facts.

The answer to whoever reads a page (GET, HEAD) has a memory, which is kept with the request; so has one look at what an
act changed. Outside of them everything is asked each time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

_memory: ContextVar[dict[Any, Any] | None] = ContextVar("memory_of_answer", default=None)


@contextmanager
def one_answer(request: HttpRequest) -> Iterator[None]:
    """Find out once what the answer to ``request`` asks by :func:`once`, until it is left. It may be entered again."""
    is_read = request.method in ("GET", "HEAD")
    token = _memory.set(request.__dict__.setdefault("_newsroom_once", {}) if is_read else None)
    try:
        yield
    finally:
        _memory.reset(token)


@contextmanager
def one_look() -> Iterator[None]:
    """Find out once what is asked by :func:`once`, until it is left: for what looks at much and changes nothing of it."""
    token = _memory.set({} if (known := _memory.get()) is None else known)
    try:
        yield
    finally:
        _memory.reset(token)


def once(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What ``make`` gives, found out once an answer under ``key``, which begins with a word. Never change it afterwards."""
    memory = _memory.get()
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    return memory[key]
