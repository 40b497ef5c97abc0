"""Loads the texts of ``corpus/`` with what a person read in them (see its README)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wagtail_newsroom.news.reader.reading import LISTS, SINGLE

FOLDER = Path(__file__).parent / "corpus"
_CASE = re.compile(
    r"^### (?P<name>[^|\n]+?)(?: \| published (?P<published>\S+))?\n(?P<text>.*?)^=> (?P<expected>\{.*?)(?=^### |\Z)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Case:
    """A text and its expectation in the full form of ``Reading.as_json()``."""

    name: str
    text: str
    published: date | None
    expected: dict[str, Any]
    given: frozenset[str]

    def __str__(self) -> str:
        return self.name


def load(part: str) -> list[Case]:
    """Return the cases of ``held_back`` or ``worked_on``."""
    cases = []
    for path in sorted((FOLDER / part).glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        found = list(_CASE.finditer(source))
        assert len(found) == len(re.findall(r"^### ", source, re.MULTILINE)), f"{path.name}: a text without expectation"
        for match in found:
            told = json.loads(match["expected"])
            published = date.fromisoformat(match["published"]) if match["published"] else None
            cases.append(Case(f"{path.stem}/{match['name']}", match["text"], published, expand(told), frozenset(told)))
    return cases


def expand(told: dict[str, Any]) -> dict[str, Any]:
    """Fill a shortened expectation up to the full form."""
    full: dict[str, Any] = {name: told.get(name) for name in SINGLE}
    if "all_day" not in told and full["event_start"]:
        full["all_day"] = "T" not in full["event_start"]
    full.update({name: told.get(name, []) for name in LISTS})
    full["attachments"] = told.get("attachments", [])
    full["warnings"] = told.get("warnings", [])
    day = (full["event_start"] or "")[:10] or None
    full["programme"] = []
    for line in told.get("programme", []):
        day = line.get("day", day)
        people = [dict(zip(("name", "role", "organisation"), person, strict=True)) for person in line.get("people", [])]
        full["programme"].append(
            {
                "day": day,
                "start": line.get("start"),
                "end": line.get("end"),
                "title": line["title"],
                "speakers": [person["name"] for person in people],
                "people": people,
                "track": line.get("track"),
                "kind": line.get("kind", "session"),
            }
        )
    return full
