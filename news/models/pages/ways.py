"""How a page on the way to another one, and the page at the end of it, are read."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.queries.instances import as_type, read_of_type


class ReadOnTheWayMixin(models.Model):
    """As Wagtail does it; the page at the end is read as its type says (``registry.register_page_reader``)."""

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if not path_components or not _is_plain(type(self)):
            found: RouteResult = super().route(request, path_components)  # type: ignore[misc]  # the page's
            return found
        this: Any = self
        below = this.get_children().filter(slug=path_components[0]).first()
        if below is None:
            return super().route(request, path_components)  # type: ignore[misc]  # which says so
        below._cached_parent_obj = this
        return on_the_way(below, path_components[1:]).route(request, path_components[1:])


def on_the_way(page: Page, rest: list[str]) -> Any:
    """The base row ``page`` as a page of its own type, where ``rest`` of the address follows: with all that is its own only
    where it, or a file of it, is what is asked for. Files read what they need themselves."""
    model: Any = page.specific_class
    if model is None or not issubclass(model, ReadOnTheWayMixin):
        return page.specific
    reader = registry.page_reader(model)
    is_passed = rest and _is_plain(model) and rest[0] not in registry.page_files(model)
    read = reader.read if reader and not rest else lambda page: read_of_type(page, model)
    found = as_type(page, model) if is_passed else read(page)
    if hasattr(page, "_cached_parent_obj"):
        found._cached_parent_obj = page._cached_parent_obj
    return found


def _is_plain(model: type[Any]) -> bool:
    """Whether behind this mixin Wagtail's own way begins, not that of another mixin that finds more than pages."""
    behind = model.__mro__[model.__mro__.index(ReadOnTheWayMixin) + 1 :]
    found: Any = next(each for each in behind if "route" in vars(each))
    return bool(found.route == Page.route)
