"""The one search of a site: for its page, its API and whoever asks next."""

from dataclasses import dataclass, replace

from django.utils import timezone
from wagtail.models import Site

from wagtail_newsroom.news.finding.facets import Facets, facets_of
from wagtail_newsroom.news.finding.files import found_files, narrowed
from wagtail_newsroom.news.finding.hits import Hit, hits_of
from wagtail_newsroom.news.finding.marking import marker
from wagtail_newsroom.news.finding.pages import FoundPages
from wagtail_newsroom.news.finding.questions import Question
from wagtail_newsroom.news.finding.ranking import in_order, ranked_files, ranked_pages
from wagtail_newsroom.news.finding.spelling import corrected

# Results that are put in order and can be turned to; the counts know all.
MOST_RANKED = 500


@dataclass(frozen=True)
class Found:
    """``hits``: those asked for; ``reachable``: how many can be turned to. ``corrected``: words that were looked up in the
    place of those asked for, which nothing holds; empty where these were."""

    question: Question
    hits: list[Hit]
    facets: Facets
    reachable: int
    corrected: str = ""

    @property
    def total(self) -> int:
        """How many results there are."""
        return self.facets.total


def find(question: Question, site: Site, start: int, count: int) -> Found:
    """``count`` results from the place ``start`` on: public pages of ``site`` in the asked language, and files that they
    offer. Where nothing holds the words, those of the site that are nearest to them are looked up."""
    found = _find(question, site, start, count)
    if found.total or (question.is_narrowed and _find(_plain(question), site, 0, 0).total):
        return found
    better = corrected(question.text, site, question.locale_id)
    if better:
        other = _find(question.with_words(better), site, start, count)
        if other.total or (question.is_narrowed and _find(_plain(other.question), site, 0, 0).total):
            return replace(other, corrected=better)
    return found


def _plain(question: Question) -> Question:
    return question.without("types", "topics", "year", "kind")


def _find(question: Question, site: Site, start: int, count: int) -> Found:
    pages, files = FoundPages(question, site), found_files(question, site)
    facets = facets_of(pages, files)
    if not count:
        return Found(question, [], facets, 0)
    chosen = narrowed(files, question) if question.asks_for_files else []
    mark = marker(question.text, question.language)
    best_pages = pages.ranked(MOST_RANKED) if question.page_types else []
    best_files = ranked_files(chosen, len(question.text.split()), mark)
    ranked = in_order(ranked_pages(best_pages, timezone.now()), best_files)[:MOST_RANKED]
    return Found(question, hits_of(ranked[start : start + count], mark), facets, len(ranked))
