"""What administrators do with a target. Each act is done at once; what it sends is sent by the scheduler."""

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from wagtail_newsroom.news.delivery.webhooks.messages import PING, body_of, message_id
from wagtail_newsroom.news.models import ChangeRecord, DeliveryState, Webhook, WebhookDelivery
from wagtail_newsroom.news.models.delivery.webhooks import new_secret

BOTH_SECRETS_FOR = dt.timedelta(days=3)
# What stands in the history of a target.
SHOWN, RENEWED, SENT_BACK = (
    "newsroom.webhook.secret_shown",
    "newsroom.webhook.new_secret",
    "newsroom.webhook.sent_again",
)
SWITCHED_ON = "newsroom.webhook.switched_on"


def ping(webhook: Webhook) -> WebhookDelivery:
    """Have a message sent that tells of nothing, also to a target that is switched off."""
    now = timezone.now()
    return WebhookDelivery.objects.create(
        webhook=webhook,
        message_id=message_id(webhook, f"ping_{secrets.token_hex(6)}"),
        type=PING,
        body=body_of(PING, now, {"webhook": webhook.name}),
        by_hand=True,
        asked_at=now,
    )


@transaction.atomic
def send_again(message: WebhookDelivery, user: Any = None) -> None:
    """Have ``message`` sent once more, under the same id, before what waits. One that waits is tried at once."""
    webhook = Webhook.objects.get(pk=message.webhook_id)
    if message.record_id is not None and message.record_id > (webhook.cursor or 0):
        Webhook.objects.filter(pk=webhook.pk).update(next_attempt_at=None)
    else:
        WebhookDelivery.objects.filter(pk=message.pk).update(
            by_hand=True, asked_at=timezone.now(), state=DeliveryState.WAITING, tries=0
        )
    log(instance=webhook, action=SENT_BACK, user=user, data={"message": message.message_id})


@transaction.atomic
def send_since(webhook: Webhook, since: dt.datetime, user: Any = None) -> int:
    """Have everything since a moment sent again, in order, under the same ids; return how many changes that are."""
    cursor = Webhook.objects.values_list("cursor", flat=True).get(pk=webhook.pk) or 0
    first = ChangeRecord.objects.filter(at__gte=since).order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        cursor = min(cursor, first - 1)
    webhook.deliveries.filter(record_id__gt=cursor).update(by_hand=False)
    Webhook.objects.filter(pk=webhook.pk).update(cursor=cursor, next_attempt_at=None)
    log(instance=webhook, action=SENT_BACK, user=user, data={"since": since.isoformat()})
    return ChangeRecord.objects.filter(pk__gt=cursor).count()


@transaction.atomic
def switch_on(webhook: Webhook, user: Any = None) -> None:
    """Go on where a target stopped that was switched off after a day of failures."""
    Webhook.objects.filter(pk=webhook.pk).update(stopped_at=None, failing_since=None, next_attempt_at=None)
    log(instance=webhook, action=SWITCHED_ON, user=user)


@transaction.atomic
def renew_secret(webhook: Webhook, user: Any = None) -> str:
    """Give ``webhook`` another secret and return it. For three days messages are signed with the former one too."""
    former = Webhook.objects.values_list("secret", flat=True).get(pk=webhook.pk)
    fresh = new_secret()
    Webhook.objects.filter(pk=webhook.pk).update(
        secret=fresh, former_secret=former, former_secret_until=timezone.now() + BOTH_SECRETS_FOR
    )
    log(instance=webhook, action=RENEWED, user=user)
    return fresh


def show_secret(webhook: Webhook, user: Any = None) -> str:
    """The secret, and a line in the target's history that it was shown."""
    log(instance=webhook, action=SHOWN, user=user)
    return webhook.secret
