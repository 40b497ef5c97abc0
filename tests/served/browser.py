"""The admin of a server over HTTP, with the session of somebody who is signed in already."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client

from tests.served.server import HOST

SECRET = "a" * CSRF_SECRET_LENGTH


@dataclass(frozen=True)
class Page:
    """What came back, by the names that Django's client has for it."""

    status_code: int
    content: bytes
    location: str

    def __getitem__(self, _header: str) -> str:
        return self.location


@dataclass
class Browser:
    """Asks the server at ``port`` as whoever ``client`` (Django's own) is."""

    client: Client
    port: int

    def get(self, url: str) -> Page:
        """Open a page."""
        return self._ask("GET", url, "")

    def post(self, url: str, data: dict[str, Any]) -> Page:
        """Send a form."""
        return self._ask("POST", url, urlencode(data, doseq=True))

    def _ask(self, method: str, url: str, body: str) -> Page:
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}",
            "X-CSRFToken": SECRET,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            connection.request(method, url, body, headers)
            answer = connection.getresponse()
            return Page(answer.status, answer.read(), answer.headers.get("Location", ""))
        finally:
            connection.close()
