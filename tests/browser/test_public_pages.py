"""Every public page of the demo in a real browser: accessible, narrow enough, quiet, and whole without scripts."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from django.core.management import call_command
from playwright.sync_api import Page, Request, Response

from tests.soak import sample
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SECONDS_OF_FIRST_VISIT = 120  # it makes the sizes of the photos
PHONE, SCREEN = 320, 1280  # pixels wide
WIDENED = (PHONE, 360, 390, SCREEN)
# What passes is not described in detail: nobody reads it, and it takes longer than finding it.
AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
# Addresses that the sitemap does not hold: filters, further pages, a photo's own page, what does not exist.
BESIDES = (
    "/aktualnosci/?page=2",
    "/aktualnosci/?kind=report",
    "/aktualnosci/?kind=recruitment&year=1999",
    "/wydarzenia/?when=past",
    "/wydarzenia/?kind=study_visit",
    "/dokumenty/?kind=form",
    "/dostepnosc/prosba/",
    "/en/accessibility/request/",
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


class Walk:
    """Visits the public pages, each as narrow as a phone and as wide as a screen, and notes what is not as it should be.

    Every other page is opened on the phone and then widened, the ones between on the screen and then narrowed.
    """

    def __init__(self, page_at: Any, server: str) -> None:
        self.axe = Axe()
        self.phone, self.screen, self.plain = (
            page_at(PHONE),
            page_at(SCREEN),
            page_at(SCREEN, java_script_enabled=False),
        )
        for page in (self.phone, self.screen, self.plain):
            page.set_default_navigation_timeout(SECONDS_OF_FIRST_VISIT * 1000)
        self.witnesses = [Witness(page, server) for page in (self.phone, self.screen)]
        self.visited = 0
        self.findings: list[str] = []

    def ask(self, path: str) -> str:
        """The HTML of a page, which is kept for its check; what is wrong with the answer is noted."""
        response = self.screen.request.get(path, timeout=SECONDS_OF_FIRST_VISIT * 1000)
        if response.status != expected_status(path):
            self.findings.append(f"{path}: status {response.status}")
        html = response.text()
        keep(html, path)
        return html

    def visit(self, path: str) -> None:
        page, widths = (self.phone, WIDENED) if self.visited % 2 else (self.screen, WIDENED[::-1])
        self.visited += 1
        self.open(page, path)
        page.evaluate(self.axe.axe_script)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            self.measure(page, path, width)
            if width in (PHONE, SCREEN):
                self.look(page, path, width)
        said = said_by(page)
        page.set_viewport_size({"width": widths[0], "height": 900})
        self.plain.goto(path)
        if said_by(self.plain) != said:
            self.findings.append(f"{path} says something else without scripts")

    def open(self, page: Page, path: str) -> None:
        response = page.goto(path)
        assert response is not None
        if response.status != expected_status(path):
            self.findings.append(f"{path}: status {response.status}")

    def look(self, page: Page, path: str, width: int) -> None:
        run = "options => axe.run(document, options).then(({violations}) => violations)"
        violations = page.evaluate(run, AXE_OPTIONS)
        self.findings += [
            f"{path} at {width} px: {each['id']}: {each['nodes'][0]['html'][:160]}" for each in violations
        ]

    def measure(self, page: Page, path: str, width: int) -> None:
        scroll = page.evaluate("document.documentElement.scrollWidth")
        if scroll > width:
            self.findings.append(f"{path} at {width} px: {scroll} px wide")

    def heard(self) -> list[str]:
        """What the browsers were told and asked for beside the pages."""
        found = []
        for witness in self.witnesses:
            found += [f"request to a stranger: {address}" for address in witness.strangers]
            found += [f"cookie set by {address}" for address in witness.cookies]
            # Chromium reports the pages that do not exist, which are visited on purpose.
            found += [f"console: {each}" for each in witness.complaints if "404" not in each and "410" not in each]
        for page in (self.phone, self.screen, self.plain):
            found += [f"cookie kept: {cookie}" for cookie in page.context.cookies()]
        return found


def kinds_of_elements(html: str) -> set[tuple[str, ...]]:
    """The elements of a page, each as its language, its name and its classes."""
    elements = BeautifulSoup(html, "html.parser").find_all(True)
    language = elements[0]["lang"]
    return {(language, each.name, *sorted(each.get("class", []))) for each in elements}


def some_with_each_element(kinds: dict[str, set[tuple[str, ...]]]) -> list[str]:
    """As few as can be found quickly of the paths, on which every kind of element occurs that any of them has."""
    chosen: list[str] = []
    missing = set().union(*kinds.values())
    while missing:
        chosen.append(max(kinds, key=lambda path: len(kinds[path] & missing)))
        missing -= kinds[chosen[-1]]
    return chosen


def keep(html: str, path: str) -> None:
    """Save the page for the check of its HTML, where that follows."""
    if html_folder := os.environ.get("NEWSROOM_HTML_DIR"):
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        Path(html_folder, f"{name}.html").write_text(html, encoding="utf-8")


def said_by(page: Page) -> tuple[str, list[str | None]]:
    """The heading of a page and its links, asked for in a way that works without scripts."""
    links = page.locator("main a[href]").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    return page.locator("h1").inner_text(), links


@pytest.mark.sampled
def test_public_pages_are_accessible_narrow_quiet_and_whole_without_scripts(
    demo: list[str], page_at: Any, live_server: Any
) -> None:
    """No finding of axe, no sideways scroll, no cookie, no stranger; with scripts off the same heading and links.

    Every page is asked for its status and cookies; visited are the addresses beside the sitemap, and as many pages as
    hold each kind of element once, with ``make soak`` all. Above ten seconds: two browsers for each, and axe twice.
    """
    assert len(demo) > 40
    walk = Walk(page_at, live_server.url)
    kinds = {path: kinds_of_elements(walk.ask(path)) for path in demo}
    part = {*BESIDES, *some_with_each_element(kinds)}
    for path in sample(demo, [path for path in demo if path in part]):
        walk.visit(path)
    assert walk.findings == []
    assert walk.heard() == []
