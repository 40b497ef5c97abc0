"""Messages between machines through Redis, where the project's cache is one: they only shorten what the database tells.

Nothing is kept in Redis and nothing waits for it: one that is gone, slow or emptied costs a quarter of a second once in
a while, and half a second until another machine hears of a change.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from importlib import import_module
from threading import Thread
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)

CHANNEL = "newsroom:changed"
# Seconds that a message may take, and that Redis is left alone after it failed.
AT_MOST, REST = 0.25, 30.0
# Seconds between two attempts to listen to one that does not answer.
PAUSE = 5.0

_resting_until = 0.0


def announce() -> None:
    """Tell all that listen. Never raises: who hears nothing looks by himself."""
    global _resting_until
    client = _client()
    if client is None or time.monotonic() < _resting_until:
        return
    try:
        client.publish(CHANNEL, b"")
    except Exception as error:  # noqa: BLE001  (whatever a Redis that is not there does: an act goes on)
        _resting_until = time.monotonic() + REST
        logger.warning("Redis was told of no change (%s); other machines see it within half a second.", error)


def listen(wake: Callable[[], None]) -> None:
    """Call ``wake`` at each message, from a thread of its own; does nothing where the cache is no Redis."""
    if (address := _address()) is not None:
        Thread(target=_listen, args=[address, wake], name="newsroom-listener", daemon=True).start()


def _listen(address: str, wake: Callable[[], None]) -> None:
    is_told = False
    while True:
        try:
            client = _connect(address, None)
            with client.pubsub(ignore_subscribe_messages=True) as heard:
                heard.subscribe(CHANNEL)
                is_told = False
                wake()  # what was said before we listened
                for _message in heard.listen():
                    wake()
        except Exception as error:  # noqa: BLE001  (the same)
            if not is_told:
                is_told = True
                logger.warning(
                    "Redis tells of no changes (%s); those of other machines are seen within half a second.", error
                )
            time.sleep(PAUSE)


@cache
def _client() -> Any:
    address = _address()
    return None if address is None else _connect(address, AT_MOST)


def _address() -> str | None:
    cache_settings = settings.CACHES["default"]
    if not str(cache_settings["BACKEND"]).endswith(".RedisCache"):
        return None
    places = cache_settings["LOCATION"]
    return str(places.split(",")[0] if isinstance(places, str) else places[0])


def _connect(address: str, timeout: float | None) -> Any:
    redis = import_module("redis")  # only a project with such a cache has it
    return redis.Redis.from_url(
        address, socket_timeout=timeout, socket_connect_timeout=AT_MOST, health_check_interval=0
    )
