"""For how long an answer may be kept, by whom. Every answer of ours says so; what says it already keeps its word."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import http_date, quote_etag

# Kept by anybody, and asked about each time: what is taken down or replaced is gone with the next request.
PUBLIC = "public, no-cache"
# Kept by nobody.
PRIVATE = "private, no-store"


def is_known_visitor(request: HttpRequest) -> bool:
    """Somebody with a session: what they are shown may be theirs alone."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def say_how_long(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give an answer that says nothing of it the header.

    Private is what somebody with a session gets, what gives a cookie, and what came of sending something; else it is public.
    """
    if "Cache-Control" in response.headers:
        return
    is_for_one = is_known_visitor(request) or response.cookies or request.method not in ("GET", "HEAD", "OPTIONS")
    response.headers["Cache-Control"] = PRIVATE if is_for_one else PUBLIC


def validators(name: str, size: int, modified: float) -> dict[str, str]:
    """Headers by which a visitor asks whether the stored file ``name`` is still the one that they have."""
    return {"ETag": quote_etag(f"{name}-{size:x}-{int(modified):x}"), "Last-Modified": http_date(modified)}
