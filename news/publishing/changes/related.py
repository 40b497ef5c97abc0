"""Which pages each page shows as related, kept so that a change of one tells where it stands: see ``RelatedRow``.

Kept in the transaction of the act for public pages alone. Until the scheduler has looked at all pages once (after an upgrade,
or with a higher ``RELATED_ITEMS``) those with fewer rows than places count as showing whatever changes.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from wagtail.models import Page

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import NewsroomPage, Project, RelatedRow, Topic
from wagtail_newsroom.news.models.pages.shared import DAYS, likeness, public_stories
from wagtail_newsroom.news.visibility import public_pages

# Pages that are looked at in one transaction.
BATCH = 50
# The row of no page that says for how many places every page was noted.
NO_PAGE = 0


def showing(pages: Collection[Any]) -> set[int]:
    """Ids of the pages that show one of ``pages`` (base rows or whole) among what is related."""
    rows = RelatedRow.objects.filter(Q(target__in=[page.pk for page in pages]) | Q(page=NO_PAGE))
    found = dict(rows.values_list("page", "score"))
    if found.pop(NO_PAGE, 0) < setting("RELATED_ITEMS"):
        languages = {page.locale_id for page in pages}
        return {*found, *_unnoted().filter(locale__in=languages).values_list("pk", flat=True)}
    return set(found)


def follow(page: NewsroomPage, *, ranked: bool = True) -> set[int]:
    """Note what ``page`` shows now and, where it may be ranked otherwise, what others show; ids of those that differ."""
    others = showing([page]) | _admitting(page) | _choosing(page) if ranked else set()
    return refresh([page]) | refresh_ids(others - {page.pk})


def leave(page: NewsroomPage) -> set[int]:
    """Note that ``page`` is not public any more; ids of the pages that show something else now."""
    others = showing([page]) | _choosing(page)
    forget([page.pk])
    return others | refresh_ids(others)


def naming(page: Page) -> set[int]:
    """Ids of the stories whose related pages hang on ``page``: they show it, or name it."""
    if not isinstance(page, NewsroomPage):
        return set()
    same = NewsroomPage.objects.filter(page.same_event_condition() | Q(translation_key=page.translation_key))
    same_event = same.order_by().values_list("pk", flat=True)
    return {*showing([page]), *same_event, *_choosing(page)} - {page.pk}


def having(row: Any) -> set[int]:
    """Ids of the stories that have the topic or project ``row``; none for other rows, which are not compared."""
    if not isinstance(row, Topic | Project):
        return set()
    return set(NewsroomPage.objects.filter(pk__in=row.pages.values("pk")).order_by().values_list("pk", flat=True))


def forget(pks: Collection[int]) -> None:
    """Forget pages that are deleted."""
    RelatedRow.objects.filter(Q(page__in=pks) | Q(target__in=pks)).delete()


def refresh_ids(pks: Iterable[int]) -> set[int]:
    """As :func:`refresh`, by id."""
    pks = set(pks)
    if not pks:
        return set()
    pages = list(NewsroomPage.objects.filter(pk__in=pks).specific())
    prefetch_related_objects(pages, "topics", "projects", "related_links")
    return refresh(pages)


def refresh(pages: Iterable[Any]) -> set[int]:
    """Note anew what ``pages`` show; return the ids of those that show something else than was noted."""
    pages = list(pages)
    noted: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pk, target, score in RelatedRow.objects.filter(page__in=[page.pk for page in pages]).values_list(
        "page", "target", "score"
    ):
        noted[pk].append((target, score))
    changed, rows, public = set(), [], cache(public_stories)
    for page in pages:
        ranks = page.related_ranks(public)
        if sorted(ranks) != sorted(noted[page.pk]):
            changed.add(page.pk)
            rows += [RelatedRow(page=page.pk, target=pk, score=score) for pk, score in ranks]
    if changed:
        RelatedRow.objects.filter(page__in=changed).delete()
        # Somebody who publishes at the same moment may note the same; in one order, so that neither waits for the other.
        RelatedRow.objects.bulk_create(sorted(rows, key=lambda row: (row.page, row.target)), ignore_conflicts=True)
    return changed


def note_all(budget: float = 5.0) -> int:
    """Note what pages show that were not looked at yet, for ``budget`` seconds at the most; return how many differed."""
    if is_complete():
        return 0
    until, changed = time.monotonic() + budget, 0
    ids = list(_unnoted().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        if time.monotonic() > until:
            return changed
        with transaction.atomic():
            changed += len(refresh_ids(ids[start : start + BATCH]))
    RelatedRow.objects.update_or_create(page=NO_PAGE, target=NO_PAGE, defaults={"score": setting("RELATED_ITEMS")})
    return changed


def is_complete() -> bool:
    """Whether all pages were noted."""
    return RelatedRow.objects.filter(page=NO_PAGE, score__gte=setting("RELATED_ITEMS")).exists()


def _unnoted() -> QuerySet[Any]:
    """Public pages with fewer rows than places; the first of all pages are among them for good."""
    pages = public_pages(NewsroomPage.objects.all()).annotate(noted=_of_rows(Count("pk")))
    return pages.filter(noted__lt=setting("RELATED_ITEMS")).order_by()


def _admitting(page: NewsroomPage) -> set[int]:
    """Later pages that have a place for ``page``: a free one, or one that something less alike has."""
    if not public_pages(Page.objects.filter(pk=page.pk)).exists():
        return set()
    later = public_pages(NewsroomPage.objects.filter(page.later_ones()), page.get_site())
    score = likeness() * DAYS + Value(page.date.toordinal())
    compared = page.compared(later).annotate(score=score, noted=_of_rows(Count("pk")), floor=_of_rows(Min("score")))
    has_place = Q(noted__lt=setting("RELATED_ITEMS")) | Q(floor__lte=F("score"))
    return set(compared.filter(has_place).order_by().values_list("pk", flat=True))


def _choosing(page: NewsroomPage) -> set[int]:
    """Pages for which an editor chose ``page``, in whatever language: it takes one of the places while it is public."""
    chosen = Page.objects.filter(translation_key=page.translation_key)
    rows = NewsroomPage.objects.filter(related_links__target__in=chosen.values("pk"))
    return set(rows.order_by().values_list("pk", flat=True))


def _of_rows(figure: Any) -> Any:
    rows = RelatedRow.objects.filter(page=OuterRef("pk")).order_by().values("page")
    return Coalesce(Subquery(rows.annotate(figure=figure).values("figure")), 0)
