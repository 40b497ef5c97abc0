"""Every door through which a visitor may try to get in, discovered from what is registered.

:func:`all_doors` lists addresses that anybody can think of: pages, lists with each filter, the delivery API and both of
Wagtail's with every id, files, sitemap. A new page type, endpoint or route enters by itself.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.api.v3.registry import registry as v3_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site
from wagtail.snippets.models import get_snippet_models

from tests.soak import sample
from tests.trust.delivery_doors import NO_SLUG, NOWHERE, delivery_doors, delivery_doors_of_others, delivery_doors_to
from tests.trust.planting import page_types
from wagtail_newsroom.news.api.v2 import api_router

V2, V3 = "/api/v2", "/api/v3-preview"
# Two things differ between readings though nothing that is said changes: the form for accessible versions has another token
# at every opening, and `changes/` and the export begin with a cursor, which counts what changed in public since ever: that
# a page was taken down too, which may be known. Where there is nothing but "cursor" and digits, nothing can be told of it.
ONE_TIME = re.compile(r'name="token" value="[^"]*"|"cursor":"[0-9]*"')
RICH_TEXT_FORMATS = ("db_html", "html", "db_markdown", "markdown")


@dataclass(frozen=True)
class Answer:
    """What came back from an address."""

    address: str
    status: int
    body: str
    location: str = ""
    # What a cache keeps it under: the rows that it shows, hidden ones never.
    tags: str = ""

    def holds(self, word: str) -> bool:
        """The word is in it, in whatever case."""
        return word.casefold() in f"{self.body} {self.location}".casefold()

    def without(self, *words: object) -> tuple[int, str, str, str]:
        """Status, body, target and tags with each of ``words`` taken out: what is left tells nothing of them."""
        body, location = self.body, self.location
        for word in words:
            body, location = body.replace(str(word), "…"), location.replace(str(word), "…")
        return self.status, body, location, self.tags


def ask(visitor: Client, address: str, **headers: str) -> Answer:
    """Ask for ``address`` and read the whole answer."""
    response = visitor.get(address, headers=headers or None)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = ONE_TIME.sub("", body.decode("utf-8", "replace"))
    told = (response.headers.get(name, "") for name in ("Location", "Surrogate-Key"))
    return Answer(address, response.status_code, text, *told)


def ask_all(visitor: Client, addresses: Iterable[str], **headers: str) -> dict[str, Answer]:
    """Ask for each address once."""
    return {address: ask(visitor, address, **headers) for address in dict.fromkeys(addresses)}


def leaks(answers: Iterable[Answer], *words: str) -> list[str]:
    """Addresses whose answer holds one of ``words``, each with what stands around it."""
    return [f"{answer.address}: {_around(answer, word)}" for answer in answers for word in words if answer.holds(word)]


def _around(answer: Answer, word: str) -> str:
    text = f"{answer.body} {answer.location}"
    place = text.casefold().find(word.casefold())
    return " ".join(text[max(0, place - 90) : place + len(word) + 60].split())


# What anybody can think of


def all_doors(open_pages: Iterable[Page], word: str = "") -> list[str]:
    """Addresses of all doors: lists, files, and what each of ``open_pages`` answers to; searches ask for ``word``."""
    pages = list(open_pages)
    apis = [*delivery_doors(pages, word), *v2_doors(pages, word), *v3_doors(pages, word)]
    doors = [*plain_doors(), *list_doors(pages), *apis, *file_doors()]
    return list(dict.fromkeys(doors + [address for page in pages for address in own_addresses(page)]))


def plain_doors() -> list[str]:
    """Addresses that every site has."""
    return ["/", "/en/", "/sitemap.xml", "/robots.txt", "/nie-ma-takiej/", "/en/no-such-page/"]


def address_of(page: Page) -> str:
    """The address of ``page`` on the site that is visited; empty where it has none there."""
    return page.relative_url(Site.objects.get(is_default_site=True)) or ""


def own_addresses(page: Page, photos: Iterable[int] | None = None) -> list[str]:
    """The address of ``page`` and those below it, those of ``photos`` (ids) or of all that there are among them.

    Whoever has a page with routes fills their placeholders here.
    """
    address = address_of(page)
    routes = [str(route.pattern) for route in page.get_subpage_urls()] if hasattr(page, "get_subpage_urls") else []
    files = getattr(page, "files", {})
    found = [address, *(address + name for name in files)] if address else []
    if "event.ics" in files and address:
        found.append(f"{address}event.ics?sessions=1")
    for route in routes if address else []:
        if "<int:photo_id>" in route:
            asked = get_image_model().objects.values_list("pk", flat=True) if photos is None else photos
            found += [address + route.replace("<int:photo_id>", str(pk)) for pk in [*asked, NOWHERE]]
        elif "<" in route or "(" in route:
            raise AssertionError(f"{type(page).__name__} has the route {route!r}: teach own_addresses in {__name__}.")
        elif route:
            found.append(address + route)
    return found


def list_doors(open_pages: Iterable[Page]) -> Iterator[str]:
    """Every list with each choice of each filter, and with a pair of choices of two filters."""
    visitor = Client()
    for page in open_pages:
        address = address_of(page)
        if not address or not type(page).__name__.endswith("IndexPage"):
            continue
        context = visitor.get(address).context or {}
        choices = [
            [(each.name, option.value) for option in each.options if option.value]
            for each in context.get("filters", [])
        ]
        asked = [(one,) for each in choices for one in each]
        asked += [(first[0], second[-1]) for first, second in itertools.combinations(filter(None, choices), 2)]
        yield from (f"{address}?{urlencode(dict(query))}" for query in [(), (("page", "2"),), *asked])
        if "when" in context:
            yield f"{address}?when=past"
        queries = [(), *asked, *([("when", each)] for each in ("upcoming", "past"))]
        yield from (f"{address}{name}?{urlencode(dict(query))}" for name in page.files for query in queries)


def doors_to(page: Page) -> list[tuple[str, str]]:
    """Every address that could lead to ``page`` alone, each with the address of something that doesn't exist."""
    return [*doors_of_type(page), *doors_of_any_type(page)]


def doors_of_type(page: Page) -> list[tuple[str, str]]:
    """Those of :func:`doors_to` behind which stands code of the page's own type."""
    return [
        *((address, _elsewhere(address, page)) for address in own_addresses(page, _photos_of(page))),
        *(
            (f"{each}/{page.pk}/", f"{each}/{NOWHERE}/")
            for each in ("/dostepnosc/prosba/strona", "/en/accessibility/request/page")
        ),
        (f"{V2}/pages/{page.pk}/", f"{V2}/pages/{NOWHERE}/"),
        (f"{V3}/pages/{page.pk}/", f"{V3}/pages/{NOWHERE}/"),
        (f"{V3}/pages/{page.pk}/?version=draft", f"{V3}/pages/{NOWHERE}/?version=draft"),
        *delivery_doors_to(page),
    ]


def doors_of_any_type(page: Page) -> list[tuple[str, str]]:
    """Those of :func:`doors_to` that ask pages of every type in one query."""
    home = Site.objects.get(is_default_site=True).root_page.url_path
    path = quote(page.url_path.removeprefix(home))
    relations = ("child_of", "descendant_of", "ancestor_of", "translation_of")
    names = ["pages/find/?id={pk}", *(f"pages/?{name}={{pk}}" for name in relations)]
    return [
        (f"/en/dostepnosc/prosba/strona/{page.pk}/", f"/en/dostepnosc/prosba/strona/{NOWHERE}/"),
        *(
            (f"{api}/{name.format(pk=page.pk)}", f"{api}/{name.format(pk=NOWHERE)}")
            for api in (V2, V3)
            for name in names
        ),
        *((f"{api}/pages/find/?html_path={path}", f"{api}/pages/find/?html_path={NO_SLUG}/") for api in (V2, V3)),
        *delivery_doors_of_others(page),
    ]


def _photos_of(page: Page) -> list[int] | None:
    """Ids of the photos that ``page`` shows, whatever state it is in; ``None`` where it does not say."""
    return [row.photo_id for row in page.photos.all()] if hasattr(page, "photos") else None


def _elsewhere(address: str, page: Page) -> str:
    return address.replace(f"/{page.slug}/", f"/{NO_SLUG}/")


# Wagtail's v2


def v2_endpoints() -> dict[str, type[BaseAPIViewSet]]:
    """The registered endpoints by name."""
    return dict(api_router._endpoints)


def v2_doors(open_pages: Iterable[Page], word: str) -> Iterator[str]:
    """Every endpoint: its list whole, searched, by type, and the details with all that can be asked for."""
    for name, endpoint in v2_endpoints().items():
        base = f"{V2}/{name}/"
        yield from (base, f"{base}?limit=100&fields=*", f"{base}?limit=100&order=-id")
        if word:
            yield from (f"{base}?limit=100&search={word}", f"{base}?title={quote(word + ' tytuł')}")
        if issubclass(endpoint.model, Page):
            for model in _types_in(endpoint):
                yield f"{base}?limit=100&type={model._meta.label}&fields=*"
                yield f"{base}?limit=100&type={model._meta.label}&search={word or 'a'}"
            yield from (f"{base}?limit=100&{relation}=root" for relation in ("child_of", "descendant_of"))
            for page in open_pages:
                yield f"{base}{page.pk}/?fields={all_fields(endpoint, type(page))}"
        else:
            yield from (f"{base}{pk}/" for pk in _ids(endpoint.model))


def _types_in(endpoint: type[BaseAPIViewSet]) -> list[type[Page]]:
    """The types of pages that an endpoint tells of, and one that it does not."""
    types = sorted(page_types(), key=lambda model: not issubclass(model, endpoint.model))
    return types[: sum(issubclass(model, endpoint.model) for model in types) + 1]


def all_fields(endpoint: type[BaseAPIViewSet], model: type[models.Model], depth: int = 3) -> str:
    """The ``fields`` parameter that asks for everything, related things inside it, ``depth`` floors deep."""
    spec = ["*"]
    overridden = endpoint.get_field_serializer_overrides(model)
    for name in endpoint.get_available_fields(model, db_fields_only=True) if depth else []:
        each = model._meta.get_field(name)
        if each.is_relation and name not in overridden and name not in {"parent", "alias_of", "locale", "tags"}:
            found = api_router.get_model_endpoint(each.related_model)
            inner = all_fields(found[1] if found else BaseAPIViewSet, each.related_model, depth - 1)
            spec.append(f"{name}({inner})")
    return ",".join(spec)


def _ids(model: type[models.Model]) -> list[int]:
    return [*model._default_manager.values_list("pk", flat=True), NOWHERE]


# Wagtail's v3


def v3_routes() -> dict[str, list[str]]:
    """Methods of every registered route of the v3 API, by its pattern below the mount."""
    from wagtail.api.v3.urls import api

    found: dict[str, list[str]] = {}
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            pattern = "/".join(part for part in f"{prefix}/{path}".split("/") if part)
            found.setdefault(pattern, []).extend(method for each in view.operations for method in each.methods)
    return found


def v3_doors(open_pages: Iterable[Page], word: str) -> Iterator[str]:
    """The routes that need no token: pages, by type, searched, and the details."""
    base = f"{V3}/pages/"
    yield from (f"{base}?limit=100", f"{base}?limit=100&search={word or 'a'}", f"{base}?limit=100&order=-id")
    yield from (f"{base}?limit=100&type={model._meta.label}" for model in page_types())
    yield from (f"{base}{page.pk}/" for page in open_pages)


def fill_route(pattern: str) -> list[str]:
    """The addresses behind a route: its placeholders filled with everything that is in the database."""
    values: dict[str, Iterable[Any]] = {
        "{page_id}": _ids(Page),
        "{image_id}": _ids(get_image_model()),
        "{document_id}": _ids(get_document_model()),
        "{site_id}": _ids(Site),
        "{revision_id}": [1],
        "{redirect_id}": [1],
        "{locale_id}": [1],
        "{type_name}": [each.name for each in v3_registry.list_content_types()],
        "{type}": [model._meta.label for model in get_snippet_models()],
        "{pk}": [1],
    }
    filled = [pattern]
    for name, choices in values.items():
        filled = [path.replace(name, str(choice)) for path in filled for choice in (choices if name in path else [""])]
    if any("{" in path for path in filled):
        raise AssertionError(f"The v3 route {pattern!r} has a placeholder that fill_route in {__name__} doesn't know.")
    return filled


# Files


def file_doors() -> list[str]:
    """The addresses of every document and of every image."""
    return [
        *(address for document in get_document_model().objects.all() for address in document_addresses(document))
    ] + [address for image in get_image_model().objects.all() for address in some_image_addresses(image)]


def document_addresses(document: Any) -> list[str]:
    """Addresses at which a document could be had."""
    return [
        document.url,
        f"{document.url}?version=archival",
        f"/dokumenty/{document.pk}/wersje/",
        f"/en/files/{document.pk}/versions/",
        f"/media/{document.file.name}",
        f"/dostepnosc/prosba/plik/{document.pk}/",
    ]


def image_addresses(image: Any) -> list[str]:
    """Addresses of the original and of every size that was made."""
    asked = f"/dostepnosc/prosba/zdjecie/{image.pk}/"
    return [f"/media/{image.file.name}", asked, *(f"/media/{size.file.name}" for size in image.renditions.all())]


def some_image_addresses(image: Any) -> list[str]:
    """Those of the original and of two sizes: a size is looked up by its file, whichever it is."""
    addresses = image_addresses(image)
    return sample(addresses, list(dict.fromkeys([*addresses[:3], addresses[-1]])))


# What the site answers at all


def url_patterns() -> set[str]:
    """Every address pattern of the site outside the admin, as written."""
    return set(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for each in patterns:
        whole = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, whole)
        else:
            yield whole
