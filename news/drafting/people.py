"""People of a session as an editor types them: one a line, “Name – role (Organisation)”."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wagtail_newsroom.news.drafting.agenda import AgendaLine, LinePerson
from wagtail_newsroom.news.drafting.known import known_people, same_name
from wagtail_newsroom.news.reader.text.normalise import squeeze

_LINE = re.compile(
    r"^(?P<name>.+?)(?:\s+[–—-]\s+(?P<role>.+?))?(?:\s*\((?P<organisation>[^()]+(?:\([^()]*\)[^()]*)?)\))?$"
)


def written(people: Iterable[Any]) -> str:
    """People (with ``name``, ``role`` and ``organisation``) one a line, as :func:`people_of` reads them."""
    return "\n".join(
        person.name
        + (f" – {person.role}" if person.role else "")
        + (f" ({person.organisation})" if person.organisation else "")
        for person in people
    )


def people_of(text: str) -> tuple[LinePerson, ...]:
    """Read people, one a line."""
    found = [_LINE.match(line) for each in text.splitlines() if (line := squeeze(each))]
    return tuple(
        LinePerson(match["name"].strip(" ,;"), match["role"], match["organisation"]) for match in found if match
    )


def tie_known_people(lines: Iterable[AgendaLine], locale: Any) -> list[AgendaLine]:
    """Tie speakers to the cards of people of the same name; of what the card says nothing is typed again."""
    lines = list(lines)
    known = known_people([person.name for line in lines for person in line.people], locale)
    return [
        replace(line, people=tuple(_tied(person, known.get(person.name)) for person in line.people)) for line in lines
    ]


def _tied(person: LinePerson, card: Any) -> LinePerson:
    if card is None:
        return person
    organisation = card.organisation.name if card.organisation else ""
    return LinePerson(
        name="",
        role=None if same_name(person.role or "") == same_name(card.role) else person.role,
        organisation=None if same_name(person.organisation or "") == same_name(organisation) else person.organisation,
        person_id=card.pk,
    )
