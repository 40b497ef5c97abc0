"""Which addresses show what changed: pages and the files below them, the delivery API, files, all with the host of their site."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.models import Page, Site

from wagtail_newsroom.news.listings.everything import every_public_page
from wagtail_newsroom.news.models import ChangeRecord
from wagtail_newsroom.news.publishing.changes.affected import EVERYTHING
from wagtail_newsroom.news.publishing.changes.places import BATCH, public_places
from wagtail_newsroom.news.registry.changes import change_word, changed_types
from wagtail_newsroom.news.registry.page_views import page_files

API = "newsroom_api_v1"
# Addresses outside of the pages that are made of all of them, by the names that hosts give them.
OF_THE_SITE = ("sitemap", "newsroom_llms")
# Of one item in the delivery API, by the names of its operations there.
OF_AN_ITEM = ("get_{}", "get_{}_markdown", "get_{}_calendar", "get_{}_schedule")
ARCHIVED = "?version=archival"


def addresses_of(records: Iterable[ChangeRecord]) -> list[str]:
    """Addresses whose answers differ by ``records``, whole (``https://…``), in order; of each once."""
    paths: dict[Site, set[str]] = defaultdict(set)
    own: dict[Site, set[str]] = defaultdict(set)
    for row in records:
        if row.site is None:
            continue
        paths[row.site] |= {*row.affects}
        own[row.site] |= set(_of_record(row))
    found: set[str] = set()
    for site, shown in paths.items():
        whole = EVERYTHING in shown
        reached = own[site] | (set(_everything(site)) if whole else set()) | set(_of_pages(site, shown - {EVERYTHING}))
        found |= {_whole(site, path) for path in {*reached, *_of_the_site()}}
    return sorted(found)


def addresses_of_files(urls: Iterable[str]) -> list[str]:
    """The addresses of stored files on each site; those of a storage elsewhere have their own host."""
    sites = list(Site.objects.order_by("pk"))
    return sorted({_whole(site, url) for url in urls for site in sites})


def _whole(site: Site, path: str) -> str:
    return path if urlsplit(path).netloc else f"{site.root_url}{path}"


def _of_record(row: ChangeRecord) -> Iterator[str]:
    """The object's own: where it is and was, the files below it, and in the delivery API."""
    for path in filter(None, {row.path, row.old_path}):
        yield path
        if path.endswith("/"):
            yield from (path + name for name in _files_of_word(row.type))
        elif row.type == "attachment":
            yield path + ARCHIVED
    yield from _of_item(row.type, row.object_id)


def _of_pages(site: Site, paths: set[str]) -> Iterator[str]:
    """Pages at ``paths`` with what they answer below their address; of one that is gone, whatever pages answer."""
    pages = _pages_at(site, paths)
    for path in paths:
        yield path
        page = pages.get(path)
        if page is not None:
            yield from _of_page(page, path)
        elif path.endswith("/"):
            yield from (path + name for name in _all_files())


def _of_page(page: Any, path: str) -> Iterator[str]:
    model = page.specific_class or Page
    yield from (path + name for name in page_files(model))
    yield from _of_item(change_word(model), page.pk)
    # What a host says of a page of its own, as Wagtail documents it.
    yield from (path + more.lstrip("/") for more in page.specific_deferred.get_cached_paths())


def _everything(site: Site) -> Iterator[str]:
    ids = list(every_public_page(site).order_by().values_list("pk", flat=True))
    for path, page in public_places(ids).get(site.pk, {}).items():
        yield path
        yield from _of_page(page, path)


def _pages_at(site: Site, paths: set[str]) -> dict[str, Page]:
    slugs = sorted({parts[-1] for path in paths if (parts := path.strip("/").split("/"))})
    ids: set[int] = set()
    for start in range(0, len(slugs), BATCH):
        named = Page.objects.filter(slug__in=slugs[start : start + BATCH])
        ids |= set(named.order_by().values_list("pk", flat=True))
    return public_places(ids).get(site.pk, {})


@cache
def _files_of_word(word: str) -> frozenset[str]:
    """Names of the files below pages whose changes are told by ``word``."""
    models = [model for model in apps.get_models() if issubclass(model, Page)]
    named = (model for model in models if word in {each.word for each in changed_types(model)})
    return frozenset(name for model in named for name in page_files(model))


@cache
def _all_files() -> frozenset[str]:
    return frozenset(name for model in apps.get_models() if issubclass(model, Page) for name in page_files(model))


@cache
def _of_the_site() -> frozenset[str]:
    """Addresses without parameters that may hold anything: lists of the API, the sitemap."""
    _prefix, resolver = get_resolver().namespace_dict.get(API, ("", None))
    names = [f"{API}:{name}" for name in (resolver.reverse_dict if resolver else ()) if isinstance(name, str)]
    return frozenset(_reversed([*OF_THE_SITE, *names]))


def _of_item(word: str, pk: Any) -> list[str]:
    return _reversed([f"{API}:{name.format(word)}" for name in OF_AN_ITEM], pk)


def _reversed(names: Iterable[str], *arguments: Any) -> list[str]:
    found = []
    for name in names:
        try:
            found.append(reverse(name, args=arguments))
        except NoReverseMatch:  # the host does not have it, or it is of another type
            continue
    return found
