"""What keeps robots and floods out of a public form without a cookie: tokens for one sending, and counting senders."""

import logging
import secrets
import time
from enum import Enum
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.publishing.access_requests.flood import is_flooded, is_one_of_many
from wagtail_newsroom.news.traffic.counters import key_of
from wagtail_newsroom.news.traffic.senders import sender_of
from wagtail_newsroom.news.traffic.throttles import Limits, is_within, take_attempt

SALT = "newsroom.requests.form"
# How long a form may lie open, and how long a person needs at least, in seconds.
MAX_AGE = 12 * 60 * 60
MIN_AGE = 3
# While many of a kind arrive, some wait this long and send theirs once more.
SECOND_LOOK = 30
DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


class Token(Enum):
    """What a form's token is worth."""

    GOOD = "good"
    TOO_YOUNG = "too young"
    EXPIRED = "expired"
    FORGED = "forged"


def new_token(key: str, *, wait: int = 0) -> str:
    """A token for one opening of the form about the item ``key``; ``wait``: seconds before it is good, for a second look."""
    made_at = int(time.time()) + max(0, wait - MIN_AGE)
    return signing.dumps([key, secrets.token_hex(8), made_at, bool(wait)], salt=SALT)


def check_token(token: str, key: str, *, min_age: int = MIN_AGE) -> Token:
    """Tell whether ``token`` was made by us for the item ``key``, not too long and not too shortly ago."""
    try:
        made_for, _once, made_at, _waited = _parts(token)
    except (signing.BadSignature, ValueError, TypeError):
        return Token.FORGED
    if made_for != key:
        return Token.FORGED
    age = time.time() - made_at
    if age > MAX_AGE:
        return Token.EXPIRED
    return Token.GOOD if age >= min_age else Token.TOO_YOUNG


def made_to_wait(token: str) -> bool:
    """Whether this good token was given out for a second look."""
    return bool(_parts(token)[3])


def spend_token(token: str, sending: str) -> bool:
    """Use a good token up for ``sending``; whether it was unused, or used for this very sending (a double click).

    Where the cache is down it counts as unused.
    """
    key = key_of("token", _parts(token)[1])
    try:
        return cache.add(key, sending, timeout=MAX_AGE) or cache.get(key) == sending
    except Exception:
        logger.exception("Tokens of forms cannot be used up: the cache does not answer.")
        return True


def _parts(token: str) -> Any:
    made_for, once, made_at, waited = signing.loads(token[:500], salt=SALT)
    return made_for, once, made_at, waited


def sending_of(typed: QueryDict) -> str:
    """A keyed hash of one opening of the form and all that was typed into it: the same sending has the same one."""
    parts = "\0".join(f"{name}={value}" for name in sorted(typed) for value in typed.getlist(name))
    return salted_hmac(SALT, parts, algorithm="sha256").hexdigest()


def sender_is_too_busy(request: HttpRequest) -> bool:
    """Count this request; tell whether its sender has sent more than ``ACCESS_REQUESTS_PER_SENDER`` today.

    A network of many addresses may send ten times as many. Where the cache is down nobody is counted.
    """
    most = int(setting("ACCESS_REQUESTS_PER_SENDER"))
    return take_attempt(request, "access request", "", Limits(DAY, most, 10 * most, most, 10 * most)) is None


def needs_second_look(request: HttpRequest, facts: dict[str, Any]) -> bool:
    """Whether this request has to be sent once more after a while: a flood is slowed, and shuts nobody out.

    That is one of many with the same text or the same e-mail address; and, while more arrive than usual, every one but
    the first of its sender. Somebody new who has something of their own to say is never asked.
    """
    if is_one_of_many(facts):
        return True
    return is_flooded() and not is_within(1, DAY, "first request in a flood", sender_of(request).address)
