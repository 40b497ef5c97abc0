"""What a rich text points to: pages, documents and images of this site, and where they are for the public."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from wagtail_newsroom.news.rich_text.cleaning import cleaned
from wagtail_newsroom.news.rich_text.tree import POINTERS


class Target(NamedTuple):
    """Where a page, a document or an image is. ``type``: its word in the API; ``id``: its own there.

    ``path``: its address as a front end routes it, from the site's root; ``url``: with the host. Of a file both may
    be the same. ``width`` and ``height``: of an image, in pixels.
    """

    path: str
    url: str
    type: str
    id: int
    width: int = 0
    height: int = 0


# Takes a kind ("page", "document", "image") and an id; None where the public may not see it.
Find = Callable[[str, int], Target | None]

_POINTING = re.compile(r'<(?:a|embed)\b[^<>]*?\s(?:linktype|embedtype)="(page|document|image)"[^<>]*>')
_ID = re.compile(r'\sid="([0-9]{1,18})"')


def ids_in(html: str) -> Iterator[tuple[str, int]]:
    """Kind ("page", "document", "image") and id of all that ``html``, as Wagtail stores rich text, points to."""
    if "type=" not in html:
        return
    for found in _POINTING.finditer(cleaned(html)):
        if pk := _ID.search(found[0]):
            yield POINTERS[found[1]], int(pk[1])
