"""Review of pages: who looks after a page, when it is looked at again, and reminding them.

None of it touches a page's content: setting a review or marking one done publishes nothing.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from wagtail.log_actions import log
from wagtail.models import Page

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import NewsroomPage, PageReview
from wagtail_newsroom.news.publishing.mail import send_later
from wagtail_newsroom.news.wording import dates

SET, DONE = "newsroom.review.set", "newsroom.review.done"


@transaction.atomic
def set_review(
    page: Page,
    page_owner: Any,
    due_on: dt.date,
    every_months: int | None = None,
    *,
    user: Any = None,
) -> PageReview:
    """Say that ``page_owner`` looks after ``page`` and looks at it again on ``due_on``, then every ``every_months``.

    ``user``: who says so, for the page's history. A day that was set anew is reminded of anew.
    """
    review, created = PageReview.objects.select_for_update().get_or_create(
        page=Page(pk=page.pk), defaults={"page_owner": page_owner, "due_on": due_on, "every_months": every_months}
    )
    if not created:
        if review.due_on != due_on or review.page_owner != page_owner:
            review.reminded_on = None
        review.page_owner, review.due_on, review.every_months = page_owner, due_on, every_months
        review.save()
    log(instance=page, action=SET, user=user, data={"due_on": due_on.isoformat(), "page_owner": str(page_owner or "")})
    return review


@transaction.atomic
def end_review(page: Page, *, user: Any = None) -> None:
    """Let nobody be reminded of ``page`` any more."""
    deleted, _rows = PageReview.objects.filter(page=page.pk).delete()
    if deleted:
        log(instance=page, action=SET, user=user, data={"due_on": "", "page_owner": ""})


@transaction.atomic
def mark_reviewed(page: Page, user: Any, *, day: dt.date | None = None) -> PageReview | None:
    """Note that ``user`` has looked at ``page`` on ``day`` (today).

    A repeated review moves on by its months, counted from ``day``; one that was to happen once is over.
    Returns the review that is due next; ``None`` where there is none.
    """
    day = day or timezone.localdate()
    review = PageReview.objects.select_for_update().filter(page=page.pk).first()
    if review is None:
        return None
    log(instance=page, action=DONE, user=user, data={"due_on": review.due_on.isoformat()})
    if not review.every_months:
        review.delete()
        return None
    review.due_on, review.reminded_on = months_later(day, review.every_months), None
    review.save(update_fields=["due_on", "reminded_on"])
    return review


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later (earlier where negative); the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_reviews(day: dt.date | None = None) -> Any:
    """Reviews that are due on ``day`` (today) or were due before, most overdue first."""
    day = day or timezone.localdate()
    return PageReview.objects.filter(due_on__lte=day).select_related("page", "page_owner").order_by("due_on", "pk")


def is_stale(day: dt.date | None = None) -> Q:
    """Condition for public pages that were not published anew for long (12 months unless set) before ``day`` (today).

    A page whose next review lies ahead is looked after; one that is marked as archival is not meant to be fresh.
    """
    day = day or timezone.localdate()
    since = timezone.make_aware(dt.datetime.combine(months_later(day, -setting("STALE_AFTER_MONTHS")), dt.time.min))
    looked_after = PageReview.objects.filter(page=OuterRef("pk"), due_on__gt=day)
    archival = NewsroomPage.objects.filter(pk=OuterRef("pk"), archived_on__isnull=False)
    return Q(live=True, last_published_at__lt=since) & ~Q(Exists(looked_after)) & ~Q(Exists(archival))


def remind_page_owners(day: dt.date | None = None) -> int:
    """Write to each owner whose pages became due by ``day`` (today): one message for all of them, in their language.

    Each review is reminded of once, however often and by however many processes this is called: its row is claimed in
    the transaction that hands the message over. Returns how many messages there are.
    """
    day = day or timezone.localdate()
    sent = 0
    due = due_reviews(day).filter(reminded_on__isnull=True, page_owner__isnull=False, page_owner__is_active=True)
    for page_owner_id in list(due.order_by("page_owner").values_list("page_owner", flat=True).distinct()):
        # Somebody who moved to another section is told nothing of pages that they may not see any more.
        own = [
            each
            for each in due.filter(page_owner=page_owner_id)
            if each.page.permissions_for_user(each.page_owner).can_edit()
        ]
        with transaction.atomic():
            if claimed := _claim(own, day):
                sent += _send(claimed[0].page_owner, claimed)
    return sent


def _claim(reviews: Iterable[PageReview], day: dt.date) -> list[PageReview]:
    """Those of ``reviews`` that no other process has claimed in the meantime."""
    return [
        review
        for review in reviews
        if PageReview.objects.filter(pk=review.pk, reminded_on__isnull=True).update(reminded_on=day)
    ]


def _send(page_owner: Any, reviews: list[PageReview]) -> int:
    """Write to ``page_owner``; somebody without an address is told on the desk alone."""
    if not page_owner.email:
        return 0
    profile = getattr(page_owner, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
    with translation.override(language):
        send_later(_subject(reviews), _text(reviews), page_owner.email)
    return 1


def _subject(reviews: list[PageReview]) -> str:
    return ngettext("%(count)s page to review", "%(count)s pages to review", len(reviews)) % {"count": len(reviews)}


def _text(reviews: list[PageReview]) -> str:
    base = str(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).rstrip("/")
    lines = [
        gettext("You look after these pages, and the day has come to look at them again. Is everything still right?"),
        "",
    ]
    for review in reviews:
        title = " ".join(review.page.get_admin_display_title().split())
        due = gettext("due on %(day)s") % {"day": dates.plain_date(review.due_on)}
        lines += [
            f"• {title} ({due})",
            f"  {base}{reverse('wagtailadmin_pages:edit', args=[review.page.pk])}",
        ]
    lines += ["", gettext("When you are done, press “Reviewed” on your desk or on the page's review.")]
    return "\n".join(lines)
