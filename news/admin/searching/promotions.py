"""The list of promoted results names pages of whatever section: as it is shown here, see ``admin/overrides/access.py``."""

from typing import Any

from wagtail.contrib.search_promotions.views.settings import IndexView
from wagtail.models import Page

from wagtail_newsroom.news.naming import seen_pages


class SeenPromotions(IndexView):
    """A page is named to those who may see it; the words it is recommended for are named to all who recommend."""

    def decorate_paginated_queryset(self, queries: Any) -> Any:
        queries = super().decorate_paginated_queryset(queries)
        picks = {query: list(query.editors_picks.all()) for query in queries}
        ids = {pick.page_id for each in picks.values() for pick in each if pick.page_id}
        seen = set(seen_pages(Page.objects.filter(pk__in=ids), self.request.user).values_list("pk", flat=True))
        for query, each in picks.items():
            shown = [pick for pick in each if not pick.page_id or pick.page_id in seen]
            query._prefetched_objects_cache["editors_picks"] = shown
        return queries
