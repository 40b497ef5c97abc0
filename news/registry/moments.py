"""What changes with time alone: the functions that know it, by the type of page. One place for each such field.

Every function of a page's type and of the types above it is asked: a subclass adds to what its base knows.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail_newsroom.news.registry.shelves import Shelf

Moments = Callable[[Any, dt.datetime], Iterable[dt.datetime | None]]

_of_types: Shelf[Moments] = Shelf("register_moments", "the moments of")
_only_own: ContextVar[bool] = ContextVar("only_own", default=False)
_of_lists: Shelf[Moments] = Shelf("register_moments_of_lists", "the moments")


def register_moments(label: str, moments: Moments) -> None:
    """Say when pages of the model ``label`` (``"newsroom.EventPage"``), and of its subclasses, look different by themselves.

    ``moments``: takes the page and the moment now (aware), returns moments at which something on the page may change;
    past ones and ``None`` are left out. One too many costs a page that is made again, one too few shows what is not true.
    """
    _of_types.put(moments, f"{label.lower()} {moments.__module__}.{moments.__qualname__}")


def register_moments_of_lists(moments: Moments) -> None:
    """Say when lists of a site look different by themselves.

    ``moments``: takes the site (``None``: all sites) and the moment now. Ask the database for the nearest ones only.
    """
    _of_lists.put(moments)


@contextmanager
def only_own() -> Iterator[None]:
    """Ask pages for moments of their own alone, until it is left: what they show of others changes with those."""
    before = _only_own.set(True)
    try:
        yield
    finally:
        _only_own.reset(before)


def asks_only_own() -> bool:
    """Whether a function may leave out the moments of what its page shows of other pages."""
    return _only_own.get()


def moments_of(page: Any, now: dt.datetime) -> Iterator[dt.datetime | None]:
    """What the registered functions say of ``page``, in no order."""
    labels = {vars(each)["_meta"].label_lower for each in type(page).__mro__ if "_meta" in vars(each)}
    for name, moments in _of_types.named().items():
        if name.partition(" ")[0] in labels:
            yield from moments(page, now)


def moments_of_lists(site: Any, now: dt.datetime) -> Iterator[dt.datetime | None]:
    """What the registered functions say of the lists of ``site``, in no order."""
    for moments in _of_lists.items():
        yield from moments(site, now)
