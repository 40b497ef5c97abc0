"""What comes of asking many doors: which answers are not what they were, and what they give away."""

from collections.abc import Callable, Iterable
from typing import Any

from django.test import Client
from wagtail.models import Page

from tests.soak import sample
from tests.trust.doors import (
    NO_SLUG,
    NOWHERE,
    Answer,
    address_of,
    ask,
    document_addresses,
    doors_to,
    some_image_addresses,
)
from tests.trust.planting import Planter

Doors = Callable[[Page], list[tuple[str, str]]]


def changed(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    """Addresses that answer otherwise than before."""
    return [address for address, answer in before.items() if answer != after[address]]


def told_apart(
    visitor: Client, pages: Iterable[Page], *, by_address: bool = True, doors: Doors = doors_to
) -> list[str]:
    """Those of the ``doors`` to ``pages`` that answer otherwise than the address of a page that doesn't exist."""
    found: list[str] = []
    known: dict[str, Answer] = {}
    for page in pages:
        for address, missing in doors(page):
            if not by_address and address.startswith(address_of(page) or "-"):
                continue
            nothing = known.get(missing) or known.setdefault(missing, ask(visitor, missing))
            answer = ask(visitor, address)
            names = (page.pk, NOWHERE, page.slug, NO_SLUG)
            if answer.without(*names) != nothing.without(*names):
                found.append(f"{address}: {answer.status} instead of {nothing.status}")
    return found


def readable_files(visitor: Client, planter: Planter) -> list[str]:
    """Addresses of the planter's files that give the file away."""
    addresses = [*some_image_addresses(planter.any_photo()), *document_addresses(planter.any_document())]
    return [address for address in addresses if ask(visitor, address).status != 404]


def some_of_each(rows: list[list[Any]]) -> list[Any]:
    """Two of fifteen of each row of a table (kinds × types), other columns in each row; with ``make soak`` all."""
    return sample(
        [each for row in rows for each in row],
        [each for line, row in enumerate(rows) for each in row[line % min(8, len(row)) :: 8]],
    )
