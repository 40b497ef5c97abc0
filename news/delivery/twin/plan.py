"""Which addresses of a site are public: from the database, through what is registered and what may be seen.

Whatever else there is (further pages of a list, sizes of pictures, scripts) is found by the links of answers; which of
these are followed is decided here.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.listings.everything import every_public_page
from wagtail_newsroom.news.models import Retirement
from wagtail_newsroom.news.models.files.form_closing import closed_forms
from wagtail_newsroom.news.models.files.versions import current_versions, has_versions
from wagtail_newsroom.news.publishing.changes.places import KNOWN_ROOTS, place_of, public_places
from wagtail_newsroom.news.visibility import public_files

# What an address hangs on, where that is no page (a path): each change; nothing but its own state.
EACH_CHANGE, ITS_STATE = "", "="
PLAIN_FILES = ("/robots.txt", "/sitemap.xml", "/llms.txt", "/favicon.ico")
NOT_FOUND = "404.html"
# Parameters with which addresses are followed. Filters are left out: their number grows with each choice.
OF_PAGES, OF_FILES, OF_SITEMAPS = {"page", "when", "sessions"}, {"version"}, {"p"}
SITEMAP = re.compile(r"/(?:[\w-]+/)*[\w-]*sitemap[\w-]*\.xml")
VERSIONS, SERVE, FILE_OF_PAGE = "newsroom_versions", "wagtail_serve", "newsroom_file"
ARCHIVED = "?version=archival"
# Reads of the delivery API that are no content of a site that stands still.
NOT_KEPT = ("changes/", "drafts/", "export.ndjson", "docs/")


@dataclass(frozen=True)
class Wanted:
    """An address that belongs to the twin, and when it is asked for anew: see :class:`.manifest.Entry`."""

    address: str
    of: str = EACH_CHANGE
    state: str = ""


class Plan:
    """The addresses of ``site`` as they are now."""

    def __init__(self, site: Site) -> None:
        self.site = site
        ids = list(every_public_page(site).order_by("pk").values_list("pk", flat=True))
        self.pages: dict[str, Page] = dict(public_places(ids).get(site.pk, {}))
        self.closed = set(self._paths_of_others(set(ids)))
        self.folders = tuple(
            path for path in (settings.MEDIA_URL, settings.STATIC_URL, _root_of_documents()) if path.startswith("/")
        )
        self.api = _mount("newsroom_api_v1:api-root")
        images, rows = get_image_model(), get_image_model().get_rendition_model()
        public = set(public_files(images._default_manager.all()).values_list("pk", flat=True))
        pictures = [*images._default_manager.values_list("file", "pk"), *rows.objects.values_list("file", "image_id")]
        self._views: dict[str, str] = {}  # what answers at a path, by its name: looking that up may ask the database
        self._pictures = {name: pk in public for name, pk in pictures}

    def wanted(self) -> Iterator[Wanted]:
        """The addresses that are known without asking."""
        for path, page in self.pages.items():
            yield Wanted(path, of=path)
            for name in registry.page_files(page.specific_class or Page):
                yield Wanted(f"{path}{name}", of=path)
        yield from (Wanted(address) for address in PLAIN_FILES)
        yield from (Wanted(f"{path}{NOT_FOUND}", of=path) for path in self.home_pages())
        yield from self._retired()
        yield from self._redirects()
        yield from self._documents()
        yield from self._originals()
        if self.api:
            yield Wanted(f"{self.api}openapi.json")

    def home_pages(self) -> list[str]:
        """Paths of the home pages, one for each language."""
        depth = self.site.root_page.depth
        return [path for path, page in self.pages.items() if page.depth == depth]

    def lists(self) -> set[str]:
        """Paths of pages that show others: with a listing, or with pages below them."""
        return {
            path
            for path, page in self.pages.items()
            if page.numchild or registry.page_listing(page.specific_class or Page) is not None
        }

    def follow(self, address: str, of: str = "") -> Wanted | None:
        """The address of a link, if it is followed. ``of``: what it hangs on, where that is known."""
        split = urlsplit(address)
        path, names = unquote(split.path), {name for name, _value in parse_qsl(split.query, keep_blank_values=True)}
        if self.api and path.startswith(self.api):
            return Wanted(address, of=of) if not path.startswith(tuple(self.api + each for each in NOT_KEPT)) else None
        if path.startswith(settings.STATIC_URL):
            return Wanted(split.path, ITS_STATE) if not path.endswith("/") else None
        if path.startswith(settings.MEDIA_URL):
            return Wanted(split.path, ITS_STATE, self._state_of_picture(path.removeprefix(settings.MEDIA_URL)))
        if SITEMAP.fullmatch(path):
            return Wanted(address) if names <= OF_SITEMAPS else None
        return self._follow_page(address, path, names)

    def operations(self, document: dict[str, Any]) -> dict[str, list[str]]:
        """Lists and other answers without parameters of the delivery API, each with the addresses of one of its items.

        ``document``: its OpenAPI document.
        """
        paths = {path: methods["get"] for path, methods in document.get("paths", {}).items() if "get" in methods}
        return {
            path: [each for each in paths if each.startswith(path) and each.count("{") == 1 and path.endswith("/")]
            for path, described in paths.items()
            if "{" not in path
            and not path.startswith(tuple(self.api + each for each in NOT_KEPT))
            and not any(parameter.get("required") for parameter in described.get("parameters", []))
        }

    def _follow_page(self, address: str, path: str, names: set[str]) -> Wanted | None:
        name = self._views.get(path)
        if name is None:
            name = self._views[path] = _name_of_view(path)
        if name == VERSIONS:
            return Wanted(address) if not names else None
        nearest = self._nearest(urlsplit(address).path)
        is_page = name in (SERVE, FILE_OF_PAGE) and nearest is not None and names <= OF_PAGES
        return Wanted(address, of=nearest or "") if is_page else None

    def _nearest(self, path: str) -> str | None:
        """The public page that answers at ``path``; ``None`` where it is one that is not public, or nobody."""
        parts = path.split("/")
        for end in range(len(parts), 0, -1):
            above = "/".join(parts[:end]).rstrip("/") + "/"
            if above in self.closed:
                return None
            if above in self.pages:
                return above
        return None

    def _paths_of_others(self, public: set[int]) -> Iterator[str]:
        roots = Site.get_site_root_paths()
        under = Q(pk__in=[])
        for root in self.site.root_page.get_translations(inclusive=True):
            under |= Q(path__startswith=root.path)
        for page in Page.objects.filter(under).select_related("locale"):
            if page.pk not in public:
                page.__dict__[KNOWN_ROOTS] = roots
                yield place_of(page).path

    def _retired(self) -> Iterator[Wanted]:
        for retirement in Retirement.objects.exclude(url_path="").select_related("page__locale").order_by("pk"):
            page = retirement.page
            page.url_path = retirement.url_path
            place = place_of(page)
            if place.site_id == self.site.pk and place.path not in self.pages:
                yield Wanted(place.path)

    def _redirects(self) -> Iterator[Wanted]:
        rows = Redirect.objects.filter(Q(site=self.site) | Q(site=None)).order_by("pk")
        for old in rows.values_list("old_path", flat=True):
            path, mark, query = old.partition("?")
            for each in dict.fromkeys((path, f"{path.rstrip('/')}/")):
                if each not in self.pages:
                    yield Wanted(f"{each}{mark}{query}")

    def _documents(self) -> Iterator[Wanted]:
        model = get_document_model()
        documents = list(public_files(model._default_manager.all(), self.site).order_by("pk"))
        newest = current_versions(documents) if has_versions() else {}
        closed = closed_forms({each.pk: each for each in [*documents, *newest.values()]}.values(), timezone.now())
        for document in documents:
            address = document.url
            if not address.startswith("/"):
                continue
            current = newest.get(document.pk, document)
            state = _hash(document.file.name, getattr(document, "file_hash", ""), current.pk, current.url)
            of = EACH_CHANGE if current.pk in closed or document.pk in closed else ITS_STATE
            yield Wanted(address, of, state)
            if current.pk != document.pk:
                yield Wanted(f"{address}{ARCHIVED}", of, state)

    def _originals(self) -> Iterator[Wanted]:
        for image in public_files(get_image_model()._default_manager.all(), self.site).order_by("pk"):
            address = default_storage.url(image.file.name)
            if address.startswith("/"):
                yield Wanted(address, ITS_STATE, self._state_of_picture(image.file.name))

    def _state_of_picture(self, name: str) -> str:
        if not self._pictures.get(name, True):
            return "closed"
        try:
            return _hash(name, default_storage.size(name), default_storage.get_modified_time(name))
        except (OSError, ValueError, NotImplementedError):
            return _hash(name)


def _name_of_view(path: str) -> str:
    """The name of what answers at ``path``; empty where nothing does, and for what has no name."""
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return resolve(path).url_name or ""
        except Resolver404:
            return ""


def _mount(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _root_of_documents() -> str:
    """Beginning of the addresses of documents."""
    try:
        return reverse("wagtaildocs_serve", args=[1, "a"]).removesuffix("1/a")
    except NoReverseMatch:
        return ""


def _hash(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]
