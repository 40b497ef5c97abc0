"""What is known already: people and venues by the names that a text gives them.

Names are compared folded (lower case, no diacritics, single spaces), people's without the titles before them. Two
rows of one name are no match: nobody is taken for somebody else. Each function asks the database twice at the most,
however many names there are.
"""

import re
from collections.abc import Iterable
from typing import Any

from wagtail_newsroom.news.models import Person, Venue
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze
from wagtail_newsroom.news.reader.text.vocabulary import TITLES

_TITLE = re.compile(rf"(?:{TITLES})(?=[\s,.]|$)[\s,.]*", re.IGNORECASE)
_POSTAL_CODE = re.compile(r"\b\d\d-\d\d\d\b")
_QUOTES = re.compile(r"[\"']")
SHORTEST_STEM = 4


def same_name(name: str) -> str:
    """What two spellings of a name have in common."""
    return squeeze(_QUOTES.sub("", fold(name)).replace("–", "-").replace("‑", "-"))


def same_person(name: str) -> str:
    """As :func:`same_name`, without academic and other titles in front."""
    folded = same_name(name)
    while match := _TITLE.match(folded):
        rest = folded[match.end() :]
        if len(rest.split()) < 2:  # what is left has to be a first name and a surname
            break
        folded = rest
    return folded


def known_people(names: Iterable[str], locale: Any) -> dict[str, Person]:
    """The people of ``locale`` (a ``Locale`` or its id) who are called so, by the name as it was given."""
    wanted = {name: folded for name in names if name and (folded := same_person(name))}
    if not wanted:
        return {}
    stored: dict[str, list[int]] = {}
    looked_for = set(wanted.values())
    for pk, name in Person.objects.filter(locale=locale).order_by("pk").values_list("pk", "name"):
        if (folded := same_person(name)) in looked_for:
            stored.setdefault(folded, []).append(pk)
    single = {folded: pks[0] for folded, pks in stored.items() if len(pks) == 1}
    if not single:
        return {}
    rows = Person.objects.select_related("organisation").in_bulk(set(single.values()))
    return {name: rows[single[folded]] for name, folded in wanted.items() if folded in single}


def known_venue(text: str, locale: Any) -> Venue | None:
    """The venue of ``locale`` that ``text`` speaks of: by its name, or by its street and city. ``None`` where in doubt."""
    if not text.strip():
        return None
    words = same_name(text)
    venues = Venue.objects.filter(locale=locale).order_by("pk")
    found = [(weight, venue) for venue in venues if (weight := _weight(venue, words))]
    if not found:
        return None
    best = max(weight for weight, _venue in found)
    matches = [venue for weight, venue in found if weight == best]
    return matches[0] if len(matches) == 1 else None


def _weight(venue: Venue, words: str) -> int:
    """How much of ``venue`` the words tell; 0: they speak of another place, or too little."""
    name, street = (_contains(words, part) for part in (venue.name, venue.street))
    city = _mentions_city(words, venue.city)
    elsewhere = bool(venue.city) and not city and bool(_POSTAL_CODE.search(words))
    is_named = (
        name and not elsewhere and (city or street or len(venue.name.split()) > 1 or words == same_name(venue.name))
    )
    is_addressed = street and city
    if not (is_named or is_addressed):
        return 0
    hall = _contains(words, venue.hall)
    # A hall that the text does not tell counts against its venue: another hall of the house may be meant.
    return 8 * name + 4 * street + 2 * city + (4 if hall else -1 if venue.hall else 0) + 1


def _contains(words: str, part: str) -> bool:
    folded = same_name(part)
    return bool(folded) and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", words) is not None


def _mentions_city(words: str, city: str) -> bool:
    """Whether the city is there in any case: “w Poznaniu” is Poznań."""
    folded = same_name(city)
    if not folded:
        return False
    stem = folded[: max(SHORTEST_STEM, len(folded) - 2)]
    return re.search(rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)", words) is not None
