"""One place of Wagtail's code that is changed while it runs, and how such a change is made. Nothing else changes any."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any

from django.apps import apps

Function = Callable[..., Any]


@dataclass(frozen=True)
class Override:
    """A function of Wagtail's that another one stands around.

    ``target``: ``module:name`` or ``module:Class.name``; ``parameters``: the names in its signature that we lean on;
    ``around``: makes what stands there from what stood there; ``reason``: what goes wrong without; ``door``: what Wagtail
    would have to offer for the change to go; ``versions``: those that it was written for; ``app``: only where this one is
    installed, and not before its addresses are mounted, since its modules may not be loaded earlier.
    """

    target: str
    parameters: tuple[str, ...]
    around: Callable[[Function], Function]
    reason: str
    door: str
    versions: tuple[str, ...] = ("8.0", "8.1")
    app: str = ""

    @property
    def wanted(self) -> bool:
        """Tell whether what it changes is in use."""
        return not self.app or apps.is_installed(self.app)

    def find(self) -> tuple[Any, str, Function] | None:
        """Where the function stands, by what name, and itself; ``None`` where this Wagtail has no such function."""
        module, _colon, path = self.target.partition(":")
        try:
            owner: Any = import_module(module)
        except ModuleNotFoundError:
            return None
        *classes, name = path.split(".")
        for each in classes:
            owner = getattr(owner, each, None)
        function = getattr(owner, name, None)
        return None if function is None else (owner, name, getattr(function, "__func__", function))

    def what_is_wrong(self) -> str:
        """Why it cannot be made in the installed Wagtail; empty where it can."""
        found = self.find()
        if found is None:
            return "it is not there"
        own = tuple(inspect.signature(inspect.unwrap(found[2])).parameters)
        return "" if own == self.parameters else f"its parameters are now: {', '.join(own) or 'none'}"

    def apply(self) -> None:
        """Make the change, once. Where the target is gone, nothing is done: a system check tells."""
        found = self.find()
        if found is None or hasattr(found[2], "newsroom_override"):
            return
        owner, name, function = found
        changed = wraps(function)(self.around(function))
        changed.newsroom_override = self  # type: ignore[attr-defined]
        kind = type(inspect.getattr_static(owner, name)) if inspect.isclass(owner) else None
        setattr(owner, name, kind(changed) if kind in (staticmethod, classmethod) else changed)


def apply_overrides(overrides: Iterable[Override], app: str = "") -> None:
    """Make all changes that are wanted here: those that belong to ``app``, or to none."""
    for override in overrides:
        if override.app == app and override.wanted:
            override.apply()
