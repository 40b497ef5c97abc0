"""Wagtail's views of promoted results, which name pages of whatever section: as they are shown here, see ``admin/overrides/access.py``."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.contrib.search_promotions.views.settings import DeleteView, EditView, IndexView
from wagtail.models import Page

from wagtail_newsroom.news.naming import seen_pages


def seen_promotions(user: Any) -> QuerySet[SearchPromotion]:
    """Those of pages that ``user`` may see, and of addresses elsewhere."""
    pages = seen_pages(Page.objects.all(), user).order_by().values("pk")
    return SearchPromotion.objects.filter(Q(page=None) | Q(page__in=pages))


class SeenPromotions(IndexView):
    """A page is named to those who may see it; the words it is recommended for are named to all who recommend."""

    def get_base_queryset(self) -> Any:
        shown = Prefetch("editors_picks", queryset=seen_promotions(self.request.user).select_related("page"))
        return super().get_base_queryset().prefetch_related(None).prefetch_related(shown)


class WhollySeenMixin:
    """Of the recommendations for some words either all are shown or none: whoever saves the form saves all of them."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        query = super().get_object(*args, **kwargs)  # type: ignore[misc]  # the view's
        if query.editors_picks.exclude(pk__in=seen_promotions(self.request.user).values("pk")).exists():
            raise PermissionDenied
        return query


class EditSeenPromotions(WhollySeenMixin, EditView):
    """The form of the recommendations for some words."""


class DeleteSeenPromotions(WhollySeenMixin, DeleteView):
    """Taking back the recommendations for some words."""


# By the view of Wagtail's in whose place each stands.
VIEWS: dict[Any, Any] = {
    IndexView: SeenPromotions,
    EditView: EditSeenPromotions,
    DeleteView: DeleteSeenPromotions,
}
