"""Polish words typed without their diacritics: the spellings that such a word may stand for."""

from collections.abc import Iterator

_LETTERS = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź"}
_VOWELS = frozenset("aeiouyąęó")
MOST_CHANGED = 4
MOST_SPELLINGS = 300


def spellings(word: str) -> Iterator[str]:
    """Yield ``word`` with up to four diacritics put in where Polish spelling allows them, fewest first."""
    places = [(place, letter) for place in range(len(word)) for letter in _fitting(word, place)]
    current: list[tuple[int, str]] = [(-1, word)]
    given = 0
    for _ in range(MOST_CHANGED):
        following = []
        for last, spelling in current:
            for place, letter in places:
                if place <= last:
                    continue
                changed = spelling[:place] + letter + spelling[place + 1 :]
                following.append((place, changed))
                yield changed
                given += 1
                if given >= MOST_SPELLINGS:
                    return
        current = following


def _fitting(word: str, place: int) -> str:
    letter = word[place]
    found = _LETTERS.get(letter, "")
    before, after = word[place - 1 : place], word[place + 1 : place + 2]
    if letter in "ae" and (not place or after in _VOWELS or (before in _VOWELS and before != "i")):
        return ""
    if letter in "cns" and after in _VOWELS:
        return ""
    if letter == "z" and after:
        found = found if after not in _VOWELS else "" if after == "i" else "ż"
    if letter == "l" and after == "i":
        return ""
    return "" if letter == "o" and (not after or after in _VOWELS) else found
