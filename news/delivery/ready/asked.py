"""What a request asks for: whether a kept answer may be given to it, and what tells such requests apart."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

Variables = dict[str, Any]

# Longer addresses are not kept.
LONGEST = 2_000
# Who sends one of these asks for something of his own, or on a condition that only Django reads.
_OWN_QUESTIONS = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


@dataclass(frozen=True)
class Facts:
    """What is known of the answers at one path: which parameters they hang on (``None``: all), whether on the origin."""

    parameters: frozenset[str] | None
    by_origin: bool = False

    def and_also(self, other: "Facts") -> "Facts":
        """What is known of both."""
        both = None if self.parameters is None or other.parameters is None else self.parameters | other.parameters
        return Facts(both, self.by_origin or other.by_origin)


@dataclass(frozen=True)
class Names:
    """Names of request variables that a project's settings make matter."""

    session: str
    scheme: str | None
    host: str | None
    port: str | None

    @classmethod
    def of_project(cls) -> "Names":
        """Those of the settings."""
        header = settings.SECURE_PROXY_SSL_HEADER
        return cls(
            settings.SESSION_COOKIE_NAME,
            header[0] if header else None,
            "HTTP_X_FORWARDED_HOST" if settings.USE_X_FORWARDED_HOST else None,
            "HTTP_X_FORWARDED_PORT" if settings.USE_X_FORWARDED_PORT else None,
        )


def may_be_ready(variables: Variables, names: Names) -> bool:
    """Whether a kept answer may be given to this request: an anonymous question for something public."""
    if variables["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return False
    cookies = variables.get("HTTP_COOKIE")
    if cookies is not None and names.session in cookies:
        return False
    return not any(name in variables for name in _OWN_QUESTIONS)


def way_of(variables: Variables, names: Names) -> Hashable:
    """The request as it was written, as far as it matters: what is written alike is answered alike."""
    get = variables.get
    return (
        variables["PATH_INFO"],
        variables["QUERY_STRING"],
        get("HTTP_HOST"),
        get("HTTP_ACCEPT_ENCODING"),
        get("HTTP_ACCEPT"),
        get("HTTP_ORIGIN"),
        variables["wsgi.url_scheme"],
        get(names.scheme) if names.scheme else None,
        get(names.host) if names.host else None,
        get(names.port) if names.port else None,
        get("SCRIPT_NAME"),
    )


def place_of(variables: Variables, names: Names) -> Hashable:
    """Where the request goes, without its parameters: what :class:`Facts` are known of."""
    get = variables.get
    host = (get(names.host) if names.host else None) or get("HTTP_HOST") or get("SERVER_NAME", "")
    scheme = (get(names.scheme) if names.scheme else None) or variables["wsgi.url_scheme"]
    port = get(names.port) if names.port else None
    return scheme, host.lower(), port, get("SCRIPT_NAME", ""), variables["PATH_INFO"]


def query_of(variables: Variables, facts: Facts | None) -> str:
    """The parameters that the answer hangs on, as an address has them. Of a path that nobody knows: all of them."""
    query = str(variables["QUERY_STRING"])
    if not query or facts is None or facts.parameters is None:
        return query
    return _only(query, facts.parameters)


@lru_cache(maxsize=4_096)
def _only(query: str, names: frozenset[str]) -> str:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8", max_num_fields=200)
    except ValueError:
        return query
    return urlencode(sorted(pair for pair in pairs if pair[0] in names)) if pairs else ""


def dropped(query: str, kept: str) -> set[str]:
    """Names of the parameters of ``query`` that are not in ``kept``."""
    return {name for name, _value in parse_qsl(query, keep_blank_values=True)} - {
        name for name, _value in parse_qsl(kept, keep_blank_values=True)
    }


@lru_cache(maxsize=1_024)
def accepts(header: str, media_type: str) -> bool:
    """Whether an ``Accept`` takes ``media_type`` without a doubt; what is more involved is left to Django."""
    named = {
        part.partition(";")[0].strip().lower() for part in header.split(",") if ";q=0" not in part.replace(" ", "")
    }
    return bool(named & {"*/*", media_type})
