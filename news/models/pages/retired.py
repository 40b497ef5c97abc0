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
    pk: Any
    live: Any
    get_view_restrictions: Any

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        try:
            return super().route(request, path_components)  # type: ignore[misc]  # the page's
        except Http404:
            if path_components or self.live:
                raise
            retirement = self.shown_retirement
            if retirement is None:
                raise
            return RouteResult(self, kwargs={"retirement": retirement})

    def serve(self, request: HttpRequest, *args: Any, retirement: Retirement | None = None, **kwargs: Any) -> Any:
        if retirement is None:
            return super().serve(request, *args, **kwargs)  # type: ignore[misc]  # the page's
        return registry.retired_view(type(self))(self, request, retirement)

    @property
    def shown_retirement(self) -> Retirement | None:
        """Why and where to, as far as strangers may know; ``None`` where the page is restricted or never retired."""
        retirement = Retirement.objects.filter(page=self.pk).select_related("redirect_page").first()
        if retirement is None or self.get_view_restrictions().exists():
            return None
        return retirement


def is_retirable(page: Page) -> bool:
    """A page of a type of ours that was public once: whoever knows its address is owed an answer. No mirror is."""
    model = page.specific_class
    if page.alias_of_id:
        return False
    return model is not None and issubclass(model, RetiredMixin) and (page.live or page.first_published_at is not None)
