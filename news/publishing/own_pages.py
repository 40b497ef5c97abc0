"""Which part of a site's tree is the newsroom's: its lists, or the pages that somebody names."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.apps import apps
from django.db.models import Q
from wagtail.models import Page, Site

from wagtail_newsroom.news.models.pages.pages import ListPage, ManagedPageMixin
from wagtail_newsroom.news.models.pages.shared import NewsroomPage


def list_types() -> list[type[Page]]:
    """The types of lists: those of the newsroom, of apps that plug in, and of the host that subclasses them."""
    return [model for model in apps.get_models() if issubclass(model, ListPage)]


def own_types() -> list[type[Page]]:
    """The page types that are the newsroom's: its lists, its news and events with what a host made of them, and what may
    stand in its lists only.
    """
    lists = set(list_types())
    return [model for model in apps.get_models() if issubclass(model, Page) and _is_own(model, lists)]


def _is_own(model: type[Page], lists: set[type[Page]]) -> bool:
    if issubclass(model, ListPage | NewsroomPage):
        return True
    parents = set(model.clean_parent_page_models())
    return issubclass(model, ManagedPageMixin) and bool(parents) and parents <= lists


def newsroom_lists(site: Site | None = None) -> list[Page]:
    """The lists of ``site`` in every language, from the top down; without ``site`` those of the default one.

    A site without a default has lists nowhere in particular: then those of all sites.
    """
    site = site or Site.objects.filter(is_default_site=True).first()
    lists = Page.objects.type(*list_types()).order_by("path")
    if site is not None:
        lists = lists.filter(below(home_pages([site])))
    return list(lists)


def home_pages(sites: Iterable[Site] | None = None) -> list[Page]:
    """The home pages of ``sites``, or of all, in every language."""
    chosen = Site.objects.all() if sites is None else Site.objects.filter(pk__in=[site.pk for site in sites])
    roots = Page.objects.filter(pk__in=chosen.values("root_page"))
    return [page for root in roots for page in root.get_translations(inclusive=True).order_by("path")]


def pages_at(address: str) -> list[Page]:
    """The page at ``address`` and its translations: a path of the default site, or a whole address of any site.

    Raises ``Page.DoesNotExist``, ``Site.DoesNotExist``, each with what was looked for.
    """
    parts = urlsplit(address)
    site = _site_at(parts.hostname, parts.port) if parts.hostname else Site.objects.filter(is_default_site=True).first()
    if site is None:
        where = f"at {parts.netloc}" if parts.hostname else "that is the default"
        raise Site.DoesNotExist(f"There is no site {where}.")
    below = parts.path.strip("/")
    paths = [f"{home.url_path}{below}/" if below else home.url_path for home in home_pages([site])]
    language, _slash, rest = below.partition("/")
    paths += [
        f"{home.url_path}{rest}/" if rest else home.url_path
        for home in home_pages([site])
        if home.locale.language_code == language
    ]
    page = Page.objects.filter(url_path__in=paths).order_by("path").first()
    if page is None:
        raise Page.DoesNotExist(f"There is no page at {address}.")
    return list(page.get_translations(inclusive=True).order_by("path"))


def _site_at(hostname: str, port: int | None) -> Site | None:
    sites = Site.objects.filter(hostname__iexact=hostname)
    return sites.filter(port=port).first() if port else sites.first()


def is_below(page: Page, pages: Iterable[Page]) -> bool:
    """Tell whether ``page`` is one of ``pages`` or stands below one."""
    return any(page.path.startswith(each.path) for each in pages)


def below(pages: Iterable[Page]) -> Q:
    """Condition: one of ``pages``, or below one."""
    found = Q(pk__in=[])
    for page in pages:
        found |= Q(path__startswith=page.path)
    return found
