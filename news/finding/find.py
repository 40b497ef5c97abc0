"""The one search of a site: for its page, its API and whoever asks next."""

from dataclasses import dataclass, replace

from django.utils import timezone
from wagtail.models import Site

from wagtail_newsroom.news.finding.facets import Facets, facets_of
from wagtail_newsroom.news.finding.files import FoundFile, found_files, narrowed
from wagtail_newsroom.news.finding.hits import Hit, hits_of
from wagtail_newsroom.news.finding.marking import marker
from wagtail_newsroom.news.finding.pages import FoundPages
from wagtail_newsroom.news.finding.questions import Question, read
from wagtail_newsroom.news.finding.ranking import in_order, ranked_files, ranked_pages
from wagtail_newsroom.news.finding.spelling import corrected
from wagtail_newsroom.news.search.words import Asked
from wagtail_newsroom.news.search.words.widening import widened

# Results that are put in order and can be turned to; the counts know all.
MOST_RANKED = 500
# Of more things asked for none is left out.
MOST_GROUPS = 12


@dataclass(frozen=True)
class Found:
    """``hits``: those asked for; ``reachable``: how many can be turned to.

    ``corrected``: words that were looked up in the place of those asked for, which nothing holds; ``left_out``: those that
    nothing holds together with the others. Empty where all of them were found.
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


def find(question: Question, site: Site, start: int, count: int) -> Found:
    """``count`` results from the place ``start`` on: public pages of ``site`` in the asked language, and files that they
    offer. Where nothing holds the words, those of the site that are nearest to them are looked up; where nothing holds all
    of them, the rarest are left out."""
    search = _Search(question, site)
    if question.words.is_empty or search.finds_anything():
        return search.found(start, count)

    def is_found(word: str) -> bool:
        return _plain_pages(question.with_words(read(word, question.language)), site).exists()

    if better := corrected(question.text, site, question.locale_id, is_found):
        other = _Search(question.with_words(read(better, question.language)), site)
        if other.finds_anything():
            return replace(other.found(start, count), corrected=better)
    wider, left_out = _widened(question, site)
    return replace(_Search(wider, site).found(start, count), left_out=left_out)


class _Search:
    """One question to one site; its files are read once."""

    def __init__(self, question: Question, site: Site) -> None:
        self.question, self.site = question, site
        self.files: list[FoundFile] = found_files(question, site)

    def finds_anything(self) -> bool:
        """Whether anything holds the words, whatever they are narrowed by."""
        return bool(self.files) or _plain_pages(self.question, self.site).exists()

    def found(self, start: int, count: int) -> Found:
        """The results of this very question."""
        asked, pages = self.question, FoundPages(self.question, self.site)
        facets = facets_of(pages, self.files)
        files = narrowed(self.files, asked) if asked.asks_for_files else []
        best = pages.ranked(MOST_RANKED) if asked.page_types else []
        ranked = in_order(ranked_pages(best, timezone.now()), ranked_files(files))[:MOST_RANKED]
        hits = hits_of(ranked[start : start + count], marker(asked.words))
        return Found(asked, hits, facets, len(ranked))


def _plain_pages(question: Question, site: Site) -> FoundPages:
    return FoundPages(question.without("types", "topics", "year", "kind"), site)


def _widened(question: Question, site: Site) -> tuple[Question, tuple[str, ...]]:
    """``question`` without what has to be left out for something to be found, and that."""

    def count(words: Asked) -> int:
        asked = question.with_words(words)
        return _plain_pages(asked, site).count() or len(found_files(asked, site))

    if not 1 < len(question.words.groups) <= MOST_GROUPS:
        return question, ()
    words, left_out = widened(question.words, count)
    return (question, ()) if words.is_empty else (question.with_words(words), left_out)
