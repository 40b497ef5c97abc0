"""The caches that ``WAGTAILFRONTENDCACHE`` names, each as Wagtail's backend of it, and how one is asked to forget.

A backend of Wagtail's says in the log what it could not do, address by address, and goes on. Here that is an error, once.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

from wagtail.contrib.frontend_cache.backends import HTTPBackend
from wagtail.contrib.frontend_cache.backends.http import PurgeRequest
from wagtail.contrib.frontend_cache.utils import get_backends

from wagtail_newsroom.news.caching import purged_caches

WAGTAILS = logging.getLogger("wagtail.frontendcache")
STOCK_HTTP = (
    "wagtail.contrib.frontend_cache.backends.HTTPBackend",
    "wagtail.contrib.frontend_cache.backends.http.HTTPBackend",
)
# What a cache says of an address that it does not keep.
NOT_KEPT = (404, 410, 412)
# Seconds that a cache may take for one address, and for all of one act.
PATIENCE = 5
PATIENCE_FOR_ALL = 60


class PurgeError(Exception):
    """A cache did not forget what it was asked to forget. Its text says why."""


class PatientHTTPBackend(HTTPBackend):
    """Wagtail's for Varnish, Squid and nginx, with a deadline: one that hangs would hold up everything behind it."""

    def purge_batch(self, urls: list[str]) -> None:
        """Ask for each. Raises ``OSError``, and where it takes a minute altogether."""
        ends = time.monotonic() + PATIENCE_FOR_ALL
        for url in urls:
            if time.monotonic() > ends:
                raise TimeoutError("it takes too long")
            self.purge(url)

    def purge(self, url: str) -> None:
        """Ask for one address to be forgotten. Raises ``OSError``."""
        parts = urlsplit(url)
        place = (self.cache_scheme, self.cache_netloc, parts.path, parts.query, "")
        request = PurgeRequest(urlunsplit(place), headers={"Host": parts.netloc})
        try:
            with urlopen(request, timeout=PATIENCE):  # noqa: S310  (the address is the setting's)
                pass
        except HTTPError as error:
            with error:
                if error.code not in NOT_KEPT:
                    raise


def backend_called(name: str) -> Any:
    """The backend of that name; ``None`` where the settings have it no more."""
    caches = {
        key: {**said, "BACKEND": f"{__name__}.PatientHTTPBackend"} if said["BACKEND"] in STOCK_HTTP else said
        for key, said in purged_caches().items()
    }
    return get_backends(caches, [name]).get(name)


def forget(backend: Any, addresses: list[str]) -> None:
    """Have ``backend`` forget ``addresses``, those of its hosts. Raises :class:`PurgeError`."""
    own = [address for address in addresses if backend.invalidates_hostname(urlsplit(address).hostname)]
    if not own:
        return
    with _complaints() as complaints:
        try:
            backend.purge_batch(own)
        except Exception as error:
            raise PurgeError(f"{type(backend).__name__} could not forget {len(own)} addresses: {error!r}") from error
    if complaints:
        raise PurgeError(f"{type(backend).__name__} could not forget {len(complaints)} addresses: {complaints[0]}")


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What backends of Wagtail's write into the log as an error meanwhile; it is not written there."""
    found: list[str] = []
    thread = threading.get_ident()

    def note(entry: logging.LogRecord) -> bool:
        if entry.thread != thread or entry.levelno < logging.ERROR:
            return True
        found.append(entry.getMessage())
        return False

    WAGTAILS.addFilter(note)
    try:
        yield found
    finally:
        WAGTAILS.removeFilter(note)
