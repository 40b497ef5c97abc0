"""Atom, read with Python's own XML parser."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, restrict
from wagtail_newsroom.news.feeds.identity import stable_id
from wagtail_newsroom.news.models import Correction, EventPage, NewsPage, SiteTexts

NS = {"atom": "http://www.w3.org/2005/Atom"}


def read(visitor: Client, address: str) -> ElementTree.Element:
    return ElementTree.fromstring(visitor.get(address).content)


def text(element: ElementTree.Element, name: str) -> str | None:
    return element.findtext(f"atom:{name}", namespaces=NS)


def published(page: Page, **facts: Any) -> Any:
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def moment(value: dt.datetime) -> str:
    return value.replace(microsecond=0).isoformat()


def test_feed_of_news_says_who_where_and_when(client: Client, tree: dict[str, Page]) -> None:
    from wagtail.models import Locale

    SiteTexts.objects.create(organisation_name="Centrum Wspólna Sprawa", locale=Locale.get_default())
    item = published(NewsPageFactory(parent=tree["news"], title="A < B & „C”", lead="Gdy a < b.", byline="Anna Osoba"))

    feed = read(client, "/aktualnosci/atom.xml")

    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "pl"
    assert text(feed, "title") == "Centrum Wspólna Sprawa – Aktualności"
    assert text(feed, "id") == stable_id(tree["news"]).urn
    assert text(feed, "author/atom:name") == "Centrum Wspólna Sprawa"
    assert text(feed, "updated") == moment(item.last_published_at)
    assert {each.attrib["rel"]: each.attrib["href"] for each in feed.findall("atom:link", NS)} == {
        "alternate": "http://localhost/aktualnosci/",
        "self": "http://localhost/aktualnosci/atom.xml",
    }
    (entry,) = feed.findall("atom:entry", NS)
    assert text(entry, "title") == "A < B & „C”"
    assert text(entry, "id") == stable_id(item).urn
    assert text(entry, "summary") == "Gdy a < b."
    assert entry.find("atom:summary", NS).attrib == {}
    assert text(entry, "author/atom:name") == "Anna Osoba"
    assert text(entry, "published") == moment(item.first_published_at)
    assert text(entry, "updated") == moment(item.last_published_at)
    assert entry.find("atom:link", NS).attrib["href"] == item.full_url
    assert entry.find("atom:category", NS).attrib["term"] == "Aktualność"
    assert text(entry, "content") == "<p>Gdy a &lt; b.</p>"


def test_entry_says_what_was_corrected_and_changed(client: Client, tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"], lead="Lead.", change_note="Dodano program.")
    page.corrections.add(Correction(date=dt.date(2026, 3, 12), was="Był wtorek.", now="Była środa."))
    published(page)

    (entry,) = read(client, "/aktualnosci/atom.xml").findall("atom:entry", NS)

    content = text(entry, "content")
    assert content is not None
    assert [
        word for word in ("Dodano program.", "12 marca 2026", "Był wtorek.", "Była środa.") if word not in content
    ] == []
    assert content.endswith("<p>Lead.</p>")


def test_called_off_event_says_so_in_its_title_and_keeps_its_id(client: Client, tree: dict[str, Page]) -> None:
    event = published(EventPageFactory(parent=tree["events"], title="Warsztat", slug="a"))
    before = text(read(client, "/wydarzenia/atom.xml").find("atom:entry", NS), "id")
    event.status, event.status_reason, event.slug = "cancelled", "awaria <sali>", "b"
    published(event)

    for address in ("/wydarzenia/atom.xml", "/aktualnosci/atom.xml"):
        (entry,) = read(client, address).findall("atom:entry", NS)
        assert text(entry, "title") == "Odwołane: Warsztat"
        assert text(entry, "id") == before
        assert "<strong>Odwołane: awaria &lt;sali&gt;.</strong>" in (text(entry, "content") or "")


def test_feed_holds_the_thirty_that_were_published_or_changed_last(client: Client, tree: dict[str, Page]) -> None:
    pages = [NewsPageFactory(parent=tree["news"], title=f"{number}") for number in range(32)]
    now = timezone.now()
    for number, page in enumerate(pages):
        NewsPage.objects.filter(pk=page.pk).update(last_published_at=now - dt.timedelta(hours=number))
    NewsPage.objects.filter(pk=pages[31].pk).update(last_published_at=now + dt.timedelta(minutes=1))

    found = [text(each, "title") for each in read(client, "/aktualnosci/atom.xml").findall("atom:entry", NS)]

    assert found == ["31", *(str(number) for number in range(29))]


def test_feeds_hold_nothing_private_or_unannounced(client: Client, tree: dict[str, Page]) -> None:
    published(EventPageFactory(parent=tree["events"], title="Cicho", announce_in_news=False))
    restrict(published(EventPageFactory(parent=tree["events"], title="Tajne")))
    NewsPageFactory(parent=tree["news"], title="Szkic", live=False)

    news, events = (read(client, f"/{name}/atom.xml") for name in ("aktualnosci", "wydarzenia"))

    assert news.findall("atom:entry", NS) == []
    assert [text(each, "title") for each in events.findall("atom:entry", NS)] == ["Cicho"]
    assert EventPage.objects.count() == 2


def test_empty_feed_is_the_same_each_time(client: Client, tree: dict[str, Page]) -> None:
    tree["news"].save_revision().publish()

    assert client.get("/aktualnosci/atom.xml").content == client.get("/aktualnosci/atom.xml").content
    assert read(client, "/aktualnosci/atom.xml").findall("atom:entry", NS) == []


def test_x6_control_characters_and_line_breaks_break_no_feed(client: Client, tree: dict[str, Page]) -> None:
    page = published(NewsPageFactory(parent=tree["news"]))
    NewsPage.objects.filter(pk=page.pk).update(
        title="Tytuł\r\n</title>\x08\x1b", lead="Lead\u2028<script>", byline="Kto\x0b"
    )

    (entry,) = read(client, "/aktualnosci/atom.xml").findall("atom:entry", NS)

    assert (text(entry, "title"), text(entry, "summary")) == ("Tytuł </title>", "Lead <script>")
    assert text(entry, "content") == "<p>Lead &lt;script&gt;</p>"
    assert text(entry, "author/atom:name") == "Kto"
