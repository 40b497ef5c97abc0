"""Files follow their page: each door of a file × each reason why it is not for the public finds nothing."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.factories import make_attachment, private_collection
from tests.news.test_versions import upload
from tests.trust.doors import V2, V3, address_of, ask_all, document_addresses, image_addresses, leaks
from tests.trust.planting import Planter, World
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.publishing.files.versions import replace_file
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

WORD = "zqtajne"


LISTS = (
    "/", "/sitemap.xml", "/dokumenty/", "/dokumenty/?kind=form", "/dokumenty/?valid=no", "/aktualnosci/",
    "/aktualnosci/atom.xml", "/galerie/", "/wydarzenia/calendar.ics",
    *(f"{V2}/{name}/?limit=100&{query}" for name in ("documents", "images", "pages")
      for query in ("fields=*", f"search={WORD}")),
    f"{V3}/pages/?limit=100", f"{V3}/pages/?limit=100&search={WORD}",
)  # fmt: skip
CONDITIONS: tuple[dict[str, str], ...] = (
    {},
    {"If-None-Match": '"{hash}"'},
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"},
    {"Range": "bytes=0-3"},
)


def draft(world: World, planter: Planter) -> Any:
    return planter.page(NewsPage, live=False)


def retired(world: World, planter: Planter) -> Any:
    page = planter.page(NewsPage)
    retire_page(page, None, reason="Nieaktualne.")
    return page


def unpublished(world: World, planter: Planter) -> Any:
    page = planter.page(NewsPage)
    page.unpublish()
    return page


def restricted_page(world: World, planter: Planter) -> Any:
    page = planter.page(NewsPage)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def private_gallery(world: World, planter: Planter) -> Any:
    page = planter.page(GalleryPage)
    planter.any_document()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    return page


def private_files(world: World, planter: Planter) -> Any:
    """The page is public; what it offers lies in a private collection."""
    collection = Collection.get_first_root_node().add_child(name="Wewnętrzne")
    planter.files_in = collection
    planter.any_photo(), planter.any_document()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    page = Planter(world, "zqjawne", photo=planter.any_photo(), document=planter.any_document()).page(NewsPage)
    page.lead_image_alt = ""
    page.save_revision().publish()
    return page


def superseded_private(world: World, planter: Planter) -> Any:
    """A former version, moved to a private collection after it was replaced by a public one."""
    document = planter.any_document()
    page = Planter(world, "zqjawne", document=document).page(NewsPage)
    replace_file(document, upload(), None, title="Jawna nowa wersja", change_note="Nic.")
    document.collection = private_collection()
    document.save()
    return page


def replaced_before_publication(world: World, planter: Planter) -> Any:
    """A former version that was never public, of a file that is."""
    newer = replace_file(planter.any_document(), upload(), None, title="Jawna od początku")
    return Planter(world, "zqjawne", document=newer).page(NewsPage)


def waiting_version(world: World, planter: Planter) -> Any:
    """A newer version of a public file, on the draft of its page."""
    public = make_attachment("Jawny regulamin", name="zqjawny.txt")
    Planter(world, "zqjawne", document=public).page(NewsPage)
    newer = replace_file(public, upload(name=f"{WORD}.txt"), None, title=f"{WORD} nowy", with_page=True)
    planter.document = newer
    return planter.page(NewsPage, live=False)


CASES: list[Callable[[World, Planter], Any]] = [
    draft,
    retired,
    unpublished,
    restricted_page,
    private_gallery,
    private_files,
    superseded_private,
    replaced_before_publication,
    waiting_version,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_hidden_file_is_behind_no_door(case: Callable[..., Any], world: World, stranger: Client) -> None:
    planter = Planter(world, WORD)
    page = case(world, planter)
    photo, document = planter.any_photo(), planter.any_document()
    photo.get_rendition("fill-20x20")
    documents = get_document_model().objects
    files = [each for row in documents.filter(title__contains=WORD) for each in document_addresses(row)]
    files += image_addresses(photo)

    details = [f"{V2}/documents/{row.pk}/" for row in documents.all()] + [f"{V2}/images/{photo.pk}/"]
    open_page = [] if page.title.startswith(WORD) else [address_of(page), f"{V2}/pages/{page.pk}/"]
    archives = [f"/dokumenty/{row.pk}/wersje/" for row in documents.all()]
    answers = ask_all(stranger, [*LISTS, *details, *open_page, *archives])
    assert leaks(answers.values(), WORD) == []

    told = []
    for address, method, headers in itertools.product(files, ("get", "head"), CONDITIONS):
        filled = {name: value.format(hash=document.get_file_hash()) for name, value in headers.items()}
        answer = getattr(stranger, method)(address, headers=filled)
        validators = {name for name in ("ETag", "Last-Modified", "Content-Range", "Location") if name in answer.headers}
        if answer.status_code != 404 or validators:
            told.append(f"{method} {address} {headers}: {answer.status_code} {validators}")
    assert told == []


def test_public_counterpart_comes_through_the_doors(world: World, stranger: Client) -> None:
    """What is asked above can be found: the same page, public, with a replaced file, is behind every door."""
    planter = Planter(world, WORD)
    planter.page(NewsPage)
    document = planter.any_document()
    newer = replace_file(document, upload(name=f"{WORD}.txt"), None, title=f"{WORD} nowy")
    statuses = {address: stranger.get(address).status_code for address in document_addresses(document)[:3]}
    assert list(statuses.values()) == [301, 200, 200]
    assert stranger.get(newer.url, headers={"If-None-Match": f'"{newer.get_file_hash()}"'}).status_code == 304
    assert WORD in stranger.get(f"/dokumenty/{newer.pk}/wersje/").content.decode()
    assert WORD in stranger.get(f"/api/v2/documents/{document.pk}/").content.decode()
