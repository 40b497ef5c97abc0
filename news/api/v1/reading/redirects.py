"""The addresses that lead elsewhere, and those of pages that are gone, one page of a list after the other."""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.cursors import ID, Edge, Key, Slice, write_cursor
from wagtail_newsroom.news.api.v1.reading.addresses import REDIRECTS, IsGone, Leads, look_up
from wagtail_newsroom.news.models.pages.retirements import Retirement

KEYS = (Key("source", "number"), ID)
BATCH = 100  # rows that are looked up at once, at least
Rows = list[dict[str, Any]]


def redirect_slice(answer: Answer, edge: Edge | None, limit: int, question: str) -> Slice:
    """Addresses from each source in turn: what was set up or made by a move, then what was retired.

    Each row has an ``item``, what is told of it. Rows of which nothing is told do not count: no page of the list is shorter
    for them, none is empty, and no cursor is made of one.
    """
    sources = [source for source in (_set_up(answer), _retired(answer)) if source is not None]
    return sliced_in_turn(sources, edge, limit, question, lambda rows: _told(rows, answer))


def _told(rows: Rows, answer: Answer) -> Rows:
    """``rows`` with what is at their addresses; without those where a public page is, or nothing the public may know of."""
    paths = {(row["source"], row["id"]): row["old"] or answer.path_of(row["url_path"]) for row in rows}
    found = look_up({path for path in paths.values() if path}, answer)
    kept = []
    for row in rows:
        path = paths[row["source"], row["id"]]
        there = found.get(path)
        if isinstance(there, Leads):
            kept.append({**row, "item": _item(path, "redirect", 301 if there.permanent else 302, there.to)})
        elif isinstance(there, IsGone) and (row["source"] == 1 or there.path.rstrip("/") != path.rstrip("/")):
            facts = {"title": there.title, "reason": there.reason}
            kept.append({**row, "item": {**_item(path, "gone", 301 if there.to else 410, there.to), **facts}})
    return kept


def _item(old_path: str, kind: str, status: int, to: str) -> dict[str, Any]:
    return {
        "old_path": old_path,
        "kind": kind,
        "status": status,
        "to": to or None,
        "permanent": status != 302,
        "title": None,
        "reason": None,
    }


def _set_up(answer: Answer) -> QuerySet[Any] | None:
    """Wagtail's redirects; that of the site before that of all sites."""
    if not apps.is_installed(REDIRECTS):
        return None
    model: Any = apps.get_model("wagtailredirects", "Redirect")
    own = model.objects.filter(site=answer.site, old_path=OuterRef("old_path"))
    rows = model.objects.filter(Q(site=answer.site) | (Q(site=None) & ~Exists(own)))
    return rows.values("id", old=F("old_path"), url_path=Value(""), source=Value(0))


def _retired(answer: Answer) -> QuerySet[Any]:
    """Pages that readers knew here and that were taken down; of several at one address the latest."""
    within = Q(pk__in=[])
    for root in answer.tree.roots:
        within |= Q(url_path__startswith=root.url_path)
    later = Retirement.objects.filter(
        url_path=OuterRef("url_path"), page__live=False, retired_at__gt=OuterRef("retired_at")
    )
    rows = Retirement.objects.filter(within, ~Exists(later), page__live=False)
    return rows.values("id", "url_path", old=Cast(Value(""), CharField()), source=Value(1))


def sliced_in_turn(
    sources: Sequence[QuerySet[Any]], edge: Edge | None, limit: int, question: str, keep: Callable[[Rows], Rows]
) -> Slice:
    """As :func:`~wagtail_newsroom.news.api.v1.cursors.sliced`, of several lists, one after the other, each by its ids.

    ``keep``: those of some rows that count.
    """
    forward = edge is None or edge.forward
    numbered = list(enumerate(sources))
    found: list[dict[str, Any]] = []
    for number, rows in numbered if forward else reversed(numbered):
        if edge is not None and (number < edge.values[0] if forward else number > edge.values[0]):
            continue
        if edge is not None and number == edge.values[0]:
            rows = rows.filter(**{"pk__gt" if forward else "pk__lt": edge.values[1]})
        found += _first(rows, limit + 1 - len(found), keep, forward=forward)
        if len(found) > limit:
            break
    more = len(found) > limit
    found = found[:limit]
    if not forward:
        found.reverse()
    has_next, has_prev = (more, edge is not None) if forward else (True, more)
    sorted_by = [{**row, "sorted_by_source": row["source"], "sorted_by_id": row["id"]} for row in found]
    return Slice(
        rows=found,
        next=write_cursor(question, KEYS, sorted_by[-1], forward=True) if found and has_next else "",
        prev=write_cursor(question, KEYS, sorted_by[0], forward=False) if found and has_prev else "",
    )


def _first(rows: QuerySet[Any], most: int, keep: Callable[[Rows], Rows], *, forward: bool) -> Rows:
    """At most ``most`` of ``rows`` that ``keep`` keeps, read in batches."""
    found: Rows = []
    size, beyond = max(most, BATCH), rows
    while len(found) < most:
        batch = list(beyond.order_by("pk" if forward else "-pk")[:size])
        found += keep(batch) if batch else []
        if len(batch) < size:
            break
        beyond = rows.filter(**{"pk__gt" if forward else "pk__lt": batch[-1]["id"]})
    return found[:most]
