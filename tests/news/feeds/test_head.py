"""What programs read in the head of a page: JSON-LD, Open Graph, languages, the canonical address; and the sitemap."""

import datetime as dt
import json
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    VenueFactory,
    add_photos,
    make_photo,
    private_collection,
)
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.news.models import Correction, EventOrganiser, EventPage

CONTEXT = "https://schema.org"


class Head(HTMLParser):
    """Collects meta elements, links and data blocks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[dict[str, str | None]] = []
        self.data: list[str] = []
        self.scripts = 0
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "meta" and (name := facts.get("property") or facts.get("name")):
            self.meta.setdefault(name, []).append(facts.get("content") or "")
        elif tag == "link":
            self.links.append(facts)
        elif tag == "script":
            self.scripts += 1
            self._in_data = facts.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def rel(self, name: str) -> list[str | None]:
        return [link["href"] for link in self.links if link.get("rel") == name]


def head_of(visitor: Client, address: str) -> Head:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return Head(answer.content.decode())


def graph_of(visitor: Client, address: str) -> dict[str, dict[str, Any]]:
    """The objects of the page's data block by their type."""
    (text,) = head_of(visitor, address).data
    data = json.loads(text)
    assert data["@context"] == CONTEXT
    return {each["@type"]: each for each in data["@graph"]}


def published(page: Any) -> Any:
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def test_event_is_described(client: Client, tree: dict[str, Page]) -> None:
    venue = VenueFactory(name="Aula", hall="Sala C", postal_code="63-233", latitude="51.9735", longitude="17.5031")
    photo = make_photo()
    event = EventPageFactory(
        parent=tree["events"], title="Konferencja", slug="k", lead="Lead.", venue=venue, lead_image=photo, places=80,
        start_date=dt.date(2027, 3, 28), start_time=dt.time(10), end_time=dt.time(12), check_in_from=dt.time(9, 30),
        cost="Udział bezpłatny, liczba miejsc ograniczona",
    )  # fmt: skip
    event.organisers = [
        EventOrganiser(organisation=OrganisationFactory(name="Gospodarz", url="https://example.org/"), role="host"),
        EventOrganiser(organisation=OrganisationFactory(name="Fundusz"), role="funder"),
    ]
    published(event)

    found = graph_of(client, "/wydarzenia/k/")

    url = "http://localhost/wydarzenia/k/"
    assert found["Event"].pop("image")[0].startswith("http://localhost/media/images/")
    assert found["Event"] == {
        "@type": "Event",
        "@id": f"{url}#event",
        "name": "Konferencja",
        "url": url,
        "description": "Lead.",
        "inLanguage": "pl",
        "startDate": "2027-03-28T10:00:00+02:00",
        "endDate": "2027-03-28T12:00:00+02:00",
        "doorTime": "09:30:00",
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Aula, Sala C",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "ul. Długa 7",
                    "postalCode": "63-233",
                    "addressLocality": "Jarocinek",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 51.9735, "longitude": 17.5031},
            }
        ],
        "maximumAttendeeCapacity": 80,
        "organizer": [{"@type": "Organization", "name": "Gospodarz", "url": "https://example.org/"}],
        "sponsor": [{"@type": "Organization", "name": "Fundusz"}],
        "isAccessibleForFree": True,
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "PLN",
            "url": url,
            "availability": f"{CONTEXT}/InStock",
        },
    }
    assert found["BreadcrumbList"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Strona główna", "item": "http://localhost/"},
        {"@type": "ListItem", "position": 2, "name": "Wydarzenia", "item": "http://localhost/wydarzenia/"},
        {"@type": "ListItem", "position": 3, "name": "Konferencja", "item": url},
    ]


@pytest.mark.parametrize(
    ("facts", "status", "mode"),
    [
        ({"status": "cancelled"}, "EventCancelled", "OfflineEventAttendanceMode"),
        ({"status": "postponed"}, "EventPostponed", "OfflineEventAttendanceMode"),
        ({"status": "moved_online"}, "EventMovedOnline", "OnlineEventAttendanceMode"),
        ({"attendance_mode": "online"}, "EventScheduled", "OnlineEventAttendanceMode"),
        ({"attendance_mode": "mixed"}, "EventScheduled", "MixedEventAttendanceMode"),
    ],
)
def test_event_says_how_it_stands(
    client: Client, tree: dict[str, Page], facts: dict[str, str], status: str, mode: str
) -> None:
    published(EventPageFactory(parent=tree["events"], slug="k", **facts))

    found = graph_of(client, "/wydarzenia/k/")["Event"]

    assert (found["eventStatus"], found["eventAttendanceMode"]) == (f"{CONTEXT}/{status}", f"{CONTEXT}/{mode}")


def test_whole_days_are_days_and_the_last_one_counts(client: Client, tree: dict[str, Page]) -> None:
    published(
        EventPageFactory(
            parent=tree["events"], slug="k", start_date=dt.date(2027, 10, 30), end_date=dt.date(2027, 11, 1)
        )
    )

    found = graph_of(client, "/wydarzenia/k/")["Event"]

    assert (found["startDate"], found["endDate"]) == ("2027-10-30", "2027-11-01")
    assert "offers" not in found
    assert "isAccessibleForFree" not in found


@pytest.mark.parametrize(
    ("cost", "price"), [("50 zł", "50"), ("49,90 zł od osoby", "49.90"), ("zależnie od grupy", None)]
)
def test_price_is_told_only_where_the_cost_says_one(
    client: Client, tree: dict[str, Page], cost: str, price: str | None
) -> None:
    published(EventPageFactory(parent=tree["events"], slug="k", cost=cost))

    assert graph_of(client, "/wydarzenia/k/")["Event"].get("offers", {}).get("price") == price


def test_link_to_join_is_not_told_where_only_those_who_register_get_it(client: Client, tree: dict[str, Page]) -> None:
    facts = {"attendance_mode": "online", "online_link": "https://zoom.example.org/1"}
    published(EventPageFactory(parent=tree["events"], slug="a", online_link_visibility="registered", **facts))
    published(EventPageFactory(parent=tree["events"], slug="b", online_link_visibility="public", **facts))

    places = [graph_of(client, f"/wydarzenia/{slug}/")["Event"]["location"] for slug in "ab"]

    assert places == [
        [{"@type": "VirtualLocation", "url": "http://localhost/wydarzenia/a/"}],
        [{"@type": "VirtualLocation", "url": "https://zoom.example.org/1"}],
    ]


def test_news_item_is_described_with_its_corrections_and_event(client: Client, tree: dict[str, Page]) -> None:
    event = published(EventPageFactory(parent=tree["events"], title="Zjazd", slug="z", start_date=dt.date(2026, 3, 1)))
    page = NewsPageFactory(
        parent=tree["news"], title="Relacja", slug="r", kind="report", byline="Anna Osoba", about_event=event,
        date=dt.date(2026, 3, 2),
    )  # fmt: skip
    page.corrections.add(Correction(date=dt.date(2026, 3, 12), was="źle", now="dobrze"))
    page = published(page)

    found = graph_of(client, "/aktualnosci/r/")["NewsArticle"]

    url = "http://localhost/aktualnosci/r/"
    publisher = {"@type": "Organization", "name": "Próba", "url": "http://localhost/"}
    assert found == {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": "Relacja",
        "url": url,
        "description": "O czym jest ta wiadomość.",
        "inLanguage": "pl",
        "mainEntityOfPage": url,
        "articleSection": "Relacja",
        "datePublished": "2026-03-02",
        "dateModified": page.last_published_at.isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": "Anna Osoba"},
        "publisher": publisher,
        "about": {"@type": "Event", "name": "Zjazd", "url": event.full_url, "startDate": "2026-03-01"},
        "correction": [{"@type": "CorrectionComment", "datePublished": "2026-03-12", "text": "źle → dobrze"}],
    }


def test_gallery_is_described_with_public_photos_only(client: Client, tree: dict[str, Page]) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"], title="Zdjęcia", slug="g", place="Konin")
    shown, hidden = make_photo("Sala"), make_photo("Tajne", name="tajne.jpg", collection=private_collection())
    add_photos(gallery, shown, hidden)

    found = graph_of(client, "/galerie/g/")["ImageGallery"]

    (photo,) = found["image"]
    assert photo == {
        "@type": "ImageObject",
        "contentUrl": f"http://localhost{shown.file.url}",
        "url": f"http://localhost/galerie/g/foto/{shown.pk}/",
        "width": 60,
        "height": 40,
        "description": "Na zdjęciu: Sala",
    }
    assert client.get(shown.file.url).status_code == 200
    assert GalleryPhoto.objects.count() == 2


def test_x4_text_cannot_leave_the_data_block(client: Client, tree: dict[str, Page]) -> None:
    planted = "</script><script>alert(1)</script><!-- <script> ]]> & \u2028\u2029 \" \\ '"
    event = EventPageFactory(parent=tree["events"], title=planted[:200], lead=planted, slug="k")
    published(event)
    EventPage.objects.filter(pk=event.pk).update(
        title=planted[:200], lead=planted
    )  # as an import would: forms clean it

    html = client.get("/wydarzenia/k/").content.decode()
    head = Head(html)
    clean = head_of(client, "/wydarzenia/")

    (raw,) = head.data
    assert [each for each in ("<", ">", "&", "\u2028", "\u2029") if each in raw] == []
    assert json.loads(raw)["@graph"][0]["description"] == planted
    assert head.meta["og:description"] == [planted]
    assert head.scripts == clean.scripts
    assert "<script>alert" not in html


def test_sharing_shows_title_lead_address_and_public_picture(client: Client, tree: dict[str, Page]) -> None:
    photo = make_photo(description="Ludzie w sali")
    item = published(NewsPageFactory(parent=tree["news"], title="Tytuł", lead="Lead.", slug="t", lead_image=photo))

    head = head_of(client, "/aktualnosci/t/")

    (image,) = head.meta["og:image"]
    assert client.get(image.removeprefix("http://localhost")).status_code == 200
    expected = {
        "og:type": ["article"],
        "og:title": ["Tytuł"],
        "og:description": ["Lead."],
        "og:url": ["http://localhost/aktualnosci/t/"],
        "og:site_name": ["Próba"],
        "og:locale": ["pl_PL"],
        "og:image:alt": ["Ludzie w sali"],
        "twitter:card": ["summary_large_image"],
        "article:published_time": [item.first_published_at.isoformat(timespec="seconds")],
    }
    assert {name: head.meta.get(name) for name in expected} == expected
    assert head.rel("canonical") == ["http://localhost/aktualnosci/t/"]


def test_hidden_picture_is_not_shared(client: Client, tree: dict[str, Page]) -> None:
    photo = make_photo(name="tajne.jpg", collection=private_collection())
    published(EventPageFactory(parent=tree["events"], slug="k", lead_image=photo))

    html = client.get("/wydarzenia/k/").content.decode()

    assert "tajne" not in html
    assert Head(html).meta["twitter:card"] == ["summary"]


def test_picture_whose_file_is_gone_breaks_no_page(client: Client, tree: dict[str, Page]) -> None:
    photo = make_photo()
    photo.file.storage.delete(photo.file.name)
    published(EventPageFactory(parent=tree["events"], slug="k", lead_image=photo))

    assert "og:image" not in head_of(client, "/wydarzenia/k/").meta


def test_photo_s_page_is_known_by_its_own_address(client: Client, tree: dict[str, Page]) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"], title="Zdjęcia", slug="g")
    photo = make_photo("Sala")
    add_photos(gallery, photo)

    head = head_of(client, f"/galerie/g/foto/{photo.pk}/")

    assert head.rel("canonical") == [f"http://localhost/galerie/g/foto/{photo.pk}/"]
    assert head.meta["og:url"] == head.rel("canonical")
    assert head.meta["og:image:alt"] == ["Na zdjęciu: Sala"]
    assert head.data == []


@pytest.fixture
def english_news(tree: dict[str, Page]) -> Page:
    """The list of news in English, public, and its home page."""
    english = Locale.objects.create(language_code="en")
    published(tree["home"].copy_for_translation(english))
    translation = tree["news"].copy_for_translation(english)
    translation.title, translation.slug = "News", "news"
    return published(translation)


def test_languages_of_a_page_name_each_other_and_the_default(
    client: Client, tree: dict[str, Page], english_news: Page
) -> None:
    pl, en = "http://localhost/aktualnosci/", "http://localhost/en/news/"

    found = {}
    for address in ("/aktualnosci/", "/en/news/"):
        links = head_of(client, address).links
        found[address] = {link["hreflang"]: link["href"] for link in links if link.get("hreflang")}

    assert found == {address: {"pl": pl, "en": en, "x-default": pl} for address in found}
    assert head_of(client, "/en/news/").meta["og:locale:alternate"] == ["pl_PL"]
    assert [link for link in head_of(client, "/galerie/").links if link.get("hreflang")] == []


def test_sitemap_names_days_and_languages(client: Client, tree: dict[str, Page], english_news: Page) -> None:
    item = published(NewsPageFactory(parent=tree["news"], slug="t"))
    names = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}

    root = ElementTree.fromstring(client.get("/sitemap.xml").content)

    urls = {each.findtext("map:loc", namespaces=names): each for each in root.findall("map:url", names)}
    languages = {
        address: {link.attrib["hreflang"]: link.attrib["href"] for link in each.findall("x:link", names)}
        for address, each in urls.items()
    }
    pl, en = "http://localhost/aktualnosci/", "http://localhost/en/news/"
    assert languages[pl] == languages[en] == {"pl": pl, "en": en, "x-default": pl}
    assert languages[item.full_url] == {}
    assert urls[item.full_url].findtext("map:lastmod", namespaces=names) == f"{item.last_published_at:%Y-%m-%d}"


def test_error_page_claims_nothing(client: Client, tree: dict[str, Page]) -> None:
    html = client.get("/nie-ma-takiej/").content.decode()

    assert Head(html).rel("canonical") == []
    assert not re.search(r"og:|ld\+json|hreflang=.x-default", html)


def test_past_event_stays_described(client: Client, tree: dict[str, Page]) -> None:
    day = timezone.localdate() - dt.timedelta(days=10)
    event = published(EventPageFactory(parent=tree["events"], slug="k", start_date=day))

    assert graph_of(client, "/wydarzenia/k/")["Event"]["startDate"] == day.isoformat()
    assert EventPage.objects.get(pk=event.pk).is_over
