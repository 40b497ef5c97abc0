"""Files that hold the words: those that something public on the site offers, in the version that the public gets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.finding.matching import Matches
from wagtail_newsroom.news.finding.questions import Question
from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.listings.files import current_files
from wagtail_newsroom.news.models import NewsroomPage, Topic
from wagtail_newsroom.news.uses import pages_naming
from wagtail_newsroom.news.visibility import has_versions, public_pages

MOST_FILES = 1_000  # the best of those that match; more are not looked at
FACTS = ("kind", "issued_on", "language", "version_group")


@dataclass
class FoundFile:
    """``pages``: ids of the public pages in the asked language that offer it; ``topics``: keys of what these are about."""

    pk: Any
    points: int
    kind: str
    year: str
    pages: set[int] = field(default_factory=set)
    topics: set[Any] = field(default_factory=set)


def found_files(question: Question, site: Site) -> list[FoundFile]:
    """As :func:`matching_files`, with what they are about."""
    found = matching_files(question, site)
    _tell_topics(found)
    return found


def matching_files(question: Question, site: Site) -> list[FoundFile]:
    """The public files of the asked language that match, the best first; narrowed by the words alone. Without ``topics``.

    A file is of the language of a page that offers it; one that no page names (a snippet does) of its own.
    """
    model = get_document_model()
    known = public_now(site)
    facts = [name for name in FACTS if name in _columns(model)]
    everything = model._default_manager.all()
    matching = Matches(model, question.words).ranked(everything, MOST_FILES, "created_at", *facts)
    rows = [row for row in matching if row["pk"] in known]
    offering = _pages_of(model, rows)
    public = public_pages(Page.objects.filter(pk__in={pk for pages in offering.values() for pk in pages}), site)
    locales = dict(public.values_list("pk", "locale_id"))
    found = []
    for row in rows:
        pages = {pk for pk in offering.get(row["pk"], ()) if pk in locales}
        here = {pk for pk in pages if locales[pk] == question.locale_id}
        if here or (not pages and row.get("language", "") in ("", question.language)):
            year = (row.get("issued_on") or row["created_at"]).year
            found.append(FoundFile(row["pk"], row["points"], row.get("kind") or "", str(year), here))
    return found


def public_now(site: Site) -> dict[Any, int]:
    """Ids of the public files of ``site``, each in its current version."""
    model = get_document_model()
    return remembered(("public files", site.pk), lambda: current_files(model, site))


def narrowed(files: Iterable[FoundFile], question: Question) -> list[FoundFile]:
    """Those of ``files`` that have the topics, year and kind that are asked for."""
    keys: set[Any] = set()
    if question.topics:
        keys = set(Topic.objects.filter(slug__in=question.topics).values_list("translation_key", flat=True))
    return [
        each
        for each in files
        if (not question.topics or keys & each.topics)
        and (question.year is None or each.year == str(question.year))
        and (not question.kind or each.kind == question.kind)
    ]


def _tell_topics(files: Iterable[FoundFile]) -> None:
    through = NewsroomPage.topics.through.objects.filter(newsroompage__in={pk for each in files for pk in each.pages})
    topics: dict[int, set[Any]] = defaultdict(set)
    for page, key in through.values_list("newsroompage_id", "topic__translation_key"):
        topics[page].add(key)
    for each in files:
        each.topics = {key for page in each.pages for key in topics.get(page, ())}


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
