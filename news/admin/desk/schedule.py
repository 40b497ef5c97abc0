"""The whole plan of publications as a page, and what the desk's buttons do."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from wagtail_newsroom.news.admin.desk import queries
from wagtail_newsroom.news.admin.desk.calendar import days_of, weeks_of
from wagtail_newsroom.news.admin.desk.members import desk_url
from wagtail_newsroom.news.admin.lists.pages import PagesOnly
from wagtail_newsroom.news.admin.menu.places import SCHEDULE, SUBMENU_HOOK
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.publishing.copying.reports import create_report

MOST = 500


class ScheduleView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Week by week: what goes live, what retires, and what is planned, of the pages that the person may see."""

    model = Page
    any_permission_required = ["add", "change", "publish", "bulk_delete", "lock", "unlock"]
    template_name = "newsroom_admin/desk/schedule/index.html"
    page_title = gettext_lazy("Schedule")
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = queries.planned(self.request.user, limit=MOST)
        return {
            **super().get_context_data(**kwargs),
            "weeks": weeks_of(days_of(plan, self.request.user)),
            "failures": queries.failures(self.request.user).rows,
        }


class ScheduleViewSet(ViewSet):
    menu_label = _("Schedule")
    menu_icon = icon = "calendar-alt"
    menu_hook = SUBMENU_HOOK
    menu_order = SCHEDULE
    menu_item_class = PagesOnly

    def get_urlpatterns(self) -> list[Any]:
        return [path("", ScheduleView.as_view(), name="index")]


@require_POST
def begin_report(request: HttpRequest, event_id: int) -> HttpResponse:
    """Create the draft of a report on an event that the person may change, and open it."""
    event = get_object_or_404(EventPage, pk=event_id)
    if not event.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    try:
        report = create_report(event, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(desk_url(request.user))
    messages.success(request, gettext("The report is begun. Only you and the publishers see it until it is published."))
    return redirect("wagtailadmin_pages:edit", report.pk)
