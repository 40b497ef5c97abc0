"""What is sent: the body of a message, its id, and one attempt to deliver it."""

import datetime as dt
import json
import secrets
import time
from typing import Any

from django.utils import timezone

from wagtail_newsroom.news.delivery.webhooks.changes import Change
from wagtail_newsroom.news.delivery.webhooks.posting import Outcome, post
from wagtail_newsroom.news.delivery.webhooks.signing import signed_headers
from wagtail_newsroom.news.models import DeliveryState, Webhook, WebhookDelivery
from wagtail_newsroom.news.models.delivery.webhooks import newest_change
from wagtail_newsroom.news.publishing.changes.events import written

AGENT = "Wagtail-Newsroom-Webhooks"
ATTEMPTS_KEPT = 20
PING = "newsroom.ping"
FULL_SYNC = "newsroom.full_sync"


def message_of(webhook: Webhook, change: Change) -> WebhookDelivery:
    """The message that tells ``webhook`` of ``change``: a new one, or the one that was sent before, under the same id."""
    facts = {
        "record_id": change.cursor,
        "type": f"newsroom.{change.kind}",
        "subject": change.subject,
        "path": change.path,
        "body": body_of(f"newsroom.{change.kind}", change.at, change.data),
    }
    message, is_new = WebhookDelivery.objects.get_or_create(
        webhook=webhook, message_id=message_id(webhook, str(change.cursor)), defaults=facts
    )
    if not is_new and message.state != DeliveryState.WAITING:  # everything since a moment is sent again
        for name, value in {**facts, "state": DeliveryState.WAITING, "tries": 0}.items():
            setattr(message, name, value)
        message.save()
    return message


def full_sync_of(webhook: Webhook) -> WebhookDelivery:
    """The message that changes are lost to ``webhook``: it has to read everything anew, and is told of what comes after."""
    if (waiting := webhook.deliveries.filter(type=FULL_SYNC, state=DeliveryState.WAITING).first()) is not None:
        return waiting
    newest, now = newest_change(), timezone.now()
    return WebhookDelivery.objects.create(
        webhook=webhook,
        message_id=message_id(webhook, f"full_sync_{secrets.token_hex(6)}"),
        record_id=newest,
        type=FULL_SYNC,
        body=body_of(FULL_SYNC, now, {"cursor": newest}),
    )


def message_id(webhook: Webhook, what: str) -> str:
    """An id that is one of its kind for the receiver, also where several newsrooms send to it."""
    return f"msg_{webhook.key.hex[:12]}_{what}"


def body_of(kind: str, at: dt.datetime, data: dict[str, Any]) -> str:
    """The body of a message; ``at``: when that happened of which it tells."""
    return json.dumps({"type": kind, "timestamp": written(at), "data": data}, ensure_ascii=False)


def attempt(webhook: Webhook, message: WebhookDelivery) -> Outcome:
    """Send ``message`` now, outside a transaction, signed with the secret and, for a while, with the former one."""
    body = message.body.encode()
    keys = [webhook.secret]
    if webhook.former_secret and webhook.former_secret_until and webhook.former_secret_until > timezone.now():
        keys.append(webhook.former_secret)
    headers = signed_headers(message.message_id, int(time.time()), body, keys)
    return post(webhook.url, body, {"Content-Type": "application/json", "User-Agent": AGENT, **headers})


def noted(message: WebhookDelivery, outcome: Outcome, at: dt.datetime) -> list[dict[str, Any]]:
    """The attempts of ``message`` with this one, the latest last."""
    line = {
        "at": written(at),
        "ms": outcome.ms,
        "status": outcome.status,
        "error": outcome.error,
        "said": outcome.said,
    }
    return [*message.attempts, line][-ATTEMPTS_KEPT:]
