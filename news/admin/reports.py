"""Reports of Wagtail that name pages of whatever section, as they are shown here: see ``admin/overrides/access.py``."""

from typing import Any

from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from wagtail_newsroom.news.naming import seen_pages


class SeenPageTypesView(PageTypesUsageReportView):
    """The page of each type that was edited last is named to those who may see it."""

    def decorate_paginated_queryset(self, page_types: Any) -> Any:
        page_types = super().decorate_paginated_queryset(page_types)
        ids = [item.last_edited_page.pk for item in page_types if item.last_edited_page]
        kept = set(seen_pages(Page.objects.filter(pk__in=ids), self.request.user).values_list("pk", flat=True))
        for item in page_types:
            if item.last_edited_page and item.last_edited_page.pk not in kept:
                item.last_edited_page = None
        return page_types
