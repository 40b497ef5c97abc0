"""Where in a text the words stand that were asked for, in whatever form they stand there."""

from wagtail_newsroom.news.search.words.asking import Asked
from wagtail_newsroom.news.search.words.cutting import Cut, Word, cut
from wagtail_newsroom.news.search.words.dates import dated
from wagtail_newsroom.news.search.words.dates import keys_of as keys_of_dates
from wagtail_newsroom.news.search.words.matches import Run, tokens_in
from wagtail_newsroom.news.search.words.terms import PRESENT, counted, keys_of_word, tokens_of


def marks(text: str, question: Asked) -> list[tuple[int, int]]:
    """Start and end of each word of ``text`` that answers to a part of the question, in their order."""
    if question.is_empty:
        return []
    wanted, language = question.tokens, question.languages[0]
    cuts = list(cut(text))
    words = [word for each in cuts for word in each.words]
    found = [stretch for each in cuts for stretch in _in_cut(each, wanted, language)]
    for place, key in counted(text, cuts).items():
        if PRESENT + key in wanted:
            found.append((cuts[place].start, cuts[place + 1].words[0].end))
    found += [(date.start, date.end) for date in dated(text) if wanted & {PRESENT + key for key in keys_of_dates(date)}]
    found += _runs(words, question)
    return _apart(found)


def _in_cut(found: Cut, wanted: frozenset[str], language: str) -> list[tuple[int, int]]:
    """The words that are wanted; where dashes hold wanted words together, all of it is one."""
    words = [word for word in found.words if _tokens(word, language) & wanted]
    if len(words) == len(found.words) or f"{PRESENT}h{found.whole}" in wanted:
        return [(found.start, found.end)]
    return [(word.start, word.end) for word in words]


def _tokens(word: Word, language: str) -> set[str]:
    return {word.surface, *tokens_of(keys_of_word(word, language))}


def _runs(words: list[Word], question: Asked) -> list[tuple[int, int]]:
    surfaces = [word.surface for word in words]
    found = []
    for run in (each for group in question.groups for each in tokens_in(group.match) if isinstance(each, Run)):
        length = len(run.texts)
        found += [
            (words[place].start, words[place + length - 1].end)
            for place in range(len(words) - length + 1)
            if tuple(surfaces[place : place + length]) == run.texts
        ]
    return found


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping stretches joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
