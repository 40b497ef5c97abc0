"""What is due is done: once, however many schedulers run, and one failing page stops no other.

Each page and bundle has a transaction of its own. A process claims it there and looks again whether it is still due, so
that two never do the same. What fails (a check, the page, a receiver of its signals) is rolled back, recorded as a
:class:`~wagtail_newsroom.news.models.ScheduleFailure` and tried again after 1, 2, 4 … 60 minutes. Trouble with the database is nobody's
failure: the next round tries again.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import (
    Bundle,
    BundlePage,
    BundleState,
    ScheduledAction,
    ScheduleFailure,
    SchedulerHeartbeat,
)
from wagtail_newsroom.news.publishing.bundles import publish_due_bundle, retire_due_bundle
from wagtail_newsroom.news.publishing.preflight.refusals import RefusedError, plain_reason, publication_refusal
from wagtail_newsroom.news.publishing.schedule.claims import claim

logger = logging.getLogger(__name__)

LONGEST_WAIT = dt.timedelta(minutes=60)
# A scheduler that has not been seen for this long, or for three rounds, is taken for dead.
SILENCE = dt.timedelta(minutes=3)


@dataclass
class Report:
    """What one round did, by the names of the things."""

    published: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.published or self.retired or self.failed)


@dataclass(frozen=True)
class Job:
    """One thing that is due. ``model`` and ``pk`` name the page, bundle or other object that it is done to."""

    due_at: dt.datetime
    action: ScheduledAction
    model: type[models.Model]
    pk: Any
    name: str

    @property
    def failures(self) -> models.QuerySet[ScheduleFailure]:
        """Earlier failures of this job; nothing for what is neither a page nor a bundle."""
        return (
            ScheduleFailure.objects.filter(action=self.action, **self.target)
            if self.target
            else (ScheduleFailure.objects.none())
        )

    @property
    def target(self) -> dict[str, Any]:
        """How a failure names what the job is done to."""
        return {"page_id": self.pk} if self.model is Page else {"bundle_id": self.pk} if self.model is Bundle else {}


def run_due(now: dt.datetime | None = None, *, stop: Callable[[], bool] = lambda: False) -> Report:
    """Publish and retire whatever is due at ``now``, a moment that is not to come; the rest of hours off included.

    ``stop`` is asked between two pages; the page at hand is finished.
    """
    present = timezone.now()
    now = now or present
    if now > present:
        raise ValueError("What is due tomorrow is not done today.")
    SchedulerHeartbeat.objects.update_or_create(pk=1, defaults={"seen_at": present})
    forget_what_is_settled(now)
    report = Report()
    # A page that was published late may have expired long since: look for those afterwards.
    for find in (due_jobs, expired_jobs):
        for job in list(find(now)):
            if stop():
                return report
            _do(job, now, report)
    return report


def scheduler_seen_at() -> dt.datetime | None:
    """When a scheduler was seen last; ``None`` where none ever was."""
    return SchedulerHeartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


def is_scheduler_alive(now: dt.datetime | None = None, *, seen_at: dt.datetime | None = None) -> bool:
    """Whether a scheduler was seen lately (``seen_at``, where the caller knows it)."""
    silence = max(SILENCE, dt.timedelta(seconds=3 * setting("SCHEDULER_INTERVAL")))
    seen_at = seen_at or scheduler_seen_at()
    return seen_at is not None and seen_at >= (now or timezone.now()) - silence


def due_jobs(now: dt.datetime) -> list[Job]:
    """All that is due at ``now`` and not waiting for another attempt, in the order of its time."""
    return sorted([*_publications(now), *_bundles(now), *expired_jobs(now)], key=lambda job: job.due_at)


def expired_jobs(now: dt.datetime) -> list[Job]:
    """What is public past its expiry."""
    waiting = _waiting(ScheduledAction.RETIRE, "page_id", now)
    return [
        Job(row.expire_at, ScheduledAction.RETIRE, model, row.pk, str(row))
        for model in _models()
        for row in model._default_manager.filter(live=True, expire_at__lt=now)
        if not (model is Page and row.pk in waiting)
    ]


def forget_what_is_settled(now: dt.datetime) -> None:
    """Remove the failures of what is not due any more: unscheduled, moved, published or taken down by hand."""
    for failure in ScheduleFailure.objects.select_related("page", "bundle"):
        if not _is_due(failure, now):
            failure.delete()


def _publications(now: dt.datetime) -> Iterator[Job]:
    waiting = _waiting(ScheduledAction.PUBLISH, "page_id", now)
    bundled = _bundled()
    due = Revision.objects.filter(approved_go_live_at__lte=now).select_related("base_content_type")
    for revision in due.defer("content").order_by("approved_go_live_at", "pk"):
        model = revision.base_content_type.model_class()
        if model is None:
            continue  # its app is not installed any more
        pk = model._meta.pk.to_python(revision.object_id)
        if model is Page and (pk in waiting or pk in bundled):
            continue
        yield Job(revision.approved_go_live_at, ScheduledAction.PUBLISH, model, pk, revision.object_str)


def _bundles(now: dt.datetime) -> Iterator[Job]:
    to_publish = Bundle.objects.filter(state=BundleState.SCHEDULED, go_live_at__lte=now)
    for bundle in to_publish.exclude(pk__in=_waiting(ScheduledAction.PUBLISH, "bundle_id", now)):
        yield Job(bundle.go_live_at, ScheduledAction.PUBLISH, Bundle, bundle.pk, bundle.title)
    to_retire = Bundle.objects.filter(state=BundleState.PUBLISHED, retire_at__lte=now)
    for bundle in to_retire.exclude(pk__in=_waiting(ScheduledAction.RETIRE, "bundle_id", now)):
        yield Job(bundle.retire_at, ScheduledAction.RETIRE, Bundle, bundle.pk, bundle.title)


def _models() -> list[Any]:
    """Whatever has a live and a draft state: pages, and other models for themselves."""
    others = [each for each in apps.get_models() if issubclass(each, DraftStateMixin) and not issubclass(each, Page)]
    return [Page, *others]


def _waiting(action: ScheduledAction, key: str, now: dt.datetime) -> set[int]:
    """What failed and is not to be tried yet."""
    failures = ScheduleFailure.objects.filter(action=action, next_attempt_at__gt=now, **{f"{key}__isnull": False})
    return set(failures.values_list(key, flat=True))


def _bundled() -> set[int]:
    """Pages that wait for their bundle."""
    scheduled = BundlePage.objects.filter(bundle__state=BundleState.SCHEDULED)
    return set(scheduled.values_list("page_id", flat=True))


def _is_due(failure: ScheduleFailure, now: dt.datetime) -> bool:
    is_publication = failure.action == ScheduledAction.PUBLISH
    if bundle := failure.bundle:
        state, moment = (
            (BundleState.SCHEDULED, bundle.go_live_at) if is_publication else (BundleState.PUBLISHED, bundle.retire_at)
        )
        return bundle.state == state and moment is not None and moment <= now
    page: Page = failure.page
    if is_publication:
        return page.revisions.filter(approved_go_live_at__lte=now).exists() and page.pk not in _bundled()
    return bool(page.live and page.expire_at and page.expire_at < now)


# --- Doing it ---------------------------------------------------------------------------------


def _do(job: Job, now: dt.datetime, report: Report) -> None:
    """Do one job in a transaction of its own, or record why it failed."""
    is_written = False
    try:
        with transaction.atomic():
            _claim_and_carry_out(job, now, report)
            is_written = True
    except (OperationalError, InterfaceError) as error:
        logger.warning("“%s” could not be done because of the database; it is tried again: %s", job.name, error)
        connection.close_if_unusable_or_obsolete()
    except Exception:
        if is_written:
            logger.exception("“%s” is done, but something that waited for it failed.", job.name)
        else:
            logger.exception("“%s” could not be done; it is tried again.", job.name)


def _claim_and_carry_out(job: Job, now: dt.datetime, report: Report) -> None:
    rows = job.model._default_manager.filter(pk=job.pk)
    claimed = claim(rows, touch="state" if job.model is Bundle else "expire_at")
    if not claimed or job.failures.filter(next_attempt_at__gt=now).exists():
        return
    try:
        with transaction.atomic():
            done = _carry_out(job, claimed[0], now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if not isinstance(error, RefusedError):
            logger.exception("“%s” failed; it is tried again.", job.name)
        _record_failure(job, error, getattr(claimed[0], "specific_class", None) or job.model)
        report.failed.append(job.name)
        return
    if done:
        job.failures.delete()
        (report.published if job.action == ScheduledAction.PUBLISH else report.retired).append(job.name)


def _carry_out(job: Job, claimed: Any, now: dt.datetime) -> bool:
    """Do it if it is still to be done; say whether it was."""
    if isinstance(claimed, Bundle):
        return _carry_out_for_bundle(job, claimed, now)
    if job.action == ScheduledAction.RETIRE:
        return _expire(claimed, now)
    revision = claimed.revisions.filter(approved_go_live_at__lte=now).first()
    if revision is None or (job.model is Page and job.pk in _bundled()):
        return False
    if isinstance(claimed, Page) and (reason := publication_refusal(revision.as_object())):
        raise RefusedError(reason)
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _carry_out_for_bundle(job: Job, bundle: Bundle, now: dt.datetime) -> bool:
    if job.action == ScheduledAction.PUBLISH:
        if bundle.state != BundleState.SCHEDULED or not bundle.go_live_at or bundle.go_live_at > now:
            return False
        publish_due_bundle(bundle)
    else:
        if bundle.state != BundleState.PUBLISHED or not bundle.retire_at or bundle.retire_at > now:
            return False
        retire_due_bundle(bundle)
    return True


def _expire(claimed: Any, now: dt.datetime) -> bool:
    """Take down what has expired. Wagtail forgets a version that is scheduled for later; we keep it."""
    if not (claimed.live and claimed.expire_at and claimed.expire_at < now):
        return False
    later = dict(claimed.revisions.filter(approved_go_live_at__gt=now).values_list("pk", "approved_go_live_at"))
    expired = claimed.specific if isinstance(claimed, Page) else claimed
    expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, moment in later.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=moment)
    return True


def _record_failure(job: Job, error: Exception, model: type[models.Model]) -> None:
    if not job.target:
        return  # what is neither page nor bundle is in the log
    now = timezone.now()
    failure = job.failures.first() or ScheduleFailure(action=job.action, attempts=0, **job.target)
    failure.due_at, failure.failed_at, failure.error = job.due_at, now, plain_reason(error, model)
    failure.next_attempt_at = now + min(LONGEST_WAIT, dt.timedelta(minutes=2 ** min(failure.attempts, 6)))
    failure.attempts += 1
    failure.save()
