"""The layer of ready answers in front of every client of the trust tests, so that each of them walks kept answers too.

What somebody without a session asks for is asked twice: what is kept by then has to be the answer that was made. A test's
transaction is never committed, so that each public write, and each savepoint that is taken back, replaces the token here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpResponse
from django.test.client import ClientHandler

from wagtail_newsroom.news.delivery.ready.asked import may_be_ready
from wagtail_newsroom.news.delivery.ready.layer import ReadyAnswers
from wagtail_newsroom.news.delivery.write_watch import observing
from wagtail_newsroom.news.freshness import Era
from wagtail_newsroom.news.freshness.token_file import token_file


class FollowsNobody:
    """Eras that last until the token is replaced."""

    def new_era(self) -> Era:
        return Era(token_file().read())  # type: ignore[union-attr]


class Kept:
    """What stands between the clients and Django in one test. ``given``: how many answers came from what was kept."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.given = 0
        self._made: list[Any] = []
        self._handler: Any = None
        self.layer = ReadyAnswers(self._ask_django, follower=FollowsNobody())

    def __call__(self, handler: ClientHandler, variables: dict[str, Any]) -> Any:
        first, _was_made = self._ask(handler, variables)
        if self._is_kept(variables):
            again, was_made = self._ask(handler, variables)
            assert not was_made, f"{variables['PATH_INFO']} is kept, and made again"
            assert _content(again) == _content(first), f"{variables['PATH_INFO']}: another answer is kept"
        return first

    def _is_kept(self, variables: dict[str, Any]) -> bool:
        is_asked = variables["REQUEST_METHOD"] == "GET" and "HTTP_IF_NONE_MATCH" not in variables
        if not is_asked or "HTTP_RANGE" in variables or not may_be_ready(variables, self.layer.names):
            return False
        return isinstance(self.layer._find(dict(variables)), tuple)

    def _ask(self, handler: ClientHandler, variables: dict[str, Any]) -> tuple[Any, bool]:
        self._made, self._handler, said = [], handler, []
        body = self.layer(dict(variables), lambda *begun: said.append(begun))
        (status, headers) = said[-1][:2]
        if self._made and status.startswith(str(self._made[-1].status_code)):
            return self._made[-1], True
        self.given += not self._made
        response = HttpResponse(b"".join(body), status=int(status.split()[0]), headers=dict(headers))
        response.wsgi_request = WSGIRequest(variables)  # type: ignore[attr-defined]
        return response, bool(self._made)

    def _ask_django(self, variables: dict[str, Any], start_response: Any) -> Any:
        response = self.answer(self._handler, variables)
        self._made.append(response)
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies])
        if not response.streaming:
            return [response.content]
        if "X-Accel-Redirect" in response.headers or response.status_code != 200:
            return []
        content = b"".join(response.streaming_content)
        response.streaming_content = [content]
        return [content]


def _content(response: Any) -> bytes:
    if not response.streaming:
        return bytes(response.content)
    content = b"".join(response.streaming_content)
    response.streaming_content = [content]
    return content


@contextmanager
def ready_answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """Put the layer in front of all clients, until it is left."""
    kept = Kept(ClientHandler.__call__)

    def replace(*_written: Any) -> None:
        token_file().replace()  # type: ignore[union-attr]

    def watch(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if str(sql).startswith("ROLLBACK TO"):
            replace()
        return execute(sql, params, many, context)

    monkeypatch.setattr(ClientHandler, "__call__", lambda handler, variables: kept(handler, variables))
    with observing(replace), connection.execute_wrapper(watch):
        yield kept
