"""Five photos dropped at once, one of them broken and one a double; two are described by keyboard and published."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route, expect
from wagtail.models import Revision

from tests.admin.desk import PUBLISHERS, member, set_up_roles
from tests.browser.forms import sign_in
from tests.factories import make_site
from wagtail_newsroom.galleries.models import GalleryPage, Photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.services]


def drawn(colour: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (colour, 120, 90)).save(out, "JPEG")
    return out.getvalue()


def file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def in_draft() -> list[Any]:
    return list(GalleryPage.objects.get().get_latest_revision_as_object().photos.all())


def test_photos_are_dropped_described_by_keyboard_and_published(page_at: Callable[..., Tab], live_server: Any) -> None:
    make_site()
    set_up_roles()
    tab = sign_in(page_at(1280), live_server, member(PUBLISHERS))
    tab.goto("/admin/newsroom/galleries/new/")
    tab.get_by_label("Title").fill("Piknik nad rzeką")
    tab.get_by_role("button", name="On to the photos").click()

    photos = [file(f"DSC_{number}.jpg", drawn(number * 60)) for number in (1, 2, 3)]
    broken, double = file("urwane.jpg", drawn(200)[:150]), {**photos[0], "name": "kopia.jpg"}
    with tab.expect_response(lambda answer: b'name="act"' in (answer.request.post_data_buffer or b"")):
        tab.locator("input[type=file]").set_input_files([photos[0], broken, photos[1], photos[2], double])
    expect(tab.locator("[data-nr-many-status]")).to_contain_text("4 of 5")
    rows = tab.locator("[data-nr-many-files] li")
    expect(rows.filter(has_text="urwane.jpg")).to_contain_text("was not added")
    expect(rows.filter(has_text="kopia.jpg")).to_contain_text("already")
    expect(rows.filter(has_text="Added.")).to_have_count(3)
    assert [row.photo.title for row in in_draft()] == ["DSC_1", "DSC_2", "DSC_3"]
    assert Photo.objects.count() == 3
    assert Revision.objects.for_instance(GalleryPage.objects.get()).count() <= 3

    tab.get_by_role("link", name="Describe the photos").click()
    alt, said = tab.locator("textarea[name=alt]"), tab.locator("[data-nr-said]")
    alt.fill("DSC_0001.jpg")
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("#nr-error-alt")).to_contain_text("file name")

    def lose(route: Route) -> None:
        route.abort()

    tab.route("**/describe/", lose)
    alt.fill("Dzieci puszczają łódki z kory.")
    tab.keyboard.press("Control+Enter")
    expect(said).to_contain_text("cannot be reached")
    expect(alt).to_have_value("Dzieci puszczają łódki z kory.")
    tab.unroute("**/describe/", lose)
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("[data-nr-left]")).to_contain_text("2 photos are left")
    expect(tab.locator("[data-nr-place]")).to_have_text("Photo 2 of 3")
    expect(alt).to_be_focused()
    tab.keyboard.type("Kobieta w kapeluszu trzyma wędkę.")
    tab.keyboard.press("Alt+ArrowRight")
    expect(tab.locator("[data-nr-place]")).to_have_text("Photo 3 of 3")
    tab.keyboard.press("Alt+ArrowLeft")
    expect(alt).to_have_value("Kobieta w kapeluszu trzyma wędkę.")

    publish = tab.get_by_role("button", name="Publish the described ones")
    publish.click()  # nobody has said on what basis the photos are published
    tab.get_by_label("Why it goes out as it is").fill("Wszystkie zdjęcia są nasze.")
    publish.click()
    expect(tab.locator(".messages")).to_contain_text("1 photo waits in the draft")
    gallery = GalleryPage.objects.get()
    assert [shown.alt for shown in gallery.shown_photos] == [
        "Dzieci puszczają łódki z kory.",
        "Kobieta w kapeluszu trzyma wędkę.",
    ]
    assert len(in_draft()) == 3
