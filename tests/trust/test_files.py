"""No file that is not public gets out: neither its bytes nor what a condition would tell of them. See test_hidden.py."""

import itertools
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, GroupCollectionPermission, PageViewRestriction

from tests.factories import private_collection
from tests.trust.doors import (
    V2,
    ask,
    ask_all,
    document_addresses,
    image_addresses,
    leaks,
    list_doors,
    plain_doors,
    v2_endpoints,
)
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.news.api.v2 import api_router
from wagtail_newsroom.news.models import NewsPage

WORD = "zqtajne"
CONDITIONS = [
    {},
    {"If-None-Match": "*"},
    {"If-None-Match": '"{hash}"'},
    {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"},
    {"If-Match": '"{hash}"'},
    {"Range": "bytes=0-3"},
    {"Range": "bytes=-1"},
    {"Range": "bytes=99999999-"},
    {"If-Range": '"{hash}"', "Range": "bytes=0-3"},
]
RESTRICTIONS: dict[str, dict[str, Any]] = {
    "login": {"restriction_type": CollectionViewRestriction.LOGIN},
    "password": {"restriction_type": CollectionViewRestriction.PASSWORD, "password": "tylko dla nas"},
    "groups": {"restriction_type": CollectionViewRestriction.GROUPS},
}


def restrict(collection: Collection, kind: str) -> None:
    restriction = CollectionViewRestriction.objects.create(collection=collection, **RESTRICTIONS[kind])
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name=f"Only {collection.name}"))


@pytest.mark.parametrize("what", ["page", "collection"])
def test_l5_members_of_a_closed_area_read_its_files_at_their_own_addresses_alone(
    world: World, stranger: Client, reader: Client, what: str
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Dla członków")
    planter = Planter(world, WORD, files_in=collection)
    page = Planter(world, "zqjawne", photo=planter.any_photo(), document=planter.any_document()).page(NewsPage)
    if what == "page":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    else:
        restrict(collection, "login")
    files = [planter.any_document().url, planter.any_photo().file.url]

    answers = [reader.get(address) for address in files]
    assert [(answer.status_code, answer["Cache-Control"]) for answer in answers] == [(200, "private, no-store")] * 2
    assert [stranger.get(address).status_code for address in files] == [404, 404]
    lists = [*plain_doors(), *list_doors(world.tree.values()), f"{V2}/documents/?search={WORD}", f"{V2}/images/"]
    assert leaks(ask_all(reader, lists).values(), WORD) == []
    if what == "collection":
        collection.view_restrictions.all().delete()
        restrict(collection, "groups")
        assert [reader.get(address).status_code for address in files] == [404, 404]


def test_l6_hidden_file_answers_like_a_missing_one_to_any_condition(
    world: World, stranger: Client, subtests: pytest.Subtests
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Sprawy wewnętrzne")
    hidden = Planter(world, WORD, files_in=collection)
    photo, document = hidden.any_photo(), hidden.any_document()
    Planter(world, "zqjawne", photo=photo, document=document).page(NewsPage)
    photo.get_rendition("fill-20x20")
    hidden_ones = [*document_addresses(document), *image_addresses(photo)[:2]]
    conditions = [
        {name: value.format(hash=document.get_file_hash()) for name, value in each.items()} for each in CONDITIONS
    ]
    asked = list(itertools.product(hidden_ones, conditions))
    restrict(collection, "login")
    nowhere = [ask(stranger, _missing(address, document.pk), **headers) for address, headers in asked]

    for kind in ("login", "password"):
        collection.view_restrictions.all().delete()
        restrict(collection, kind)
        with subtests.test(kind):
            told = []
            for (address, headers), missing in zip(asked, nowhere, strict=True):
                here = ask(stranger, address, **headers)
                if (here.status, here.body) != (missing.status, missing.body) or here.status != 404:
                    told.append(f"{address} {headers}: {here.status} instead of {missing.status}")
            assert told == []


def _missing(address: str, pk: int) -> str:
    return address.replace(f"/{pk}/", "/987654/").replace(WORD, "zqnieistnieje")


def test_l6_private_file_has_the_headers_of_a_missing_one(world: World, stranger: Client) -> None:
    collection = Collection.get_first_root_node().add_child(name="Sprawy wewnętrzne")
    document = Planter(world, WORD, files_in=collection).any_document()
    restrict(collection, "login")

    for cookie in ("", "sessionid=zmyslone"):
        headers = {"Cookie": cookie} if cookie else {}
        here = stranger.get(document.url, headers=headers)
        nowhere = stranger.get(_missing(document.url, document.pk), headers=headers)
        assert dict(here.headers) == dict(nowhere.headers), cookie


def test_l6_public_file_answers_conditions(world: World, stranger: Client) -> None:
    """The counterpart: where a file is public, conditions work, so the test above asks something."""
    planter = Planter(world, "zqjawne")
    planter.page(next(model for model in page_types() if model.__name__ == "NewsPage"))
    document = planter.any_document()

    assert ask(stranger, document.url).status == 200
    assert ask(stranger, document.url, **{"If-None-Match": f'"{document.get_file_hash()}"'}).status == 304
    assert ask(stranger, f"/media/{document.file.name}").status == 404
    assert ask(stranger, image_addresses(planter.any_photo())[0]).status == 200


def test_l5_private_file_inside_something_else_is_nothing(world: World) -> None:
    """A type of another app may name a file as it is; the API then shows public ones only."""
    shown, hidden = Planter(world, "zqjawne"), Planter(world, WORD, files_in=private_collection())
    for planter in (shown, hidden):
        planter.page(NewsPage)

    for name, attribute in (("images", "any_photo"), ("documents", "any_document")):
        endpoint = v2_endpoints()[name]
        serializer = endpoint._get_serializer_class(api_router, endpoint.model, [], nested=True)
        inside = serializer(context={"view": SimpleNamespace(seen_types={}), "router": api_router, "request": None})
        assert inside.to_representation(getattr(hidden, attribute)()) is None
        assert inside.to_representation(getattr(shown, attribute)())["id"]


def test_l9_photo_taken_off_the_page_is_not_readable_any_more(world: World, stranger: Client) -> None:
    planter = Planter(world, "zqjawne")
    page = planter.page(next(model for model in page_types() if model.__name__ == "GalleryPage"))
    address = image_addresses(planter.any_photo())[0]
    assert ask(stranger, address).status == 200

    page.photos.set([])
    page.cover = None
    page.save_revision().publish()

    assert ask(stranger, address).status == 404


def test_hidden_file_is_open_to_people_who_may_choose_it_and_to_no_other_editor(
    world: World, colleague: Client
) -> None:
    section = Collection.objects.get(name="Another section")
    other = Collection.get_first_root_node().add_child(name="Sprawy wewnętrzne")
    own, foreign = Planter(world, "zqnasze", files_in=section), Planter(world, WORD, files_in=other)

    assert _statuses(colleague, own) == {200}
    assert _statuses(colleague, foreign) == {404}


def _statuses(visitor: Client, planter: Planter) -> set[int]:
    addresses = [image_addresses(planter.any_photo())[0], planter.any_document().url]
    return {ask(visitor, address).status for address in addresses}


@pytest.mark.parametrize(
    "path", ["../settings.py", "..%2f..%2fetc/passwd", "/etc/passwd", "a/../../x.jpg", "x\x00.jpg"]
)
def test_path_out_of_the_media_folder_does_not_exist(world: World, stranger: Client, path: str) -> None:
    assert ask(stranger, f"/media/{path}").status in {400, 404}


def test_choose_permission_exists_for_both_libraries(db: None) -> None:
    """The guard asks for it by name."""
    found = Permission.objects.filter(codename__in=["choose_image", "choose_document"])
    assert found.count() == 2
    assert GroupCollectionPermission._meta.get_field("permission") is not None
