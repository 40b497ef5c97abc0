"""What is sent: the body of a message, its id, and one attempt to deliver it."""

import datetime as dt
import json
import time
from typing import Any

from django.utils import timezone

from wagtail_newsroom.news.delivery.webhooks.changes import Change, written
from wagtail_newsroom.news.delivery.webhooks.posting import Outcome, post
from wagtail_newsroom.news.delivery.webhooks.signing import signed_headers
from wagtail_newsroom.news.models import DeliveryState, Webhook, WebhookDelivery

AGENT = "Wagtail-Newsroom-Webhooks"
ATTEMPTS_KEPT = 20
PING = "newsroom.ping"


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
        webhook=webhook, message_id=f"msg_{webhook.key.hex}_{change.cursor}", defaults=facts
    )
    if not is_new and message.state != DeliveryState.WAITING:  # everything since a moment is sent again
        for name, value in {**facts, "state": DeliveryState.WAITING, "tries": 0}.items():
            setattr(message, name, value)
        message.save()
    return message


def body_of(kind: str, at: dt.datetime, data: dict[str, Any]) -> str:
    """The body of a message; ``at``: when that happened of which it tells."""
    return json.dumps({"type": kind, "timestamp": written(at), "data": data}, ensure_ascii=False)


def attempt(webhook: Webhook, message: WebhookDelivery) -> Outcome:
    """Send ``message`` now, outside a transaction, signed with the secret and, for a while, with the former one."""
    body = message.body.encode()
    secrets = [webhook.secret]
    if webhook.former_secret and webhook.former_secret_until and webhook.former_secret_until > timezone.now():
        secrets.append(webhook.former_secret)
    headers = signed_headers(message.message_id, int(time.time()), body, secrets)
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
