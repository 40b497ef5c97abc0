"""The desk as a page of its own, below an item of the newsroom's menu."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from wagtail_newsroom.news.admin.desk.home import Desk
from wagtail_newsroom.news.admin.desk.members import desk_is_home, has_desk
from wagtail_newsroom.news.admin.desk.schedule import begin_report
from wagtail_newsroom.news.admin.menu.places import DESK, SUBMENU_HOOK


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """The desk of whoever asks, members of the newsroom's groups and superusers only."""

    template_name = "newsroom_admin/desk/index.html"
    page_title = _("Desk")
    header_icon = "desktop"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_desk(request.user):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "desk": Desk(self.request)}


class DeskItem(MenuItem):
    """Shown to those whose desk is not the admin's home already."""

    def is_shown(self, request: HttpRequest) -> bool:
        return has_desk(request.user) and not desk_is_home(request.user)


class DeskViewSet(ViewSet):
    """The desk, and what its buttons do."""

    menu_label = _("Desk")
    menu_icon = icon = "desktop"
    menu_hook = SUBMENU_HOOK
    menu_order = DESK
    menu_item_class = DeskItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", DeskView.as_view(), name="index"),
            path("events/<int:event_id>/report/", begin_report, name="start_report"),
        ]
