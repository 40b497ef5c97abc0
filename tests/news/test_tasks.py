"""Tasks that wait in the database: done once committed, tried again when they fail, none lost with its process."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tests.factories import make_site
from tests.news.test_scheduling import scheduled
from wagtail_newsroom.news.checks import check_task_backend
from wagtail_newsroom.news.publishing import tasks
from wagtail_newsroom.news.publishing.schedule.scheduler import Scheduler

pytestmark = pytest.mark.services

done: list[str] = []


@task()
def note(text: str) -> None:
    if text.startswith("!"):
        raise RuntimeError(f"{text} cannot be noted")
    done.append(text)


@pytest.fixture(autouse=True)
def _nothing_done(queue: None) -> None:
    done.clear()


@pytest.mark.django_db(transaction=True)
def test_task_is_done_by_the_scheduler_and_not_before() -> None:
    tasks.enqueue(note, "pierwsze")
    assert done == []
    Scheduler().run_once()
    Scheduler().run_once()

    assert done == ["pierwsze"]


@pytest.mark.django_db(transaction=True)
def test_task_of_a_rolled_back_act_is_never_done() -> None:
    with transaction.atomic():
        tasks.enqueue(note, "nigdy")
        transaction.set_rollback(True)
    tasks.work()

    assert done == []
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_host_without_a_queue_gets_the_task_after_the_commit(settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "TASK_BACKEND": "default"}
    with transaction.atomic():
        tasks.enqueue(note, "zaraz")
        assert done == []

    assert done == ["zaraz"]
    assert tasks.work() == 0


@pytest.mark.django_db(transaction=True)
def test_failing_task_stops_no_other_and_is_tried_five_times() -> None:
    tasks.enqueue(note, "!źle")
    tasks.enqueue(note, "dobrze")
    waits = []
    for _attempt in range(8):
        tasks.work()
        tasks.maintain_queue(now := timezone.now())
        row = DBTaskResult.objects.get(args_kwargs__args=["!źle"])
        if row.status == "FAILED":
            break
        waits.append(round((row.run_after - now).total_seconds() / 60))
        DBTaskResult.objects.filter(pk=row.pk).update(run_after=now)

    assert done == ["dobrze"]
    assert waits == [1, 2, 4, 8]
    assert len(row.worker_ids) == 5
    assert "cannot be noted" in row.traceback


@pytest.mark.django_db(transaction=True)
def test_task_of_a_process_that_died_is_done_by_another() -> None:
    tasks.enqueue(note, "porzucone")
    long_ago = timezone.now() - dt.timedelta(hours=2)
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago, worker_ids=["gone"])
    assert tasks.work() == 0
    DBTaskResult.objects.update(run_after=timezone.now())
    tasks.work()

    assert done == ["porzucone"]


@pytest.mark.django_db(transaction=True)
def test_what_is_long_done_is_forgotten() -> None:
    for age, text in [(8, "stare"), (6, "nowe")]:
        tasks.enqueue(note, text)
        tasks.work()
        finished = timezone.now() - dt.timedelta(days=age)
        DBTaskResult.objects.filter(args_kwargs__args=[text]).update(finished_at=finished)
    tasks.maintain_queue(timezone.now())

    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.all()] == [["nowe"]]


@pytest.mark.django_db(transaction=True)
def test_broken_queue_keeps_no_page_waiting(settings: Any) -> None:
    page = scheduled(make_site(), "Na czas")
    settings.NEWSROOM = {**settings.NEWSROOM, "TASK_BACKEND": "nowhere"}
    Scheduler().run_once()

    page.refresh_from_db()
    assert page.live


def test_backend_that_is_not_there_is_told_at_start(settings: Any) -> None:
    assert check_task_backend(None) == []
    settings.NEWSROOM = {**settings.NEWSROOM, "TASK_BACKEND": "nowhere"}
    (error,) = check_task_backend(None)

    assert error.id == "newsroom.E002"
    assert "'nowhere'" in error.msg
    assert "default, newsroom" in error.hint
