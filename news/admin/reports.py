"""Reports of Wagtail that name pages of whatever section: ours stand before them at the same addresses."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.auth import require_admin_access
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


def report_urls() -> list[URLPattern]:
    """For the hook ``register_admin_urls``, before Wagtail's own."""
    address = "reports/page-types-usage/"
    return [
        path(address, require_admin_access(SeenPageTypesView.as_view())),
        path(f"{address}results/", require_admin_access(SeenPageTypesView.as_view(results_only=True))),
    ]
