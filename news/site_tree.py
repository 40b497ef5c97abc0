"""The upper floors of a site's tree, read once an answer: its home pages in all languages, what stands right below them,
and what is closed to strangers.

Public: other apps may import from here.
"""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.once import once

# What is read of a page; the rest is asked for where somebody wants it.
READ = {
    *(
        "id",
        "path",
        "depth",
        "numchild",
        "title",
        "slug",
        "url_path",
        "content_type_id",
        "translation_key",
        "locale_id",
    ),
    *("live", "expire_at", "show_in_menus", "alias_of_id"),
}
FIELDS = tuple(field.attname for field in Page._meta.concrete_fields if field.attname in READ)  # in Django's order


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


def closed_paths() -> tuple[str, ...]:
    """Paths (of the tree) of the pages with a restriction of their own: they and all below them are closed to strangers."""
    found: tuple[str, ...] = once(
        ("closed pages",),
        lambda: remembered(
            ("closed pages",),
            lambda: tuple(PageViewRestriction.objects.values_list("page__path", flat=True).distinct()),
        ),
    )
    return found


def tree_of(site: Site) -> SiteTree:
    """The home pages of ``site`` and what is closed. One query."""
    tree: SiteTree = once(("tree", site.pk), lambda: _read_tree(site))
    return tree


def _read_tree(site: Site) -> SiteTree:
    closed = PageViewRestriction.objects.order_by().values("page")
    root: Page = site.root_page
    homes = Page.objects.filter(translation_key=root.translation_key).order_by().values("pk")
    # One list of ids: of two conditions joined by OR PostgreSQL looks at every page.
    asked = Page.objects.filter(pk__in=homes.union(closed))
    rows = [_page(row) for row in remembered(("tree", site.pk, root.pk), lambda: _rows(asked, closed))]
    shut = tuple(page.path for page, is_closed in rows if is_closed)
    homes = [page for page, _is_closed in rows if page.translation_key == root.translation_key]
    homes.sort(key=lambda page: page.pk != root.pk)
    once(("closed pages",), lambda: shut)
    return SiteTree(tuple(homes), shut)


def top_pages(site: Site) -> tuple[Page, ...]:
    """Live pages right below the home pages of ``site``, in their order, and their live translations wherever these are.
    One query; see :meth:`SiteTree.is_public` for who may read them."""
    found: tuple[Page, ...] = once(("top pages", site.pk), lambda: _read_top_pages(site))
    return found


def _read_top_pages(site: Site) -> tuple[Page, ...]:
    def ask() -> list[dict[str, Any]]:
        below = Q(pk__in=[])
        for home in tree_of(site).homes:
            below |= Q(depth=home.depth + 1, path__range=home._get_children_path_interval(home.path))
        keys = Page.objects.filter(below).order_by().values("translation_key")
        return _rows(Page.objects.live().filter(translation_key__in=keys))

    return tuple(_page(row)[0] for row in remembered(("top pages", site.pk, site.root_page_id), ask))


def children_of(home: Any, site: Site) -> list[Page]:
    """The public pages right below ``home``, a home page of ``site``, in their order."""
    tree = tree_of(site)
    return [page for page in top_pages(site) if _is_child(page, home) and tree.is_public(page)]


def child_of_type(home: Any, model: type[Page], site: Site | None) -> Any:
    """The first public page of the type ``model`` right below ``home``, a home page of ``site``, as one of its type; ``None``
    where there is none. What is not read yet is asked for when it is looked at."""
    for page in children_of(home, site) if site is not None else []:
        if issubclass(page.specific_class or Page, model):
            return _as_own_type(page)
    return None


def _as_own_type(page: Page) -> Any:
    """``page`` as one of its own type, as far as it was read."""
    model = page.specific_class or Page
    fields = [field for field in model._meta.concrete_fields if field.attname in READ or field.primary_key]
    names = [field.attname for field in fields]
    own = model.from_db(
        DEFAULT_DB_ALIAS, names, [page.pk if f.primary_key else getattr(page, f.attname) for f in fields]
    )
    if page.locale_id:
        own.locale = page.locale
    return own


def live_child(page: Any, slug: str, site: Site) -> Page | None:
    """The live page right below ``page`` that is called ``slug``, where ``page`` is a home page of ``site``; else ``None``."""
    if all(page.pk != home.pk for home in tree_of(site).homes):
        return None
    return next((child for child in top_pages(site) if child.slug == slug and _is_child(child, page)), None)


def _is_child(page: Page, home: Any) -> bool:
    return page.depth == home.depth + 1 and page.path.startswith(home.path)


def _rows(pages: QuerySet[Any], closed: QuerySet[Any] | None = None) -> list[dict[str, Any]]:
    """What is read of ``pages``, by their path, with their language and with whether each is among ``closed``."""
    names = [*FIELDS, "locale__language_code"]
    if closed is not None:
        pages = pages.annotate(is_closed=Q(pk__in=closed))
        names.append("is_closed")
    return list(pages.order_by("path").values(*names))


def _page(row: dict[str, Any]) -> tuple[Page, bool]:
    page = Page.from_db(DEFAULT_DB_ALIAS, FIELDS, [row[name] for name in FIELDS])
    if row["locale_id"]:
        page.locale = Locale.from_db(
            DEFAULT_DB_ALIAS, ("id", "language_code"), (page.locale_id, row["locale__language_code"])
        )
    return page, bool(row.get("is_closed"))


def learn_locale(page: Any, site: Site) -> None:
    """Tell ``page`` its language without asking for it, where it is one of ``site``."""
    if not type(page).locale.is_cached(page) and (home := tree_of(site).home_in(page.locale_id)) is not None:
        page.locale = home.locale
