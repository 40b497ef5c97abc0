"""After the commit of an act: caches in front of the site forget what its records name.

A task for each cache is written in the act's transaction and gone with it; one that fails holds up no other, and is tried
again. It forgets what was recorded since the last one that went well, so that a hundred acts are not a hundred rounds.
"""

import time
from typing import Any

from django.db import connections, transaction
from django.db.models.signals import post_save
from django_tasks import task

from wagtail_newsroom.news.caching import purged_caches
from wagtail_newsroom.news.delivery.cdn.addresses import addresses_of, addresses_of_files
from wagtail_newsroom.news.delivery.cdn.backends import PurgeError, backend_called, forget
from wagtail_newsroom.news.models import ChangeRecord
from wagtail_newsroom.news.publishing.tasks import enqueue, last_result
from wagtail_newsroom.news.signals import pictures_withdrawn

# Seconds that a cache which failed is left alone: who cannot be reached makes nobody wait twice.
REST = 50.0
_resting_until: dict[str, float] = {}


def listen_to_records() -> None:
    """Listen to what is recorded. Without ``WAGTAILFRONTENDCACHE`` nothing follows."""
    post_save.connect(_ask_to_forget, sender=ChangeRecord, dispatch_uid="newsroom_cdn")
    pictures_withdrawn.connect(_ask_to_forget_pictures, dispatch_uid="newsroom_cdn")


def _ask_to_forget(
    sender: Any, instance: ChangeRecord, created: bool, using: str, raw: bool = False, **kwargs: Any
) -> None:
    if raw or not created or instance.site_id is None or not (names := list(purged_caches())):
        return
    # Once a transaction: the mark goes with a part that is rolled back, as the task does.
    if any(waiting[1] is _asked for waiting in connections[using].run_on_commit):
        return
    transaction.on_commit(_asked, using=using)
    for name in names:
        enqueue(forget_changes, name, instance.pk)


def _ask_to_forget_pictures(sender: Any, urls: list[str], **kwargs: Any) -> None:
    for name in purged_caches():
        enqueue(forget_addresses, name, addresses_of_files(urls))


def _asked() -> None:
    """A mark among what waits for the commit."""


@task()  # type: ignore[untyped-decorator,unused-ignore]
def forget_changes(name: str, first: int) -> int | None:
    """Have the cache called ``name`` forget what was recorded from ``first`` (an id) on, and what it has not yet of what came before.

    Returns the id up to which it has forgotten all."""
    if _resting_until.get(name, 0.0) > time.monotonic():
        return None  # the one that failed is tried again, and has it forget this too
    done, end = last_result(forget_changes, name), ChangeRecord.objects.settled_until()
    rows = ChangeRecord.objects.filter(pk__gt=first - 1 if done is None else done, site__isnull=False)
    _forget(name, addresses_of(rows.select_related("site").order_by("pk")))
    return end


@task()  # type: ignore[untyped-decorator,unused-ignore]
def forget_addresses(name: str, addresses: list[str]) -> None:
    """Have the cache called ``name`` forget ``addresses``."""
    _forget(name, addresses)


def _forget(name: str, addresses: list[str]) -> None:
    backend = backend_called(name)
    try:
        if backend is not None:
            forget(backend, addresses)
    except PurgeError:
        _resting_until[name] = time.monotonic() + REST
        raise
