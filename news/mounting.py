"""Taking the newsroom into a project's addresses: below the project's own, right before Wagtail's."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import LocalePrefixPattern

Pattern = URLPattern | URLResolver

WAGTAIL, OURS = "wagtail.urls", "wagtail_newsroom.news.urls"


def with_newsroom(urlpatterns: Iterable[Pattern], *more: Pattern) -> list[Pattern]:
    """Return the addresses of a project with those of the newsroom's pages right before Wagtail's own.

    They are put where Wagtail is: inside ``i18n_patterns``, below a prefix. ``more`` (the API, the sitemap) stands outside
    of both, below the project's addresses; one that the project answers itself, even behind Wagtail, stays the project's.
    Raises ``ImproperlyConfigured`` where Wagtail's addresses are not included.
    """
    patterns = list(urlpatterns)
    for place, each in enumerate(patterns):
        if (mounted := _mounted(each)) is not None:
            below = patterns[place + 1 :]
            theirs = {str(each.pattern) for each in below}
            ours = [each for each in more if str(each.pattern) not in theirs]
            return [*patterns[:place], *ours, *mounted, *below]
    raise ImproperlyConfigured(
        "Wagtail's addresses were not found, so the newsroom's cannot be put before them. Call with_newsroom() after "
        'path("", include(wagtail.urls)), or put path("", include("wagtail_newsroom.news.urls")) before it yourself.'
    )


def _mounted(pattern: Pattern) -> list[Pattern] | None:
    """``pattern`` with the newsroom's addresses before Wagtail's; ``None`` where it does not hold those."""
    if not isinstance(pattern, URLResolver):
        return None
    if getattr(pattern.urlconf_name, "__name__", pattern.urlconf_name) == WAGTAIL:
        return [_beside(pattern), pattern]
    if isinstance(pattern.pattern, LocalePrefixPattern):
        inner: Any = pattern.urlconf_name
        return [URLResolver(pattern.pattern, with_newsroom(inner))] if _holds_wagtail(inner) else None
    return None


def _holds_wagtail(patterns: Any) -> bool:
    return isinstance(patterns, list | tuple) and any(_mounted(each) is not None for each in patterns)


def _beside(wagtail: URLResolver) -> URLResolver:
    """The newsroom's addresses below the prefix that Wagtail's have."""
    ours = path("", include(OURS))
    ours.pattern = wagtail.pattern
    return ours
