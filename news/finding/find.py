"""The one search of a site: for its page, its API and whoever asks next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils import timezone
from wagtail.models import Site

from wagtail_newsroom.news.finding.chosen import ChosenPages
from wagtail_newsroom.news.finding.covering import MANY, covered
from wagtail_newsroom.news.finding.facets import Facets, facets_of
from wagtail_newsroom.news.finding.files import FoundFile, files_with_all, files_with_any, narrowed
from wagtail_newsroom.news.finding.hits import Hit, hits_of
from wagtail_newsroom.news.finding.pages import FoundPages
from wagtail_newsroom.news.finding.questions import Question, read
from wagtail_newsroom.news.finding.ranking import in_order, ranked_files, ranked_pages
from wagtail_newsroom.news.finding.spelling import corrected
from wagtail_newsroom.news.once import one_look
from wagtail_newsroom.news.search.words import Asked

# Results that are put in order and can be turned to; the counts know all.
MOST_RANKED = 500
# Of more things asked for none is left out.
MOST_GROUPS = 12
# Of so many pages that hold all of the words nobody misses others.
ENOUGH = 20


@dataclass(frozen=True)
class Found:
    """``hits``: those asked for; ``reachable``: how many can be turned to.

    ``corrected``: words that were looked up in the place of those asked for, which nothing holds; ``left_out``: those that
    nothing holds. Empty where all of them were found; what a single page lacks, its hit says.
    """

    question: Question
    hits: list[Hit]
    facets: Facets
    reachable: int
    corrected: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many results there are."""
        return self.facets.total


@one_look()
def find(question: Question, site: Site, start: int, count: int) -> Found:
    """``count`` results from the place ``start`` on: public pages of ``site`` in the asked language, and files that they
    offer. A page counts as holding what its files hold. Of many words most are enough; where nothing holds a word, the word
    of the site that is nearest to it is looked up, else it is left out."""
    search = _Search(question, site)
    if question.words.is_empty or (len(question.words.groups) < MANY and search.finds_enough()):
        return search.found(start, count)
    found = _most(search, start, count)
    if (found.left_out or not found.reachable) and (better := _corrected(question, site)) is not None:
        other = _most(_Search(better, site), start, count)
        if other.reachable and len(other.left_out) <= len(found.left_out):
            return replace(other, corrected=better.text)
    return found


def _most(search: "_Search", start: int, count: int) -> Found:
    """What holds all of the words, or most of them."""
    words = search.question.words
    if not 1 < len(words.groups) <= MOST_GROUPS:
        return search.found(start, count)
    pages = covered(search.question, search.site, search.files)
    if 0 < len(pages.nowhere) < len(words.groups):
        words = words.only(*(group for group in words.groups if group not in pages.nowhere))
        search = search.narrowed_to(words)
    found = search.found(start, count, pages.points if len(words.groups) > 1 else None)
    hits = [replace(hit, lacks=pages.lacks.get(hit.page.pk, ())) if hit.page else hit for hit in found.hits]
    return replace(found, hits=hits, left_out=tuple(group.typed for group in pages.nowhere))


def _corrected(question: Question, site: Site) -> Question | None:
    def is_found(word: str) -> bool:
        return _plain_pages(question.with_words(read(word, question.language)), site).exists()

    better = corrected(question.text, site, question.locale_id, is_found)
    return question.with_words(read(better, question.language)) if better else None


class _Search:
    """One question to one site; ``files``: those that hold any of its words, read once."""

    def __init__(self, question: Question, site: Site, files: list[FoundFile] | None = None) -> None:
        self.question, self.site = question, site
        self.files = files_with_any(question, site) if files is None else files

    def narrowed_to(self, words: Asked) -> "_Search":
        """The same search for some of its words."""
        return _Search(self.question.with_words(words), self.site, self.files)

    def finds_enough(self) -> bool:
        """Whether so many pages hold all of the words that nobody misses others."""
        return _plain_pages(self.question, self.site).count() >= ENOUGH

    def found(self, start: int, count: int, chosen: Mapping[int, float] | None = None) -> Found:
        """The results of this very question, or the pages ``chosen`` for it with their points."""
        asked = self.question
        pages = FoundPages(asked, self.site) if chosen is None else ChosenPages(asked, chosen)
        matching = files_with_all(self.files, asked.words)
        facets = facets_of(pages, matching)
        files = narrowed(matching, asked) if asked.asks_for_files else []
        best = pages.ranked(MOST_RANKED) if asked.page_types else []
        ranked = in_order(ranked_pages(best, timezone.now()), ranked_files(files))[:MOST_RANKED]
        hits = hits_of(ranked[start : start + count], asked.words)
        return Found(asked, hits, facets, len(ranked))


def _plain_pages(question: Question, site: Site) -> FoundPages:
    return FoundPages(question.plain, site)
