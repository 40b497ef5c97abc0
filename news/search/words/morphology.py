"""What a word is a form of: Polish by Morfeusz and its dictionary, English and unknown words by their stems.

Where Morfeusz has no wheel, Polish goes by stems as well.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice
from threading import RLock
from typing import Any, NamedTuple

import snowballstemmer

from wagtail_newsroom.news.search.words.cutting import MOST_REMEMBERED
from wagtail_newsroom.news.search.words.diacritics import spellings
from wagtail_newsroom.news.search.words.signs import coded, fold

try:
    import morfeusz2
except ImportError:  # no wheel for this machine
    morfeusz2 = None

SHORTEST_RESTORED = 3
# How much a word says of what is looked for.
NOUN, ADJECTIVE, VERB = 3, 2, 1

_NOUNS = frozenset({"subst", "depr", "ger", "xxx", "dig", "romandig"})
_ADJECTIVES = frozenset({"adj", "adja", "adjp", "adjc", "ppas", "pact", "num", "numcomp"})
_VERBS = frozenset({"fin", "bedzie", "praet", "cond", "impt", "imps", "inf", "pcon", "pant", "winien", "pred", "adv"})
_ENDING = re.compile(
    r"(?<=[a-z]{3})(?:iami|ami|iach|ach|owi|iem|em|iom|om|ow|ego|emu|ymi|imi|ych|ich|ym|im|ej|(?<=r)ze|ie|ia|iu|ii|[aeiouy])$"
)
_HAS_PREFIX = re.compile(r"[a-ząćęłńóśźż]+[A-ZĄĆĘŁŃÓŚŹŻ]").match
_OUT_OF_USE = ("daw.", "przest.", "arch.")
_SELDOM = ("daw.", "rzad.", "przest.", "gwar.", "wulg.", "arch.", "pot.", "środ.")
# Neither Morfeusz nor the stemmers can be used by two threads at once.
_lock = RLock()


class Forms(NamedTuple):
    """The words of the dictionary that a word may be a form of, and how much it says."""

    lemmas: tuple[str, ...]
    weight: int


UNKNOWN = Forms((), NOUN)


def lemmas(word: str, language: str) -> tuple[str, ...]:
    """What ``word`` (in small letters) may be a form of, as keys of ``language``; empty where only its letters are known."""
    if not word.isalpha():
        return ()
    if language == "pl":
        return keys_of(forms(word)) or (*keys_of(restored(word)), *stems(word))
    if language != "en" or not (word.isascii() and word.isalpha()):
        return ()
    with _lock:
        return (f"e{_english().stemWord(word)}",)


def keys_of(found: Forms) -> tuple[str, ...]:
    """The keys under which an index has these words of the dictionary."""
    return tuple(dict.fromkeys(f"l{coded(lemma)}" for lemma in found.lemmas))


@lru_cache(maxsize=MOST_REMEMBERED)
def forms(word: str) -> Forms:
    """What the dictionary knows of ``word``; nothing (:data:`UNKNOWN`) where it does not know it."""
    return _looked_up(word)


def _looked_up(word: str) -> Forms:
    if _morfeusz() is None:
        return UNKNOWN
    with _lock:
        read = _morfeusz().analyse(word)
    # A word that Morfeusz cuts (``zrobiłem`` is ``zrobił`` and ``em``) is known by what it begins with.
    begins = [each[2] for each in read if each[0] == 0]
    if begins[0][2] == "ign":
        return UNKNOWN
    return _sifted(_Reading(lemma.split(":")[0], tag.split(":"), remarks) for _, lemma, tag, _, remarks in begins)


class _Reading(NamedTuple):
    """One way to read a word: as this lemma, with its tags and what the dictionary remarks on it."""

    lemma: str
    tags: list[str]
    remarks: list[str]


def _sifted(readings: Iterable[_Reading]) -> Forms:
    """The readings that somebody who searches may mean; rare ones only where there are no others."""
    kept = [each for each in readings if each.tags[0] in _NOUNS | _ADJECTIVES | _VERBS]
    has_noun = any(each.tags[0] == "subst" for each in kept)
    for is_poor in (_is_order, _is_call, _is_seldom):
        kept = [each for each in kept if not is_poor(each)] or kept
    if has_noun:
        kept = [each for each in kept if each.tags[0] != "ger"] or kept
    tags = {each.tags[0] for each in kept}
    weight = NOUN if tags & _NOUNS else ADJECTIVE if tags & _ADJECTIVES else VERB
    return Forms(tuple(dict.fromkeys(each.lemma for each in kept)), weight) if kept else UNKNOWN


def _is_order(reading: _Reading) -> bool:
    return reading.tags[0] == "impt"


def _is_call(reading: _Reading) -> bool:
    return reading.tags[0] in {"subst", "depr"} and reading.tags[2:3] == ["voc"]


def _is_seldom(reading: _Reading) -> bool:
    return any(remark.startswith(_SELDOM) for remark in reading.remarks)


class NameReading(NamedTuple):
    """One way to read a word. ``names``: what it is a name of, in the dictionary's own words (``nazwisko``, ``imię`` …)."""

    lemma: str
    part: str
    names: frozenset[str]


def names_of(word: str) -> list[NameReading] | None:
    """The ways to read ``word``, out of use ones left out.

    Empty for a word that the dictionary does not know; ``None`` where there is no dictionary.
    """
    if _morfeusz() is None:
        return None
    with _lock:
        read = _morfeusz().analyse(word)
    # With a prefix before it nothing is a name, whatever the dictionary says (``teleOpieka``).
    begins = [each[2] for each in read if each[0] == 0 and each[2][2] != "ign" and not _HAS_PREFIX(each[2][1])]
    return [
        NameReading(lemma.split(":")[0], tag.split(":")[0], frozenset(names))
        for _, lemma, tag, names, remarks in begins
        if not any(remark.startswith(_OUT_OF_USE) for remark in remarks)
    ]


@lru_cache(maxsize=MOST_REMEMBERED // 5)
def restored(word: str) -> Forms:
    """What a word without any diacritics may be a form of, where some were left out."""
    if len(word) < SHORTEST_RESTORED or not word.isascii():
        return UNKNOWN
    found = [form for form in map(_looked_up, spellings(word)) if form.lemmas]
    names = dict.fromkeys(lemma for form in found for lemma in form.lemmas)
    return Forms(tuple(islice(names, 6)), max((form.weight for form in found), default=NOUN))


@lru_cache(maxsize=MOST_REMEMBERED // 5)
def nouns_of_verb(lemma: str) -> tuple[str, ...]:
    """Nouns of the dictionary that are made of the verb ``lemma``: zgłoszenie of zgłosić."""
    if _generator() is None or " " in lemma:
        return ()
    with _lock:
        made = dict.fromkeys(each[0] for each in _generator().generate(lemma) if _is_noun_of_verb(each[2]))
    return tuple(dict.fromkeys(noun for form in made for noun in forms(form).lemmas if noun in made))


def _is_noun_of_verb(tags: str) -> bool:
    return tags.startswith("ger:sg:nom") and tags.endswith("aff")


@lru_cache(maxsize=MOST_REMEMBERED)
def stems(word: str) -> tuple[str, ...]:
    """The keys of a Polish word by its endings alone: as Snowball takes them off, and as they are without diacritics."""
    with _lock:
        stem = _polish().stemWord(word)
    return tuple(dict.fromkeys(f"s{fold(each)}" for each in (stem, _ENDING.sub("", fold(word)))))


def dictionary() -> str:
    """Which dictionary the words are read by: another one makes other keys."""
    version = str(getattr(snowballstemmer, "__version__", ""))
    return f"{_morfeusz().dict_id() if _morfeusz() is not None else 'stems'} {version}"


@cache
def _morfeusz() -> Any:
    if morfeusz2 is None:
        return None
    return morfeusz2.Morfeusz(generate=False, case_handling=morfeusz2.IGNORE_CASE)


@cache
def _generator() -> Any:
    return morfeusz2.Morfeusz(analyse=False) if morfeusz2 is not None else None


@cache
def _polish() -> Any:
    return snowballstemmer.stemmer("polish")


@cache
def _english() -> Any:
    return snowballstemmer.stemmer("english")
