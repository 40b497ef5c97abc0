"""What was asked: from what people type to groups of tokens, of which an index has to have one each."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from wagtail_newsroom.news.search.words.cutting import ENDINGS, Cut, Word, cut
from wagtail_newsroom.news.search.words.dates import Dated, dated, day_key, month_key, month_word
from wagtail_newsroom.news.search.words.glossary import SHORT_NAMES
from wagtail_newsroom.news.search.words.matches import All, Either, Match, Run, Token, all_of, either_of, tokens_in
from wagtail_newsroom.news.search.words.morphology import (
    ADJECTIVE,
    NOUN,
    VERB,
    Forms,
    forms,
    lemmas,
    nouns_of_verb,
    restored,
    stems,
)
from wagtail_newsroom.news.search.words.morphology import keys_of as keys_of_forms
from wagtail_newsroom.news.search.words.signs import fold, small
from wagtail_newsroom.news.search.words.small_words import is_question, is_small
from wagtail_newsroom.news.search.words.terms import PRESENT, counted

MOST_TYPED = 1_000  # characters
MOST_GROUPS, MOST_SMALL = 24, 12
FEWEST_FOR_ONE_MISSING = 4
_QUOTED = re.compile(r'["„“”«»]([^"„“”«»]*)(?:["„“”«»]|$)')
_ENDING = re.compile(rf"(?<=[a-z]{{2}})(?:{ENDINGS.translate(str.maketrans('ó', 'o'))})$")
_LONGEST_SHORT = 8


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that was asked for, with everything in an index that answers to it."""

    typed: str
    match: Match
    keys: tuple[str, ...] = ()  # without their prefix: see ``terms``
    weight: int = NOUN
    is_phrase: bool = False
    is_needed: bool = True


@dataclass(frozen=True)
class Asked:
    """A question: of all ``groups`` that are needed something has to be found, unless somebody widens it."""

    typed: str = ""
    languages: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    dropped: tuple[str, ...] = ()  # small words that were not looked for, as typed
    dates: tuple[Dated, ...] = ()
    is_question: bool = False  # a whole one, of which the text that answers it may hold few words

    @property
    def is_empty(self) -> bool:
        return not self.groups

    @property
    def phrases(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.is_phrase)

    @property
    def match(self) -> Match:
        """What answers to the question: all that is needed; of four things and more one may be missing."""
        needed = [group.match for group in self.needed]
        if len(needed) < FEWEST_FOR_ONE_MISSING or self.phrases:
            return all_of(needed)
        return either_of([all_of([*needed[:place], *needed[place + 1 :]]) for place in range(len(needed))])

    def is_answered_by(self, held: Collection[Group]) -> bool:
        """As :attr:`match`, of something that holds these groups."""
        missing = sum(group not in held for group in self.needed)
        return missing <= (len(self.needed) >= FEWEST_FOR_ONE_MISSING and not self.phrases)

    @property
    def needed(self) -> tuple[Group, ...]:
        """What has to be there; the others are wanted, and put what has them first."""
        return tuple(group for group in self.groups if group.is_needed) or self.groups

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every single token that answers to a part of the question."""
        found = (each for group in self.groups for each in tokens_in(group.match))
        return frozenset(each.text for each in found if isinstance(each, Token))

    @cached_property
    def surfaces(self) -> tuple[str, ...]:
        """The words as typed, folded, small ones too."""
        return tuple(word.surface for each in cut(self.typed) for word in each.words)

    def without(self, group: Group) -> "Asked":
        """The question with one thing less."""
        return self.only(*(each for each in self.groups if each is not group))

    def only(self, *groups: Group) -> "Asked":
        """Some things of the question alone."""
        return replace(self, groups=groups)


def asked(text: str, *languages: str, glossary: Mapping[str, Sequence[str]] | None = None) -> Asked:
    """What ``text`` asks of things in these languages, the first of which is that of who asks. Never raises.

    ``glossary``: what a short name stands for, where it is not the one that comes with the newsroom; either finds the
    other.
    """
    typed = " ".join(text[:MOST_TYPED].replace("\0", " ").encode("utf-8", "replace").decode().split())
    languages = tuple(dict.fromkeys(language.split("-")[0].lower() for language in languages)) or ("pl",)
    rest, phrases = _phrases(typed)
    dates = dated(rest)
    cuts = list(islice(cut(rest), MOST_GROUPS + MOST_SMALL))
    groups, dropped = _groups(rest, cuts, dates, languages)
    groups = [*_of_dates(rest, dates), *groups, *phrases]
    if not groups and dropped:
        groups, dropped = [_small(word) for each in cuts for word in each.words], []
    groups = _with_glossary(groups[:MOST_GROUPS], glossary, languages)
    is_whole = "?" in typed or any(is_question(fold(each)) for each in dropped)
    if is_whole:
        groups = _verbs_not_needed(groups)
    return Asked(typed, languages, tuple(groups), tuple(dropped), tuple(dates), is_whole)


def begun(text: str, *languages: str) -> Asked:
    """As :func:`asked` for somebody who is still typing: the last word may be the beginning of one, small ones too."""
    whole = asked(text, *languages)
    last = next(reversed(list(cut(whole.typed))), None)
    if last is None:
        return whole
    before = asked(whole.typed[: last.start], *languages).groups
    surfaces = tuple(word.surface for word in last.words)
    beginning: Match = Run(surfaces, begins=True) if len(surfaces) > 1 else Token(surfaces[0], begins=True)
    others = [group for group in whole.groups if group.match not in {each.match for each in before}]
    match = either_of([beginning, *([all_of([group.match for group in others])] if others else [])])
    tail = Group(whole.typed[last.start : last.end], match, others[-1].keys if others else ())
    return replace(whole, groups=(*before, tail), dropped=())


def _phrases(typed: str) -> tuple[str, list[Group]]:
    """The text without its quotations, and these: small words and forms of words count in them."""
    found = []
    for match in _QUOTED.finditer(typed):
        texts = tuple(word.surface for each in cut(match[1]) for word in each.words)
        if texts:
            run = Run(texts) if len(texts) > 1 else Token(texts[0])
            found.append(Group(match[1].strip(), run, tuple(f"w{text}" for text in texts), is_phrase=True))
    return _QUOTED.sub(" ", typed), found


def _groups(
    text: str, cuts: list[Cut], dates: list[Dated], languages: tuple[str, ...]
) -> tuple[list[Group], list[str]]:
    groups: dict[Match, Group] = {}
    dropped: list[str] = []
    numbers = counted(text)
    is_bare = _is_typed_without_diacritics(cuts, languages)
    for start, end, key in numbers:
        group = Group(text[start:end], Token(PRESENT + key), (key,))
        groups.setdefault(group.match, group)
    taken = [*((start, end) for start, end, _key in numbers), *((date.start, date.end) for date in dates)]
    for each in cuts:
        if any(start < each.end and each.start < end for start, end in taken):
            continue
        spelled = text[each.start : each.end]
        if len(each.words) > 1:
            group = _of_dashes(each, spelled, languages, is_bare)
        elif is_small(each.words[0].surface, *languages) and not each.words[0].is_abbreviation:
            dropped.append(spelled)
            continue
        else:
            group = of_word(each.words[0], spelled, languages, is_bare)
        groups.setdefault(group.match, group)
    return list(groups.values()), dropped


def of_word(word: Word, typed: str, languages: Sequence[str], is_bare: bool) -> Group:
    """The group of one word: what it may be a form of in each language, and its letters."""
    surface = word.surface
    if word.is_abbreviation or not word.text.isalpha():
        return Group(typed, Token(surface), (f"w{surface}",))
    keys: list[str] = []
    weight, is_known = NOUN, False
    for language in languages:
        if language == "pl":
            found = forms(word.text)
            more = restored(word.text) if (not found.lemmas or is_bare) and word.text.isascii() else None
            is_known, weight = bool(found.lemmas), found.weight if found.lemmas or not more else more.weight
            keys += keys_of_forms(found)
            keys += keys_of_forms(more) if more else ()
            keys += () if found.lemmas else stems(word.text)
        else:
            keys += lemmas(word.text, language)
    keys = list(dict.fromkeys(keys))
    others = [Token(PRESENT + key) for key in (*keys, f"h{surface}")]
    # Of sąd, which the dictionary knows, the letters alone would find sad.
    if not (is_known and not word.text.isascii() and forms(surface).lemmas):
        others += [Token(each) for each in _spelled(surface, is_known)]
    return Group(typed, either_of(others), (*keys, f"w{surface}"), weight)


def _spelled(surface: str, is_known: bool) -> Iterator[str]:
    """The letters of a word; of what may be an abbreviation in small letters those without an ending, too."""
    yield surface
    if not is_known and len(surface) < _LONGEST_SHORT and (base := _ENDING.sub("", surface)) != surface:
        yield base


def _of_dashes(found: Cut, typed: str, languages: Sequence[str], is_bare: bool) -> Group:
    parts = [of_word(word, word.text, languages, is_bare) for word in found.words]
    if all(word.surface.isdigit() for word in found.words):
        return Group(typed, Run(tuple(word.surface for word in found.words)), parts[0].keys)
    keys = tuple(dict.fromkeys(key for part in parts for key in part.keys))
    match = either_of([all_of([part.match for part in parts]), Token(found.whole)])
    return Group(typed, match, (f"h{found.whole}", *keys), max(part.weight for part in parts))


def _verbs_not_needed(groups: list[Group]) -> list[Group]:
    """In a whole question the verbs are its frame (“how do I register for …”), where it names anything. What they ask for
    texts call by its noun: ubezpieczyć by ubezpieczenie."""
    if all(group.weight <= VERB for group in groups):
        return groups
    return [_of_verb(group) if group.weight <= VERB else group for group in groups]


def _of_verb(group: Group) -> Group:
    word = small(group.typed)
    lemmas = forms(word).lemmas or restored(word).lemmas
    keys = keys_of_forms(Forms(tuple(noun for lemma in lemmas for noun in nouns_of_verb(lemma)), VERB))
    match = either_of([group.match, *(Token(PRESENT + key) for key in keys)])
    return replace(group, match=match, keys=tuple(dict.fromkeys((*group.keys, *keys))), is_needed=False)


def _small(word: Word) -> Group:
    return Group(word.text, Token(word.surface), (f"w{word.surface}",), ADJECTIVE)


def _of_dates(text: str, dates: list[Dated]) -> list[Group]:
    groups = []
    for found in dates:
        matches: list[Match] = []
        keys: list[str] = []
        if found.month:
            year, month = found.month
            keys = [month_key(year, month)]
            matches = [Token(PRESENT + keys[0]), All((Token(PRESENT + month_word(month)), Token(str(year))))]
        for day in found.days:
            key = day_key(day)
            keys.append(key)
            matches.append(Token(PRESENT + key))
            if day.year:  # a text that tells the year elsewhere
                matches.append(All((Token(f"{PRESENT}d{day.month:02}{day.day:02}"), Token(str(day.year)))))
        groups.append(Group(text[found.start : found.end], either_of(matches), tuple(keys)))
    return groups


def _is_typed_without_diacritics(cuts: list[Cut], languages: Sequence[str]) -> bool:
    """Whether somebody types ``uslugi`` for usługi: then ``sad`` may be sąd as well."""
    words = [word.text for each in cuts for word in each.words if word.text.isalpha() and not word.is_abbreviation]
    if "pl" not in languages or not all(word.isascii() for word in words):
        return False
    return any(not forms(word).lemmas and restored(word).lemmas for word in words)


class _Name(NamedTuple):
    """A short name as an index has it, and the groups of what it stands for."""

    short: Token
    named: tuple[Group, ...]


@lru_cache(maxsize=64)
def _names(glossary: tuple[tuple[str, tuple[str, ...]], ...], languages: tuple[str, ...]) -> tuple[_Name, ...]:
    return tuple(
        _Name(Token(fold(short)), asked(name, *languages, glossary={}).groups)
        for short, names in glossary
        for name in names
    )


def _with_glossary(
    groups: list[Group], glossary: Mapping[str, Sequence[str]] | None, languages: tuple[str, ...]
) -> list[Group]:
    """Short names find what they stand for, and the other way round."""
    if glossary is None:
        glossary = {short: names for language in languages for short, names in SHORT_NAMES.get(language, {}).items()}
    found = tuple((short, tuple(names)) for short, names in glossary.items())
    for name in _names(found, languages) if found else ():
        whole = all_of([group.match for group in name.named]) if name.named else name.short
        groups = [
            replace(group, match=either_of([group.match, whole]))
            if not group.is_phrase and name.short in _leaves(group.match)
            else group
            for group in groups
        ]
        groups = _with_short(groups, name)
    return groups


def _leaves(match: Match) -> tuple[Match, ...]:
    """What stands for a word by itself, without what it was widened by."""
    return match.parts if isinstance(match, Either) else (match,)


def _with_short(groups: list[Group], name: _Name) -> list[Group]:
    wanted = [set(group.keys) for group in name.named]
    for start in range(len(groups) - len(wanted) + 1 if wanted else 0):
        stretch = groups[start : start + len(wanted)]
        if all(set(group.keys) & keys for group, keys in zip(stretch, wanted, strict=True)):
            match = either_of([all_of([group.match for group in stretch]), name.short])
            keys = (f"w{name.short.text}", *(key for group in stretch for key in group.keys))
            one = Group(" ".join(group.typed for group in stretch), match, keys)
            return [*groups[:start], one, *groups[start + len(wanted) :]]
    return groups
