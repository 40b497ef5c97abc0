"""For how long an answer may be kept, by whom. Every answer of ours says so; what says it already keeps its word."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.http import http_date, quote_etag

from wagtail_newsroom.news.conf import setting

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


def purged_caches() -> dict[str, dict[str, Any]]:
    """Caches in front of the site that are told of changes, as Wagtail's settings name them."""
    named: dict[str, dict[str, Any]] | None = getattr(settings, "WAGTAILFRONTENDCACHE", None)
    if named is None and (location := getattr(settings, "WAGTAILFRONTENDCACHE_LOCATION", None)):
        return {"default": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": location}}
    return named or {}


def let_cdn_keep(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give a public answer the age for a CDN: at an address without parameters, which is told of as it changes.

    Browsers ask each time, as before. They are told so otherwise, because ``no-cache`` would hold for the CDN too.
    """
    seconds = int(setting("CDN_SECONDS"))
    is_public = response.headers.get("Cache-Control") in (PUBLIC, "no-cache") and response.status_code == 200
    had_query = request.META.get("QUERY_STRING") or request.META.get(HAD_QUERY)
    if not (seconds and is_public and purged_caches()) or had_query or is_known_visitor(request):
        return
    if response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):  # drawn with a form: it is for one
        return
    response.headers["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={seconds}"


def validators(name: str, size: int, modified: float) -> dict[str, str]:
    """Headers by which a visitor asks whether the stored file ``name`` is still the one that they have."""
    return {"ETag": quote_etag(f"{name}-{size:x}-{int(modified):x}"), "Last-Modified": http_date(modified)}


# Where the layer that keeps answers says that the address had parameters, also where it left them out.
HAD_QUERY = "newsroom.had_query"
# Where a view leaves word for the layer that keeps answers ready (``delivery/ready/``).
MARK = "newsroom.keep"
# What asks whether an answer was changed since; that layer answers it, and no view.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# Where it leaves word that the visitor has the answer, or an older one.
REPEATED = "newsroom.repeated"


@dataclass
class Keep:
    """What a view says of its answer: it may be kept for everybody who asks the same.

    ``counts``: what is counted each time that it is given out, ``("page", 12)``. ``read``: the parameters of the address
    that it looked at, by which alone two answers of one path differ; ``read_all``: it looked at all of them.
    """

    counts: tuple[str, Any] | None = None
    read: set[str] = field(default_factory=set)
    read_all: bool = False


def keep(request: HttpRequest, *, counts: tuple[str, Any] | None = None) -> None:
    """Say that the answer under way hangs on nothing but the address, the language and what is public now.

    Called by a view of what everybody may see, before it looks at ``request.GET``. Kept is what then comes out of it for a
    visitor without cookies and tokens: status 200, no cookie, no ``no-store``, no ``Vary`` but by coding and origin.
    """
    mark = request.META.get(MARK)
    if not isinstance(mark, Keep):
        # Somebody who has looked already may have looked at anything.
        mark = request.META[MARK] = Keep(read_all="GET" in vars(request))
        request.GET = _Watched(request.GET, mark)  # type: ignore[assignment]  # stubs know one class of it
    mark.counts = counts or mark.counts


def only_parameters(request: HttpRequest, *names: str) -> None:
    """Leave the other parameters out of ``request.GET``: nothing of the answer hangs on them, and no link hands them on."""
    known = QueryDict(mutable=True, encoding=request.GET.encoding)
    for name in names:
        if values := request.GET.getlist(name):
            known.setlist(name, values)
    known._mutable = False
    request.GET = known  # type: ignore[assignment]  # mutable for the stubs


def keep_nothing(request: HttpRequest) -> None:
    """Take the word back: the answer is for one, or hangs on something else."""
    request.META.pop(MARK, None)


class _Watched(QueryDict):
    """Parameters that note which of them are looked at."""

    def __init__(self, query: QueryDict, mark: Keep) -> None:
        super().__init__(mutable=True, encoding=query.encoding)
        for name, values in query.lists():
            super().setlist(name, values)
        self._mutable = False
        self._mark = mark

    def __getitem__(self, key: str) -> Any:
        self._mark.read.add(key)
        return super().__getitem__(key)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        self._mark.read.add(key)
        return super().getlist(key, default)

    def __contains__(self, key: object) -> bool:
        self._mark.read.add(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._mark.read_all = True
        return super().__iter__()

    def __len__(self) -> int:
        self._mark.read_all = True
        return super().__len__()

    def lists(self) -> Any:
        self._mark.read_all = True
        return super().lists()

    def keys(self) -> Any:
        self._mark.read_all = True
        return super().keys()

    def __eq__(self, other: object) -> bool:
        self._mark.read_all = True
        return bool(super().__eq__(other))

    __hash__ = None  # type: ignore[assignment]  # as of every dict

    def copy(self) -> Any:
        """All of them, to be changed; nobody watches the copy."""
        self._mark.read_all = True
        found = QueryDict(mutable=True, encoding=self.encoding)
        for name, values in super().lists():
            found.setlist(name, list(values))
        return found

    def __copy__(self) -> Any:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return self.copy()
