"""Public addresses: in the site's language, files of our pages alone, and what is not ours left to the host."""

from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, include, path, re_path, resolve, reverse
from django.utils import translation
from wagtail import urls as wagtail_urls
from wagtail.api.v3.urls import api
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from tests.factories import EventPageFactory, NewsPageFactory, make_attachment, make_photo, make_site, restrict
from wagtail_newsroom.news.api.v3 import preview_urls
from wagtail_newsroom.news.feeds.sitemap import sitemap
from wagtail_newsroom.news.mounting import with_newsroom
from wagtail_newsroom.news.views.files import media
from wagtail_newsroom.news.views.files.media import serve_media

pytestmark = pytest.mark.django_db

HOSTS = ("feed.xml", "manifest.json", "shop/prices.json", "aktualnosci/prices.json", "wydarzenia/inne/event.ics")


def hosts_view(request: Any, name: str = "") -> HttpResponse:
    return HttpResponse(f"the host's {name}", content_type="text/plain")


@pytest.fixture
def tree() -> dict[str, Page]:
    return make_site()


@pytest.fixture(params=["ours first", "ours below"])
def host(request: Any, site_with: Any, tree: dict[str, Page]) -> dict[str, Page]:
    """A site that has files of its own, with our addresses above or below them."""
    own = [*(path(name, hosts_view, {"name": name}) for name in HOSTS), path("", include(wagtail_urls))]
    site_with(
        [path("", include("wagtail_newsroom.news.urls")), *own] if request.param == "ours first" else with_newsroom(own)
    )
    return tree


@pytest.mark.parametrize("name", HOSTS)
def test_files_of_the_host_stay_the_hosts(host: dict[str, Page], client: Client, name: str) -> None:
    assert client.get(f"/{name}").content == f"the host's {name}".encode()


def test_files_of_our_pages_are_answered_beside_the_hosts(host: dict[str, Page], client: Client) -> None:
    event = EventPageFactory(parent=host["events"], slug="narada")
    for address in ("/aktualnosci/atom.xml", "/wydarzenia/calendar.ics", "/wydarzenia/narada/event.ics"):
        assert client.get(address).status_code == 200, address
    assert client.get("/wydarzenia/nie-ma/event.ics").status_code == 404
    assert client.get("/aktualnosci/calendar.ics").status_code == 404
    restrict(event)
    assert client.get("/wydarzenia/narada/event.ics").status_code != 200


def test_files_below_a_prefix_and_on_another_site_are_ours_too(site_with: Any, tree: dict[str, Page]) -> None:
    site_with(with_newsroom([path("cms/", include(wagtail_urls))]))
    assert resolve("/cms/aktualnosci/atom.xml").url_name == "newsroom_file"
    assert resolve("/cms/dokumenty/5/wersje/").url_name == "newsroom_versions"


def test_file_that_no_page_type_declares_asks_the_database_nothing(host: dict[str, Page], client: Client) -> None:
    client.get("/manifest.json")
    with CaptureQueriesContext(connection) as asked:
        client.get("/manifest.json")
    assert len(asked) == 0
    resolve("/aktualnosci/atom.xml")  # the sites' home pages and content types are kept
    with CaptureQueriesContext(connection) as asked:
        resolve("/aktualnosci/atom.xml")
    assert len(asked) == 1


def test_sitemap_and_api_of_the_host_stay_the_hosts(site_with: Any, tree: dict[str, Page], client: Client) -> None:
    own = [path("sitemap.xml", hosts_view, {"name": "sitemap"}), re_path("^api/v2/.*$", hosts_view, {"name": "api"})]
    site_with(
        with_newsroom(
            [*own, path("", include(wagtail_urls))],
            path("api/v2/", hosts_view, {"name": "ours"}),
            path("sitemap.xml", sitemap),
        )
    )
    assert client.get("/sitemap.xml").content == b"the host's sitemap"
    assert client.get("/api/v2/authors/").content == b"the host's api"


def test_address_of_the_host_behind_wagtails_stays_the_hosts(site_with: Any) -> None:
    wagtails = i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False)
    behind = path("sitemap.xml", hosts_view, {"name": "sitemap"}, name="theirs")
    site_with(with_newsroom([*wagtails, behind], path("sitemap.xml", sitemap, name="ours")))
    assert resolve("/sitemap.xml").url_name == "theirs"


def test_page_of_the_host_below_the_word_for_drafts_stays_the_hosts(site_with: Any) -> None:
    site_with(with_newsroom([path("", include(wagtail_urls))]))
    assert resolve("/podglad/ustawa-2027/").url_name == "wagtail_serve"
    assert resolve("/draft/act/").url_name == "wagtail_serve"


def test_addresses_are_put_inside_i18n_patterns_and_more_outside(site_with: Any, tree: dict[str, Page]) -> None:
    patterns = with_newsroom(
        [path("feed.xml", hosts_view), *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False)],
        path("sitemap.xml", sitemap, name="our_sitemap"),
    )
    site_with(patterns)
    assert reverse("our_sitemap") == "/sitemap.xml"
    with translation.override("en"):
        assert reverse("newsroom_request") == "/en/accessibility/request/"
        assert resolve("/sitemap.xml").url_name == "our_sitemap"


def test_site_without_wagtails_addresses_is_told_so() -> None:
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="Wagtail's addresses were not found"):
        with_newsroom([path("feed.xml", hosts_view)])


# The language of addresses

TOKEN = "A1-" + "x" * 40

POLISH = {
    "newsroom_draft": f"/podglad/{TOKEN}/",
    "newsroom_draft_picture": f"/podglad/{TOKEN}/media/images/a.jpg",
    "newsroom_draft_document": f"/podglad/{TOKEN}/plik/5/",
    "newsroom_versions": "/dokumenty/5/wersje/",
    "newsroom_request": "/dostepnosc/prosba/",
    "newsroom_request_received": "/dostepnosc/prosba/przyjeta/abc/",
}
ENGLISH = {
    "newsroom_draft": f"/draft/{TOKEN}/",
    "newsroom_draft_picture": f"/draft/{TOKEN}/media/images/a.jpg",
    "newsroom_draft_document": f"/draft/{TOKEN}/file/5/",
    "newsroom_versions": "/files/5/versions/",
    "newsroom_request": "/accessibility/request/",
    "newsroom_request_received": "/accessibility/request/received/abc/",
}
ARGUMENTS = {
    "newsroom_draft": [TOKEN],
    "newsroom_draft_picture": [TOKEN, "images/a.jpg"],
    "newsroom_draft_document": [TOKEN, 5],
    "newsroom_versions": [5],
    "newsroom_request": [],
    "newsroom_request_received": ["abc"],
}


@pytest.mark.parametrize(("language", "spelled"), [("pl", POLISH), ("en", ENGLISH)])
def test_addresses_are_written_in_the_language_and_answer_in_every_spelling(
    language: str, spelled: dict[str, str], site_with: Any
) -> None:
    site_with([path("", include("wagtail_newsroom.news.urls"))])
    with translation.override(language):
        assert {name: reverse(name, args=ARGUMENTS[name]) for name in spelled} == spelled
        for both in (POLISH, ENGLISH):
            assert {name: resolve(address).url_name for name, address in both.items()} == {name: name for name in both}


@pytest.mark.parametrize(
    ("language", "words"), [("pl", ("strona", "plik", "zdjecie")), ("en", ("page", "file", "photo"))]
)
def test_what_a_request_is_about_is_spelled_in_the_language(
    language: str, words: tuple[str, ...], site_with: Any
) -> None:
    site_with([path("", include("wagtail_newsroom.news.urls"))])
    with translation.override(language):
        for kind, word in zip(("page", "file", "photo"), words, strict=True):
            address = reverse("newsroom_request", kwargs={"kind": kind, "item_id": 7})
            assert address.split("/")[-3:] == [word, "7", ""]
            assert resolve(address).kwargs == {"kind": kind, "item_id": 7}
            other = address.replace(f"/{word}/", "/zdjecie/" if language == "en" else "/photo/")
            assert resolve(other).kwargs["kind"] == "photo"


def test_old_spelling_of_a_link_lives_on_a_site_of_another_language(tree: dict[str, Page], client: Client) -> None:
    page = NewsPageFactory(parent=tree["news"])
    for address in (f"/dostepnosc/prosba/strona/{page.pk}/", f"/accessibility/request/page/{page.pk}/"):
        assert client.get(address).status_code == 200, address


def test_photo_has_an_address_in_the_language_of_its_gallery(tree: dict[str, Page], client: Client) -> None:
    from tests.factories import GalleryPageFactory, add_photos

    gallery = GalleryPageFactory(parent=tree["galleries"])
    photo = make_photo()
    add_photos(gallery, photo)
    assert f"/foto/{photo.pk}/" in client.get(gallery.url).content.decode()
    for word in ("foto", "photo"):
        assert client.get(f"{gallery.url}{word}/{photo.pk}/").status_code == 200
    english = Locale.objects.get_or_create(language_code="en")[0]
    for page in (tree["home"], tree["galleries"]):
        page.copy_for_translation(english).save_revision().publish()
    other = gallery.copy_for_translation(english)
    other.save_revision().publish()
    other.refresh_from_db()
    assert f"/photo/{photo.pk}/" in client.get(other.url).content.decode()


# The v3 API, mounted twice


def test_each_mount_of_v3_names_itself(site_with: Any, tree: dict[str, Page], client: Client) -> None:
    page = NewsPageFactory(parent=tree["news"])
    site_with([path("api/v3/", api.urls), path("api/v3-preview/", preview_urls()), path("", include(wagtail_urls))])
    for mount in ("/api/v3/", "/api/v3-preview/"):
        one = client.get(f"{mount}pages/{page.pk}/").json()["meta"]
        assert one["detail_url"].endswith(f"{mount}pages/{page.pk}/")
        listed = [item["meta"]["detail_url"] for item in client.get(f"{mount}pages/").json()["items"]]
        assert listed
        assert [address for address in listed if f"{mount}pages/" not in address] == []
        assert f"{mount}pages/" in client.get(f"{mount}openapi.json").json()["paths"]
    with pytest.raises(NoReverseMatch):
        reverse("newsroom_draft", args=["abc"])


# Files under MEDIA_URL


def test_guard_takes_documents_and_photos_and_leaves_the_rest_to_the_host(
    site_with: Any, tree: dict[str, Page], client: Client
) -> None:
    site_with([path("media/<newsroom_media:path>", serve_media), path("media/<path:name>", hosts_view)])
    document, photo = make_attachment(), make_photo()
    assert client.get("/media/avatars/ewa.png").content == b"the host's avatars/ewa.png"
    for name in (document.file.name, photo.file.name, f"avatars/../{document.file.name}", "Documents/x.pdf"):
        assert client.get(f"/media/{name}").status_code == 404, name


def test_folder_of_a_hosts_own_pictures_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    media._place_of.cache_clear()
    monkeypatch.setattr(get_image_model(), "get_upload_to", lambda image, filename: f"photos/{filename}")
    try:
        assert media.guarded_folders() == media.FOLDERS | {"photos"}
    finally:
        media._place_of.cache_clear()
