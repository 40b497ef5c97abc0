"""Signatures of Standard Webhooks (https://www.standardwebhooks.com), version 1: HMAC-SHA256 over id, moment and body."""

import base64
import hashlib
import hmac
from collections.abc import Iterable

from wagtail_newsroom.news.models.delivery.webhooks import SECRET_PREFIX


def signed_headers(message_id: str, moment: int, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The three headers of a message; ``moment``: that of the attempt, in seconds since 1970.

    One signature for each of ``secrets``: while a new one takes the place of an old one, the receiver checks by either.
    """
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(moment),
        "webhook-signature": " ".join(_signature(message_id, moment, body, secret) for secret in secrets),
    }


def _signature(message_id: str, moment: int, body: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    digest = hmac.new(key, b"%s.%d.%s" % (message_id.encode(), moment, body), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode('ascii')}"
