"""An answer as it is kept: what goes out for it in each coding, made once."""

from threading import Lock
from typing import Any

from wagtail_newsroom.news.delivery.ready.codings import IDENTITY, codings, is_compressible

Headers = list[tuple[str, str]]
# What an entry weighs beside its bytes, roughly.
OVERHEAD = 3_000
# Said anew for each coding, or by the server.
_OWN = frozenset({"content-length", "content-encoding", "etag", "vary", "connection", "date"})
# What RFC 9110 wants in a 304.
_IN_304 = frozenset({"cache-control", "content-location", "etag", "expires", "vary", "last-modified"})
NOT_MODIFIED = "304 Not Modified"


class Form:
    """One coding of an answer: headers and bytes as they go out, and the headers of the 304."""

    __slots__ = ("body", "etag", "has_parts", "headers", "headers_304", "modified", "parts")

    def __init__(self, body: bytes, etag: str, headers: Headers) -> None:
        self.body = body
        self.etag = etag
        self.headers = [*headers, ("Content-Length", str(len(body)))]
        # A 304 says what may be kept, and what the visitor's own program may do with it stays as it was.
        self.headers_304 = [
            (name, value)
            for name, value in headers
            if not name.lower().startswith("content-") or name.lower() in _IN_304
        ]
        named = {name.lower(): value for name, value in headers}
        self.modified = named.get("last-modified", "")
        self.has_parts = named.get("accept-ranges") == "bytes"
        self.parts = [body]


class Entry:
    """A kept answer (status 200). ``etag``: of its plain form, quoted, strong."""

    __slots__ = ("_forms", "_headers", "_lock", "counts", "etag", "is_compressible", "is_used", "media_type", "size")

    def __init__(self, headers: Headers, body: bytes, etag: str, counts: tuple[str, Any] | None = None) -> None:
        named = {name.lower(): value for name, value in headers}
        self.media_type = named.get("content-type", "").partition(";")[0].strip().lower()
        self.is_compressible = is_compressible(self.media_type, len(body)) and "content-encoding" not in named
        self.etag = etag
        self.counts = counts
        self.is_used = False
        vary = named.get("vary", "")
        if self.is_compressible and "accept-encoding" not in vary.lower():
            vary = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
        self._headers: Headers = [(name, value) for name, value in headers if name.lower() not in _OWN]
        if vary:
            self._headers.append(("Vary", vary))
        self._lock = Lock()
        self._forms: dict[str, Form] = {IDENTITY: Form(body, etag, [*self._headers, ("ETag", etag)])}
        self.size = len(body) + OVERHEAD

    @property
    def plain(self) -> Form:
        """The bytes as Django gave them."""
        return self._forms[IDENTITY]

    def form(self, coding: str) -> Form:
        """The answer in ``coding``, made where it was not asked for before."""
        if not self.is_compressible:
            coding = IDENTITY
        found = self._forms.get(coding)
        if found is None:
            with self._lock:
                found = self._forms.get(coding) or self._encoded(coding)
        return found

    def _encoded(self, coding: str) -> Form:
        body = codings()[coding](self.plain.body)
        etag = f'{self.etag[:-1]}-{coding}"'
        form = Form(body, etag, [*self._headers, ("Content-Encoding", coding), ("ETag", etag)])
        self._forms[coding] = form
        self.size += len(body) + OVERHEAD // 3
        return form
