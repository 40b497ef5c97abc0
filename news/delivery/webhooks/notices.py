"""E-mails to those who look after webhooks, where a target gave cause for one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.utils import get_admin_base_url

from wagtail_newsroom.news.delivery.webhooks.posting import Outcome
from wagtail_newsroom.news.delivery.webhooks.words import reason
from wagtail_newsroom.news.models import Webhook, WebhookDelivery
from wagtail_newsroom.news.publishing.mail import send_later


def tell_stopped(webhook: Webhook, outcome: Outcome) -> None:
    """Write that nothing is sent to ``webhook`` until somebody switches it on again."""
    _write(
        webhook,
        outcome,
        lambda: gettext("“%(name)s” is not sent messages any more") % {"name": webhook.name},
        lambda: (
            gettext(
                "The webhook “%(name)s” has accepted nothing for a day, or says that it is gone. It is switched off. "
                "What changes meanwhile is kept for 90 days and sent once you switch it on again."
            )
            % {"name": webhook.name}
        ),
    )


def tell_given_up(webhook: Webhook, message: WebhookDelivery, outcome: Outcome) -> None:
    """Write that ``message`` was refused for a day, and that the next ones are sent."""
    words = {"name": webhook.name, "message": message.message_id}
    _write(
        webhook,
        outcome,
        lambda: gettext("“%(name)s” does not accept a message") % words,
        lambda: (
            gettext(
                "The webhook “%(name)s” has refused the message %(message)s for a day. It is given up, and the next ones are "
                "sent. You can send it again from the log."
            )
            % words
        ),
    )


def _write(webhook: Webhook, outcome: Outcome, subject: Callable[[], str], text: Callable[[], str]) -> None:
    for user in _people_in_charge():
        profile = getattr(user, "wagtail_userprofile", None)
        language = profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
        with translation.override(language):
            address = f"{get_admin_base_url() or ''}{reverse('newsroom_webhooks:inspect', args=[webhook.pk])}"
            why = reason({"error": outcome.error, "status": outcome.status})
            send_later(subject(), f"{text()}\n\n{why}\n\n{address}", user.email)


def _people_in_charge() -> list[Any]:
    """Active people with an e-mail address who look after webhooks."""
    right = Permission.objects.filter(content_type__app_label="newsroom", codename="change_webhook")
    may = Q(groups__permissions__in=right) | Q(user_permissions__in=right) | Q(is_superuser=True)
    people = get_user_model()._default_manager.filter(may, is_active=True).exclude(email="")
    return list(people.select_related("wagtail_userprofile").distinct())
