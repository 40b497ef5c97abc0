"""Where the registry keeps what was registered: open until somebody reads it, closed from then on.

A part that comes after the first reading would be missing from what was built already (a form, a menu, a migration's
state), here and there and without a word. So it is an error that says who came too late, and what to do.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

Item = TypeVar("Item")

REGISTRY = __name__.rpartition(".")[0]


class RegistrationError(ImproperlyConfigured):
    """Somebody registered too late, or what is there already. The message names who, what, since when, and the remedy."""


@dataclass(frozen=True)
class Entry(Generic[Item]):
    """What was registered, under which name, and by which app."""

    name: str
    item: Item
    owner: str


@dataclass
class Shelf(Generic[Item]):
    """What came through one door. ``door``: the function that apps call; ``what``: one of the items, in words."""

    door: str
    what: str
    entries: dict[Any, Entry[Item]] = field(default_factory=dict)
    read_at: str = ""

    def __post_init__(self) -> None:
        SHELVES.append(self)

    def put(self, item: Item, name: str = "") -> None:
        """Add ``item``, known by ``name``, or by itself where it has none.

        Raises :class:`RegistrationError` where the shelf was read already, and where the name or the item is there.
        """
        owner = _owner()
        key, label = (name, repr(name)) if name else (_identity(item), _label(item))
        if self.read_at:
            raise RegistrationError(
                f"{owner} registers {self.what} {label} too late: {self.read_at} has read what was registered. "
                f"Call {self.door}() in AppConfig.ready() of {owner}, and let nothing there look at pages or forms before."
            )
        if there := self.entries.get(key):
            raise RegistrationError(
                f"{owner} registers {self.what} {label}, which {there.owner} has registered already. "
                + (
                    "Give it another name."
                    if name and there.owner != owner
                    else f"Call {self.door}() once; look whether {owner} stands in INSTALLED_APPS twice."
                )
            )
        self.entries[key] = Entry(label.strip("'"), item, owner)

    def read(self) -> list[Entry[Item]]:
        """What was registered, in the order of registration; from now on the shelf is closed."""
        self.read_at = self.read_at or _reader()
        return list(self.entries.values())

    def items(self) -> list[Item]:
        """As :meth:`read`, the items alone."""
        return [entry.item for entry in self.read()]

    def named(self) -> dict[str, Item]:
        """As :meth:`read`, the items by name."""
        return {entry.name: entry.item for entry in self.read()}

    def along(self, cls: type[Any], name_of: Callable[[type[Any]], str]) -> Iterator[Item]:
        """What was registered for a class and for those above it, the nearest first; ``name_of`` names each of them."""
        named = self.named()
        return (named[name] for name in map(name_of, cls.__mro__) if name in named)


def model_label(cls: type[Any]) -> str:
    """``app.model``, in small letters; empty for what is no model."""
    meta = getattr(cls, "_meta", None)
    return meta.label_lower if meta is not None else ""


SHELVES: list[Shelf[Any]] = []


@contextmanager
def reopened() -> Iterator[None]:
    """Open the registry within a test; afterwards it holds what it held before.

    What was built of it already (forms, menus, API routers) is not built anew by itself.
    """
    kept = [(shelf, dict(shelf.entries), shelf.read_at) for shelf in SHELVES]
    for shelf in SHELVES:
        shelf.read_at = ""
    try:
        yield
    finally:
        for shelf, entries, read_at in kept:
            shelf.entries, shelf.read_at = entries, read_at


def _identity(item: Any) -> Any:
    """What makes an item the same: a function made anew by the same line of code is the same one."""
    code = getattr(item, "__code__", None)
    if code is None:
        return (item.__module__, item.__qualname__) if isinstance(item, type) else id(item)
    cells = [cell.cell_contents for cell in item.__closure__ or ()]
    given = [*cells, *(item.__defaults__ or ())]
    return (item.__module__, item.__qualname__, code, tuple(map(id, given)))


def _label(item: Any) -> str:
    name = getattr(item, "__qualname__", "") or getattr(item, "name", "")
    return f"{item.__module__}.{name}" if name and hasattr(item, "__module__") else repr(name or item)


def _frame() -> FrameType | None:
    """The innermost call that comes from outside the registry."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_globals.get("__name__", "").startswith(REGISTRY):
        frame = frame.f_back
    return frame


def _owner() -> str:
    """The app that calls; its module where it belongs to none."""
    frame = _frame()
    module = frame.f_globals.get("__name__", "") if frame else ""
    within = [config for config in apps.app_configs.values() if f"{module}.".startswith(f"{config.name}.")]
    return max((config.name for config in within), key=len, default=module)


def _reader() -> str:
    frame = _frame()
    return f"{frame.f_globals.get('__name__')} (line {frame.f_lineno})" if frame else "somebody"
