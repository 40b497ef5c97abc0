"""“Did you mean”: words of a question that the site does not know, each as the nearest one that it does.

Known are words of what anybody may read in the language that is searched: titles, leads, topics, names of files, and the
texts of the newest pages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.finding.files import public_now
from wagtail_newsroom.news.finding.texts import texts_of
from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.listings.page_columns import shown_lead
from wagtail_newsroom.news.models import Topic
from wagtail_newsroom.news.search.words import fold
from wagtail_newsroom.news.uses import used_by
from wagtail_newsroom.news.visibility import public_pages

WORD = re.compile(r"[^\W\d_]{3,}")
MOST_PAGES = 5_000  # the newest, of which title and lead are known
MOST_TEXTS = 500  # of them those of which the texts are known
SHORTEST = 4  # letters of a word that may be misspelt
LONG_WORD = 8  # letters from which on two mistakes are forgiven
MOST_ASKED = 12  # words of a question
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Vocabulary:
    """``forms``: by the folded word, the form in which it is most often written; ``counts``: how often it is."""

    forms: Mapping[str, str]
    counts: Mapping[str, int]
    by_length: Mapping[int, tuple[str, ...]]

    def nearest(self, word: str) -> str:
        """The known word nearest to ``word`` (folded), as it is written; empty where none is near."""
        if near := [each for each in _one_mistake(word) if each in self.counts]:
            return self.forms[max(near, key=lambda each: (self.counts[each], each))]
        if len(word) < LONG_WORD:
            return ""
        letters = frozenset(word)
        near = [
            each
            for length in range(len(word) - 2, len(word) + 3)
            for each in self.by_length.get(length, ())
            if len(letters ^ frozenset(each)) <= 4 and distance(word, each, 2) <= 2
        ]
        return self.forms[max(near, key=lambda each: (self.counts[each], each))] if near else ""


def corrected(text: str, site: Site, locale_id: int, is_found: Callable[[str], bool]) -> str:
    """``text`` with the words that the site does not know as it writes them; empty where nothing is to be corrected.

    ``is_found``: tells of a word whether something holds it, in another form than is known perhaps.
    """
    known = vocabulary_of(site, locale_id)
    changed = False
    asked = 0

    def correct(match: re.Match[str]) -> str:
        nonlocal changed, asked
        word = fold(match.group())
        asked += 1
        if len(word) < SHORTEST or word in known.counts or asked > MOST_ASKED or is_found(match.group()):
            return match.group()
        nearest = known.nearest(word)
        changed = changed or bool(nearest)
        return nearest or match.group()

    found = WORD.sub(correct, text)
    return found if changed else ""


def vocabulary_of(site: Site, locale_id: int) -> Vocabulary:
    """The words of the site in one language."""
    return remembered(("vocabulary", site.pk, locale_id), lambda: _made_of(_public_texts(site, locale_id)))


def _public_texts(site: Site, locale_id: int) -> Iterator[str]:
    public = public_pages(Page.objects.filter(locale_id=locale_id), site)
    latest = public.order_by("-last_published_at", "-pk")
    rows = list(latest.values_list("pk", "content_type_id", "title", shown_lead("lead", "intro"))[:MOST_PAGES])
    for _pk, _content_type, title, lead in rows:
        yield title
        yield lead
    newest = [(pk, content_type) for pk, content_type, _title, _lead in rows[:MOST_TEXTS]]
    for texts in texts_of(newest).values():
        yield from texts
    yield from Topic.objects.filter(locale=locale_id, pages__in=public.values("pk")).values_list("name", flat=True)
    model, files = get_document_model(), list(public_now(site))[:MOST_PAGES]
    offered = model._default_manager.filter(used_by(public, model, many=True), pk__in=files)
    yield from offered.values_list("title", flat=True)


def _made_of(texts: Iterable[str]) -> Vocabulary:
    written: Counter[str] = Counter()
    for text in texts:
        written.update(WORD.findall(text.lower()))
    forms: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for word, number in written.most_common():
        folded = _folded(word)
        forms.setdefault(folded, word)
        counts[folded] += number
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in counts:
        by_length[len(word)].append(word)
    return Vocabulary(forms, counts, {length: tuple(words) for length, words in by_length.items()})


_folded = lru_cache(maxsize=50_000)(fold)


def _one_mistake(word: str) -> Iterator[str]:
    """What ``word`` becomes where one letter is taken away, exchanged, put in, or two neighbours change places."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for before, after in halves:
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def distance(first: str, second: str, most: int) -> int:
    """How many letters have to be changed, two neighbours in each other's place counting once; above ``most`` any number."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(second) + 1))
    for row, letter in enumerate(first, start=1):
        now = [row]
        for column, other in enumerate(second, start=1):
            cost = min(now[-1] + 1, last[column] + 1, last[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other
            now.append(min(cost, before_last[column - 2] + 1) if swapped else cost)
        if min(now) > most:
            return most + 1
        before_last, last = last, now
    return last[-1]
