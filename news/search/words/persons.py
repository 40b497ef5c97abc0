"""Whether words may name a person. What people search for is kept for editors only where it names nobody.

Rather too much is taken for a name than too little.
"""

import re
from itertools import pairwise

from wagtail_newsroom.news.search.words.diacritics import spellings
from wagtail_newsroom.news.search.words.morphology import NameReading, names_of
from wagtail_newsroom.news.search.words.signs import fold

SURNAME, GIVEN, COMMON = "nazwisko", "imię", "nazwa_pospolita"
# They are surnames too, and say something else wherever people look for a public body.
_PLAIN_ADJECTIVES = frozenset(
    "miejski wiejski polski ukraiński białoruski unijny europejski morski ludzki górski leśny biały dobry wielki mały stary "
    "dolnośląski śląski kujawski lubelski lubuski łódzki małopolski mazowiecki opolski podkarpacki podlaski pomorski "
    "zachodniopomorski warmiński mazurski wielkopolski świętokrzyski kaszubski warszawski krakowski wrocławski poznański "
    "gdański gdyński szczeciński bydgoski toruński białostocki katowicki kielecki rzeszowski olsztyński".split()
)
_WORD = re.compile(r"[^\W\d_]+")
# Of words that the dictionary does not know, folded.
_LIKE_SURNAME = re.compile(
    r"(?:[sc]k|dzk)(?:i|a|iego|iej|iemu|im|ich|imi)$|(?:icz|czyk|iak|czak|szczak)(?:a|owi|iem|em|u|ow|ami)?$"
)
_FEWEST_LETTERS = 4


def may_name_somebody(text: str) -> bool:
    """Whether a word of ``text`` is a surname or a given name and nothing else, or may be one and stands alone or beside such a name.

    True wherever there is no dictionary that could tell.
    """
    if names_of("rada") is None:
        return True
    words = [_Read(word) for word in _WORD.findall(text.lower())]
    stands_alone = len(text.split()) == 1
    if any(each.is_name or (stands_alone and each.is_surname) for each in words):
        return True
    return any(
        (one.is_given and other.is_surname) or (other.is_given and one.is_surname) for one, other in pairwise(words)
    )


class _Read:
    """What a word may be. ``is_name``: of a person, and nothing else that is in use."""

    def __init__(self, word: str) -> None:
        readings = names_of(word) or []
        if not readings and word.isascii():
            readings = [each for spelling in spellings(word) for each in names_of(spelling) or []]
        self.is_surname = any(SURNAME in each.names for each in readings)
        self.is_given = any(GIVEN in each.names for each in readings)
        is_word = any(COMMON in each.names or _says_something(each) for each in readings)
        self.is_name = (self.is_surname or self.is_given) and not is_word
        if not readings:
            self.is_name = self.is_surname = len(word) >= _FEWEST_LETTERS and bool(_LIKE_SURNAME.search(fold(word)))


def _says_something(reading: NameReading) -> bool:
    """Whether it is a word other than a noun; of adjectives, whose forms most surnames have, those that are in use."""
    if reading.part in ("adj", "adjp", "adja"):
        return reading.lemma in _PLAIN_ADJECTIVES
    return reading.part not in ("subst", "depr")
