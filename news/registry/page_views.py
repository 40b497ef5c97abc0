"""Which views answer for a page type: models name no view, views register for the model.

Every look-up goes along the classes of the page, nearest first, so that a host's subclass answers as ours does until the
host registers something of its own for it. Call these from ``AppConfig.ready()``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from wagtail_newsroom.news.registry.shelves import Shelf

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

PageFileView = Callable[[Any, "HttpRequest"], "HttpResponseBase"]
PageListing = Callable[[Any, "HttpRequest"], dict[str, Any]]
RetiredView = Callable[[Any, "HttpRequest", Any], "HttpResponseBase"]
FrontEndPreview = Callable[[Any, "HttpRequest"], "HttpResponseBase | None"]


@dataclass(frozen=True)
class PageReader:
    """How pages of a type are read for visitors, with few queries.

    ``read``: from the base row of the page that is asked for, the page as an object of its own type; ``prepare``: tells that
    object, once it is known that everybody may read it on this site, what its page shows.
    """

    read: Callable[[Any], Any]
    prepare: Callable[[Any, Any], None]


_files: Shelf[PageFileView] = Shelf("register_page_file", "the page file")
_listings: Shelf[PageListing] = Shelf("register_page_listing", "the listing of")
_readers: Shelf[PageReader] = Shelf("register_page_reader", "the reader of")
_retired_views: Shelf[RetiredView] = Shelf("register_retired_view", "the view of retired pages of")
_front_end_previews: Shelf[FrontEndPreview] = Shelf("register_front_end_preview", "the preview on another front end of")


def register_page_file(page_type: type[Any], name: str, view: PageFileView) -> None:
    """Let pages of ``page_type`` answer with a file below their own address (``event.ics``).

    ``name``: with a dot in it, so that no slug can be the same; ``view``: called with the page and the request.
    Raises ``ValueError`` for a name without a dot, :class:`RegistrationError` for one that is taken for this very type,
    and once files were asked for.
    """
    if "." not in name:
        raise ValueError(f"A page file needs a dot in its name, or it could be a page's slug: {name!r} has none.")
    _files.put(view, f"{_key(page_type)} {name}")


def page_files(page_type: type[Any]) -> dict[str, PageFileView]:
    """Return the files of pages of ``page_type`` by name: its own, and those of the classes above it."""
    files = _files.named()
    found: dict[str, PageFileView] = {}
    for key in [_key(each) for each in reversed(page_type.__mro__)]:
        found |= {name.removeprefix(f"{key} "): files[name] for name in files if name.startswith(f"{key} ")}
    return found


def register_page_listing(page_type: type[Any], listing: PageListing) -> None:
    """Say what makes the rows of the list pages of ``page_type``.

    ``listing``: called with the page and the request, returns what is added to the template's context.
    Raises :class:`RegistrationError` where this very type has one already, and once listings were asked for.
    """
    _listings.put(listing, _key(page_type))


def page_listing(page_type: type[Any]) -> PageListing | None:
    """Return the listing of ``page_type``, or of the nearest class above it; ``None`` for a list that makes its own rows."""
    return _nearest(_listings, page_type)


def register_page_reader(page_type: type[Any], reader: PageReader) -> None:
    """Say how a page of ``page_type`` is read for a visitor who asks for it: at once, with what it shows.

    Raises :class:`RegistrationError` where this very type has one already, and once readers were asked for.
    """
    _readers.put(reader, _key(page_type))


def page_reader(page_type: type[Any]) -> PageReader | None:
    """Return what reads pages of ``page_type``, or of the nearest class above it; ``None`` where Wagtail does."""
    return _nearest(_readers, page_type)


def register_retired_view(page_type: type[Any], view: RetiredView) -> None:
    """Say what answers at the address of a retired page of ``page_type``: called with page, request and retirement.

    Raises :class:`RegistrationError` where this very type has one already, and once such views were asked for.
    """
    _retired_views.put(view, _key(page_type))


def retired_view(page_type: type[Any]) -> RetiredView:
    """Return the view of retired pages of ``page_type``. Raises ``ImproperlyConfigured`` where there is none."""
    if (view := _nearest(_retired_views, page_type)) is None:
        name = page_type.__name__
        raise ImproperlyConfigured(
            f"Nothing answers for retired pages of {name}: call registry.register_retired_view({name}, …) in AppConfig.ready()."
        )
    return view


def register_front_end_preview(page_type: type[Any], view: FrontEndPreview) -> None:
    """Say what answers in the place of the preview of a page of ``page_type`` for which ``PREVIEW_URLS`` has an address.

    ``view``: called with the page as it was typed and the request of somebody who works in the admin; ``None`` leaves the
    answer to the page's own look. Raises :class:`RegistrationError` where this very type has one already, and once such
    views were asked for.
    """
    _front_end_previews.put(view, _key(page_type))


def front_end_preview(page_type: type[Any]) -> FrontEndPreview | None:
    """Return what answers for previews of ``page_type`` on another front end, or of the nearest class above it."""
    return _nearest(_front_end_previews, page_type)


def _key(page_type: type[Any]) -> str:
    """Name of a class under which something is registered: mixins and abstract types have no label."""
    return f"{page_type.__module__}.{page_type.__qualname__}"


def _nearest(shelf: Shelf[Any], page_type: type[Any]) -> Any:
    return next(shelf.along(page_type, _key), None)
