"""By which dictionary and which rules an index was written: each of its rows says so."""

import hashlib
from functools import cache

from wagtail_newsroom.news.search.words.morphology import dictionary

# One more with every change of what is written for a text.
RULES = 2


@cache
def version_token() -> str:
    """The token of everything that is written by the present dictionary and rules."""
    return "xqv" + hashlib.sha256(f"{RULES} {dictionary()}".encode()).hexdigest()[:12]
