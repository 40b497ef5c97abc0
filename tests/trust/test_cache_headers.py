"""N10: every answer says how long it may be kept. What is private is kept by nobody, what is public is asked about."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.hooks import register_temporarily

from tests.factories import NewsPageFactory, make_attachment, make_photo
from tests.soak import sample
from tests.trust.admin_doors import admin_patterns
from tests.trust.doors import V2, address_of, all_doors, document_addresses, image_addresses, own_addresses
from tests.trust.planting import World
from wagtail_newsroom.news.caching import MARK
from wagtail_newsroom.news.freshness.token_file import token_file
from wagtail_newsroom.news.models import EventPage, PageAttachment

PRIVATE = {"private", "no-store"}
ASKED_EACH_TIME = {"no-cache"}


def directives(response: object) -> set[str]:
    return {each.strip() for each in response.headers.get("Cache-Control", "").split(",") if each.strip()}


def is_kept_rightly(response: object) -> bool:
    """Nobody keeps it, or everybody asks first; nobody keeps it for a time that nobody can take back."""
    said = directives(response)
    aged = any(each.startswith(("max-age", "s-maxage")) and not each.endswith("=0") for each in said)
    return bool(said & (ASKED_EACH_TIME | {"no-store"})) and not aged


def offer(world: World) -> tuple[object, object]:
    """A document and a photo that a public page offers."""
    document, photo = make_attachment("Regulamin"), make_photo("Most")
    page = NewsPageFactory(parent=world.tree["news"], title="Jawne", lead_image=photo)
    page.attachments.add(PageAttachment(attachment=document))
    page.save_revision().publish()
    return document, photo


@pytest.mark.sampled
def test_t15_every_public_answer_says_how_long_it_may_be_kept(world: World, stranger: Client) -> None:
    offer(world)
    wrong, unasked = [], []
    doors = all_doors(world.ground.values(), "zwykle")
    for address in sample(doors, doors[::4]):
        response = stranger.get(address)
        if not is_kept_rightly(response):
            wrong.append(f"{address}: {response.headers.get('Cache-Control')}")
        elif response.status_code == 200 and not {"ETag", "Last-Modified"} & set(response.headers):
            unasked += [address] if "no-store" not in directives(response) else []

    assert wrong == []
    assert unasked == []


def test_t15_public_file_is_asked_about_and_not_sent_again(world: World, stranger: Client) -> None:
    document, photo = offer(world)
    photo.get_rendition("width-40")
    files = [document_addresses(document)[0], *(each for each in image_addresses(photo) if "/media/" in each)]
    pages = [address for address in own_addresses(world.ground[type(world.tree["news"])]) if address.endswith("/")]
    for address in [*files, *pages, f"{V2}/pages/", "/sitemap.xml", "/robots.txt"]:
        first = stranger.get(address)
        b"".join(first.streaming_content) if first.streaming else first.content
        assert (first.status_code, directives(first)) == (200, {"public", "no-cache"}), address

        again = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, directives(again)) == (304, {"public", "no-cache"}), address


PARTS = [
    ("bytes=1-2", {}, 206, slice(1, 3)),
    ("bytes=-2", {}, 206, slice(-2, None)),
    ("bytes=3-", {}, 206, slice(3, None)),
    ("bytes=3-", {"If-Range": "{ETag}"}, 206, slice(3, None)),
    ("bytes=3-", {"If-Range": "{Last-Modified}"}, 206, slice(3, None)),
    ("bytes=3-", {"If-Range": '"another"'}, 200, slice(None)),
    ("bytes=0-1,3-4", {}, 200, slice(None)),
    ("bytes=4-3", {}, 200, slice(None)),
    ("bytes=900000-", {}, 416, slice(0)),
    ("bytes=1-2", {"If-None-Match": "{ETag}"}, 304, slice(0)),
    ("bytes=1-2", {"If-Match": '"another"'}, 412, slice(0)),
]


def test_t15_part_of_a_public_file_is_given_by_itself(world: World, stranger: Client) -> None:
    document, photo = offer(world)
    for address in (document_addresses(document)[0], image_addresses(photo)[0]):
        first = stranger.get(address)
        whole = b"".join(first.streaming_content)
        assert (first["Accept-Ranges"], first["Content-Length"]) == ("bytes", str(len(whole)))
        for wanted, conditions, status, part in PARTS:
            told = {name: value.format(**first.headers) for name, value in conditions.items()}
            answer = stranger.get(address, headers={"Range": wanted, **told})
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content

            assert (answer.status_code, content) == (status, whole[part]), (address, wanted)
            assert directives(answer) == ASKED_EACH_TIME | {"public"}
            assert status == 304 or answer["Content-Length"] == str(len(content))
            begin, end, _step = part.indices(len(whole))
            said = {206: f"bytes {begin}-{end - 1}/{len(whole)}", 416: f"bytes */{len(whole)}"}.get(status)
            assert answer.get("Content-Range") == said
        head = stranger.head(address, headers={"Range": "bytes=1-2"})
        assert (head.status_code, head["Content-Length"]) == (200, str(len(whole)))


def test_t15_page_has_an_age_only_for_a_cdn_that_is_told_of_changes(
    world: World, stranger: Client, reader: Client, settings: Any
) -> None:
    page, event = world.tree["news"].url, address_of(world.ground[EventPage])
    aged = {"public", "max-age=0", "must-revalidate", "s-maxage=300"}
    for caches in ({}, {"near": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": "x"}}):
        settings.WAGTAILFRONTENDCACHE = caches
        settings.NEWSROOM = {**settings.NEWSROOM, "CDN_SECONDS": 300}
        token_file().replace()  # type: ignore[union-attr]  # what was kept said otherwise
        said = {address: directives(stranger.get(address)) for address in (page, event, f"{page}atom.xml")}
        assert all((each == aged) is bool(caches) for each in said.values()), said
        # What is not told of as it changes, is for one, or is missing.
        for address in (f"{page}?page=1", f"{page}atom.xml?topic=a", "/sitemap.xml", f"{V2}/pages/", f"{page}nie-ma/"):
            assert "s-maxage=300" not in directives(stranger.get(address)), address
        assert directives(reader.get(page)) == PRIVATE


def test_t15_public_file_is_kept_ready_where_nothing_but_public_data_decides_on_it(
    world: World, stranger: Client, settings: Any
) -> None:
    document, photo = offer(world)
    hidden, draft = make_attachment("Projekt"), make_photo("Szkic")

    def kept() -> list[bool]:
        token_file().replace()  # type: ignore[union-attr]  # asked of Django
        files = [document.url, f"/media/{photo.file.name}", hidden.url, f"/media/{draft.file.name}"]
        answers = [stranger.get(address) for address in files]
        return [answer.status_code == 200 and MARK in answer.wsgi_request.META for answer in answers]

    assert kept() == [True, True, False, False]
    with register_temporarily("before_serve_document", lambda document, request: None):
        assert kept() == [False, True, False, False]
    settings.NEWSROOM = {**settings.NEWSROOM, "CLAMD": "unix:///nowhere"}
    assert kept() == [False, True, False, False]


def test_t15_file_is_kept_by_nobody_where_only_staff_may_have_it(world: World, stranger: Client) -> None:
    document, photo = make_attachment("Projekt"), make_photo("Szkic")
    boss = Client()
    boss.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org"))
    for address in (document.url, f"/media/{photo.file.name}"):
        mine = boss.get(address)
        theirs = stranger.get(address, headers={"If-None-Match": mine.headers.get("ETag", "*")})

        assert (mine.status_code, directives(mine)) == (200, PRIVATE)
        assert theirs.status_code == 404


def test_t15_page_that_somebody_with_a_session_reads_is_kept_by_nobody(world: World, reader: Client) -> None:
    assert directives(reader.get(world.tree["news"].url)) == PRIVATE


@pytest.mark.sampled
def test_t15_nothing_of_the_admin_is_kept(world: World, stranger: Client) -> None:
    boss = Client()
    boss.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org"))
    wrong, doors = [], admin_patterns()
    for door in sample(doors, doors[::3]):
        if door.names or door.pattern.startswith(("/admin/failwhale/", "/admin/logout/")):
            continue
        for visitor in (boss, stranger):
            response = visitor.get(door.pattern)
            if directives(response) != PRIVATE:
                wrong.append(f"{door.pattern}: {response.headers.get('Cache-Control')}")

    assert wrong == []


@pytest.mark.parametrize("method", ["put", "patch", "delete", "post"])
def test_t19_page_is_read_and_nothing_else(world: World, stranger: Client, method: str) -> None:
    for page in world.ground.values():
        for address in own_addresses(page):
            response = getattr(stranger, method)(address)
            assert response.status_code == 405, address
            assert {"GET", "HEAD"} <= {each.strip() for each in response.headers["Allow"].split(",")}, address


def test_t19_page_is_read_with_get_and_head(world: World, stranger: Client) -> None:
    address = world.tree["news"].url
    assert stranger.get(address).status_code == stranger.head(address).status_code == 200
    assert "GET" in stranger.options(address).headers["Allow"]
