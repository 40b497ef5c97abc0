"""What can be done with a webhook: a ping, sending again, its secret, switching it on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import LogFormatter

from wagtail_newsroom.news.admin.webhooks.forms import MessageForm, SinceForm
from wagtail_newsroom.news.caching import PRIVATE
from wagtail_newsroom.news.delivery.webhooks import acts
from wagtail_newsroom.news.models import Webhook


@dataclass(frozen=True)
class Said:
    """What an act answers: words, and a secret where one is to be shown."""

    words: str
    secret: str = ""


@dataclass(frozen=True)
class WebhookAct:
    """One act on a webhook: its words, its form, and what does it."""

    name: str
    label: str | Promise
    question: str | Promise
    do: Callable[[Webhook, Any, dict[str, Any]], Said]
    form: type[forms.Form] = forms.Form


def _ping(webhook: Webhook, user: Any, typed: dict[str, Any]) -> Said:
    acts.ping(webhook)
    return Said(gettext("A test message is on its way. Reload this page in half a minute to see what came of it."))


def _again(webhook: Webhook, user: Any, typed: dict[str, Any]) -> Said:
    message = get_object_or_404(webhook.deliveries, pk=typed["message"])
    acts.send_again(message, user)
    return Said(gettext("The message is sent again. Reload this page in half a minute to see what came of it."))


def _since(webhook: Webhook, user: Any, typed: dict[str, Any]) -> Said:
    number = acts.send_since(webhook, typed["since"], user)
    words = ngettext(
        "%(number)s change is looked through, and sent where this webhook wants it.",
        "%(number)s changes are looked through, and sent where this webhook wants them.",
        number,
    )
    return Said(words % {"number": number})


def _switch_on(webhook: Webhook, user: Any, typed: dict[str, Any]) -> Said:
    acts.switch_on(webhook, user)
    return Said(gettext("Messages are sent again, from where it stopped."))


def _show(webhook: Webhook, user: Any, typed: dict[str, Any]) -> Said:
    return Said("", acts.show_secret(webhook, user))


def _renew(webhook: Webhook, user: Any, typed: dict[str, Any]) -> Said:
    words = gettext(
        "Enter the new secret in the receiving system. For three days messages are signed with the former one too."
    )
    return Said(words, acts.renew_secret(webhook, user))


WEBHOOK_ACTS = (
    WebhookAct(
        "ping", _("Send a test message"), _("It tells of nothing, and shows whether the receiver accepts it."), _ping
    ),
    WebhookAct(
        "since",
        _("Send everything again"),
        _(
            "Everything since a moment is sent once more, in order. Messages keep their ids, so that a receiver may know them."
        ),
        _since,
        SinceForm,
    ),
    WebhookAct(
        "secret",
        _("Show the secret"),
        _("The receiving system needs it to check signatures. Whoever has it can send messages in our name."),
        _show,
    ),
    WebhookAct(
        "renew",
        _("Make a new secret"),
        _("If somebody may have learned the secret. For three days messages are signed with both."),
        _renew,
    ),
    WebhookAct(
        "switch_on",
        _("Switch on again"),
        _("It was switched off because it accepted nothing for a day. What changed since then is sent now."),
        _switch_on,
    ),
    WebhookAct("again", _("Send again"), _("The message is sent once more, under the same id."), _again, MessageForm),
)


class WebhookActView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One act on a webhook, for whoever may change it."""

    model = Webhook
    permission_required = "change"
    template_name = "newsroom_admin/webhooks/act.html"
    header_icon = "link-external"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.user_has_permission("change"):
            raise PermissionDenied
        self.webhook = get_object_or_404(Webhook, pk=kwargs["pk"])
        found = next((act for act in WEBHOOK_ACTS if act.name == kwargs["act"]), None)
        if found is None:
            raise Http404
        self.act = found
        self.form_class = found.form
        if request.method != "POST" and found.form is MessageForm:
            return redirect(self.back_url)
        answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = PRIVATE
        return answer

    @property
    def back_url(self) -> str:
        return reverse("newsroom_webhooks:inspect", args=[self.webhook.pk])

    def get_page_title(self) -> str:
        return str(self.act.label)

    def get_page_subtitle(self) -> str:
        return self.webhook.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsroom_webhooks:index"), "label": gettext("Webhooks")},
            {"url": self.back_url, "label": self.webhook.name},
            {"url": "", "label": str(self.act.label)},
        ]

    def form_valid(self, form: Any) -> HttpResponse:
        said = self.act.do(self.webhook, self.request.user, form.cleaned_data)
        if said.secret:
            return self.render_to_response(self.get_context_data(form=form, said=said))
        messages.success(self.request, said.words)
        return redirect(self.back_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, act=self.act, back_url=self.back_url)


LOGGED: dict[str, str | Promise] = {
    acts.SHOWN: _("Secret shown"),
    acts.RENEWED: _("New secret made"),
    acts.SENT_BACK: _("Messages sent again"),
    acts.SWITCHED_ON: _("Switched on again"),
}


def register_webhook_log(actions: Any) -> None:
    """Teach Wagtail's log what was done with webhooks."""
    for name, words in LOGGED.items():
        formatter = type("WebhookFormatter", (LogFormatter,), {"label": words, "message": words})
        actions.register_action(name)(formatter)
