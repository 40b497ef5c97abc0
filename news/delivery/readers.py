"""Who counts as a reader, told from what a server hands on of a request. Nothing of it is kept.

Counted is what a visitor gets whole: a GET that no conditional header marks as a repetition (whoever asks whether a page
or a file was changed has read it; a 304 is no new reading) and no range but one that starts at the first byte. Not
counted: HEAD, clients that give no name or call themselves a robot or a tool. Who is signed in is for the views to ask.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from wagtail_newsroom.news.caching import CONDITIONS, REPEATED
from wagtail_newsroom.news.traffic.ranges import byte_range

NO_READER = re.compile(
    r"bot|crawl|spider|slurp|archiver|scan|monitor|preview|validator|lighthouse|headless|facebookexternalhit"
    r"|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|axios|node-fetch|scrapy",
    re.IGNORECASE,
)
REPETITIONS = (*CONDITIONS, REPEATED)
# As long as no file: its end is not its beginning.
ENDLESS = 10**18
# Names of clients that are remembered with what they are: a few hundred make up nearly all requests.
NAMES_KEPT = 1024
LONGEST_NAME_KEPT = 512


def is_counted(environ: Mapping[str, Any]) -> bool:
    """Tell whether the request (its WSGI environ, or ``request.META``) is a reader's first whole one, by the rule above."""
    if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in REPETITIONS):
        return False
    if "HTTP_RANGE" in environ:
        part = byte_range(environ["HTTP_RANGE"], "", ENDLESS, "", "")
        if part is not None and part[0] != 0:
            return False
    name = environ.get("HTTP_USER_AGENT", "")
    return _is_reader(name) if len(name) <= LONGEST_NAME_KEPT else NO_READER.search(name) is None


@lru_cache(NAMES_KEPT)
def _is_reader(name: str) -> bool:
    return bool(name) and NO_READER.search(name) is None
