"""How large the body of a request may be: asked before anything reads it, by route and by who sends it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.traffic.refusals import too_large

GetResponse = Callable[[HttpRequest], HttpResponseBase]

KB, MB = 1024, 1024 * 1024
# A form of the public with all its texts, several times longer than they may be: who wrote too much is told so by it.
FORM = 256 * KB
# Editors who send several photos at once without scripts.
SEVERAL_FILES = 4

_larger: dict[str, int] = {}


def allow_larger_bodies(url_name: str, limit: int) -> None:
    """Let everybody send up to ``limit`` bytes to the address called ``url_name``: a form of yours that takes files."""
    _larger[url_name] = limit


def body_limit(path: str, *, url_name: str = "", is_editor: bool = False, has_token: bool = False) -> int:
    """The most bytes that may be sent to ``path``.

    ``is_editor``: the sender is signed in and may enter the admin; ``has_token``: there is an ``Authorization`` header.
    """
    if is_editor and path.startswith(admin_path()):
        return SEVERAL_FILES * largest_upload() + _fields()
    if has_token and path.startswith("/api/"):
        return max(FORM, _fields())
    return max(FORM, _larger.get(url_name, 0))


def most_of_anybody(path: str, *, is_editor: bool, has_token: bool) -> int:
    """The most that :func:`body_limit` may allow at ``path``, for a server that does not know the route yet."""
    return max(body_limit(path, is_editor=is_editor, has_token=has_token), *_larger.values(), 0)


def largest_upload() -> int:
    """The largest file that the library takes."""
    return max(
        int(setting("INSPECT_MAX_BYTES")),
        int(getattr(settings, "WAGTAILDOCS_MAX_UPLOAD_SIZE", 0) or 0),
        int(getattr(settings, "WAGTAILIMAGES_MAX_UPLOAD_SIZE", 10 * MB) or 0),
    )


def admin_path() -> str:
    """Where the admin stands."""
    try:
        return reverse("wagtailadmin_home")
    except NoReverseMatch:
        return "/admin/"


def sent_bytes(meta: Mapping[str, Any]) -> int:
    """How long the body of a request is by its own account."""
    try:
        return max(0, int(meta.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0


def is_editor(user: Any) -> bool:
    """Whether ``user`` may enter the admin."""
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


def _fields() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 10 * MB)


class BodyLimitMiddleware:
    """Answer 413 to a body that is too long for its route; stands before ``CsrfViewMiddleware``, which reads bodies."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        length = sent_bytes(request.META)
        if length <= FORM:
            return None
        user = getattr(request, "user", None)
        limit = body_limit(
            request.path_info,
            url_name=(request.resolver_match and request.resolver_match.url_name) or "",
            is_editor=user is not None and is_editor(user),
            has_token="Authorization" in request.headers,
        )
        return too_large(request, limit) if length > limit else None
