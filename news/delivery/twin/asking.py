"""Asking the site as a stranger does, within this process: what comes back is what a visitor gets, byte for byte."""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils import translation
from wagtail.models import Site

HTTP, HTTPS = 80, 443


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in small letters) and the whole body. ``gives_cookie``: it is meant for one visitor."""

    status: int
    headers: dict[str, str]
    body: bytes
    gives_cookie: bool = False

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def is_for_all(self) -> bool:
        """Whether everybody may have it: it gives no cookie, and nothing forbids to keep it."""
        kept = self.headers.get("cache-control", "")
        return not self.gives_cookie and "no-store" not in kept and "private" not in kept


class Stranger:
    """Somebody without a session, a language or a name, at the address of ``site``.

    Django is asked right below whatever keeps ready answers, so that nothing is counted and nothing old comes back.
    """

    def __init__(self, site: Site) -> None:
        self.is_secure = bool(settings.SECURE_SSL_REDIRECT) or site.port == HTTPS
        self.scheme = "https" if self.is_secure else "http"
        self.host = site.hostname if site.port in (HTTP, HTTPS) else f"{site.hostname}:{site.port}"
        self.hostname, self.port = site.hostname, site.port
        self._handler = WSGIHandler()

    @property
    def root_url(self) -> str:
        """Scheme and host, as they stand in absolute addresses of the site."""
        return f"{self.scheme}://{self.host}"

    def ask(self, address: str) -> Answer:
        """What the site answers to a GET for ``address`` (path and query)."""
        with translation.override(translation.get_language()):
            request = WSGIRequest(self._variables(address))
            response: Any = self._handler.get_response(request)
            try:
                body = b"".join(response)
            finally:
                # Not `close()`: it tells everybody that a request is over, and database connections are closed then.
                for close in response._resource_closers:
                    close()
        headers = {name.lower(): value for name, value in response.items()}
        return Answer(response.status_code, headers, body, gives_cookie=bool(response.cookies))

    def _variables(self, address: str) -> dict[str, Any]:
        split = urlsplit(address)
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(split.path).encode().decode("latin-1"),
            "QUERY_STRING": split.query,
            "SERVER_NAME": self.hostname,
            "SERVER_PORT": str(self.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.host,
            "HTTP_X_FORWARDED_PROTO": self.scheme,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
