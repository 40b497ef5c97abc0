"""Words without what people leave out when they type: case and diacritics."""

import unicodedata

FOLDED_OTHERWISE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss"})


def folded(word: str) -> str:
    """“Łódź” as “lodz”."""
    parts = unicodedata.normalize("NFD", word.casefold().translate(FOLDED_OTHERWISE))
    return "".join(part for part in parts if not unicodedata.combining(part))
