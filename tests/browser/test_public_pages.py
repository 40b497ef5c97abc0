"""Every public page of the demo in a real browser: accessible, narrow enough, quiet, and whole without scripts."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page, Request, Response

from galleries.models import GalleryPage
from news.models import NewsPage
from news.publishing.retiring import retire_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

WIDTHS = (320, 1280)
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Addresses that the sitemap does not hold: filters, further pages, a photo's own page, what does not exist.
BESIDES = (
    "/aktualnosci/?page=2",
    "/aktualnosci/?kind=report",
    "/aktualnosci/?kind=recruitment&year=1999",
    "/wydarzenia/?when=past",
    "/wydarzenia/?kind=study_visit",
    "/dokumenty/?kind=form",
    "/dostepnosc/prosba/",
    "/en/dostepnosc/prosba/",
    "/tego-nie-ma/",
)
RETIRED = "wycofana"


@pytest.fixture
def demo(db: None, settings: Any, live_server: Any) -> list[str]:
    """The demo on the live server; the addresses (paths) of all its public pages."""
    settings.SITE_URL = live_server.url
    call_command("load_demo", password="a good long phrase", verbosity=0)
    gone = NewsPage.objects.live().filter(locale__language_code="pl").order_by("date").first()
    assert gone is not None
    gone.slug = RETIRED
    gone.save_revision().publish()
    retire_page(gone, None, reason="Nabór odwołano 12 marca.\n\nNowy ogłosimy jesienią.")
    return [*all_addresses(live_server.url), f"/aktualnosci/{RETIRED}/"]


def all_addresses(server: str) -> list[str]:
    """Paths of the sitemap's pages, of a photo, and of :data:`BESIDES`."""
    from django.test import Client

    found = re.findall(r"<loc>(.*?)</loc>", Client().get("/sitemap.xml").content.decode())
    paths = [re.sub(r"^https?://[^/]+", "", address) for address in found]
    gallery = GalleryPage.objects.live().first()
    assert gallery is not None, "the demo has no gallery"
    photo = gallery.shown_photos[0]
    asked = [f"/dostepnosc/prosba/zdjecie/{photo.photo_id}/", f"/dostepnosc/prosba/strona/{gallery.pk}/"]
    return [*paths, re.sub(r"^https?://[^/]+", "", photo.url), *asked, *BESIDES]


class Witness:
    """Notes what a browser page asks for and what it is told."""

    def __init__(self, page: Page, server: str) -> None:
        self.server = server
        self.strangers: list[str] = []
        self.cookies: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.strangers.append(request.url)

    def _response(self, response: Response) -> None:
        if "set-cookie" in response.headers:
            self.cookies.append(response.url)


def expected_status(path: str) -> int:
    if path == "/tego-nie-ma/":
        return 404
    return 410 if path.endswith(f"/{RETIRED}/") else 200


def test_public_pages_have_no_axe_finding_no_sideways_scroll_no_cookie_no_stranger(
    demo: list[str], page_at: Any, live_server: Any
) -> None:
    axe = Axe()
    findings: list[str] = []
    html_folder = os.environ.get("NEWSROOM_HTML_DIR")
    assert len(demo) > 40
    for width in WIDTHS:
        page = page_at(width)
        page.set_default_navigation_timeout(60_000)  # the first visit makes the sizes of the photos
        witness = Witness(page, live_server.url)
        for path in demo:
            response = page.goto(path)
            assert response is not None
            expected = expected_status(path)
            if response.status != expected:
                findings.append(f"{path}: status {response.status}")
            if html_folder and width == WIDTHS[0]:
                name = re.sub(r"\W+", "-", path).strip("-") or "home"
                Path(html_folder, f"{name}.html").write_text(response.text(), encoding="utf-8")
            scroll = page.evaluate("document.documentElement.scrollWidth")
            if scroll > width:
                findings.append(f"{path} at {width} px: {scroll} px wide")
            violations = axe.run(page, options=AXE_OPTIONS).response["violations"]
            findings += [f"{path} at {width} px: {each['id']}: {each['nodes'][0]['html'][:160]}" for each in violations]
        findings += [f"request to a stranger: {address}" for address in witness.strangers]
        findings += [f"cookie set by {address}" for address in witness.cookies]
        findings += [
            f"console: {complaint}"
            for complaint in witness.complaints
            if "404" not in complaint and "410" not in complaint
        ]  # Chromium reports the pages that do not exist, which are visited on purpose
        if page.context.cookies():
            findings.append(f"cookies kept: {page.context.cookies()}")
    assert findings == []


def test_public_pages_at_phone_widths_between_do_not_scroll_sideways(demo: list[str], page_at: Any) -> None:
    wide = []
    for width in (360, 390):
        page = page_at(width)
        page.set_default_navigation_timeout(60_000)
        for path in demo:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((path, width))
    assert wide == []


def test_public_pages_say_the_same_without_scripts(demo: list[str], page_at: Any) -> None:
    """With scripts off, every page shows its heading, its text and the same links."""
    with_scripts, without = page_at(1280), page_at(1280, java_script_enabled=False)
    with_scripts.set_default_navigation_timeout(60_000)
    without.set_default_navigation_timeout(60_000)
    different = []
    for path in demo:
        seen = []
        for page in (with_scripts, without):
            page.goto(path)
            links = (
                page.locator("main a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
                if page is with_scripts
                else [link.get_attribute("href") for link in page.locator("main a[href]").all()]
            )
            seen.append((page.locator("h1").inner_text(), links))
        if seen[0] != seen[1]:
            different.append(path)
    assert different == []
