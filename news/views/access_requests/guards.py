"""What keeps robots and floods out of a public form without a cookie: a signed hour of opening, and counting senders."""

import datetime as dt
import hashlib
import ipaddress
import logging
import secrets
import time
from enum import Enum

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from wagtail_newsroom.news.conf import setting

SALT = "newsroom.requests.form"
# How long a form may lie open, and how long a person needs at least, in seconds.
MAX_AGE = 12 * 60 * 60
MIN_AGE = 3
DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


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

    The sender is a hash of the address with a random salt, which is made anew every day and kept nowhere but in the
    cache: from the next day on nobody can tell whose it was. Where the cache is down, the limit of the whole site holds.
    """
    today = timezone.localdate()
    try:
        salt = cache.get_or_set(f"newsroom-requests-salt-{today}", lambda: secrets.token_hex(16), timeout=DAY)
        key = f"newsroom-requests-{_sender(request, today, str(salt))}"
        cache.add(key, 0, timeout=DAY)
        return int(cache.incr(key)) > int(setting("ACCESS_REQUESTS_PER_SENDER"))
    except ValueError:  # it ran out between the two lines
        return False
    except Exception:
        logger.exception("Requests cannot be counted for each sender: the cache does not answer.")
        return False


def _sender(request: HttpRequest, today: dt.date, salt: str) -> str:
    return hashlib.sha256(f"{salt} {today} {sender_network(request)}".encode()).hexdigest()


def sender_network(request: HttpRequest) -> str:
    """Where the request comes from: an IPv4 address, or the /64 network that one subscriber has of IPv6.

    Behind ``PROXIES`` proxies it is what the outermost of them saw; what stands before that anybody may have written.
    """
    address, proxies = str(request.META.get("REMOTE_ADDR", "")), int(setting("PROXIES"))
    seen = [each.strip() for each in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if each.strip()]
    if 0 < proxies <= len(seen):
        address = seen[-proxies]
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)
