"""The static twin holds what is public, all of it and nothing else, and a web server sends it as the site does."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from tests.news.delivery.twin.web_servers import Got, free_port, serving
from tests.soak import sample
from tests.trust.delivery_doors import V1, operations
from tests.trust.doors import image_addresses
from tests.trust.hiding import HIDINGS, RESTRICTIONS, WORD
from tests.trust.planting import Planter, World, page_types
from wagtail_newsroom.news.delivery.twin.keeping import export
from wagtail_newsroom.news.publishing.updates.retiring import retire_page
from wagtail_newsroom.news.visibility import public_pages

SHOWN = "zqjawne"
LINK = re.compile(r"""(?:href|src)="([^"#]+)|<loc>([^<]+)|"(?:url|next|path)":"([^"]+)""")
FOLLOWED = {"page", "when", "sessions", "version", "cursor", "p"}
# What a site that stands still does not answer: it would need somebody who works it out, or takes something in.
MOVING = (
    f"{V1}/changes/",
    f"{V1}/drafts/",
    f"{V1}/export.ndjson",
    f"{V1}/docs/",
    f"{V1}/by-path/",
    "/api/v2/",
    "/api/v3",
)
SAME = ("content-disposition", "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
        "cache-control", "content-language", "x-robots-tag")  # fmt: skip


def plant_hidden(world: World) -> None:
    """Pages of all types in all ways of hiding (with ``make soak`` each with each), with their files."""
    for line, hide in enumerate(HIDINGS):
        planter = Planter(world, f"{WORD}{hide.__name__.replace('_', '')}")
        for model in sample(page_types(), page_types()[line :: len(HIDINGS)]):
            hide(planter, model)
    for line, (kind, restriction) in enumerate(RESTRICTIONS.items()):
        planter = Planter(world, f"{WORD}{kind}")
        for model in sample(page_types(), page_types()[line::5]):
            planter.page(model).view_restrictions.create(**restriction)


def site_says(client: Client, address: str) -> Got:
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return Got(answer.status_code, {name.lower(): value for name, value in answer.items()}, body)


def is_for_the_twin(address: str, answer: Got) -> bool:
    """Whether the site's ``answer`` is one that everybody gets, at an address that the twin follows."""
    names = {name for name, _value in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
    is_kept = "no-store" not in answer.headers.get("cache-control", "") and "set-cookie" not in answer.headers
    return is_kept and answer.status not in (400, 404, 422) and names <= FOLLOWED and not address.startswith(MOVING)


def plain(answer: Got) -> tuple[object, ...]:
    """What has to be the same; parts of a policy stand in any order."""
    sent = {name: sorted(answer.headers.get(name, "").split("; ")) for name in SAME}
    if answer.headers.get("content-disposition", "").startswith("inline"):
        sent["content-disposition"] = [""]
    if answer.status >= 300 and "location" in answer.headers:
        return answer.status, answer.headers["location"].removeprefix("http://localhost")
    return answer.status, answer.headers["content-type"].replace('"', ""), sent, answer.body


def links_of(answer: Got) -> set[str]:
    text = answer.body.decode("utf-8", "ignore") if answer.status == 200 else ""
    found = {html.unescape("".join(each)).removeprefix("http://localhost") for each in LINK.findall(text)}
    return {each for each in found if each.startswith("/") and not each.startswith("//")}


def known_addresses(world: World) -> list[str]:
    """Addresses at which something public answers, whatever links there: from the database, and the API's own document."""
    pages = public_pages(Page.objects.all(), Site.objects.get(is_default_site=True)).specific()
    return [
        *(f"{page.url}{name}" for page in pages for name in ("", *getattr(page, "files", ()))),
        *(document.url for document in get_document_model().objects.all()),
        *(address for image in get_image_model().objects.all() for address in image_addresses(image)[:1]),
        *(path for path in operations() if "{" not in path),
        *("/sitemap.xml", "/robots.txt", "/llms.txt", f"{V1}/openapi.json"),
    ]


@pytest.mark.slow
@pytest.mark.sampled
def test_twin_holds_what_is_public_and_nothing_else(world: World, tmp_path: Path) -> None:
    """Above ten seconds: every address is asked for twice, of the site and of the web server."""
    shown = Planter(world, SHOWN)
    pages = [shown.page(model) for model in page_types()]
    plant_hidden(world)
    gone = Planter(world, "zqodeszla").page(page_types()[0])
    gone_address = gone.url
    retire_page(gone, None, reason="Zqpowód")
    Redirect.objects.create(
        old_path="/stary-adres", redirect_page=pages[0], site=Site.objects.get(is_default_site=True)
    )
    root = tmp_path / "twin"

    report = export(root)

    assert report.failed == []
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    told = [path for path, content in files.items() if WORD in path.name or WORD.encode() in content.lower()]
    assert told == []
    client = Client(headers={"host": "localhost"})
    waiting, seen, missing = ["/", gone_address, "/stary-adres", "/stary-adres/", *known_addresses(world)], set(), []
    with serving(root, "localhost", tmp_path / "nginx") as visitor:
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            answer = site_says(client, address)
            if not is_for_the_twin(address, answer):
                continue
            served = visitor.get(address)
            if plain(served) != plain(answer):
                missing.append((address, plain(answer)[:2], plain(served)[:2]))
            waiting += links_of(served)
        statuses = [visitor.get(address).status for address in (gone_address, "/stary-adres/", "/nie-ma/", "/admin/")]
    assert missing == []
    with serving(root, "localhost", tmp_path / "first", sample="application-first", behind=free_port()) as visitor:
        while_down = [visitor.get(address) for address in ("/", gone_address, "/stary-adres/", "/nie-ma/")]
    assert [answer.status for answer in while_down] == [200, 410, 301, 404]
    assert plain(while_down[0]) == plain(site_says(client, "/"))
    assert statuses == [410, 301, 404, 404]
    assert len(seen) > 200
