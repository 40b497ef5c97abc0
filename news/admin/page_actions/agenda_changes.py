"""The changes of an event's agenda: what was changed when, and whether readers see a notice of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.models import Page

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.publishing.updates.agenda_changes import history, show_change


class AgendaChangesView(WagtailAdminTemplateMixin, TemplateView):
    """The history of one event's programme, for people who may publish that very page."""

    page_title = _("Changes of the programme")
    header_icon = "history"
    template_name = "newsroom_admin/page_actions/agenda_changes.html"
    event: EventPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        page = Page.objects.filter(pk=kwargs["pk"]).first()
        if page is None or not page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        event = page.specific
        if not isinstance(event, EventPage):
            raise Http404
        self.event = event

    def get_page_subtitle(self) -> str:
        return str(self.event.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = get_breadcrumbs_items_for_page(self.event, self.request.user)
        return [*above, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page": self.event,
            "rows": history(self.event),
            "days": setting("AGENDA_CHANGES_SHOWN"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = request.POST.get("change", "")
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            raise Http404
        change = get_object_or_404(self.event.agenda_changes, pk=int(number))
        shown = request.POST.get("shown") == "1"
        if show_change(change, request.user, shown=shown):
            announced = gettext("Readers are told of the change.")
            messages.success(request, announced if shown else gettext("Readers are not told of the change any more."))
        return redirect("newsroom_agenda_changes", self.event.pk)
