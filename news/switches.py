"""Parts of the newsroom that a host can switch off, each with a setting of its own in ``NEWSROOM``.

What belongs to a part that is off is not there: its addresses lead nowhere, its menu items, buttons and panels are not
shown, its checks are passed over. Its rows stay in the database, for the day on which it is switched on again.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import URLPattern, path
from django.urls.resolvers import ResolverMatch

from wagtail_newsroom.news.conf import setting

ACCESS_REQUESTS, REGISTRATION, SHARING, BUNDLES = PARTS = ("ACCESS_REQUESTS", "REGISTRATION", "SHARING", "BUNDLES")


# What an editor says about registration; not asked for where it is switched off.
REGISTRATION_FIELDS = (
    "registration", "registration_link", "registration_email", "registration_form", "registration_return_to",
    "opens_date", "opens_time", "deadline_date", "deadline_time", "deadline_before_extension",
    "places", "availability", "cost", "information_clause",
)  # fmt: skip


def is_on(part: str) -> bool:
    """Tell whether the host uses ``part``, one of :data:`PARTS`. Raises ``KeyError`` for another name."""
    return bool(setting(part))


class SwitchedPattern(URLPattern):
    """An address of a part: while the part is off, Django goes on to the next pattern."""

    part = ""

    def resolve(self, path: str) -> ResolverMatch | None:
        return super().resolve(path) if is_on(self.part) else None


def switched(part: str, patterns: Iterable[Any]) -> list[Any]:
    """Addresses that are made already, as those of ``part``."""
    return [_switched(part, pattern) for pattern in patterns]


def _switched(part: str, plain: URLPattern) -> SwitchedPattern:
    pattern = SwitchedPattern(plain.pattern, plain.callback, plain.default_args, plain.name)
    pattern.part = part
    return pattern


def path_of(part: str, route: Any, view: Callable[..., Any], name: str | None = None) -> SwitchedPattern:
    """Django's ``path()`` for an address that belongs to ``part``."""
    return _switched(part, path(route, view, name=name))
