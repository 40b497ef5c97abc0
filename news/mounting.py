"""Taking the newsroom into a project's addresses: below the project's own, right before Wagtail's."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import LocalePrefixPattern

from wagtail_newsroom.news.conf import setting

Pattern = URLPattern | URLResolver

WAGTAIL, OURS = "wagtail.urls", "wagtail_newsroom.news.urls"
DELIVERY = "wagtail_newsroom.news.api.v1.urls"
LLMS = "wagtail_newsroom.news.api.v1.llms_urls"


def with_newsroom(urlpatterns: Iterable[Pattern], *more: Pattern) -> list[Pattern]:
    """Return the addresses of a project with those of the newsroom's pages right before Wagtail's own.

    They are put where Wagtail is: inside ``i18n_patterns``, below a prefix. ``more`` (Wagtail's APIs, the sitemap) stands
    outside of both, below the project's addresses, and so does the delivery API, at ``API_PATH``; what the project answers
    itself, even behind Wagtail, stays the project's.
    Raises ``ImproperlyConfigured`` where Wagtail's addresses are not included.
    """
    patterns = list(urlpatterns)
    for place, each in enumerate(patterns):
        if (mounted := _mounted(each)) is not None:
            below = patterns[place + 1 :]
            theirs = {str(each.pattern) for each in below}
            ours = [each for each in (*_delivery(patterns), *more) if str(each.pattern) not in theirs]
            return [*patterns[:place], *ours, *mounted, *below]
    raise ImproperlyConfigured(
        "Wagtail's addresses were not found, so the newsroom's cannot be put before them. Call with_newsroom() after "
        'path("", include(wagtail.urls)), or put path("", include("wagtail_newsroom.news.urls")) before it yourself.'
    )


def _delivery(patterns: list[Pattern]) -> list[Pattern]:
    """The delivery API and ``llms.txt``, unless the project has put the API elsewhere or switched it off."""
    address = setting("API_PATH")
    own = any(getattr(getattr(each, "urlconf_name", None), "__name__", "") == DELIVERY for each in patterns)
    return [] if own or not address else [path(address, include(DELIVERY)), path("llms.txt", include(LLMS))]


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
