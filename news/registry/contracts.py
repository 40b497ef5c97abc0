"""What a registered part gives to the newsroom, and what it is given."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """Whether a finding stops the publication or only warns."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """Something that a check found.

    ``code``: stable name of the kind of finding (``alt_missing``); ``message``: cause and remedy in the reader's
    language; ``field``: where it stands, empty where it concerns the page. A field by its name (``lead_image_alt``),
    a list by its relation (``contacts``), a field of a row by relation and position (``photos-2-alt``), a field of a
    block by stream, the block's id and its name (``body.<id>.alt``).
    """

    code: str
    severity: Severity
    message: str
    field: str = ""

    @property
    def blocks(self) -> bool:
        """It stops the publication."""
        return self.severity == Severity.BLOCK


@dataclass(frozen=True)
class Surroundings:
    """What a page does not know of itself: its absolute address, language, publisher, public picture, pages above.

    ``crumbs``: titles and absolute addresses from the home page down to the page itself.
    """

    url: str
    language: str
    organisation: str
    organisation_url: str
    logo_url: str = ""
    image_url: str = ""
    crumbs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def publisher(self) -> dict[str, Any]:
        """The organisation that publishes the site."""
        return without_empty(
            {
                "@type": "Organization",
                "name": self.organisation,
                "url": self.organisation_url,
                "logo": self.logo_url,
            }
        )


def without_empty(facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known: an empty value would be a statement."""
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


@dataclass(frozen=True)
class LibraryStep:
    """What ``manage.py check_library`` does with files that were stored before the newsroom looked after them.

    ``name``: what it does, for the terminal; ``waiting``: takes whether everything is to be done again, returns the ids that
    wait; ``tend``: does it for these ids one by one, yields the id, the file's name and what is wrong (empty: nothing).
    """

    name: str
    waiting: Callable[[bool], list[int]]
    tend: Callable[[list[int]], Iterator[tuple[int, str, str]]]


def _as_they_are(rows: Any) -> Any:
    return rows


def _nothing(items: list[Any]) -> None:
    return None


@dataclass(frozen=True)
class Card:
    """How pages of a type are shown in a list: one query for the type, however many there are.

    ``template``: shows one page, as ``item``; ``rows``: takes the pages of the type as a query and adds what the template
    asks for (``select_related``, ``prefetch_related``, annotations); ``prepare``: takes the pages found, of one language,
    for what is looked up once for all of them. ``read``: takes the type and ids and gives the pages with all of that, in any
    order, for types whose pages are read in a way of their own; then the other two are not asked.
    """

    template: str
    rows: Callable[[Any], Any] = _as_they_are
    prepare: Callable[[list[Any]], None] = _nothing
    read: Callable[[Any, list[int]], list[Any]] | None = None


@dataclass(frozen=True)
class Chore:
    """What the scheduler does from time to time: ``function``, called once in ``every``; ``apart``: in a thread of its own."""

    name: str
    every: dt.timedelta
    function: Callable[[], Any]
    apart: bool = False


@dataclass(frozen=True)
class PagesAbout:
    """Public pages that belong to another one, the template that shows them below it, the heading of a list of them."""

    pages: list[Any]
    template: str = ""
    heading: Any = ""
