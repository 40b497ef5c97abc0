"""The upper floors of a site's tree, read once an answer: its home pages in all languages, what stands right below them,
and what is closed to strangers.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath

from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.once import once
from wagtail_newsroom.news.queries.instances import as_type, columns_of, json_rows, made_of, made_of_json, stored
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries

_QUERIES = PreparedQueries()
_NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the queries hang on no moment


@dataclass(frozen=True)
class SiteTree:
    """``homes``: the home pages of a site in all languages, drafts too, that of the site first; ``closed``: paths (of the
    tree) with a restriction of their own."""

    homes: tuple[Page, ...]
    closed: tuple[str, ...]

    def is_public(self, page: Page) -> bool:
        """Tell whether anybody may read ``page``."""
        return is_unexpired(page) and page.live and not page.path.startswith(self.closed)

    def home_in(self, locale_id: int | None) -> Page | None:
        """The home page in a language, draft or not; ``None`` where there is none."""
        return next((home for home in self.homes if home.locale_id == locale_id), None)

    def home_of(self, page: Any) -> Page | None:
        """The home page at or above ``page``; ``None`` for a page elsewhere."""
        return next((home for home in self.homes if page.path.startswith(home.path)), None)


def is_unexpired(page: Page) -> bool:
    """Tell whether ``page`` is not past its expiry."""
    return page.expire_at is None or page.expire_at > timezone.now()


def _sites() -> list[dict[str, Any]]:
    """All sites, each with its home pages in all languages and with what is closed. One query."""
    key = ("sites",)
    rows: list[dict[str, Any]] = once(
        key, lambda: remembered(key, lambda: _QUERIES.all_rows(key, lambda now: _site_rows(), _NOW))
    )
    return rows


def _site_rows() -> QuerySet[Any]:
    homes = Page.objects.filter(translation_key=OuterRef("root_page__translation_key")).order_by("path")
    closed = PageViewRestriction.objects.order_by("page__path")
    return Site.objects.order_by("pk").values(
        *columns_of(Site),
        home_rows=_page_rows(homes),
        closed_rows=JsonRows(closed, path="page__path"),
    )


def site_at(hostname: str, port: int) -> Site | None:
    """The site that answers there, found as Wagtail does; with its root page."""
    rows = _sites()
    default = [row for row in rows if row["is_default_site"]]
    named = [row for row in rows if row["hostname"] == hostname]
    exact = [row for row in named if row["port"] == port] or [row for row in named if row["is_default_site"]]
    found = exact or (named if len(named) == 1 else default)
    return _site(found[0]) if found else None


def site_of_visit(request: HttpRequest) -> Site | None:
    """The site that ``request`` visits, as ``Site.find_for_request`` finds and remembers it; ``None`` where there is none."""
    known = request.__dict__
    if "_wagtail_site" not in known:
        # Whether the host is one of this project's somebody else asks.
        host = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]  # as Wagtail takes it
        known["_wagtail_site"] = site_at(host, int(request.get_port()))
    site: Site | None = known["_wagtail_site"]
    return site


def _site(row: dict[str, Any]) -> Site:
    site = made_of(Site, row)
    site.root_page = next(_page(each) for each in row["home_rows"] if each["id"] == site.root_page_id)
    return site


def root_paths() -> list[SiteRootPath]:
    """Where the pages of each site begin, the longest path first: as Wagtail has it, in its cache."""
    found = []
    for row in sorted(_sites(), key=lambda row: (not row["is_default_site"], row["hostname"])):
        address = made_of(Site, row).root_url
        homes = [home for home in row["home_rows"] if has_languages() or home["id"] == row["root_page_id"]]
        homes.sort(key=lambda home: home["id"] != row["root_page_id"])
        found.append([SiteRootPath(row["id"], home["url_path"], address, home["language"]) for home in homes])
    return [path for paths in sorted(found, key=lambda paths: paths[0].root_path, reverse=True) for path in paths]


def has_languages() -> bool:
    """Whether the pages of the project have translations."""
    return bool(getattr(settings, "WAGTAIL_I18N_ENABLED", False))


def home_of_visit(site: Site) -> Page | None:
    """The home page of ``site`` in the active language; ``None`` where it has none that is live, and Wagtail takes another."""
    if not has_languages():
        return None
    try:
        language = get_supported_content_language_variant(get_language())
    except LookupError:
        return None
    homes = (home for home in tree_of(site).homes if home.live and home.locale_id)
    return next((home for home in homes if home.locale.language_code == language), None)


def closed_paths() -> tuple[str, ...]:
    """Paths (of the tree) of the pages with a restriction of their own: they and all below them are closed to strangers."""
    rows = _sites()
    return _closed(rows[0]) if rows else ()


def _closed(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each["path"] for each in row["closed_rows"]))


def tree_of(site: Site) -> SiteTree:
    """The home pages of ``site`` and what is closed. One query."""
    tree: SiteTree = once(("tree", site.pk), lambda: _read_tree(site))
    return tree


def _read_tree(site: Site) -> SiteTree:
    for row in _sites():
        if row["id"] == site.pk:
            homes = [_page(each) for each in row["home_rows"]]
            homes.sort(key=lambda page: page.pk != site.root_page_id)
            return SiteTree(tuple(homes), _closed(row))
    return SiteTree((), ())


def top_pages(site: Site) -> tuple[Page, ...]:
    """Live pages right below the home pages of ``site``, in their order, and their live translations wherever these are.
    One query; see :meth:`SiteTree.is_public` for who may read them."""
    found: tuple[Page, ...] = once(("top pages", site.pk), lambda: _read_top_pages(site))
    return found


def _read_top_pages(site: Site) -> tuple[Page, ...]:
    homes = tuple((home.path, home.depth) for home in tree_of(site).homes)

    def build(_now: dt.datetime, sites: Sequence[int]) -> QuerySet[Any]:
        below = Q(pk__in=[])
        for path, depth in homes:
            below |= Q(depth=depth + 1, path__range=Page._get_children_path_interval(path))
        keys = Page.objects.filter(below).order_by().values("translation_key")
        pages = Page.objects.live().filter(translation_key__in=keys).order_by("path")
        return Site.objects.filter(pk__in=sites).order_by().values(page_rows=_page_rows(pages))

    key = ("top pages", homes)
    rows = remembered(key, lambda: _QUERIES.rows(key, build, _NOW, [site.pk])[0]["page_rows"])
    return tuple(map(_page, rows))


def children_of(home: Any, site: Site) -> list[Page]:
    """The public pages right below ``home``, a home page of ``site``, in their order."""
    tree = tree_of(site)
    return [page for page in top_pages(site) if _is_child(page, home) and tree.is_public(page)]


def child_of_type(home: Any, model: type[Page], site: Site | None) -> Any:
    """The first public page of the type ``model`` right below ``home``, a home page of ``site``, as one of its type; ``None``
    where there is none. What is not read yet is asked for when it is looked at."""
    for page in children_of(home, site) if site is not None else []:
        if issubclass(page.specific_class or Page, model):
            return as_type(page, page.specific_class or Page)
    return None


def live_child(page: Any, slug: str, site: Site) -> Page | None:
    """The live page right below ``page`` that is called ``slug``, where ``page`` is a home page of ``site``; else ``None``."""
    if all(page.pk != home.pk for home in tree_of(site).homes):
        return None
    return next((child for child in top_pages(site) if child.slug == slug and _is_child(child, page)), None)


def _is_child(page: Page, home: Any) -> bool:
    return page.depth == home.depth + 1 and page.path.startswith(home.path)


def _page_rows(pages: QuerySet[Any]) -> JsonRows:
    return json_rows(pages, language="locale__language_code")


def _page(row: dict[str, Any]) -> Page:
    page = made_of_json(Page, row)
    if page.locale_id:
        page.locale = stored(Locale, ("id", "language_code"), (page.locale_id, row["language"]))
    return page


def learn_locale(page: Any, site: Site) -> None:
    """Tell ``page`` its language without asking for it, where it is one of ``site``."""
    if not type(page).locale.is_cached(page) and (home := tree_of(site).home_in(page.locale_id)) is not None:
        page.locale = home.locale
