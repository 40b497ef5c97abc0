"""What keeps robots and floods out of a public form without a cookie: a signed hour of opening, and counting senders."""

import secrets
import time
from enum import Enum

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.traffic.throttles import Limits, take_attempt

SALT = "newsroom.requests.form"
# How long a form may lie open, and how long a person needs at least, in seconds.
MAX_AGE = 12 * 60 * 60
MIN_AGE = 3
DAY = 24 * 60 * 60


class Token(Enum):
    """What a form's token is worth."""

    GOOD = "good"
    TOO_YOUNG = "too young"
    EXPIRED = "expired"
    FORGED = "forged"


def new_token(key: str) -> str:
    """A token for one opening of the form about the item ``key``."""
    return signing.dumps([key, secrets.token_hex(8), int(time.time())], salt=SALT)


def check_token(token: str, key: str) -> Token:
    """Tell whether ``token`` was made by us for the item ``key``, not too long and not too shortly ago."""
    try:
        made_for, _once, made_at = signing.loads(token[:500], salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return Token.FORGED
    if made_for != key:
        return Token.FORGED
    age = time.time() - made_at
    if age > MAX_AGE:
        return Token.EXPIRED
    return Token.GOOD if age >= MIN_AGE else Token.TOO_YOUNG


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
