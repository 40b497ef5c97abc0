"""What is at an address of the site: a public page, the way elsewhere, the reason why a page is gone; or nothing.

As the site itself answers, for any number of addresses in the same number of queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import Resolver404
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.listings.words import model_of_type, word_of_type
from wagtail_newsroom.news.models.pages.retired import RetiredMixin
from wagtail_newsroom.news.models.pages.retirements import Retirement

REDIRECTS = "wagtail.contrib.redirects"


@dataclass(frozen=True)
class Lives:
    """A public page is here, or answers to an address ``below`` its own."""

    page_id: int
    content_type_id: int
    below: str = ""


@dataclass(frozen=True)
class Leads:
    """Leads elsewhere. ``to``: absolute."""

    to: str
    permanent: bool


@dataclass(frozen=True)
class IsGone:
    """The page that readers knew at ``path`` was taken down. ``to``: what replaces it, absolute, or empty."""

    path: str
    title: str
    reason: str
    to: str


Found = Lives | Leads | IsGone
# Rows by the ``url_path`` at which they are or were.
Rows = dict[str, list[dict[str, Any]]]


def look_up(paths: Iterable[str], answer: Answer, *, follow: bool = True) -> dict[str, Found]:
    """What is at each of ``paths`` (on this site, with or without a query); those where nothing public is are left out.

    ``follow``: whether a redirect to a page that is gone is asked where that was. Six queries at the most.
    """
    places = {path: _Place(path, answer) for path in paths}
    known = _pages([place for place in places.values() if place.url_paths], answer)
    retired = _retirements({each for place in places.values() for each in place.url_paths}, answer)
    found: dict[str, Found] = {}
    for path, place in places.items():
        if there := place.page(known) or place.retired(known, retired, answer):
            found[path] = there
    return {**found, **_redirected([path for path in places if path not in found], answer, follow=follow)}


class _Place:
    """One address: where in the tree it may be. ``url_paths``: as pages are stored, one for each home page it may be below."""

    def __init__(self, path: str, answer: Answer) -> None:
        self.path = _plain(path)
        fitting = [root for root in answer.tree.roots if f"{self.path}/".startswith(root.prefix)] if self.path else []
        longest = max((len(root.prefix) for root in fitting), default=0)
        own = [root for root in fitting if len(root.prefix) == longest]
        self.url_paths = [root.url_path + f"{self.path}/"[longest:].lstrip("/") for root in own]

    def steps(self) -> Iterator[tuple[str, str]]:
        """The pages that may be on the way, the farthest first: their ``url_path``, and what is left of the address."""
        for url_path in self.url_paths:
            parts = url_path.strip("/").split("/")
            for count in range(len(parts), 0, -1):
                rest = "/".join(parts[count:])
                yield f"/{'/'.join(parts[:count])}/", f"{rest}/" if rest else ""

    def page(self, known: Rows) -> Lives | None:
        """The public page here, or the nearest one above that has addresses of its own below."""
        for url_path, below in self.steps():
            for row in known.get(url_path, ()):
                if not below:
                    if row["is_public_here"]:
                        return Lives(row["pk"], row["content_type_id"])
                    continue
                if row["is_public_here"] and _answers(row["content_type_id"], f"/{below}"):
                    return Lives(row["pk"], row["content_type_id"], below)
                return None
        return None

    def retired(self, known: Rows, retired: Rows, answer: Answer) -> IsGone | None:
        """The page that readers knew here, where the place it was at is open to them: as :class:`RetiredMixin` decides."""
        if not any(url_path in retired for url_path in self.url_paths):
            return None
        above = (row for url_path, _below in self.steps() for row in known.get(url_path, ()))
        place = next((row for row in above if _is(row["content_type_id"], RetiredMixin)), None)
        if place is None or answer.is_closed(place["path"]):
            return None
        for row in (row for url_path in self.url_paths for row in retired.get(url_path, ())):
            if not row["page__live"] and _is(row["page__content_type_id"], RetiredMixin):
                return None if answer.is_closed(row["page__path"]) else _gone(row, answer)
        return None


def _plain(path: str) -> str:
    """``path`` without query, encoding and slashes at its end; empty for what no page can be at."""
    plain = unquote(urlsplit(f"//host{path}").path if path.startswith("/") else "")
    if not path.startswith("/") or "\0" in plain or "//" in plain:
        return ""
    return plain.rstrip("/") or "/"


def _pages(places: Collection[_Place], answer: Answer) -> Rows:
    """The pages that are on the way to ``places``, public or not, by their ``url_path``."""
    url_paths = {url_path for place in places for url_path, _below in place.steps()}
    slugs = {url_path.rstrip("/").rpartition("/")[2] for url_path in url_paths}
    rows = Page.objects.filter(slug__in=slugs, url_path__in=url_paths).annotate(
        is_public_here=_flag(answer.is_public())
    )
    return _by(rows.order_by().values("pk", "path", "url_path", "content_type_id", "is_public_here"), "url_path")


def _retirements(url_paths: set[str], answer: Answer) -> Rows:
    """What was said when pages at ``url_paths`` were taken down, the latest first."""
    rows = Retirement.objects.filter(url_path__in=url_paths)
    rows = rows.annotate(is_shown=_flag(answer.is_public_anywhere("redirect_page__"))).order_by("-retired_at", "-pk")
    return _by(
        rows.values(
            *("url_path", "title", "reason", "redirect_url", "is_shown", "redirect_page_id", "redirect_page__url_path"),
            *("page__live", "page__path", "page__content_type_id", "redirect_page__content_type_id"),
        ),
        "url_path",
    )


def _gone(row: dict[str, Any], answer: Answer) -> IsGone:
    target = row["redirect_url"]
    if row["is_shown"]:
        answer.tags.add(f"{word_of_type(row['redirect_page__content_type_id'])}:{row['redirect_page_id']}")
        target = target or address_of(row["redirect_page__url_path"], answer)
    return IsGone(answer.path_of(row["url_path"]), row["title"], row["reason"], target)


def _redirected(paths: Collection[str], answer: Answer, *, follow: bool) -> dict[str, Leads | IsGone]:
    """Where the redirects of the site lead from ``paths``."""
    if not paths or not apps.is_installed(REDIRECTS):
        return {}
    model: Any = apps.get_model("wagtailredirects", "Redirect")
    known = {path: _old_paths(path, model) for path in paths}
    rows = model.get_for_site(answer.site).filter(old_path__in={each for old in known.values() for each in old})
    rows = rows.annotate(is_shown=_flag(answer.is_public_anywhere("redirect_page__"))).order_by("site_id")
    by_path = _by(
        rows.values(
            *("old_path", "site_id", "is_permanent", "redirect_link", "redirect_page_id", "redirect_page_route_path"),
            *("is_shown", "redirect_page__url_path", "redirect_page__content_type_id"),
            *("redirect_page__newsroom_retirement__url_path",),
        ),
        "old_path",
    )
    found: dict[str, Leads | IsGone] = {}
    ahead: dict[str, tuple[str, bool]] = {}
    for path, old_paths in known.items():
        rows_here = [row for old_path in old_paths for row in by_path.get(old_path, ())]
        row = next((row for row in rows_here if row["site_id"]), rows_here[0] if rows_here else None)
        if row is None:
            continue
        retired_at = row["redirect_page__newsroom_retirement__url_path"]
        if row["redirect_page_id"] and not row["is_shown"] and retired_at:
            ahead[path] = (answer.path_of(retired_at), row["is_permanent"])
        elif target := _target(row, answer):
            found[path] = Leads(target, row["is_permanent"])
    found.update(_followed(ahead, answer) if follow else {})
    return {
        path: there for path, there in found.items()
        if not isinstance(there, Leads) or there.to.rstrip("/") != answer.absolute(path).rstrip("/")
    }  # fmt: skip


def _followed(ahead: dict[str, tuple[str, bool]], answer: Answer) -> dict[str, Leads | IsGone]:
    """What is said of redirects to pages that are not public: what their last public address says."""
    there = look_up({path for path, _permanent in ahead.values() if path}, answer, follow=False)
    found: dict[str, Leads | IsGone] = {}
    for old_path, (path, permanent) in ahead.items():
        target = there.get(path)
        if isinstance(target, Lives):
            found[old_path] = Leads(answer.absolute(path), permanent)
        elif target is not None:
            found[old_path] = target
    return found


def _old_paths(path: str, model: Any) -> list[str]:
    """How a redirect for ``path`` may be stored: first with its query, each as it came and without its encoding."""
    if "\0" in unquote(path):
        return []
    found = [
        model.normalise_path(each, decode_unicode=decode)
        for each in (path, path.split("?")[0])
        for decode in (True, False)
    ]
    return [each for each in dict.fromkeys(found) if "\0" not in each]


def _target(row: dict[str, Any], answer: Answer) -> str:
    """Where a redirect leads, absolute; empty where that is not public."""
    if not row["redirect_page_id"]:
        link = row["redirect_link"]
        return answer.absolute(link) if link.startswith(("http://", "https://", "/")) else ""
    if not row["is_shown"]:
        return ""
    answer.tags.add(f"{word_of_type(row['redirect_page__content_type_id'])}:{row['redirect_page_id']}")
    address = address_of(row["redirect_page__url_path"], answer)
    route = row["redirect_page_route_path"]
    if route and address and _answers(row["redirect_page__content_type_id"], route):
        return address.rstrip("/") + route
    return address


def address_of(url_path: str, answer: Answer) -> str:
    """The absolute address of a page, of whatever site; empty for one that no site shows."""
    if path := answer.path_of(url_path):
        return answer.absolute(path)
    return Page(pk=0, url_path=url_path).full_url or ""


def _answers(content_type_id: int, below: str) -> bool:
    """Tell whether pages of the type have the address ``below`` their own; nothing is asked of the database."""
    model = model_of_type(content_type_id)
    if model is None or not hasattr(model, "resolve_subpage"):
        return False
    try:
        model().resolve_subpage(below)
    except Resolver404:
        return False
    return True


def _is(content_type_id: int, kind: type[Any]) -> bool:
    return issubclass(model_of_type(content_type_id) or Page, kind)


def _flag(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _by(rows: Iterable[dict[str, Any]], name: str) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found
