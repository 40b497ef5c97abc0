"""Files of storages: those that cannot go to a place in a file give it whole, and what is opened is closed."""

import io
from typing import Any

import pytest
from django.core.files import File
from django.test import RequestFactory

from wagtail_newsroom.news.views.files.stored import StoredFile, file_answer

CONTENT = bytes(range(256)) * 1024
HEADERS = {"ETag": '"a1"', "Last-Modified": "Tue, 01 Dec 2026 08:00:00 GMT"}

pytestmark = pytest.mark.django_db  # an answer that is closed ends the request


class OneWay(io.BytesIO):
    """What a storage elsewhere gives: bytes, from the first to the last."""

    def seekable(self) -> bool:
        return False


def opened(kind: type[io.BytesIO]) -> Any:
    stream: Any = File(kind(CONTENT), name="plan.bin")
    stream.__dict__["size"] = len(CONTENT)
    return stream


def answer(stream: Any, **headers: str) -> Any:
    request = RequestFactory().get("/plan.bin", headers=headers)
    return file_answer(request, stream, HEADERS, content_type="application/pdf", attached_as="plan.pdf")


@pytest.mark.parametrize(("kind", "status"), [(io.BytesIO, 206), (OneWay, 200)])
def test_file_is_given_in_part_where_the_storage_can(kind: type[io.BytesIO], status: int) -> None:
    given = answer(opened(kind), Range="bytes=100000-")
    blocks = list(given)

    assert (given.status_code, "Accept-Ranges" in given.headers) == (status, status == 206)
    assert b"".join(blocks) == (CONTENT[100_000:] if status == 206 else CONTENT)
    assert given["Content-Length"] == str(sum(map(len, blocks)))
    assert max(map(len, blocks)) == StoredFile.block_size
    assert given["Content-Disposition"] == 'attachment; filename="plan.pdf"'


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Range": "bytes=5-"}, 206),
        ({"Range": "bytes=999999-"}, 416),
        ({"If-None-Match": '"a1"'}, 304),
        ({"If-Match": '"b2"', "Range": "bytes=5-"}, 412),
    ],
)
def test_file_is_closed_with_the_answer(headers: dict[str, str], status: int) -> None:
    stream = opened(io.BytesIO)
    given = answer(stream, **headers)
    assert (given.status_code, stream.closed) == (status, status > 206)

    given.close()

    assert stream.closed
