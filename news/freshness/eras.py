"""Eras: spans in which everything public stays as it is, and what is remembered for one."""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Value = TypeVar("Value")

# What is true for longer is looked at again nevertheless: a process that dies between its commit and the replacement of
# the token tells nobody.
LONGEST = 60.0
# More than that is not remembered in one era.
MOST = 20_000


class Era:
    """The time in which ``token`` stands, until ``until`` (seconds since 1970) at the latest.

    It begins when it is made, before anything is read for it. A clock that is put back ends no era too late: it is
    over a minute after it began by the clock that nobody can put back, too.
    """

    def __init__(self, token: bytes, until: float | None = None) -> None:
        self.token = token
        self.until = until if until is not None else float("inf")
        self.ends = time.monotonic() + LONGEST
        self.remembered: dict[Hashable, object] = {}

    def lasts(self, token: bytes) -> bool:
        """Whether it is still this era, where ``token`` is the one that stands now."""
        return token == self.token and time.time() < self.until and time.monotonic() < self.ends


_serving: ContextVar[Era | None] = ContextVar("serving", default=None)


@contextmanager
def serving(era: Era | None) -> Iterator[None]:
    """Answer for ``era`` until it is left: what is read may be remembered for others who are answered in it."""
    before = _serving.set(era)
    try:
        yield
    finally:
        _serving.reset(before)


def remembered(key: Hashable, make: Callable[[], Value]) -> Value:
    """What ``make()`` returns; inside of an answer for an era what it returned the first time in it.

    ``key`` begins with a word of who asks, and names all that the value hangs on. What everybody who is not signed in is
    shown alike may be remembered, nothing else; nobody changes it afterwards. Outside of such an answer (people with a
    session, previews, the admin, commands) nothing is remembered. Errors of ``make`` are passed on.
    """
    era = _serving.get()
    if era is None:
        return make()
    try:
        return era.remembered[key]  # type: ignore[return-value]
    except KeyError:
        value = make()
        if len(era.remembered) < MOST:
            era.remembered[key] = value
        return value
