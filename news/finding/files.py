"""Files that hold the words: those that something public on the site offers, in the version that the public gets."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.finding.matching import Matches
from wagtail_newsroom.news.finding.questions import Question
from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.listings.files import current_files
from wagtail_newsroom.news.models import NewsroomPage, Topic
from wagtail_newsroom.news.once import once
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.search.ranking import points_together
from wagtail_newsroom.news.search.words import Asked, Group
from wagtail_newsroom.news.search.words.asking import FEWEST_FOR_ONE_MISSING
from wagtail_newsroom.news.uses import pages_naming
from wagtail_newsroom.news.visibility import has_versions, key_of_public, public_pages

MOST_FILES = 1_000  # the best of those that match; more are not looked at
_QUERIES = PreparedQueries()
FACTS = ("kind", "issued_on", "language", "version_group")


@dataclass(frozen=True)
class FoundFile:
    """``held``: by the groups of the question that it holds, its points for each. ``pages``: ids of the public pages in the
    asked language that offer it; ``topics``: keys of what these are about."""

    pk: Any
    held: Mapping[Group, int]
    kind: str
    year: str
    pages: frozenset[int] = frozenset()
    topics: frozenset[Any] = frozenset()
    points: int = 0


def files_with_any(question: Question, site: Site) -> list[FoundFile]:
    """The public files of the asked language that hold any of the words, narrowed by nothing; without ``points``.

    A file is of the language of a page that offers it; one that no page names (a snippet does) of its own.
    """
    model = get_document_model()
    facts = [name for name in FACTS if name in _columns(model)]
    everything = model._default_manager.all()
    matching = Matches(model, question.words).by_group(everything, MOST_FILES, "created_at", *facts)
    known = public_now(site) if matching else {}
    rows = [row for row in matching if row["pk"] in known]
    offering = _pages_of(model, rows) if rows else {}
    locales = _locales_of_public({pk for pages in offering.values() for pk in pages}, site)
    topics = topics_of({pk for pk, locale_id in locales.items() if locale_id == question.locale_id})
    found = []
    for row in rows:
        pages = {pk for pk in offering.get(row["pk"], ()) if pk in locales}
        here = {pk for pk in pages if locales[pk] == question.locale_id}
        if here or (not pages and row.get("language", "") in ("", question.language)):
            year = str((row.get("issued_on") or row["created_at"]).year)
            about = frozenset(key for pk in here for key in topics.get(pk, ()))
            found.append(FoundFile(row["pk"], row["held"], row.get("kind") or "", year, frozenset(here), about))
    return found


def files_with_all(files: Iterable[FoundFile], words: Asked) -> list[FoundFile]:
    """Those of ``files`` that answer to ``words``, the best first."""
    is_loose = len(words.needed) >= FEWEST_FOR_ONE_MISSING
    found = [
        replace(each, points=points_together(each.held, words.groups, any_of=is_loose))
        for each in files
        if words.is_answered_by(each.held)
    ]
    return sorted(found, key=lambda each: (-each.points, -each.pk))


def public_now(site: Site) -> dict[Any, int]:
    """Ids of the public files of ``site``, each in its current version."""
    model = get_document_model()
    key = ("public files", site.pk)
    return once(key, lambda: remembered(key, lambda: current_files(model, site)))


def narrowed(files: Iterable[FoundFile], question: Question) -> list[FoundFile]:
    """Those of ``files`` that have the topics, year and kind that are asked for."""
    keys = keys_of_topics(question)
    return [
        each
        for each in files
        if (not question.topics or keys & each.topics)
        and (question.year is None or each.year == str(question.year))
        and (not question.kind or each.kind == question.kind)
    ]


def keys_of_topics(question: Question) -> set[Any]:
    """Keys of the topics that are asked for."""
    if not question.topics:
        return set()
    return set(Topic.objects.filter(slug__in=question.topics).values_list("translation_key", flat=True))


def topics_of(pages: Collection[int]) -> dict[int, set[Any]]:
    """By their ids, the keys of the topics of ``pages``; those without are left out."""
    found: dict[int, set[Any]] = defaultdict(set)
    for row in _QUERIES.rows("topics", _topic_rows, timezone.now(), [*pages]) if pages else ():
        found[row["newsroompage_id"]].add(row["topic__translation_key"])
    return found


def _topic_rows(_now: dt.datetime, pages: Sequence[int]) -> QuerySet[Any]:
    through = NewsroomPage.topics.through.objects.filter(newsroompage__in=pages)
    return through.order_by().values("newsroompage_id", "topic__translation_key")


def _locales_of_public(pages: Collection[int], site: Site) -> dict[int, int]:
    """Those of ``pages`` that are public, with their locales."""

    def build(now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
        return public_pages(Page.objects.filter(pk__in=ids), site, now).order_by().values("pk", "locale_id")

    key = ("locales", key_of_public(site))
    rows = _QUERIES.rows(key, build, timezone.now(), [*pages]) if pages else ()
    return {row["pk"]: row["locale_id"] for row in rows}


def _columns(model: Any) -> set[str]:
    return {each.name for each in model._meta.concrete_fields}


def _pages_of(model: Any, rows: list[dict[str, Any]]) -> dict[Any, set[int]]:
    """By the id of each file, the pages that name it in whatever version."""
    if not has_versions(model):
        return pages_naming(model, [row["pk"] for row in rows])
    group_of = {row["pk"]: row["version_group"] for row in rows}
    versions = dict(
        model._default_manager.filter(version_group__in=set(group_of.values())).values_list("pk", "version_group")
    )
    by_group: dict[Any, set[int]] = defaultdict(set)
    for pk, pages in pages_naming(model, versions).items():
        by_group[versions[pk]] |= pages
    return {pk: by_group[group] for pk, group in group_of.items()}
