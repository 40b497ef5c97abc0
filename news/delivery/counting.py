"""Counting what readers get: in the memory of the process, written to the database every few seconds.

``count("page", page.pk)`` costs about a microsecond. A process that serves (:func:`in_batches`) has a thread that writes;
everywhere else (commands, tests) each count is written at once. What could not be written is kept and tried again. A
process that is killed (not ended) loses what it counted in the last seconds.
"""

import datetime as dt
import logging
import os
import threading
import time
from multiprocessing.util import Finalize
from typing import Any

from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import Error, connections
from django.utils import timezone

from wagtail_newsroom.news.publishing.counts import KINDS, Key, add_counts

logger = logging.getLogger(__name__)

# 0: never in batches.
SECONDS_BETWEEN = 5.0
# Things and days that wait to be written, while the database cannot be reached; what comes on top is not counted.
MOST_WAITING = 100_000

_lock = threading.Lock()  # of what waits
_writing = threading.Lock()  # one at a time, and at the end after the thread
_waiting: dict[Key, int] = {}
_left_out = 0
_is_failing = False
_is_served = False
_thread: threading.Thread | None = None
_day: tuple[Any, float, float, dt.date] = (None, 0.0, 0.0, dt.date.min)


def count(kind: str, pk: Any, number: int = 1) -> None:
    """Add ``number`` to what readers got of a thing today (in the site's time zone).

    ``kind`` is ``"page"`` or ``"file"``, ``pk`` the key of the page or document. Never raises for the database: a count is
    not worth an error. Raises ``KeyError`` for another kind.
    """
    global _left_out
    if kind not in KINDS:
        raise KeyError(kind)
    key = (kind, pk, day_of(time.time()))
    with _lock:
        if key in _waiting:
            _waiting[key] += number
        elif len(_waiting) < MOST_WAITING:
            _waiting[key] = number
        else:
            _left_out += number
    if _thread is None:
        _write_or_start()


def flush() -> None:
    """Write what this process counted. Call it before figures are read; the thread and the end of a process call it too.

    Never raises for the database: what could not be written waits for the next time, and the log says so once.
    """
    global _waiting, _left_out, _is_failing
    with _writing:
        with _lock:
            taken, _waiting = _waiting, {}
            left_out, _left_out = _left_out, 0
        if left_out:
            logger.warning("%d views and downloads were not counted: too many wait to be written.", left_out)
        if not taken:
            return
        try:
            add_counts(taken)
        except (Error, OSError):
            _keep(taken)
            if not _is_failing:
                logger.warning(
                    "Views and downloads could not be written. They are kept and tried again.", exc_info=True
                )
            _is_failing = True
        except Exception:
            logger.exception("Views and downloads could not be written, and are lost.")  # the next are not
        else:
            if _is_failing:
                logger.warning("Views and downloads are written again.")
            _is_failing = False


def in_batches() -> None:
    """Say that this process, or those that it forks, answers readers: counts are written by a thread from now on."""
    global _is_served
    _is_served = SECONDS_BETWEEN > 0


def count_in_batches_once_served() -> None:
    """Call :func:`in_batches` with the first request that a server hands to Django. Call it from ``AppConfig.ready()``."""
    for handler in (WSGIHandler, ASGIHandler):
        request_started.connect(_first_request, sender=handler, dispatch_uid="newsroom_counting")


def day_of(moment: float) -> dt.date:
    """The day of ``moment`` (seconds since 1970) in the site's time zone; worked out once a day."""
    global _day
    zone, begins, ends, day = _day
    if zone is not timezone.get_default_timezone() or not begins <= moment < ends:
        zone = timezone.get_default_timezone()
        day = dt.datetime.fromtimestamp(moment, zone).date()
        begins, ends = (
            dt.datetime.combine(each, dt.time.min, zone).timestamp() for each in (day, day + dt.timedelta(days=1))
        )
        _day = (zone, begins, ends, day)
    return day


def start_empty() -> None:
    """Forget what waits, and the thread: a forked process has none, and is not to write what its parent counted."""
    global _lock, _writing, _waiting, _left_out, _is_failing, _thread
    _lock, _writing = threading.Lock(), threading.Lock()
    _waiting, _left_out, _is_failing, _thread = {}, 0, False, None


os.register_at_fork(after_in_child=start_empty)


def _first_request(**kwargs: Any) -> None:
    in_batches()
    for handler in (WSGIHandler, ASGIHandler):
        request_started.disconnect(sender=handler, dispatch_uid="newsroom_counting")


def _write_or_start() -> None:
    global _thread
    if not _is_served:
        flush()
        return
    with _lock:
        if _thread is not None:
            return
        thread = _thread = threading.Thread(target=_write_again_and_again, name="newsroom-counting", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the process is at its end, or may have no more threads
        _thread = None
        flush()
    else:
        # At the end of a process, also of one that ``multiprocessing`` made: those run nothing of ``atexit``.
        Finalize(None, flush, exitpriority=0)


def _write_again_and_again() -> None:
    while _thread is threading.current_thread():
        time.sleep(SECONDS_BETWEEN)
        flush()
        connections.close_all()


def _keep(taken: dict[Key, int]) -> None:
    """Put back what could not be written, beside what was counted meanwhile."""
    global _left_out
    with _lock:
        for key, number in taken.items():
            if key in _waiting or len(_waiting) < MOST_WAITING:
                _waiting[key] = _waiting.get(key, 0) + number
            else:
                _left_out += number
