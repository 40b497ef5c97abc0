"""What the texts refer to: the day, and by their keys the rows that stand in the database already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from home.demo import blocks
from home.demo.days import Days


@dataclass
class World:
    """Everything a text can name. Filled by :mod:`home.demo.load` in the order of the fields."""

    days: Days
    photos: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    organisations: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    venues: dict[str, Any] = field(default_factory=dict)
    topics: dict[str, Any] = field(default_factory=dict)
    projects: dict[str, Any] = field(default_factory=dict)
    clause: Any = None
    pages: dict[str, Any] = field(default_factory=dict)

    def abroad(self) -> World:
        """The same for another language: its rows may take the place of these, and it has no pages yet."""
        return replace(
            self,
            organisations=dict(self.organisations),
            venues=dict(self.venues),
            topics=dict(self.topics),
            projects=dict(self.projects),
            pages={},
        )

    def speaker(self, name: str) -> blocks.Block:
        """Somebody from the list of people, as a speaker."""
        return blocks.speaker("", person=self.people[name].pk)

    def about(self, *topics: str) -> list[Any]:
        """The topics with these keys."""
        return [self.topics[key] for key in topics]


Item = dict[str, Any]
Writer = Callable[[World], Item]
