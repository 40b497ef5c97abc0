"""The register of requests for accessible versions: what is asked, until when, and how it was answered.

What leaves it as a spreadsheet, and what it can be searched by, holds no personal data.
"""

import datetime as dt
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from wagtail_newsroom.news.admin.access_requests.actions import REQUEST_ACTIONS
from wagtail_newsroom.news.admin.access_requests.desk import flood_words
from wagtail_newsroom.news.admin.lists.registers import (
    GuardedHistoryView,
    GuardedInspectView,
    RegisterButtons,
    RegisterIndexView,
)
from wagtail_newsroom.news.admin.menu.places import REQUESTS
from wagtail_newsroom.news.enums import RequestedKind, RequestState
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.publishing.access_requests.handling import latest_extension, may_answer, may_see
from wagtail_newsroom.news.switches import ACCESS_REQUESTS, switched
from wagtail_newsroom.news.wording import dates

SOON_DAYS = 2


class RequestPermissions(PermissionHelper):
    """Requests come from visitors, and are answered, never changed or deleted."""

    def user_can_list(self, user: Any) -> bool:
        return may_see(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return may_see(user)

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False

    def may(self, user: Any, actions: Any, obj: Any) -> bool:
        """Whoever may see one may see all."""
        return may_see(user)


class StateFilter(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", pgettext_lazy("requests", "Waiting for an answer")), *RequestState.choices]

    def queryset(self, request: Any, queryset: Any) -> Any:
        if self.value() == "open":
            return queryset.open()
        return queryset.filter(state=self.value()) if self.value() in RequestState.values else queryset


class DueFilter(SimpleListFilter):
    title = _("answer due")
    parameter_name = "due"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", pgettext_lazy("requests", "Overdue")), ("soon", pgettext_lazy("requests", "Due soon"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        today = timezone.localdate()
        if self.value() == "overdue":
            return queryset.overdue(today)
        if self.value() == "soon":
            soon = today + dt.timedelta(days=SOON_DAYS)
            return queryset.open().with_deadline().filter(deadline__range=(today, soon))
        return queryset


class PeriodFilter(SimpleListFilter):
    title = pgettext_lazy("requests", "year of receipt")
    parameter_name = "year"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        years = AccessRequest.objects.dates("received_at", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in years]

    def queryset(self, request: Any, queryset: Any) -> Any:
        known = {value for value, _label in self.lookup_choices}
        year = self.value()
        return queryset.filter(received_at__year=int(year)) if year and year in known else queryset


class KindFilter(SimpleListFilter):
    title = pgettext_lazy("requests", "what it is about")
    parameter_name = "kind"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return list(RequestedKind.choices)

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() in RequestedKind.values else queryset


class RequestIndexView(RegisterIndexView):
    """The list, with the way to the figures, and with what is to be known of a flood."""

    def furniture(self, view: Any, *, subtitle: str = "", buttons: Any = ()) -> dict[str, Any]:
        figures = HeaderButton(
            gettext("Figures for the report"), url=reverse("newsroom_request_figures"), icon_name="order"
        )
        return super().furniture(view, subtitle=flood_words() or subtitle, buttons=[figures, *buttons])


class RequestInspectView(GuardedInspectView):
    """One request: what was asked and told, and what can be done."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.instance
        actions = REQUEST_ACTIONS if row.is_open and may_answer(self.request.user) else ()
        return {
            **super().get_context_data(**kwargs),
            "row": row,
            "item_url": item_url(row, self.request.user),
            "due": due_words(row),
            "latest": dates.plain_date(latest_extension(row.received_on)),
            "actions": [(action, reverse("newsroom_request_action", args=[row.pk, action.name])) for action in actions],
            "history_url": self.url_helper.get_action_url("history", quote(row.pk)),
        }


def item_url(row: AccessRequest, user: Any) -> str:
    """Where what the request is about is changed; empty where it is gone or is not this person's."""
    if row.page is not None:
        may_edit = row.page.permissions_for_user(user).can_edit()
        return reverse("wagtailadmin_pages:edit", args=[row.page_id]) if may_edit else ""
    models = {RequestedKind.DOCUMENT: get_document_model(), RequestedKind.IMAGE: get_image_model()}
    model = models.get(RequestedKind(row.kind))
    found = model.objects.filter(pk=row.item_id).first() if model is not None else None
    if found is None or not found.is_editable_by_user(user):
        return ""
    name = "wagtaildocs:edit" if row.kind == RequestedKind.DOCUMENT else "wagtailimages:edit"
    return reverse(name, args=[found.pk])


def due_words(row: AccessRequest) -> str:
    """“1 grudnia 2026 (jeszcze 3 dni)”, “… (5 dni po terminie)”; the day alone once the request is closed."""
    day, left = dates.plain_date(row.last_day), row.days_left
    if not row.is_open:
        return day
    if left == 0:
        return gettext("%(day)s (today)") % {"day": day}
    if left > 0:
        words = ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    else:
        words = ngettext("%(count)s day overdue", "%(count)s days overdue", -left) % {"count": -left}
    return f"{day} ({words})"


class RequestRegister(ModelAdmin):
    """Who may answer sees all of them."""

    model = AccessRequest
    base_url_path = "newsroom_requests"
    menu_label = _("Requests for access")
    menu_icon = "mail"
    menu_order = REQUESTS
    permission_helper_class = RequestPermissions
    button_helper_class = RegisterButtons
    index_view_class = RequestIndexView
    inspect_view_class = RequestInspectView
    history_view_class = GuardedHistoryView
    inspect_view_enabled = True
    list_per_page = 50
    empty_value_display = ""
    list_display = ("number_and_title", "what", "received", "due", "how_it_stands")
    list_filter = (StateFilter, DueFilter, KindFilter, PeriodFilter)
    list_export = (
        "number", "what", "title", "wished", "received_day", "due_on", "extended_until", "how_it_stands", "closed_day",
        "in_time",
    )  # fmt: skip
    export_filename = "access-requests"
    search_fields = ("title",)
    ordering = ("-received_at", "-pk")
    index_template_name = "newsroom_admin/lists/registers/index.html"
    inspect_template_name = "newsroom_admin/access_requests/inspect.html"
    index_view_extra_css = ["newsroom/admin/lists/registers.css"]
    inspect_view_fields = ["wished_form", "barrier", "name", "email", "phone", "language", "clause"]

    def get_queryset(self, request: Any) -> Any:
        return AccessRequest.objects.order_by(*self.ordering)

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """The list and the pages of rows; nothing adds, changes or deletes one."""
        own = {self.url_helper.get_action_url_name(action) for action in ("index", "inspect", "history")}
        urls = (url for url in super().get_admin_urls_for_registration() if url.name in own)
        return tuple(switched(ACCESS_REQUESTS, urls))

    def register_admin_url_finders(self) -> None:
        """Nobody edits a request."""

    # Columns.

    def number_and_title(self, row: AccessRequest) -> str:
        return f"{row.number} · {row.title}"

    number_and_title.short_description = _("Request")  # type: ignore[attr-defined]
    number_and_title.admin_order_field = "pk"  # type: ignore[attr-defined]

    def number(self, row: AccessRequest) -> str:
        return row.number

    number.short_description = pgettext_lazy("of a request", "Number")  # type: ignore[attr-defined]

    def what(self, row: AccessRequest) -> str:
        return str(row.get_kind_display())

    what.short_description = _("About")  # type: ignore[attr-defined]
    what.admin_order_field = "kind"  # type: ignore[attr-defined]

    def wished(self, row: AccessRequest) -> str:
        return str(row.get_wished_form_display())

    wished.short_description = _("Wished form")  # type: ignore[attr-defined]

    def received(self, row: AccessRequest) -> str:
        return dates.plain_date(row.received_on)

    received.short_description = pgettext_lazy("state of a request", "Received")  # type: ignore[attr-defined]
    received.admin_order_field = "received_at"  # type: ignore[attr-defined]

    def received_day(self, row: AccessRequest) -> Any:
        return row.received_on

    received_day.short_description = pgettext_lazy("state of a request", "Received")  # type: ignore[attr-defined]

    def closed_day(self, row: AccessRequest) -> Any:
        return timezone.localtime(row.answered_at).date() if row.answered_at else ""

    closed_day.short_description = pgettext_lazy("state of a request", "Closed")  # type: ignore[attr-defined]

    def due(self, row: AccessRequest) -> str:
        return due_words(row)

    due.short_description = _("Answer due")  # type: ignore[attr-defined]
    due.admin_order_field = "due_on"  # type: ignore[attr-defined]

    def how_it_stands(self, row: AccessRequest) -> str:
        return str(row.get_state_display())

    how_it_stands.short_description = _("State")  # type: ignore[attr-defined]
    how_it_stands.admin_order_field = "state"  # type: ignore[attr-defined]

    def in_time(self, row: AccessRequest) -> str:
        words = {True: pgettext("in time", "Yes"), False: pgettext("in time", "No"), None: ""}
        return words[row.was_in_time]

    in_time.short_description = _("In time")  # type: ignore[attr-defined]
