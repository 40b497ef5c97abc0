"""A venue as a text names it, split up: name, hall, street, postal code, city; what is missing is empty."""

import re
from dataclasses import dataclass

from wagtail_newsroom.news.reader.text.normalise import fold, squeeze
from wagtail_newsroom.news.reader.text.vocabulary import CITIES, ONLINE

_STREET = re.compile(
    r"(?:\b(?:przy\s+)?(?:ul\.|al\.|pl\.|os\.|ulic[aey]|alej[ae]|plac|osiedle|rynek)\s*[^,;()]*?\d+\s?[a-zA-Z]?(?:\s?[/-]\s?\d+\s?[a-zA-Z]?)?\b"
    r"|\b(?:ul\.|al\.|pl\.|os\.)\s*[^,;()]+"
    r"|\b\d+[a-z]?\s+(?:[A-Z]\w+\s){1,3}(?:Street|Road|Avenue|Lane|Square)\b)"
)
_POSTAL = re.compile(r"\b(\d\d-\d\d\d)\s+([^\W\d_][^,;()\d]*)?")
_HALL = re.compile(
    r"(?:sal[aie]|aul[aie]|hal[aie]|pok(?:oj|\.)?|pietro|parter|room|hall|auditorium|[ivx]+ pietro|\d+ ?\.? ?pietro)\b"
)
_KNOWN_CITIES = {fold(city): city for city in CITIES.values()}
_ONE_TOWN = re.compile(r"^[^\W\d_][\w-]+(?: [^\W\d_][\w-]+)?$")


@dataclass(frozen=True)
class Address:
    """Parts of a venue; any may be empty."""

    name: str = ""
    hall: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""


def address_of(text: str) -> Address:
    """Take a venue apart. The name is the first part that is nothing else."""
    rest = squeeze(text)
    street = postal = city = hall = ""
    if found := _POSTAL.search(rest):
        postal, city = found[1], squeeze(found[2] or "")
        rest = f"{rest[: found.start()]},{rest[found.end() :]}"
    if found := _STREET.search(rest):
        street = squeeze(re.sub(r"^przy\s+", "", found.group()))
        rest = f"{rest[: found.start()]},{rest[found.end() :]}"
    parts = [part for each in re.split(r"[,;()]|\s[–-]\s", rest) if (part := each.strip(" .–-"))]
    parts = [part for part in parts if not ONLINE.search(fold(part))]  # "also on Zoom" is no place
    for position, part in enumerate(list(parts)):
        if not hall and _HALL.match(fold(part)) and len(parts) > 1:
            hall = part
            parts.remove(part)
        elif not city and _is_city(part, position=position, last=part == parts[-1], street=street):
            city = _KNOWN_CITIES.get(fold(part), part)
            parts.remove(part)
    name = parts[0] if parts else hall
    return Address(name, hall if parts else "", street, postal, city)


def _is_city(part: str, *, position: int, last: bool, street: str) -> bool:
    if fold(part) in _KNOWN_CITIES:
        return True
    return bool(street) and last and position > 0 and _ONE_TOWN.match(part) is not None
