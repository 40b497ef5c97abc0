"""The one thread of each process of the server that asks the database: what was changed elsewhere, how long an era lasts.

It looks at the token of the database twice a second. One that never went with a token of this machine's file was written by
another machine, or by somebody who does not write the file: then the file's is replaced too. Where the
cache is Redis, it is woken by a message and hears of it at once (``announcing.py``).
"""

import logging
import os
import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from pathlib import Path
from threading import Lock, Thread

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone

from wagtail_newsroom.news.delivery import token
from wagtail_newsroom.news.delivery.ready.announcing import listen
from wagtail_newsroom.news.delivery.ready.horizon import next_moment
from wagtail_newsroom.news.freshness import Era, serving
from wagtail_newsroom.news.freshness.token_file import look_again, token_file

logger = logging.getLogger(__name__)

# Between two looks at the database, in seconds.
PAUSE = 0.5
# How long a reader waits to learn how long an era lasts; then the answer is not kept.
PATIENCE = 2.0

_told: set[Path] = set()

# What the thread is given: a question for an era, or nothing in particular (look at once).
Job = Future["Era | None"] | None
END: Job = Future()


class Follower:
    """Follows the database for this process. Its thread begins with the first question, in whatever process that is."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._process = 0
        self._lock = Lock()
        self._is_silent = False

    def new_era(self) -> Era | None:
        """An era that begins now; ``None`` where the token or the database cannot be read."""
        self._begin()
        job: Future[Era | None] = Future()
        self._jobs.put(job)
        try:
            return job.result(PATIENCE)
        except TooLate:
            job.cancel()
            return None

    def wake(self) -> None:
        """Have it look now: something was changed."""
        self._jobs.put(None)

    def end(self) -> None:
        """Have the thread end, where there is one; the next question begins another."""
        if self._process == os.getpid():
            self._process = 0
            self._jobs.put(END)

    def _begin(self) -> None:
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._jobs = queue.SimpleQueue()
                Thread(target=self._follow, args=[self._jobs], name="newsroom-follower", daemon=True).start()
                listen(self.wake)
                self._process = os.getpid()

    def _follow(self, jobs: "queue.SimpleQueue[Job]") -> None:
        last = 0.0
        while True:
            try:
                job = jobs.get(timeout=max(0.0, PAUSE - (time.monotonic() - last)))
            except queue.Empty:
                job = None
            if job is END:
                connections.close_all()
                return
            if job is None or time.monotonic() - last >= PAUSE:
                self._attempt(look)
                last = time.monotonic()
            if job is not None and job.set_running_or_notify_cancel():
                job.set_result(self._attempt(make_era))

    def _attempt(self, act: Callable[[], Era | None]) -> Era | None:
        """Do it; say once that it fails, and again only after it worked."""
        try:
            close_old_connections()
            found = act()
        except (DatabaseError, InterfaceError) as error:
            if not self._is_silent:
                self._is_silent = True
                logger.error("No answers are kept ready while the database does not answer: %s", error)
            connections.close_all()
            return None
        except Exception:
            logger.exception("No answer is kept ready: how long it is true could not be found out.")
            return None
        self._is_silent = False
        return found


def look() -> None:
    """Replace the token of this machine where the database's was replaced by somebody who does not write its file."""
    file = look_again()
    if file is None:
        return
    value = token.current()
    if file.knows(value):
        return
    file.replace(value)
    if token.is_of_this_machine(value) and file.path not in _told:
        _told.add(file.path)
        logger.warning(
            "A process of this machine changed something public and does not use %s: what it changes is seen half a "
            "second late. Set NEWSROOM['DELIVERY_FOLDER'] to one folder for all processes of the site.",
            file.path,
        )


def make_era() -> Era | None:
    """The era that begins now. The token is read first: what is committed later ends it."""
    file = token_file()
    if file is None:
        return None
    era = Era(file.read())
    with serving(era):
        era.until = next_moment(timezone.now()).timestamp()
    return era
