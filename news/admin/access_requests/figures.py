"""Figures on requests for accessible versions, for the report that public bodies owe every four years.

They are counted from the register, hold no personal data, and stay when the personal data are deleted.
"""

import datetime as dt
from statistics import median
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import HeaderButton

from wagtail_newsroom.news.admin.dates import TypedDateInput
from wagtail_newsroom.news.enums import AccessForm, RequestedKind, RequestState
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.publishing.access_requests.handling import may_see

YEARS = 4


class PeriodForm(forms.Form):
    """The days of receipt that are counted."""

    first = forms.DateField(label=pgettext("period", "From"), widget=TypedDateInput)
    last = forms.DateField(label=pgettext("period", "To"), widget=TypedDateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The period ends before it begins. Correct one of the two days."))
        return cleaned


def default_period() -> dict[str, dt.date]:
    """The last four years, this one included."""
    today = timezone.localdate()
    return {"first": dt.date(today.year - YEARS + 1, 1, 1), "last": today}


def figures(first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """What the report asks for, of requests received from ``first`` to ``last``: rows of ``group, figure, value``."""
    rows = list(
        AccessRequest.objects.filter(received_at__date__range=(first, last)).only(
            "state", "kind", "wished_form", "received_at", "due_on", "extended_until", "answered_at"
        )
    )
    closed = [row for row in rows if row.answered_at and row.state != RequestState.WITHDRAWN]
    took = [(timezone.localtime(row.answered_at).date() - row.received_on).days for row in closed if row.answered_at]
    whole, by_state, by_kind = gettext("All"), gettext("State"), gettext("About")
    by_form, time = gettext("Wished form"), gettext("Time")
    found: list[tuple[str, str, Any]] = [(whole, gettext("Requests received"), len(rows))]
    found += [(by_state, str(each.label), sum(row.state == each for row in rows)) for each in RequestState]
    found += [(by_kind, str(each.label), sum(row.kind == each for row in rows)) for each in RequestedKind]
    found += [(by_form, str(each.label), sum(row.wished_form == each for row in rows)) for each in AccessForm]
    found += [
        (time, gettext("Closed within 7 days of the Act"), sum(_within_due(row) for row in closed)),
        (time, gettext("Put off"), sum(row.extended_until is not None for row in rows)),
        (time, gettext("Closed in time"), sum(row.was_in_time is True for row in closed)),
        (time, gettext("Late, closed or not"), sum(row.was_in_time is False for row in rows)),
        (time, gettext("Days to the answer, median"), median(took) if took else ""),
        (time, gettext("Days to the answer, longest"), max(took) if took else ""),
    ]
    return [{"group": group, "figure": figure, "value": value} for group, figure, value in found]


def _within_due(row: AccessRequest) -> bool:
    return row.answered_at is not None and timezone.localtime(row.answered_at).date() <= row.due_on


class RequestFiguresView(SpreadsheetExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """The figures of a period, on the page or as a spreadsheet."""

    template_name = "newsroom_admin/access_requests/figures.html"
    page_title = _("Figures for the report")
    header_icon = "order"
    list_export = ["group", "figure", "value"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_see(request.user):
            raise PermissionDenied
        given = {name: request.GET[name] for name in ("first", "last") if name in request.GET}
        self.form = PeriodForm({**default_period(), **given})
        self.form.is_valid()
        period = self.form.cleaned_data if self.form.is_valid() else default_period()
        self.first, self.last = period["first"], period["last"]
        self.export = request.GET.get("export")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.export in self.FORMATS and self.form.is_valid():
            return self.as_spreadsheet(figures(self.first, self.last), self.export)
        return super().get(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"access-requests-{self.first}-{self.last}"

    def get_heading(self, queryset: Any, field: str) -> str:
        headings = {"group": gettext("Group"), "figure": gettext("Figure"), "value": gettext("Value")}
        return headings[field]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        register = {"url": reverse("newsroom_requests_modeladmin_index"), "label": gettext("Requests for access")}
        return [*self.breadcrumbs_items, register, {"url": "", "label": str(self.page_title)}]

    def get_header_buttons(self) -> list[HeaderButton]:
        query = f"?first={self.first}&last={self.last}&export="
        return [
            HeaderButton(
                gettext("Download %(format)s") % {"format": name.upper()}, url=query + name, icon_name="download"
            )
            for name in ("csv", "xlsx")
        ]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return self.get_header_buttons()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = figures(self.first, self.last) if self.form.is_valid() else []
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(row["group"], []).append(row)
        return {**super().get_context_data(**kwargs), "form": self.form, "groups": groups, "media": self.form.media}
