"""The WSGI application around a project's: gives kept answers out before Django is entered, and keeps new ones.

What may be kept the views say (:func:`wagtail_newsroom.news.caching.keep`); who may be given it this module: visitors without a session,
a token or a part of something in mind. In front of a project's application::

    application = ReadyAnswers(get_wsgi_application())

Where anything of this fails the project answers as if it were not there, and the log says so once.
"""

import hashlib
import logging
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Any

from django.conf import settings
from django.utils.http import parse_etags, parse_http_date_safe, quote_etag

from wagtail_newsroom.news.caching import CONDITIONS, HAD_QUERY, MARK, REPEATED, Keep
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.delivery.counting import count
from wagtail_newsroom.news.delivery.readers import is_counted
from wagtail_newsroom.news.delivery.ready.answers import Answers
from wagtail_newsroom.news.delivery.ready.asked import (
    LONGEST,
    Facts,
    Names,
    Variables,
    accepts,
    dropped,
    may_be_ready,
    place_of,
    query_of,
    way_of,
)
from wagtail_newsroom.news.delivery.ready.codings import best_coding
from wagtail_newsroom.news.delivery.ready.entries import NOT_MODIFIED, Entry, Form, Headers
from wagtail_newsroom.news.delivery.ready.follower import Follower
from wagtail_newsroom.news.freshness import Era, serving
from wagtail_newsroom.news.freshness.token_file import token_file
from wagtail_newsroom.news.traffic.ranges import UNSATISFIABLE, byte_range, content_range

logger = logging.getLogger(__name__)

StartResponse = Callable[..., Any]
Application = Callable[[Variables, Any], Iterable[bytes]]

MEGABYTE = 1024 * 1024
# Paths of which it is known what their answers hang on.
MOST_FACTS = 50_000
# How long somebody waits for the answer that somebody else is having made, in seconds.
PATIENCE = 20.0
# An answer that hangs on another header is not kept.
_MAY_VARY = frozenset({"", "accept-encoding", "origin"})
NOT_IN_304 = frozenset({"content-length", "content-type", "content-encoding", "content-disposition"})


@dataclass
class Asked:
    """A request for something that is not kept yet."""

    variables: Variables
    place: Hashable
    query: str
    key: Hashable
    answers: Answers


@dataclass
class Made:
    """What the application answered, whole or as it came."""

    status: str = ""
    headers: Headers = field(default_factory=list)
    body: Any = ()
    is_whole: bool = False


class ReadyAnswers:
    """The application around ``application``. ``follower`` tells how long answers are true; for tests."""

    def __init__(self, application: Application, *, follower: Any = None) -> None:
        self.application = application
        self.follower = follower or Follower()
        self.limit = 0 if settings.DEBUG else setting("DELIVERY_MEMORY") * MEGABYTE
        self.names = Names.of_project()
        self.answers: Answers | None = None
        self._facts: dict[Hashable, Facts] = {}
        self._under_way: dict[Hashable, Event] = {}
        self._lock = Lock()
        self._era_lock = Lock()
        self._is_silent = False

    def __call__(self, variables: Variables, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, else from the application."""
        if not self.limit or not may_be_ready(variables, self.names):
            return self.application(variables, start_response)
        found = self._look(variables)
        if isinstance(found, tuple):
            return _give(*found, variables, start_response)
        if found is None or variables["REQUEST_METHOD"] == "HEAD" or "HTTP_RANGE" in variables:
            return self.application(variables, start_response)
        return self._first(found, variables, start_response)

    def _fails(self) -> None:
        if not self._is_silent:
            self._is_silent = True
            logger.exception("Kept answers cannot be used; the site answers without them.")

    # --- What is kept

    def _look(self, variables: Variables) -> tuple[Entry, Form] | Asked | None:
        """As :meth:`_find`; nothing where that fails."""
        try:
            return self._find(variables)
        except Exception:  # noqa: BLE001  (the site answers, whatever is wrong here; it is logged)
            self._fails()
            return None

    def _find(self, variables: Variables) -> tuple[Entry, Form] | Asked | None:
        """The answer that is kept; or what would have to be; ``None`` where nothing can be kept now."""
        answers = self._current()
        if answers is None:
            return None
        way = way_of(variables, self.names)
        found = answers.shortcuts.get(way)
        if found is not None:
            return found
        place = place_of(variables, self.names)
        if setting("CDN_SECONDS"):  # only the plain address has an age, not that with parameters that mean nothing
            place = (place, bool(variables["QUERY_STRING"]))
        facts = self._facts.get(place)
        query = query_of(variables, facts)
        if len(query) + len(variables["PATH_INFO"]) > LONGEST:
            return None
        origin = variables.get("HTTP_ORIGIN") if facts is None or facts.by_origin else None
        key = (place, query, origin)
        entry = answers.get(key)
        if entry is None:
            return Asked(variables, place, query, key, answers)
        accept = variables.get("HTTP_ACCEPT")
        if accept and not accepts(accept, entry.media_type):
            return None
        form = entry.form(best_coding(variables.get("HTTP_ACCEPT_ENCODING", "")))
        answers.shorten(way, entry, form)
        return entry, form

    def _current(self) -> Answers | None:
        """What is kept for the era that lasts; a new one where it is over."""
        answers = self.answers
        if answers is not None and answers.are_true:
            return answers
        with self._era_lock:
            answers = self.answers
            if answers is not None and answers.are_true:
                return answers
            file = token_file()
            era: Era | None = self.follower.new_era() if file is not None else None
            self.answers = Answers(era, file, self.limit) if file is not None and era is not None else None
            return self.answers

    # --- What is made

    def _first(self, asked: Asked, variables: Variables, start_response: StartResponse) -> Iterable[bytes]:
        """Have it made, once for all who ask for it meanwhile."""
        with self._lock:
            under_way = self._under_way.get(asked.key)
            if under_way is None:
                mine = self._under_way[asked.key] = Event()
        if under_way is not None:
            under_way.wait(PATIENCE)
            found = self._look(variables)
            if isinstance(found, tuple):
                return _give(*found, variables, start_response)
            return self.application(variables, start_response)
        try:
            made, form = self._make(asked)
        finally:
            with self._lock:
                self._under_way.pop(asked.key, None)
            mine.set()
        if form is not None:
            return _send(form, variables, start_response)
        if made.status.startswith("200") and _is_known(made, variables):
            _close(made.body)
            start_response(NOT_MODIFIED, [pair for pair in made.headers if pair[0].lower() not in NOT_IN_304])
            return []
        start_response(made.status, made.headers)
        return made.body

    def _make(self, asked: Asked) -> tuple[Made, Form | None]:
        """The application's answer, and what was kept of it."""
        made, mark = self._ask(asked, asked.query)
        if mark is None:
            return made, None
        if _looked_further(asked, mark):
            # It looks at more than was known, and was not told of it.
            self._learn(asked.place, mark, made)
            _close(made.body)
            return self._ask(asked, asked.variables["QUERY_STRING"])[0], None
        try:
            return made, self._kept(asked, made, mark, asked.query)
        except Exception:  # noqa: BLE001  (as above)
            self._fails()
            return made, None

    def _ask(self, asked: Asked, query: str) -> tuple[Made, Keep | None]:
        variables = {**asked.variables, "QUERY_STRING": query, HAD_QUERY: bool(asked.variables["QUERY_STRING"])}
        for condition in CONDITIONS:
            if variables.pop(condition, None) is not None:
                variables[REPEATED] = True
        variables.pop(MARK, None)
        made = Made()

        def begin(status: str, headers: Headers, _error: Any = None) -> None:
            made.status, made.headers = status, headers

        with serving(asked.answers.era):
            made.body = self.application(variables, begin)
            mark = variables.get(MARK)
            if not isinstance(mark, Keep) or not made.status.startswith("200"):
                return made, None
            self._take_whole(made, asked.answers.largest)
        return made, mark if made.is_whole else None

    def _take_whole(self, made: Made, most: int) -> None:
        """Have the bytes in one piece, unless they come as a stream that may be long."""
        length = next((value for name, value in made.headers if name.lower() == "content-length"), "")
        is_short = length.isdigit() and int(length) <= most
        body = made.body
        if isinstance(body, list) or getattr(body, "streaming", True) is False or is_short:
            try:
                made.body = [b"".join(body)]
            finally:
                _close(body)
            made.is_whole = True

    def _kept(self, asked: Asked, made: Made, mark: Keep, query: str) -> Form | None:
        """Keep the answer, where it may be and is still true; the form that its asker gets."""
        named = {name.lower(): value for name, value in made.headers}
        vary = {each.strip().lower() for each in named.get("vary", "").split(",")}
        said = named.get("cache-control", "")
        if "set-cookie" in named or not vary <= _MAY_VARY or "no-store" in said or "private" in said:
            return None
        if "'nonce-" in named.get("content-security-policy", ""):
            return None
        facts = self._learn(asked.place, mark, made)
        body = b"".join(made.body)
        etag = named.get("etag", "")
        if not etag.startswith('"'):
            etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
        entry = Entry(made.headers, body, etag, mark.counts)
        origin = asked.variables.get("HTTP_ORIGIN") if facts.by_origin else None
        if not asked.answers.are_true:
            return None
        has_origin = "access-control-allow-origin" in named
        # Whoever may not read it from there is answered by Django each time, and so is the first who comes with
        # parameters of which nobody knew that they don't matter: what is kept was made without them.
        if (origin is None or has_origin) and query_of(asked.variables, facts) == query:
            asked.answers.add((asked.place, query, origin), entry)
        return entry.form(best_coding(asked.variables.get("HTTP_ACCEPT_ENCODING", "")))

    def _learn(self, place: Hashable, mark: Keep, made: Made) -> Facts:
        vary = next((value.lower() for name, value in made.headers if name.lower() == "vary"), "")
        facts = Facts(None if mark.read_all else frozenset(mark.read), "origin" in vary)
        if (known := self._facts.get(place)) is not None:
            facts = known.and_also(facts)
        if known != facts:
            if len(self._facts) >= MOST_FACTS:
                # What is kept is found by them.
                self._facts.clear()
                self.answers = None
            self._facts[place] = facts
        return facts


def _looked_further(asked: Asked, mark: Keep) -> bool:
    """Whether the answer hangs on a parameter that was left out when it was made."""
    whole = asked.variables["QUERY_STRING"]
    return asked.query != whole and (mark.read_all or bool(dropped(whole, asked.query) & mark.read))


def _give(entry: Entry, form: Form, variables: Variables, start_response: StartResponse) -> Iterable[bytes]:
    """Give out what is kept, and count it where the one who made it would have been counted."""
    entry.is_used = True
    if entry.counts is not None and is_counted(variables):
        count(*entry.counts)
    return _send(form, variables, start_response)


def _send(form: Form, variables: Variables, start_response: StartResponse) -> Iterable[bytes]:
    known = variables.get("HTTP_IF_NONE_MATCH")
    if known is None:
        is_known = form.modified != "" and variables.get("HTTP_IF_MODIFIED_SINCE") == form.modified
    else:
        is_known = form.etag in known and form.etag in parse_etags(known)
    if is_known:
        start_response(NOT_MODIFIED, form.headers_304)
        return []
    is_head = variables["REQUEST_METHOD"] == "HEAD"
    if form.has_parts and not is_head and "HTTP_RANGE" in variables:
        part = byte_range(
            variables["HTTP_RANGE"], variables.get("HTTP_IF_RANGE", ""), len(form.body), form.etag, form.modified
        )
        if part is not None:
            return _send_part(form, part, start_response)
    start_response("200 OK", form.headers)
    return [] if is_head else form.parts


def _send_part(form: Form, part: Any, start_response: StartResponse) -> Iterable[bytes]:
    body = b"" if part == UNSATISFIABLE else form.body[part[0] : part[1] + 1]
    headers = [pair for pair in form.headers if pair[0].lower() != "content-length"]
    headers += [("Content-Range", content_range(part, len(form.body))), ("Content-Length", str(len(body)))]
    start_response("416 Range Not Satisfiable" if part == UNSATISFIABLE else "206 Partial Content", headers)
    return [body]


def _is_known(made: Made, variables: Variables) -> bool:
    """Whether the asker of an answer that is not kept has it already: his condition was not passed on."""
    named = {name.lower(): value for name, value in made.headers}
    known, since = (variables.get(condition) for condition in CONDITIONS)
    if known is not None:
        etag = named.get("etag", "").removeprefix("W/")
        return etag != "" and any(each.removeprefix("W/") in (etag, "*") for each in parse_etags(known))
    modified = parse_http_date_safe(named.get("last-modified", ""))
    limit = parse_http_date_safe(since) if since is not None else None
    return modified is not None and limit is not None and modified <= limit


def _close(body: Any) -> None:
    if hasattr(body, "close"):
        body.close()
