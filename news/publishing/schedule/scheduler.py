"""The scheduler as a process: what is due every few seconds, and the queue of tasks."""

import logging
import os
import threading
import time
from collections.abc import Callable

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connections

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.publishing.schedule.due import Report, run_due
from wagtail_newsroom.news.publishing.tasks import work

logger = logging.getLogger(__name__)

# How long a task under way may take to end once the scheduler is told to stop, in seconds.
PATIENCE = 10


class Scheduler:
    """Rounds until somebody calls :meth:`stop`, or until ``parent`` (a process id), which started it, is gone.

    ``tell`` is called with the report of a round that did something.
    """

    def __init__(self, *, parent: int | None = None, tell: Callable[[Report], None] = lambda report: None) -> None:
        self.parent = parent
        self.tell = tell
        self._stopped = threading.Event()
        self._chores_done: dict[str, float] = {}  # name of a chore to the moment of its last run that went well

    def stop(self) -> None:
        """Finish the page or task at hand, then end."""
        self._stopped.set()

    def is_over(self) -> bool:
        """Whether to end."""
        if self.parent is not None and os.getppid() != self.parent:
            self._stopped.set()
        return self._stopped.is_set()

    def run(self) -> None:
        """Go on until the end. Tasks and chores apart have threads, so that a slow one keeps no page waiting."""
        threads = [threading.Thread(target=self._work_tasks, name="newsroom-tasks", daemon=True)]
        threads += [
            threading.Thread(target=self._do_apart, args=[chore], name=chore.name, daemon=True)
            for chore in registry.chores()
            if chore.apart
        ]
        for thread in threads:
            thread.start()
        while not self.is_over():
            self.publish()
            self._rest()
        ends = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(max(0, ends - time.monotonic()))

    def run_once(self) -> None:
        """One round of everything, then the end."""
        self.publish()
        for chore in registry.chores():
            if chore.apart and not self.is_over():
                self._do(chore)
        self.work_tasks()

    def publish(self) -> None:
        """Do what is due, then the registered chores. Nothing that goes wrong ends the scheduler."""
        with log_and_continue("What is due"):
            if report := run_due(stop=self.is_over):
                self.tell(report)
        for chore in registry.chores():
            if self.is_over():
                return
            if not chore.apart:
                self._do(chore)

    def _do(self, chore: registry.Chore) -> None:
        """Do a chore where its time has come; one that failed is due again in the next round."""
        done_at, now = self._chores_done.get(chore.name), time.monotonic()
        if done_at is not None and now - done_at < chore.every.total_seconds():
            return
        with log_and_continue(chore.name):
            chore.function()
            self._chores_done[chore.name] = now

    def work_tasks(self) -> int:
        """Do some of the tasks that wait; return how many."""
        with log_and_continue("The queue of tasks"):
            return work(stop=self.is_over)
        return 0

    def _work_tasks(self) -> None:
        while not self.is_over():
            if not self.work_tasks():
                self._rest()
        connections.close_all()

    def _do_apart(self, chore: registry.Chore) -> None:
        while not self.is_over():
            self._do(chore)
            self._rest()
        connections.close_all()

    def _rest(self) -> None:
        """Wait for the next round, looking up every second whether it is over."""
        for _second in range(max(1, int(setting("SCHEDULER_INTERVAL")))):
            if self.is_over():
                return
            self._stopped.wait(1)


class log_and_continue:  # noqa: N801  (reads as a statement: with log_and_continue("…"))
    """Log what goes wrong inside and go on; a database that went away is asked anew next time."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        close_old_connections()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, DatabaseTrouble):
            logger.warning("%s waits for the database: %s", self.what, error)
        elif isinstance(error, Exception):
            logger.error("%s failed; the next round tries again.", self.what, exc_info=error)
        close_old_connections()
        return isinstance(error, Exception)
