"""The gallery's viewer: on top of links that work without it, by keyboard, announced, and leaving focus where it was."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page

from tests.factories import GalleryPageFactory, add_photos, make_photo
from wagtail_newsroom.galleries.models import GalleryPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def gallery(tree: dict[str, Page]) -> GalleryPage:
    found: GalleryPage = GalleryPageFactory(parent=tree["galleries"])
    add_photos(found, *(make_photo(f"Spacer {number}", name=f"spacer-{number}.jpg") for number in range(1, 9)))
    return found


def test_viewer_opens_turns_and_gives_focus_back(gallery: GalleryPage, page_at: Any) -> None:
    page = page_at(1280)
    page.set_default_navigation_timeout(60_000)  # the first visit makes the sizes of the photos
    page.goto(gallery.url_path.replace(gallery.get_site().root_page.url_path, "/"))
    links = page.locator("main a[href*='/foto/']")
    assert links.count() == 8
    links.nth(2).focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert dialog.get_attribute("aria-label") or dialog.get_attribute("aria-labelledby")
    assert page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")
    live = dialog.locator("[aria-live], [role=status]").first
    assert "3 z 8" in live.inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('dialog[open]').innerText.includes('4 z 8')")
    for _step in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.querySelector('dialog[open]').contains(document.activeElement)"
        )
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("document.activeElement.getAttribute('href')").count("/foto/") == 1


def test_c17_back_closes_the_viewer_and_stays_in_the_gallery(gallery: GalleryPage, page_at: Any) -> None:
    page = page_at(1280)
    page.set_default_navigation_timeout(60_000)
    home = gallery.get_site().root_page.url_path
    page.goto(gallery.get_parent().url_path.replace(home, "/"))
    page.goto(gallery.url_path.replace(home, "/"))
    address, links = page.url, page.locator("main a[href*='/foto/']")
    links.nth(1).click()
    dialog = page.locator("dialog[open]")
    dialog.wait_for()

    page.go_back()
    dialog.wait_for(state="detached")
    assert page.url == address
    assert page.evaluate("document.activeElement.getAttribute('href')").count("/foto/") == 1

    links.nth(1).click()
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.wait_for_function("!window.history.state?.newsroomViewer")
    page.go_back()
    assert page.url != address


def test_photos_have_pages_of_their_own_without_scripts(gallery: GalleryPage, page_at: Any) -> None:
    page = page_at(320, java_script_enabled=False)
    page.set_default_navigation_timeout(60_000)
    page.goto(gallery.url_path.replace(gallery.get_site().root_page.url_path, "/"))
    page.locator("main a[href*='/foto/']").first.click()
    assert "/foto/" in page.url
    assert page.locator("main img").first.get_attribute("alt")
