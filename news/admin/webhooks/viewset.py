"""The list of webhooks, the page of each with its messages, and the addresses of both."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.core.paginator import Paginator
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_newsroom.news.admin.menu.places import SUBMENU_HOOK, WEBHOOKS
from wagtail_newsroom.news.admin.webhooks.acts import WEBHOOK_ACTS, WebhookActView
from wagtail_newsroom.news.admin.webhooks.forms import WebhookForm
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.delivery.webhooks.words import reason
from wagtail_newsroom.news.models import ChangeRecord, Webhook, WebhookDelivery
from wagtail_newsroom.news.publishing.schedule.due import is_scheduler_alive

MESSAGES_A_PAGE = 50


def when(moment: dt.datetime | None) -> str:
    """A moment as people read it: the hour alone where it is today."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    hour = date_format(local, "H:i")
    return hour if local.date() == timezone.localdate() else f"{date_format(local, 'SHORT_DATE_FORMAT')} {hour}"


def how_it_stands(webhook: Webhook) -> str:
    """How a target stands, in a sentence."""
    if webhook.stopped_at:
        return gettext("Switched off after a day without success, at %(when)s") % {"when": when(webhook.stopped_at)}
    if not webhook.active:
        return gettext("Switched off")
    if webhook.next_attempt_at and webhook.failing_since:
        words = {"since": when(webhook.failing_since), "next": when(webhook.next_attempt_at)}
        return gettext("Failing since %(since)s. We try again at %(next)s.") % words
    if webhook.failing_since:
        return gettext("Failing since %(since)s") % {"since": when(webhook.failing_since)}
    return gettext("In order")


def host_of(webhook: Webhook) -> str:
    """The server that messages are sent to; the whole address stands on its page."""
    return urlsplit(webhook.url).netloc


def changes_waiting(webhook: Webhook) -> str:
    """How many changes it is not told of yet, whether it wants them or not."""
    number = ChangeRecord.objects.filter(pk__gt=webhook.cursor or 0).count()
    if not number:
        return gettext("It is told of everything.")
    words = ngettext("%(number)s change is not looked at yet.", "%(number)s changes are not looked at yet.", number)
    return words % {"number": number}


def row_of(message: WebhookDelivery) -> dict[str, Any]:
    """A message, for the log: its attempts in words, the latest first."""
    lines = [
        {"at": parse_datetime(line["at"]), "ms": line["ms"], "reason": reason(line), "said": line["said"],
         "status": line["status"]}
        for line in reversed(message.attempts)
    ]  # fmt: skip
    return {"message": message, "last": lines[0] if lines else None, "earlier": lines[1:]}


class WebhookInspectView(generic.InspectView):
    """One target: how it stands, what can be done, the latest messages."""

    template_name = "newsroom_admin/webhooks/inspect.html"
    page_title = gettext_lazy("Webhook")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        webhook: Webhook = self.object
        pages = Paginator(webhook.deliveries.defer("body"), MESSAGES_A_PAGE)
        shown = pages.get_page(self.request.GET.get("p"))
        may_change = self.user_has_permission("change")
        acts = [
            {"label": act.label, "url": self.act_url(act.name)}
            for act in WEBHOOK_ACTS
            if act.name != "again" and (act.name != "switch_on" or webhook.stopped_at)
        ]
        return {
            **super().get_context_data(**kwargs),
            "state": how_it_stands(webhook),
            "is_troubled": bool(webhook.failing_since or webhook.stopped_at),
            "trouble": self.trouble(),
            "waiting": changes_waiting(webhook),
            "is_sent": is_scheduler_alive(),
            "acts": acts if may_change else [],
            "again_url": self.act_url("again") if may_change else "",
            "page": shown,
            "rows": [row_of(message) for message in shown],
            "elided_page_range": pages.get_elided_page_range(shown.number),
        }

    def act_url(self, name: str) -> str:
        return reverse("newsroom_webhooks:act", args=[self.object.pk, name])

    def trouble(self) -> str:
        """Why the message that holds up the others was not accepted."""
        webhook: Webhook = self.object
        waiting = webhook.deliveries.filter(record_id__gt=webhook.cursor or 0).order_by("record_id").first()
        return reason(waiting.attempts[-1]) if webhook.failing_since and waiting and waiting.attempts else ""


class WebhookIndexView(generic.IndexView):
    def get_edit_url(self, instance: Webhook) -> str | None:
        """The title leads to how it stands; editing is one click from there."""
        return self.get_inspect_url(instance)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "leads_here": setting("WEBHOOKS_ALLOW_LOOPBACK")}


class ToItsPage:
    """After saving, the page of the target: there the secret is shown and a test message sent."""

    object: Webhook

    def get_success_url(self) -> str:
        return reverse("newsroom_webhooks:inspect", args=[self.object.pk])


class WebhookCreateView(ToItsPage, generic.CreateView):
    def get_success_message(self, instance: Webhook) -> str:
        return gettext(
            "“%(name)s” is told of what changes from now on. Give its secret to the receiving system, then send a test message."
        ) % {"name": instance.name}


class WebhookEditView(ToItsPage, generic.EditView):
    pass


class WebhookViewSet(ModelViewSet):
    """Where messages about changes are sent to. For the newsroom's administrators."""

    model = Webhook
    menu_label = gettext_lazy("Webhooks")
    icon = "link-external"
    menu_hook = SUBMENU_HOOK
    menu_order = WEBHOOKS
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["name"]  # the secret is not among them
    add_to_reference_index = False
    list_display = [
        "name",
        Column(host_of, label=gettext_lazy("Address")),
        Column(how_it_stands, label=gettext_lazy("State")),
    ]
    search_fields = ["name"]
    index_view_class = WebhookIndexView
    index_results_template_name = "newsroom_admin/webhooks/index_results.html"
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView
    inspect_view_class = WebhookInspectView

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        return WebhookForm

    def get_urlpatterns(self) -> list[Any]:
        act = path("<int:pk>/<slug:act>/", WebhookActView.as_view(), name="act")
        return [*super().get_urlpatterns(), act]
