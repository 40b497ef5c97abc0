"""The range that a request asks for, of a file of a hundred bytes."""

import pytest

from wagtail_newsroom.news.traffic.ranges import UNSATISFIABLE, byte_range, content_range

TAG, DAY = '"a1"', "Tue, 01 Dec 2026 08:00:00 GMT"
WHOLE = None


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=0-0", (0, 0)),
        ("bytes=90-", (90, 99)),
        ("bytes=99-", (99, 99)),
        ("bytes=90-400", (90, 99)),
        ("bytes=0-" + "9" * 5000, (0, 99)),
        ("bytes=" + "0" * 5000 + "7-8", (7, 8)),
        ("bytes=-1", (99, 99)),
        ("bytes=-100", (0, 99)),
        ("bytes=-400", (0, 99)),
        ("BYTES=5-6", (5, 6)),
        ("bytes= 5-6\t", (5, 6)),
        ("bytes=,5-6, ,", (5, 6)),
        # nothing of it is there
        ("bytes=100-", UNSATISFIABLE),
        ("bytes=100-200", UNSATISFIABLE),
        ("bytes=" + "9" * 5000 + "-", UNSATISFIABLE),
        ("bytes=-0", UNSATISFIABLE),
        # several
        ("bytes=0-9,20-29", WHOLE),
        ("bytes=0-9,400-", WHOLE),
        ("bytes=" + ",".join(["0-"] * 5000), WHOLE),
        # no range at all
        ("", WHOLE),
        ("bytes", WHOLE),
        ("bytes=", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=9-5", WHOLE),
        ("bytes=5 - 6", WHOLE),
        ("bytes=5", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=+5-6", WHOLE),
        ("bytes=--5", WHOLE),
        ("bytes=٥-٦", WHOLE),
        ("pages=1-2", WHOLE),
    ],
)
def test_range_of_a_file(header: str, part: object) -> None:
    assert byte_range(header, "", 100, TAG, DAY) == part


@pytest.mark.parametrize(
    ("if_range", "etag", "modified", "holds"),
    [
        (TAG, TAG, DAY, True),
        (f" {TAG} ", TAG, DAY, True),
        (DAY, TAG, DAY, True),
        ('"b2"', TAG, DAY, False),
        (f"W/{TAG}", TAG, DAY, False),
        (f"W/{TAG}", f"W/{TAG}", DAY, False),  # as good as the other, yet not the same bytes
        (TAG, f"W/{TAG}", DAY, False),
        ("Tue, 01 Dec 2026 08:00:01 GMT", TAG, DAY, False),
        ("yesterday", TAG, DAY, False),
        (TAG, "", "", False),
        ("", "", "", True),
    ],
)
def test_part_is_given_to_who_has_the_beginning_of_the_same_file(
    if_range: str, etag: str, modified: str, *, holds: bool
) -> None:
    assert byte_range("bytes=90-", if_range, 100, etag, modified) == ((90, 99) if holds else WHOLE)


@pytest.mark.parametrize(
    ("header", "part"), [("bytes=0-", UNSATISFIABLE), ("bytes=-0", UNSATISFIABLE), ("bytes=-5", WHOLE)]
)
def test_range_of_an_empty_file(header: str, part: object) -> None:
    assert byte_range(header, "", 0, TAG, DAY) == part


def test_header_of_the_answer() -> None:
    assert [content_range((0, 9), 100), content_range(UNSATISFIABLE, 100)] == ["bytes 0-9/100", "bytes */100"]
