"""Counters that forget: kept in the cache, exact with many at once, in memory, in Redis and in the database alike."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router, transaction
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def key_of(*parts: object) -> str:
    """The name of a counter: a keyed hash, so that no address and no account stands in the cache."""
    text = "\0".join(str(part) for part in parts)
    return f"newsroom-count-{salted_hmac('newsroom.traffic', text, algorithm='sha256').hexdigest()}"


def count(key: str, seconds: int) -> int:
    """Add one to the counter ``key``, which is forgotten ``seconds`` after its first; return how many there are now.

    0 where the cache does not answer: then nobody is counted and nobody is stopped.
    """
    return _change(key, 1, seconds)


def uncount(key: str) -> None:
    """Take one back from the counter ``key``."""
    _change(key, -1, 0)


def _change(key: str, by: int, seconds: int) -> int:
    cache = caches["default"]
    try:
        if isinstance(cache, DatabaseCache):
            return _change_in_database(cache, key, by, seconds)
        if by > 0:
            cache.add(key, 0, timeout=seconds)
        return cache.incr(key, by)
    except ValueError:  # it ran out between the two lines, or long ago
        return max(by, 0)
    except Exception:
        logger.exception("Senders cannot be counted: the cache does not answer.")
        return 0


def _change_in_database(cache: DatabaseCache, key: str, by: int, seconds: int) -> int:
    """Django's own ``incr`` on this cache reads and writes in two steps, and lets the counter run out after 5 minutes."""
    with _alone(key, router.db_for_write(cache.cache_model_class)):
        now = time.time()
        number, ends = cache.get(key, (0, now + seconds))
        number = max(0, number + by)
        if ends > now:
            cache.set(key, (number, ends), timeout=max(1, round(ends - now)))
        return number


@contextmanager
def _alone(key: str, alias: str) -> Iterator[None]:
    """A transaction in which nobody else changes this counter: SQLite has one writer, PostgreSQL a lock by name."""
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])
        yield
