"""What readers get is counted in memory and written in batches: nothing is lost, nothing is counted twice."""

import datetime as dt
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections
from django.utils import timezone
from wagtail.models import Page

from tests.factories import make_attachment, make_site
from wagtail_newsroom.news.delivery import counting
from wagtail_newsroom.news.delivery.counting import count, flush
from wagtail_newsroom.news.delivery.readers import is_counted
from wagtail_newsroom.news.models import DownloadCount, PageViewCount
from wagtail_newsroom.news.publishing import counts

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Counts wait as in a process that serves, but are written by nobody but the test."""
    monkeypatch.setattr(counting, "_write_or_start", lambda: None)
    yield
    counting.start_empty()


@pytest.fixture
def news(db: None) -> Page:
    return make_site()["news"]


def views() -> dict[int, int]:
    return dict(PageViewCount.objects.values_list("page", "count"))


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ({}, True),
        ({"HTTP_RANGE": "bytes=0-"}, True),
        ({"HTTP_RANGE": "bytes = 0-1023"}, True),
        ({"HTTP_RANGE": "bytes=1024-"}, False),
        ({"REQUEST_METHOD": "HEAD"}, False),
        ({"REQUEST_METHOD": "POST"}, False),
        ({"HTTP_IF_NONE_MATCH": '"any"'}, False),
        ({"HTTP_IF_MODIFIED_SINCE": "Wed, 01 Jan 2098 00:00:00 GMT"}, False),
        ({"HTTP_USER_AGENT": ""}, False),
        ({"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({"HTTP_USER_AGENT": "curl/8.5.0"}, False),
        ({"HTTP_USER_AGENT": BROWSER + " x" * 1000}, True),
        ({"HTTP_USER_AGENT": BROWSER + " x" * 1000 + "bot"}, False),
    ],
)
def test_rule_of_readers(told: dict[str, str], counted: bool) -> None:
    environ = {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": BROWSER} | told
    assert [is_counted(environ) for _each in range(2)] == [counted] * 2
    assert not is_counted({"REQUEST_METHOD": "GET"})


@pytest.mark.usefixtures("in_memory")
def test_ten_thousand_are_ten_thousand_in_one_statement_a_kind(news: Page, django_assert_num_queries: object) -> None:
    file = make_attachment()
    for number in range(10_000):
        count("page", news.pk) if number % 4 else count("file", file.pk)
    assert views() == {}
    with django_assert_num_queries(6):  # which are there, and one statement, of each kind, within a savepoint
        flush()
    with django_assert_num_queries(0):
        flush()
    assert views() == {news.pk: 7_500}
    assert list(DownloadCount.objects.values_list("document", "day", "count")) == [
        (file.pk, timezone.localdate(), 2_500)
    ]
    count("page", news.pk, 3)
    flush()
    assert views() == {news.pk: 7_503}
    assert {field.name for field in PageViewCount._meta.fields} == {"id", "page", "day", "count"}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2026, 3, 28, 23, 59, 59, tzinfo=WARSAW), dt.date(2026, 3, 28)),
        (dt.datetime(2026, 3, 29, 0, 0, tzinfo=WARSAW), dt.date(2026, 3, 29)),
        (dt.datetime(2026, 3, 29, 23, 59, 59, tzinfo=WARSAW), dt.date(2026, 3, 29)),  # an hour short
        (dt.datetime(2026, 3, 30, 0, 0, tzinfo=WARSAW), dt.date(2026, 3, 30)),
        (dt.datetime(2026, 3, 28, 12, 0, tzinfo=WARSAW), dt.date(2026, 3, 28)),  # a clock that was put back
    ],
)
def test_day_is_that_of_the_site(moment: dt.datetime, day: dt.date, settings: object) -> None:
    settings.TIME_ZONE = "Europe/Warsaw"  # type: ignore[attr-defined]
    assert counting.day_of(moment.timestamp()) == day


@pytest.mark.usefixtures("in_memory")
def test_day_is_that_of_the_request_not_of_the_writing(news: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (1, 1, 2):
        monkeypatch.setattr(counting.time, "time", dt.datetime(2026, 3, day, 23, 59, tzinfo=WARSAW).timestamp)
        count("page", news.pk)
    flush()
    assert list(PageViewCount.objects.order_by("day").values_list("day", "count")) == [
        (dt.date(2026, 3, 1), 2),
        (dt.date(2026, 3, 2), 1),
    ]


@pytest.mark.services
@pytest.mark.usefixtures("in_memory")
def test_what_cannot_be_written_is_kept_and_said_once(
    news: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO no_such_table VALUES (1)")

    monkeypatch.setattr(counting, "MOST_WAITING", 2)
    with monkeypatch.context() as broken:
        broken.setattr(counts, "_add", fail)
        for pk in (news.pk, news.pk, 987_654, 987_655):  # one more than may wait
            count("page", pk)
        flush()
        count("page", news.pk)
        flush()
    flush()
    assert views() == {news.pk: 3}  # a page that is gone is left out
    said = [record.getMessage() for record in caplog.records if record.name == counting.__name__]
    assert [sentence.split()[:3] for sentence in said] == [
        ["1", "views", "and"],
        ["Views", "and", "downloads"],
        ["Views", "and", "downloads"],
    ]
    assert said[-1].endswith("written again.")


@pytest.mark.usefixtures("in_memory")
def test_what_cannot_be_understood_holds_up_nothing(news: Page, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(KeyError):
        count("photo", 1)
    count("page", "no key")
    flush()
    assert "are lost" in caplog.text
    count("page", news.pk)
    flush()
    assert views() == {news.pk: 1}


@pytest.mark.django_db(transaction=True)
def test_process_writes_at_its_end_what_it_counted_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker of a server is forked, and ended before its thread has written."""
    page = make_site()["news"]
    try:
        with monkeypatch.context() as waiting:
            waiting.setattr(counting, "_write_or_start", lambda: None)
            count("page", page.pk)
        monkeypatch.setattr(counting, "SECONDS_BETWEEN", 60)
        monkeypatch.setattr(counting, "_is_served", False)
        counting.in_batches()
        connections.close_all()
        worker = multiprocessing.get_context("fork").Process(target=count, args=("page", page.pk, 20))
        worker.start()
        worker.join()
        assert views() == {page.pk: 20}
        flush()
    finally:
        counting.start_empty()
    assert views() == {page.pk: 21}


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_lose_nothing_while_the_thread_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    page, file = make_site()["news"], make_attachment()
    monkeypatch.setattr(counting, "SECONDS_BETWEEN", 0.01)
    monkeypatch.setattr(counting, "_is_served", False)
    counting.in_batches()

    def read(_number: int) -> None:
        try:
            for number in range(500):
                count("page", page.pk)
                count("file", file.pk)
                if number % 100 == 0:
                    flush()
        finally:
            connections.close_all()

    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(read, range(8)))
        thread = counting._thread
        assert thread is not None
        flush()
    finally:
        counting.start_empty()
    thread.join()
    assert views() == {page.pk: 4_000}
    assert dict(DownloadCount.objects.values_list("document", "count")) == {file.pk: 4_000}
