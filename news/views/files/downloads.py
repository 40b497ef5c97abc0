"""Which requests count as a download. Nothing of the request is kept: a file's number for the day goes up by one.

Counted is what a visitor gets whole: a GET that no conditional header marks as a repetition (a stored file never changes,
so whoever asks whether it did has it already) and no range but one that starts at the first byte. Not counted: HEAD,
people who may work with the file, clients that give no name or call themselves a robot or a tool.
"""

import re
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from wagtail_newsroom.news.publishing.files.downloads import count_download
from wagtail_newsroom.news.traffic.ranges import byte_range

NO_READER = re.compile(
    r"bot|crawl|spider|slurp|archiver|scan|monitor|preview|validator|lighthouse|headless|facebookexternalhit"
    r"|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|axios|node-fetch|scrapy",
    re.IGNORECASE,
)
# As long as no file: its end is not its beginning.
ENDLESS = 10**18
CONDITIONAL = ("If-None-Match", "If-Modified-Since")


def mark_as_download(request: HttpRequest) -> None:
    """Note that the public may have the file that ``request`` asks for, so that serving it counts."""
    request.newsroom_download = True  # type: ignore[attr-defined]


def is_counted(request: HttpRequest) -> bool:
    """Tell whether ``request`` is that of a reader who gets the file for the first time, by the rule above."""
    headers = request.headers
    if request.method != "GET" or any(name in headers for name in CONDITIONAL):
        return False
    part = byte_range(headers.get("Range", ""), "", ENDLESS, "", "")
    if part is not None and part[0] != 0:
        return False
    name = headers.get("User-Agent", "")
    return bool(name) and NO_READER.search(name) is None


def count_when_served(sender: Any, instance: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Count the download once the answer has gone out (Django closes the request then): no reader waits for it."""
    if getattr(request, "newsroom_download", False) and is_counted(request):
        request.close = partial(_close, request.close, instance.pk)  # type: ignore[method-assign]


def _close(close: Any, document_id: Any) -> None:
    close()
    count_download(document_id, timezone.localdate())
