"""Work that nobody waits for: put into the queue here, done by the scheduler.

With ``django_tasks_db`` behind ``NEWSROOM["TASK_BACKEND"]`` a task is a row, written in the transaction that asks for
it and gone with it. Its work may be done twice (a process can die after the work and before it says so), so tasks must
bear that. Other backends get the task after the commit, and bring workers of their own.

Public: other apps may import from here.
"""

import datetime as dt
import logging
import os
import socket
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task

from wagtail_newsroom.news.conf import setting

logger = logging.getLogger(__name__)

QUEUE_APP, QUEUE_LABEL = "django_tasks_db", "django_tasks_database"
ATTEMPTS = 5
# A task that is still "running" after this belonged to a process that died.
LOST_AFTER = dt.timedelta(hours=1)
DONE_KEPT = dt.timedelta(days=7)
FAILED_KEPT = dt.timedelta(days=30)


def enqueue(task: Task, *args: Any, **kwargs: Any) -> None:
    """Have ``task`` done with these arguments (what JSON can say) once the transaction under way is committed."""
    ours = task.using(backend=setting("TASK_BACKEND"))
    if has_queue():
        ours.enqueue(*args, **kwargs)
    else:
        transaction.on_commit(lambda: ours.enqueue(*args, **kwargs), robust=True)


def has_queue() -> bool:
    """Whether the newsroom's tasks wait in the database."""
    backend = task_backends[setting("TASK_BACKEND")]
    return apps.is_installed(QUEUE_APP) and type(backend).__module__.startswith(QUEUE_APP)


def has_workers() -> bool:
    """Whether tasks are done by somebody else than who asks for them: not within the request."""
    return not isinstance(task_backends[setting("TASK_BACKEND")], ImmediateBackend | DummyBackend)


def unfinished(task: Task) -> list[list[Any]]:
    """The arguments of each ``task`` that waits in the database, is being done, or failed for good in the last 30 days."""
    if not has_queue():
        return []
    rows = apps.get_model(QUEUE_LABEL, "DBTaskResult").objects.filter(backend_name=setting("TASK_BACKEND"))
    named = rows.filter(task_path=task.module_path).exclude(status="SUCCESSFUL")
    return [asked["args"] for asked in named.values_list("args_kwargs", flat=True)]


def last_result(task: Task, argument: Any) -> Any:
    """What the newest ``task`` returned that went well, returned something, and had ``argument`` before all others.

    ``None`` where there is none, or where nothing is kept of tasks.
    """
    if not has_queue():
        return None
    rows = apps.get_model(QUEUE_LABEL, "DBTaskResult").objects.successful()
    named = rows.filter(task_path=task.module_path, args_kwargs__args__0=argument, return_value__isnull=False)
    return named.order_by("-finished_at").values_list("return_value", flat=True).first()


def work(limit: int = 20, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Do up to ``limit`` waiting tasks, one after the other; return how many. A failing one is recorded, not raised.

    ``stop`` is asked between two tasks.
    """
    if not has_queue():
        return 0
    maintain_queue(timezone.now())
    alias = setting("TASK_BACKEND")
    results = apps.get_model(QUEUE_LABEL, "DBTaskResult")
    worker = import_module(f"{QUEUE_APP}.management.commands.db_worker").Worker
    done = 0
    while done < limit and not stop() and results.objects.ready().filter(backend_name=alias).exists():
        worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            max_tasks=1,
            startup_delay=False,
            backend_name=alias,
            worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
        ).run()
        done += 1
    return done


def maintain_queue(now: dt.datetime) -> None:
    """Give failed and lost tasks another attempt (after 1, 2, 4, 8 minutes), and forget what is long done."""
    rows = apps.get_model(QUEUE_LABEL, "DBTaskResult").objects.filter(backend_name=setting("TASK_BACKEND"))
    again = [
        *rows.failed().filter(finished_at__gte=now - LOST_AFTER),
        *rows.running().filter(started_at__lt=now - LOST_AFTER),
    ]
    for row in again:
        attempts = len(row.worker_ids)
        if attempts < ATTEMPTS:
            rows.filter(pk=row.pk, status=row.status).update(
                status="READY", run_after=now + dt.timedelta(minutes=2 ** (attempts - 1)), finished_at=None
            )
        elif row.status == "RUNNING":
            rows.filter(pk=row.pk, status=row.status).update(status="FAILED", finished_at=now)
    for outdated in (
        rows.successful().filter(finished_at__lt=now - DONE_KEPT),
        rows.failed().filter(finished_at__lt=now - FAILED_KEPT),
    ):
        if outdated.exists():  # a deletion of nothing would still ask for SQLite's lock
            outdated.delete()
