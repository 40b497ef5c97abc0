"""A photo whose consent was withdrawn is behind no door: pages of every type, lists, feeds, APIs, search, addresses."""

import itertools
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Page

from tests.factories import GalleryPageFactory, make_photo
from tests.trust.doors import all_doors, ask_all, image_addresses, leaks, own_addresses
from tests.trust.planting import Planter, World
from tests.trust.test_file_doors import CONDITIONS
from wagtail_newsroom.galleries.models import GalleryPhoto, Photo
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo
from wagtail_newsroom.news.models import EventPage, NewsPage

pytestmark = pytest.mark.services

WORD = "zqwycofane"


@pytest.fixture
def director(db: None) -> User:
    return User.objects.create_superuser("director")


def pages_with(photo: Photo, world: World) -> list[Page]:
    """A public page of each type that shows ``photo``; what is said beside it holds the word."""
    planter = Planter(world, "zqjawne", photo=photo)
    news, event = planter.page(NewsPage, lead_image_alt=f"{WORD} przy stole"), planter.page(EventPage)
    for page in (news, event):
        for block in page.body.raw_data:
            if block["type"] == "image":
                block["value"] |= {"alt": f"{WORD} w tekście", "caption": f"{WORD} podpis", "credit": f"{WORD} autor"}
        page.save_revision().publish()
    gallery = GalleryPageFactory(parent=world.tree["galleries"], cover=photo, about=news)
    gallery.photos.add(GalleryPhoto(photo=make_photo("Inne", size=(50, 30)), caption="Zostaje"))
    gallery.photos.add(GalleryPhoto(photo=photo, alt=f"{WORD} na zdjęciu", caption=f"{WORD} podpis"))
    gallery.save_revision().publish()
    return [news, event, gallery]


def test_withdrawn_photo_is_behind_no_door(
    world: World, stranger: Client, director: User, django_capture_on_commit_callbacks: Any
) -> None:
    photo = make_photo(f"{WORD} zdjęcie", name=f"{WORD}.jpg", size=(64, 48), credit=f"{WORD} autor")
    pages = pages_with(photo, world)
    # The photo is an unknown word in a search; the list of doors is the one that anybody can think of.
    doors = [*all_doors([*world.tree.values(), *pages], WORD), f"/szukaj/?q={WORD}"]
    before = ask_all(stranger, doors)
    showing = {answer.address for answer in before.values() if answer.status == 200 and WORD in _told(answer)}
    assert {*(own_addresses(page)[0] for page in pages)} <= showing
    assert any("/api/v2/" in each for each in showing)
    files = [each for each in image_addresses(Photo.objects.get(pk=photo.pk)) if each.startswith("/media/")]
    assert len(files) > 3
    assert stranger.get(files[0]).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_photo(photo, director, reason=f"{WORD} powód", keep_file=True)

    answers = ask_all(stranger, sorted(showing - set(files)))
    assert leaks(_without_query(answers), WORD) == []
    gone = f"foto/{photo.pk}/"
    assert {answer.status for address, answer in answers.items() if address.endswith(gone)} == {404}
    told = [
        (address, method, headers)
        for address, method, headers in itertools.product(files, ("get", "head"), CONDITIONS)
        if _tells(getattr(stranger, method)(address, headers=_filled(headers, photo)))
    ]
    assert told == []
    assert stranger.get(f"/dostepnosc/prosba/zdjecie/{photo.pk}/").status_code == 404
    stored = photo.file.storage
    names = [each.removeprefix("/media/") for each in files]
    assert [stored.exists(name) for name in names] == [True] + [False] * (len(names) - 1)


def _told(answer: Any) -> str:
    return answer.body.replace(f"q={WORD}", "").replace(f"search={WORD}", "").casefold()


def _without_query(answers: Any) -> list[Any]:
    """Searches print what was searched for; that is left out."""
    return [answer for answer in answers.values() if WORD not in answer.address or "/api/" in answer.address]


def _filled(headers: dict[str, str], photo: Photo) -> dict[str, str]:
    return {name: value.format(hash=photo.file_hash) for name, value in headers.items()}


def _tells(answer: Any) -> bool:
    known = {"ETag", "Last-Modified", "Content-Range", "Location"} & set(answer.headers)
    return answer.status_code != 404 or bool(known)
