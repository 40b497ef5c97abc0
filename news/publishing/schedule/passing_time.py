"""What time alone changes is recorded: a deadline that passed, a day that came, an expiry that nobody could carry out.

The next moment of each public page is kept (``PageMoment``), so that a round in which nothing is due costs one query,
however many pages there are. It is worked out here, by the registered functions, after each change of the page and now
and then; only moments of the page's own are asked for: what it shows of others is told with the changes of these. Moments
that passed while no scheduler ran are told once, as what the page is by now. Two schedulers share the pages among them.
"""

import datetime as dt
import logging
import time

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from wagtail_newsroom.news.models import NewsroomPage, PageMoment
from wagtail_newsroom.news.models.delivery.change_records import ChangeKind
from wagtail_newsroom.news.publishing.changes import related
from wagtail_newsroom.news.publishing.changes.looking import look_again
from wagtail_newsroom.news.publishing.changes.places import place_of
from wagtail_newsroom.news.publishing.changes.records import record
from wagtail_newsroom.news.publishing.schedule.claims import claim
from wagtail_newsroom.news.timing.next_change import next_own_change
from wagtail_newsroom.news.visibility import is_expired, public_pages

logger = logging.getLogger(__name__)

# After that long a page is looked at again though nothing is known to have changed: settings and code may have.
WEEK = dt.timedelta(days=7)
# A page at which nothing could be worked out waits that long.
PAUSE = dt.timedelta(minutes=15)


def record_passing_time(now: dt.datetime | None = None, *, budget: float = 5.0) -> int:
    """Record each page that looks different since the last round; return how many.

    What is due comes first. After ``budget`` seconds the rest is left to the next round. One page that fails stops no other.
    """
    now, until, told = now or timezone.now(), time.monotonic() + budget, 0
    due = PageMoment.objects.filter(Q(at__lte=now) | Q(unsure_since__lte=now))
    for pk in list(due.order_by(F("at").asc(nulls_last=True), "page").values_list("pk", flat=True)):
        if time.monotonic() > until:
            break
        try:
            with transaction.atomic():
                told += _look_at(pk, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("When page %s changes by itself could not be worked out; it is tried again.", pk)
            PageMoment.objects.filter(pk=pk).update(at=now + PAUSE, unsure_since=None)
    return told


def look_at_all_pages(now: dt.datetime | None = None) -> None:
    """Have public pages looked at that never were, or not for a week."""
    now = now or timezone.now()
    known = PageMoment.objects.filter(pk=OuterRef("pk"))
    look_again(public_pages(Page.objects.filter(~Exists(known))).values_list("pk", flat=True), now)
    PageMoment.objects.filter(checked_at__lt=now - WEEK, unsure_since=None).update(unsure_since=F("checked_at"))


def _look_at(pk: int, now: dt.datetime) -> bool:
    """Record the page if its moment has come, and work out the next one; say whether it was recorded."""
    claimed = claim(PageMoment.objects.filter(pk=pk), touch="at")
    if not claimed:
        return False
    row: PageMoment = claimed[0]
    base = Page.objects.live().public().filter(pk=pk).first()
    if base is None:
        row.delete()
        return False
    page = base.specific
    if row.unsure_since is not None and (row.at is None or row.at > now):
        row.at = next_own_change(page, row.unsure_since)
    has_come = row.at is not None and row.at <= now
    if is_expired(page):
        if has_come:
            record(ChangeKind.DELETE, page, old=place_of(page))
        row.delete()
        return has_come
    if has_come:
        record(ChangeKind.UPSERT, page, ranked=False, renamed=False)
    elif row.unsure_since is not None and _is_ranked_otherwise(page):
        record(ChangeKind.UPSERT, page, ranked=False, renamed=False)
        has_come = True
    at = next_own_change(page, now) if has_come else row.at
    PageMoment.objects.filter(pk=pk).update(at=at, unsure_since=None, checked_at=now)
    return has_come


def _is_ranked_otherwise(page: Page) -> bool:
    """Whether other related pages are shown than were noted: two that were published at once did not see each other."""
    return isinstance(page, NewsroomPage) and bool(related.refresh([page])) and related.is_complete()
