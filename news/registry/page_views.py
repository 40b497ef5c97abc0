"""Which views answer for a page type: models name no view, views register for the model.

Every look-up goes along the classes of the page, nearest first, so that a host's subclass answers as ours does until the
host registers something of its own for it. Call these from ``AppConfig.ready()``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

PageFileView = Callable[[Any, "HttpRequest"], "HttpResponseBase"]
PageListing = Callable[[Any, "HttpRequest"], dict[str, Any]]
RetiredView = Callable[[Any, "HttpRequest", Any], "HttpResponseBase"]

_files: dict[type[Any], dict[str, PageFileView]] = {}
_listings: dict[type[Any], PageListing] = {}
_retired_views: dict[type[Any], RetiredView] = {}


def register_page_file(page_type: type[Any], name: str, view: PageFileView) -> None:
    """Let pages of ``page_type`` answer with a file below their own address (``event.ics``).

    ``name``: with a dot in it, so that no slug can be the same; ``view``: called with the page and the request.
    Raises ``ValueError`` for a name without a dot, or one that is taken for this very type.
    """
    if "." not in name:
        raise ValueError(f"A page file needs a dot in its name, or it could be a page's slug: {name!r} has none.")
    files = _files.setdefault(page_type, {})
    if name in files:
        raise ValueError(f"A page file named {name!r} is registered for {page_type.__name__} already.")
    files[name] = view


def page_files(page_type: type[Any]) -> dict[str, PageFileView]:
    """Return the files of pages of ``page_type`` by name: its own, and those of the classes above it."""
    found: dict[str, PageFileView] = {}
    for each in page_type.__mro__:
        found = {**_files.get(each, {}), **found}
    return found


def register_page_listing(page_type: type[Any], listing: PageListing) -> None:
    """Say what makes the rows of the list pages of ``page_type``.

    ``listing``: called with the page and the request, returns what is added to the template's context.
    Raises ``ValueError`` where this very type has one already.
    """
    if page_type in _listings:
        raise ValueError(f"A listing is registered for {page_type.__name__} already.")
    _listings[page_type] = listing


def page_listing(page_type: type[Any]) -> PageListing | None:
    """Return the listing of ``page_type``, or of the nearest class above it; ``None`` for a list that makes its own rows."""
    return _nearest(_listings, page_type)


def register_retired_view(page_type: type[Any], view: RetiredView) -> None:
    """Say what answers at the address of a retired page of ``page_type``: called with page, request and retirement.

    Raises ``ValueError`` where this very type has one already.
    """
    if page_type in _retired_views:
        raise ValueError(f"A view of retired pages is registered for {page_type.__name__} already.")
    _retired_views[page_type] = view


def retired_view(page_type: type[Any]) -> RetiredView:
    """Return the view of retired pages of ``page_type``. Raises ``ImproperlyConfigured`` where there is none."""
    if (view := _nearest(_retired_views, page_type)) is None:
        name = page_type.__name__
        raise ImproperlyConfigured(
            f"Nothing answers for retired pages of {name}: call registry.register_retired_view({name}, …) in AppConfig.ready()."
        )
    return view


def _nearest(views: dict[type[Any], Any], page_type: type[Any]) -> Any:
    return next((views[each] for each in page_type.__mro__ if each in views), None)
