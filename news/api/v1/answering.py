"""What one answer knows of the site: read once, asked for every row.

Two queries: the site, and its tree (home pages in all languages, and what is closed to strangers).

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, PageViewRestriction

from wagtail_newsroom.news.api.v1.problems import not_found
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.site_tree import site_of_visit


@dataclass(frozen=True)
class Root:
    """A home page. ``prefix``: what the addresses of its language begin with (``/en/``); ``is_open``: anybody may read it."""

    id: int
    path: str
    url_path: str
    locale_id: int
    language: str
    prefix: str
    is_open: bool


@dataclass(frozen=True)
class Tree:
    """The home pages of a site, the default language first, and the paths (of the tree) that are closed to strangers."""

    roots: tuple[Root, ...]
    closed: tuple[str, ...]


class Answer:
    """One answer: for which request, at which moment, of which site.

    ``rich_text``: the format of texts; ``tags``: of what the answer shows and asked (docs/delivery.md).
    Raises ``ProblemError`` (404) where the host has no site.
    """

    def __init__(self, request: HttpRequest, rich_text: str = "html") -> None:
        site = site_of_visit(request)
        if site is None:
            raise not_found()
        self.request, self.site, self.rich_text = request, site, rich_text
        self.now = timezone.now()
        self.tags: set[str] = set()
        self._once: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What ``make`` returns, made once an answer under ``name``."""
        if name not in self._once:
            self._once[name] = make()
        return self._once[name]

    def at(self, now: dt.datetime) -> "Answer":
        """The same answer at another moment."""
        other = copy(self)
        other.now = now
        vars(other).pop("today", None)
        return other

    @cached_property
    def today(self) -> dt.date:
        """The day in the site's zone."""
        return timezone.localdate(self.now)

    @cached_property
    def tree(self) -> Tree:
        """The home pages of the site and what is closed, in one query."""
        root = self.site.root_page
        rows = _TREES.rows("tree", _tree, self.now, [root.pk])
        shut = [row["path"] for row in rows if row["is_closed"]]
        roots = []
        for row in rows:
            if row["translation_key"] == root.translation_key and row["depth"] > 1:
                path, language = row["path"], row["locale__language_code"]
                is_open = row["live"] and (row["expire_at"] is None or row["expire_at"] > self.now)
                is_open = is_open and not path.startswith(tuple(shut))
                roots.append(
                    Root(row["pk"], path, row["url_path"], row["locale_id"], language, _prefix(language), is_open)
                )
        roots.sort(key=lambda each: each.id != root.pk)
        return Tree(tuple(roots), tuple(shut))

    @cached_property
    def languages(self) -> dict[str, int]:
        """Codes of the languages of the site, with the ids of their locales."""
        return {root.language: root.locale_id for root in self.tree.roots}

    @property
    def open_languages(self) -> list[str]:
        """Codes of the languages that the site is read in: those with a public home page."""
        return [root.language for root in self.tree.roots if root.is_open]

    def language_of(self, locale_id: int) -> str:
        """Code of the language with the id ``locale_id``; that of the site for one that it has not."""
        return next((code for code, pk in self.languages.items() if pk == locale_id), next(iter(self.languages), ""))

    def language_like(self, code: str | None) -> str:
        """The language ``code`` where the site has it, else the site's own."""
        return code if code in self.languages else self.language_of(0)

    def public(self, pages: QuerySet[Any], prefix: str = "") -> QuerySet[Any]:
        """Those of ``pages`` that anybody may read on this site; ``prefix`` leads to the page (``"page__"``). No query.

        The same condition as :func:`wagtail_newsroom.news.visibility.public_pages`, of what was read already.
        """
        return pages.filter(self.is_public(prefix))

    def is_public(self, prefix: str = "") -> Q:
        """As :meth:`public`, the condition."""
        within = Q(pk__in=[])
        for root in self.tree.roots:
            within |= Q(**{f"{prefix}path__startswith": root.path})
        return self.is_public_anywhere(prefix) & within

    def is_public_anywhere(self, prefix: str = "") -> Q:
        """As :meth:`is_public`, of pages of any site."""
        unexpired = Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": self.now})
        condition = unexpired & Q(**{f"{prefix}live": True})
        for path in self.tree.closed:
            condition &= ~Q(**{f"{prefix}path__startswith": path})
        return condition

    def is_closed(self, path: str) -> bool:
        """Tell whether the page at ``path`` of the tree, or one above it, is closed to strangers."""
        return path.startswith(self.tree.closed)

    def path_of(self, url_path: str) -> str:
        """The path at which a page of this site is read; empty for a page of another one."""
        roots = [root for root in self.tree.roots if url_path.startswith(root.url_path)]
        if not roots:
            return ""
        root = max(roots, key=lambda each: len(each.url_path))
        return root.prefix + url_path[len(root.url_path) :]

    def absolute(self, path: str) -> str:
        """``path`` on this site with the host; what is an address already stays."""
        return path if urlsplit(path).scheme else f"{self.base}{path}"

    @cached_property
    def base(self) -> str:
        """Scheme and host of the site: ``https://centrum.example``."""
        return str(self.site.root_url).rstrip("/")


_TREES = PreparedQueries()


def _tree(now: dt.datetime, roots: Sequence[int]) -> QuerySet[Any]:
    """The home pages of a site by the id of one of them, and all pages with a restriction of their own.

    One list of ids: of two conditions joined by OR PostgreSQL looks at every page.
    """
    closed = PageViewRestriction.objects.order_by().values("page")
    keys = Page.objects.filter(pk__in=roots).order_by().values("translation_key")
    homes = Page.objects.filter(translation_key__in=keys).order_by().values("pk")
    is_closed = Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))
    pages = Page.objects.filter(pk__in=homes.union(closed)).annotate(is_closed=is_closed).order_by("path")
    names = ("pk", "path", "url_path", "locale_id", "locale__language_code", "translation_key", "depth")
    return pages.values(*names, "live", "expire_at", "is_closed")


def _prefix(language: str) -> str:
    """What Wagtail's addresses begin with in ``language``."""
    try:
        code = get_supported_content_language_variant(language)
    except LookupError:
        code = language
    with translation.override(code):
        try:
            return reverse("wagtail_serve", args=("",))
        except NoReverseMatch:
            return "/"
