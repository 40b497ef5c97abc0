"""What the address of a page says after the page was taken down on purpose."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models.pages.retirements import Retirement


class RetiredMixin(models.Model):
    """A page type whose retired pages answer: gone for a reason (410), or moved (301).

    A view is registered for it (:func:`wagtail_newsroom.news.registry.register_retired_view`). Only where readers could
    come before: a page that is restricted, itself or through one above, stays missing.
    """

    # What the page it is mixed into brings.
    url_path: Any
    get_view_restrictions: Any

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail; where nothing public is found, look for the page that readers knew at this very address."""
        try:
            return super().route(request, path_components)  # type: ignore[misc]  # the page's
        except NothingRetiredHere:
            raise  # looked for already, by a page below
        except Http404 as error:
            address = "".join([self.url_path, *(f"{part}/" for part in path_components)])
            retirement = retirement_at(address)
            if retirement is None or self.get_view_restrictions().exists():
                raise NothingRetiredHere(*error.args) from error
            return RouteResult(retirement.page.specific, kwargs={"retirement": retirement})

    def serve(self, request: HttpRequest, *args: Any, retirement: Retirement | None = None, **kwargs: Any) -> Any:
        if retirement is None:
            return super().serve(request, *args, **kwargs)  # type: ignore[misc]  # the page's
        return registry.retired_view(type(self))(self, request, retirement)


class NothingRetiredHere(Http404):
    """No page of ours was public at this address either."""


def retirement_at(url_path: str) -> Retirement | None:
    """Why the page that readers knew at ``url_path`` is gone; ``None`` where there was none, or it is restricted."""
    known = Retirement.objects.filter(url_path=url_path).order_by("-retired_at").select_related("page")
    for retirement in known:
        page = retirement.page
        if not page.live and issubclass(page.specific_class or Page, RetiredMixin):
            return None if page.get_view_restrictions().exists() else retirement
    return None


def is_retirable(page: Page) -> bool:
    """A page of a type of ours that was public once: whoever knows its address is owed an answer. No mirror is."""
    model = page.specific_class
    if page.alias_of_id:
        return False
    return model is not None and issubclass(model, RetiredMixin) and (page.live or page.first_published_at is not None)
