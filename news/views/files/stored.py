"""Stored files as answers: validators, 304 and 412, one range of bytes; streamed, whatever the size.

Whoever calls this has asked before whether the visitor may have the file: what is answered here tells of it.
"""

import posixpath
from typing import Any

from django.core.files.storage import Storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date

from wagtail_newsroom.news.caching import validators
from wagtail_newsroom.news.traffic.ranges import UNSATISFIABLE, byte_range, content_range


class StoredFile(FileResponse, HttpResponse):
    """A file that is sent in blocks of 64 KB.

    It calls itself an ``HttpResponse`` too, because Wagtail lets hooks answer with nothing else; it is streamed none the less.
    """

    block_size = 64 * 1024

    @property  # type: ignore[override]
    def content(self) -> bytes:
        raise AttributeError("A stored file is streamed: read streaming_content.")

    @content.setter
    def content(self, _nothing: bytes) -> None:
        """``HttpResponse`` begins with no content."""


class Part:
    """``length`` bytes of ``stream`` from ``first`` on, for who reads them once, in blocks."""

    def __init__(self, stream: Any, first: int, length: int) -> None:
        stream.seek(first)
        self.stream, self.left, self.name = stream, length, stream.name

    def read(self, size: int) -> bytes:
        block: bytes = self.stream.read(min(size, self.left))
        self.left -= len(block)
        return block

    def close(self) -> None:
        self.stream.close()


def validators_of(stream: Any, storage: Storage, etag: str = "") -> dict[str, str]:
    """The validators of the file of ``storage`` that ``stream`` reads; ``etag``: a strong tag that is known already."""
    try:
        modified = storage.get_modified_time(stream.name).timestamp()
    except NotImplementedError:  # of storages elsewhere: it is told from another by what is known of it
        return {"ETag": etag} if etag else {}
    found = validators(posixpath.basename(stream.name), stream.size, modified)
    return found | ({"ETag": etag} if etag else {})


def file_answer(
    request: HttpRequest, stream: Any, headers: dict[str, str], *, content_type: str, attached_as: str | None = None
) -> HttpResponseBase:
    """The file that ``stream`` reads, one of a storage, with ``headers``, its validators among them.

    304 or 412 where a condition says so; 206 or 416 to a GET that asks for one range, where the storage can go to a place
    in the file: else it is answered whole. ``attached_as``: the name under which it is saved rather than shown.
    """
    size, has_parts = int(stream.size), hasattr(stream, "seek") and bool(stream.seekable())
    headers = {**headers, "Accept-Ranges": "bytes"} if has_parts else headers
    etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    about = HttpResponse(content_type=content_type, headers=headers)
    instead = get_conditional_response(request, etag or None, parse_http_date(modified) if modified else None, about)
    part = None
    if has_parts and request.method == "GET" and "Range" in request.headers:
        part = byte_range(request.headers["Range"], request.headers.get("If-Range", ""), size, etag, modified)
    if instead is about and part == UNSATISFIABLE:
        about.status_code, about["Content-Range"] = 416, content_range(part, size)
    if instead is not about or part == UNSATISFIABLE:
        stream.close()
        return instead or about
    first, last = part or (0, size - 1)
    answer: Any = StoredFile(
        Part(stream, first, last + 1 - first) if part else stream,
        as_attachment=attached_as is not None,
        filename=attached_as or "",
        content_type=content_type,
        headers=headers,
    )
    answer["Content-Length"] = str(last + 1 - first)
    if part:
        answer.status_code, answer["Content-Range"] = 206, content_range(part, size)
    return answer
