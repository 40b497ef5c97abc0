"""Doors to what happens: checks before publication, chores of the scheduler, steps over what was stored before."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from wagtail_newsroom.news.registry.contracts import Chore, Finding, LibraryStep
from wagtail_newsroom.news.registry.shelves import Shelf

if TYPE_CHECKING:
    from wagtail.models import Page

PreflightCheck = Callable[["Page"], Iterable[Finding]]
FollowupCondition = Callable[[], Any]

_preflight_checks: Shelf[PreflightCheck] = Shelf("register_preflight_check", "the preflight check")
_followup_conditions: Shelf[FollowupCondition] = Shelf("register_followup_condition", "the follow-up condition")
_library_steps: Shelf[LibraryStep] = Shelf("register_library_step", "the library step")
_chores: Shelf[Chore] = Shelf("register_chore", "the chore")


def register_preflight_check(check: PreflightCheck) -> None:
    """Add a check that runs before a page is submitted and published.

    ``check``: takes the page as it would be published (a draft is given as an object of its own type, not saved),
    returns what it finds wrong; nothing where it does not concern the page.
    """
    _preflight_checks.put(check)


def preflight_checks() -> list[PreflightCheck]:
    """Return the registered checks, in the order of their registration."""
    return _preflight_checks.items()


def register_followup_condition(condition: FollowupCondition) -> None:
    """Tell the newsroom what counts as the report of a past event (a gallery about it, say).

    ``condition``: called without arguments, returns an expression on rows of events, usually an ``Exists`` with
    ``OuterRef("translation_key")``. Events for which it holds are not on the desk's list of those that owe a report.
    """
    _followup_conditions.put(condition)


def followup_conditions() -> list[Any]:
    """Return the registered conditions, each as an expression on rows of events."""
    return [condition() for condition in _followup_conditions.items()]


def register_library_step(step: LibraryStep) -> None:
    """Add a step to ``manage.py check_library``, which tends what was stored before. Steps run in this order."""
    _library_steps.put(step, step.name)


def library_steps() -> list[LibraryStep]:
    """Return the registered steps."""
    return _library_steps.items()


def register_chore(name: str, every: dt.timedelta, function: Callable[[], Any], *, apart: bool = False) -> None:
    """Have the scheduler call ``function`` when it starts, then once in ``every``, at the earliest in its next round.

    ``name``: what it does, for the log. It runs outside a transaction and apart from other chores: one that raises is
    logged and tried again in the next round. Where several schedulers run, each does it: a chore bears being done twice.
    ``run_scheduler --once``, from cron, does every chore each time. ``apart``: it waits for other machines, and has a
    thread of its own, so that no page waits with it.
    """
    _chores.put(Chore(name, every, function, apart), name)


def chores() -> list[Chore]:
    """Return the registered chores."""
    return _chores.items()
