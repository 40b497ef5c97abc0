"""The layer of ready answers around a small application: what is kept, for whom, and for how long."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import RequestFactory

from wagtail_newsroom.news.caching import keep, let_cdn_keep
from wagtail_newsroom.news.delivery.readers import is_counted
from wagtail_newsroom.news.delivery.ready import layer
from wagtail_newsroom.news.delivery.ready.layer import ReadyAnswers
from wagtail_newsroom.news.freshness import Era, remembered
from wagtail_newsroom.news.freshness.token_file import token_file

LONG = "Zażółć gęślą jaźń. " * 100
View = Callable[[WSGIRequest], HttpResponse]


class FollowsNobody:
    """Eras that last until the token is replaced."""

    until: float | None = None

    def new_era(self) -> Era | None:
        return Era(token_file().read(), self.until)  # type: ignore[union-attr]


class House:
    """A layer around one view; counts how often the view is asked."""

    def __init__(self, view: View) -> None:
        self.asked: list[str] = []
        self.view = view
        self.follower = FollowsNobody()
        self.layer = ReadyAnswers(self._answer, follower=self.follower)

    def _answer(self, variables: dict[str, Any], start_response: Any) -> Any:
        request = WSGIRequest(variables)
        self.asked.append(request.get_full_path())
        response = self.view(request)
        response.headers.setdefault("ETag", '"abc"')
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies])
        return [response.content]

    def ask(self, path: str = "/", method: str = "GET", **more: str) -> tuple[str, dict[str, str], bytes]:
        variables = RequestFactory().generic(method, path, **more).environ
        said: list[Any] = []
        body = self.layer(variables, lambda *begun: said.append(begun))
        return said[-1][0], dict(said[-1][1]), b"".join(body)


def page(request: WSGIRequest) -> HttpResponse:
    keep(request)
    return HttpResponse(LONG)


def test_an_age_for_a_cdn_is_given_at_the_plain_address_alone(settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "CDN_SECONDS": 60}
    settings.WAGTAILFRONTENDCACHE = {"near": {"BACKEND": "", "LOCATION": ""}}

    def aged(request: WSGIRequest) -> HttpResponse:
        keep(request)
        answer = HttpResponse(LONG + request.GET.get("page", ""), headers={"Cache-Control": "public, no-cache"})
        let_cdn_keep(request, answer)
        return answer

    house = House(aged)
    for path in ("/", "/?utm_source=x", "/?page=2") * 2:
        said = house.ask(path)[1]["Cache-Control"]
        assert ("s-maxage=60" in said) is (path == "/"), path
    assert len(house.asked) == 4


def test_an_answer_is_made_once_and_given_out_in_the_coding_that_is_asked_for() -> None:
    house = House(page)
    for _time in range(3):
        status, headers, body = house.ask(HTTP_ACCEPT_ENCODING="gzip")
        assert (status, headers["Content-Encoding"], headers["ETag"]) == ("200 OK", "gzip", '"abc-gzip"')
        assert headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(body).decode() == LONG
        assert int(headers["Content-Length"]) == len(body)
    assert house.ask()[2].decode() == LONG
    assert house.ask(HTTP_ACCEPT_ENCODING="gzip;q=0, *;q=0")[1].get("Content-Encoding") is None
    assert {house.ask(HTTP_ACCEPT_ENCODING=name)[1]["Content-Encoding"] for name in ("br", "zstd, gzip;q=0.5")} == {
        "br",
        "zstd",
    }
    assert house.asked == ["/"]


def test_head_and_conditions_are_answered_from_what_is_kept() -> None:
    house = House(page)
    house.ask()
    status, headers, body = house.ask(method="HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", str(len(LONG.encode())), b"")
    status, headers, body = house.ask(HTTP_IF_NONE_MATCH='"other", "abc"')
    assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", '"abc"')
    assert "Content-Length" not in headers
    assert house.ask(HTTP_IF_NONE_MATCH='"abc"', HTTP_ACCEPT_ENCODING="gzip")[0] == "200 OK"
    assert len(house.asked) == 1


def test_a_condition_holds_for_the_first_who_asks_and_for_what_is_not_kept() -> None:
    for view in (page, lambda request: HttpResponse(LONG)):
        status, headers, body = House(view).ask(HTTP_IF_NONE_MATCH='W/"abc"' if view is not page else '"abc"')
        assert (status, body, "Content-Length" in headers) == ("304 Not Modified", b"", False)
        assert House(view).ask(HTTP_IF_NONE_MATCH='"abcd"')[0] == "200 OK"
    dated = House(lambda request: HttpResponse(LONG, headers={"Last-Modified": "Tue, 01 Dec 2026 01:00:00 GMT"}))
    assert dated.ask(HTTP_IF_MODIFIED_SINCE="Tue, 01 Dec 2026 01:00:01 GMT")[0] == "304 Not Modified"
    assert dated.ask(HTTP_IF_MODIFIED_SINCE="Tue, 01 Dec 2026 00:00:00 GMT")[0] == "200 OK"


def test_what_was_kept_is_dead_with_the_token_the_moment_and_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(page)
    house.ask()
    token_file().replace()  # type: ignore[union-attr]
    house.ask()
    assert len(house.asked) == 2
    house.follower.until = time.time() + 30
    token_file().replace()  # type: ignore[union-attr]
    house.ask()
    house.ask()
    assert len(house.asked) == 3
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 31)
    house.follower.until = None
    house.ask()
    assert len(house.asked) == 4
    monkeypatch.setattr(time, "time", lambda: now - 90_000)  # the clock is put back by a day
    since = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: since + 61)
    house.ask()
    assert len(house.asked) == 5


def test_what_changes_while_it_is_made_is_not_kept() -> None:
    def changed(request: WSGIRequest) -> HttpResponse:
        token_file().replace()  # type: ignore[union-attr]
        return page(request)

    house = House(changed)
    assert [house.ask()[0] for _time in range(2)] == ["200 OK", "200 OK"]
    assert len(house.asked) == 2


@pytest.mark.parametrize(
    "more",
    [
        {"method": "POST"},
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_AUTHORIZATION": "Preview x"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_HOST": "other.example"},
        {"wsgi.url_scheme": "https"},
    ],
    ids=str,
)
def test_who_asks_otherwise_is_answered_by_the_application(more: dict[str, str]) -> None:
    house = House(page)
    house.ask()
    house.ask(**more)
    assert len(house.asked) == 2


def _says(**headers: str) -> View:
    def view(request: WSGIRequest) -> HttpResponse:
        keep(request)
        return HttpResponse(LONG, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return view


def _cookie(request: WSGIRequest) -> HttpResponse:
    response = page(request)
    response.set_cookie("csrftoken", "x")
    return response


def _missing(request: WSGIRequest) -> HttpResponse:
    response = page(request)
    response.status_code = 404
    return response


@pytest.mark.parametrize(
    "view",
    [
        lambda request: HttpResponse(LONG),
        _says(Vary="Cookie"),
        _says(Vary="Accept-Language, Accept-Encoding"),
        _says(Cache_Control="private, no-store"),
        _says(Content_Security_Policy="script-src 'nonce-abc'"),
        _cookie,
        _missing,
    ],
    ids=["unmarked", "by cookie", "by language", "private", "one-time token", "cookie", "missing"],
)
def test_what_is_for_one_or_no_answer_is_not_kept(view: View) -> None:
    house = House(view)
    house.ask()
    house.ask()
    assert len(house.asked) == 2


def test_parameters_that_nobody_reads_are_the_same_page_and_never_reach_it() -> None:
    def listed(request: WSGIRequest) -> HttpResponse:
        keep(request)
        pages = request.GET.get("page", "1")
        return HttpResponse(
            f"{pages} {request.GET.get('topic') if pages == '2' else ''} {request.get_full_path()} {LONG}"
        )

    house = House(listed)
    house.ask("/?utm_source=a")  # nobody knows of the page yet: it is answered, and not kept
    bodies = {house.ask(f"/{query}")[2] for query in ("", "?utm_source=<b>", "?x=1", "?x=2&y=3")}
    assert (len(bodies), house.asked) == (1, ["/?utm_source=a", "/"])
    assert len(house.layer.answers) == 1  # type: ignore[arg-type]
    assert house.ask("/?page=2&topic=a&x=1")[2].startswith(b"2 a ")  # it looks at more than was known
    assert house.ask("/?topic=b&page=2")[2].startswith(b"2 b ")
    assert house.ask("/?page=2")[2].startswith(b"2 None ")
    asked = len(house.asked)
    assert house.ask("/?x=9&page=2&topic=b")[2].startswith(b"2 b ")
    assert len(house.asked) == asked


def test_a_view_that_looks_at_all_parameters_is_kept_by_all_of_them() -> None:
    def listed(request: WSGIRequest) -> HttpResponse:
        keep(request)
        return HttpResponse(request.GET.urlencode() + LONG)

    house = House(listed)
    for query in ("", "?x=1", "?x=2", "?x=1"):
        assert house.ask(f"/{query}")[2].decode() == query[1:] + LONG
    assert len(house.asked) == 3


def test_origins_that_are_allowed_are_told_apart() -> None:
    def shared(request: WSGIRequest) -> HttpResponse:
        keep(request)
        response = HttpResponse(LONG, headers={"Vary": "origin"})
        if (origin := request.headers.get("Origin", "")).endswith(".org"):
            response["Access-Control-Allow-Origin"] = origin
        return response

    house = House(shared)
    for _time in range(2):
        for origin in ("https://a.org", "https://b.org", None):
            said = house.ask(**({"HTTP_ORIGIN": origin} if origin else {}))[1].get("Access-Control-Allow-Origin")
            assert said == origin
    assert len(house.asked) == 3
    for number in range(5):
        house.ask(HTTP_ORIGIN=f"https://{number}.example")
    assert len(house.layer.answers) == 3  # type: ignore[arg-type]


def test_memory_is_bounded_and_what_is_asked_for_stays(settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "DELIVERY_MEMORY": 1}
    house = House(lambda request: (keep(request), HttpResponse("x" * 20_000))[1])
    for number in range(200):
        house.ask("/often/")
        house.ask(f"/{number}/")
    assert house.layer.answers.size <= 1024 * 1024  # type: ignore[union-attr]
    assert house.asked.count("/often/") == 1
    house.view = lambda request: (keep(request), HttpResponse("x" * 200_000))[1]  # larger than its part
    assert {len(house.ask("/large/")[2]) for _time in range(2)} == {200_000}
    assert house.asked.count("/large/") == 2


def test_a_store_that_breaks_costs_nobody_an_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house = House(page)
    monkeypatch.setattr(house.layer, "_current", lambda: 1 / 0)
    assert [house.ask()[0] for _time in range(3)] == ["200 OK"] * 3
    assert len(house.asked) == 3
    assert len([record for record in caplog.records if "without them" in record.message]) == 1


def test_a_folder_that_cannot_be_used_is_said_once(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "DELIVERY_FOLDER": "/proc/newsroom"}
    house = House(page)
    assert [house.ask()[0] for _time in range(3)] == ["200 OK"] * 3
    said = [record.getMessage() for record in caplog.records if "/proc/newsroom" in record.getMessage()]
    assert len(said) == 1
    assert "DELIVERY_FOLDER" in said[0]


def test_what_many_answers_ask_alike_is_remembered_for_an_era() -> None:
    made: list[str] = []

    def counted(request: WSGIRequest) -> HttpResponse:
        keep(request)
        return HttpResponse(remembered(("menu",), lambda: made.append("menu") or LONG))

    house = House(counted)
    house.ask("/a/")
    house.ask("/b/")
    assert len(made) == 1
    house.ask("/c/", HTTP_COOKIE="sessionid=x")
    assert len(made) == 2
    token_file().replace()  # type: ignore[union-attr]
    house.ask("/a/")
    assert len(made) == 3


READER = {"HTTP_USER_AGENT": "Mozilla/5.0 Firefox/140.0"}


def test_readers_of_kept_answers_are_counted_as_those_of_made_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[tuple[str, int]] = []
    monkeypatch.setattr(layer, "count", lambda *what: counted.append(what))
    repeated: list[bool] = []

    def file(request: WSGIRequest) -> HttpResponse:
        keep(request, counts=("file", 7))
        repeated.append(not is_counted(request.META))
        return HttpResponse(b"0123456789", headers={"Accept-Ranges": "bytes", "Content-Type": "application/pdf"})

    house = House(file)
    house.ask(**READER, HTTP_IF_NONE_MATCH='"old"')
    assert (repeated, counted) == ([True], [])
    for more in ({}, {"HTTP_RANGE": "bytes=0-3"}):
        house.ask(**READER, **more)
    for more in ({"HTTP_RANGE": "bytes=4-"}, {"HTTP_IF_NONE_MATCH": '"abc"'}, {"method": "HEAD"}):
        house.ask(**READER, **more)
    house.ask(HTTP_USER_AGENT="Googlebot")
    assert counted == [("file", 7)] * 2
    assert len(house.asked) == 1


def test_parts_of_kept_files_are_given_out() -> None:
    file = _says(Accept_Ranges="bytes", Content_Type="application/pdf")
    house, whole = House(file), LONG.encode()
    house.ask()
    status, headers, body = house.ask(HTTP_RANGE="bytes=10-19", HTTP_ACCEPT_ENCODING="gzip")
    assert (status, body) == ("206 Partial Content", whole[10:20])
    assert (headers["Content-Range"], headers["Content-Length"]) == (f"bytes 10-19/{len(whole)}", "10")
    status, headers, body = house.ask(HTTP_RANGE="bytes=99999-")
    assert (status, headers["Content-Range"], body) == ("416 Range Not Satisfiable", f"bytes */{len(whole)}", b"")
    assert house.ask(HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"other"')[2] == whole
    page_house = House(page)
    page_house.ask()
    assert page_house.ask(HTTP_RANGE="bytes=0-1")[2] == whole
    assert (len(house.asked), len(page_house.asked)) == (1, 1)
