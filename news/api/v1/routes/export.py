"""Everything public in one answer, one whole item a line: for a first build, or a copy of the site."""

import json
import time
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.app import Encoder, operation
from wagtail_newsroom.news.api.v1.parameters import Formats, read_parameters
from wagtail_newsroom.news.api.v1.problems import ProblemError
from wagtail_newsroom.news.api.v1.reading.pages import PageReading
from wagtail_newsroom.news.caching import PRIVATE
from wagtail_newsroom.news.publishing.changes.events import latest_cursor

MEDIA_TYPE = "application/x-ndjson"
BATCH = 50  # items read at once
PLACES = 2  # exports at a time in one process
LONGEST = 10 * 60  # seconds of one export
PAUSE = 30  # seconds after which somebody who was sent away is to ask again
FORMAT = """One JSON object a line, each told apart by `type`.

* The first is `{"type":"export","version","cursor"}`: go on from `cursor` at `changes/`. It was taken before anything was
  read, so that nothing is missed between the two; what changed meanwhile may come twice.
* Then each public item, whole, as at its own address: `news`, `event`, `attachment` and the other types, in `rich_text` as asked.
* The last is `{"type":"end","count"}`. Where it is missing, the answer broke off, or took longer than ten minutes: ask again.

Two at a time; others get 429 with `Retry-After`."""


class Places:
    """So many at a time, each no longer than ``seconds``: one that is never given back (a slow reader) runs out."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._ends: dict[object, float] = {}
        self._lock = Lock()

    def take(self) -> object | None:
        """A place, to be given back; ``None`` where all are taken."""
        now = time.monotonic()
        with self._lock:
            self._ends = {place: end for place, end in self._ends.items() if end > now}
            if len(self._ends) >= self._most:
                return None
            place = object()
            self._ends[place] = now + self._seconds
            return place

    def are_taken(self) -> bool:
        """Whether there is none at this moment."""
        now = time.monotonic()
        with self._lock:
            return sum(end > now for end in self._ends.values()) >= self._most

    def holds(self, place: object) -> bool:
        """Whether the time of ``place`` has not run out."""
        with self._lock:
            return self._ends.get(place, 0) > time.monotonic()

    def give_back(self, place: object) -> None:
        """Leave ``place`` to the next."""
        with self._lock:
            self._ends.pop(place, None)


places = Places(PLACES, LONGEST)


def add_routes(readings: list[PageReading]) -> None:
    """Register the operation, of all types with lists."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return show_export(request, readings)

    operation(
        "/export.ndjson",
        name="export",
        summary="Everything public, one whole item a line",
        answers=str,
        takes=Formats,
        tag="export",
        media_type=MEDIA_TYPE,
        description=FORMAT,
    )(view)


def show_export(request: HttpRequest, readings: Sequence[PageReading]) -> HttpResponseBase:
    """Begin the export; nothing is read for HEAD."""
    asked = read_parameters(request, Formats)
    Answer(request)  # 404 where the host has no site
    if request.META["REQUEST_METHOD"] == "HEAD":
        return _response(())
    if places.are_taken():
        text = _("Everything is being exported for others already. Ask again in %(seconds)d seconds.")
        raise ProblemError(429, "too_many_requests", text % {"seconds": PAUSE}, headers={"Retry-After": str(PAUSE)})
    return _response(lines(request, readings, asked.rich_text))


def _response(content: Any) -> StreamingHttpResponse:
    response = StreamingHttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def lines(request: HttpRequest, readings: Sequence[PageReading], rich_text: str) -> Iterator[bytes]:
    """The lines, from a place that is taken with the first and given back behind the last, or when nobody reads on.

    They end early, without the last one, where the time of the place runs out.
    """
    place = places.take()
    if place is None:  # somebody else was quicker since the answer began
        return
    try:
        yield _line({"type": "export", "version": "1", "cursor": str(latest_cursor())})
        count = 0
        for item in items(request, readings, rich_text):
            if not places.holds(place):
                return
            count += 1
            yield _line(item)
        yield _line({"type": "end", "count": count})
    finally:
        places.give_back(place)


def items(request: HttpRequest, readings: Sequence[PageReading], rich_text: str) -> Iterator[dict[str, Any]]:
    """All items, read in batches, each with an answer of its own: memory and queries do not grow with the site."""
    for reading in readings:
        ids: list[int] = []
        while not ids or len(ids) == BATCH:
            answer = Answer(request, rich_text)
            pages = reading.pages(answer).filter(pk__gt=ids[-1] if ids else 0).order_by("pk")
            ids = list(pages.values_list("pk", flat=True)[:BATCH])
            if not ids:
                break
            rows = reading.rows_of(ids, answer, reading.parts)
            yield from reading.read(rows, answer, reading.parts) if rows else ()


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), cls=Encoder).encode() + b"\n"
