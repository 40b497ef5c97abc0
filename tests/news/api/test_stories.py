"""News and every other page in the delivery API: what items hold, what lists are narrowed by, and what both cost."""

import datetime as dt
import json
import random
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    StandardPageFactory,
    TopicFactory,
    make_attachment,
    make_photo,
    restrict,
)
from tests.host_types.models import OurNewsPage
from tests.many import multiply, photos_with_sizes
from tests.news.api.validating import faults
from tests.third_party.models import ConsultationIndexPage, ConsultationPage
from tests.trust.delivery_doors import V1
from wagtail_newsroom.news.models import (
    Correction,
    NewsPage,
    NewsroomPage,
    NewsroomSettings,
    PageAttachment,
    PageContact,
    Project,
    RelatedPage,
    SiteTexts,
)

pytestmark = pytest.mark.services

NEWS = f"{V1}/news/"
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
TEXT = json.dumps([{"type": "paragraph", "value": "<p>Było <b>dobrze</b>.</p>", "id": "b1"}])

Tree = dict[str, Page]


def get(client: Client, address: str, status: int = 200, **query: Any) -> Any:
    answer = client.get(address, query)
    assert answer.status_code == status, answer.content
    return answer.json()


def names(answer: dict[str, Any], field: str = "title") -> list[Any]:
    return [item[field] for item in answer["items"]]


def in_english(page: Page, title: str) -> Page:
    """A public translation of ``page``."""
    english, _made = Locale.objects.get_or_create(language_code="en")
    parent = page.get_parent()
    if parent.depth > 1 and not parent.has_translation(english):
        in_english(parent, f"{parent.title} (en)")
    copied = page.copy_for_translation(english)
    copied.title = title
    copied.save_revision().publish()
    return copied


@pytest.fixture
def whole(tree: Tree) -> NewsPage:
    """A news item with some of everything, and some of what is not shown."""
    polish = Locale.get_default()
    partner = OrganisationFactory(name="Fundacja", url="https://example.org/f")
    project = Project.objects.create(name="Razem raźniej", number="1/26", locale=polish, logo_strip=make_photo("Pasek"))
    project.partners.add(partner)
    project.save()
    event = EventPageFactory(parent=tree["events"], title="Zjazd")
    chosen = NewsPageFactory(parent=tree["news"], title="Wybrana", date=TODAY)
    hidden = NewsPageFactory(parent=tree["news"], title="Szkic", live=False)
    page = NewsPageFactory(
        parent=tree["news"], title="Cała", slug="caa", kind="report", place="Łódź", about_event=event, body=TEXT, date=TODAY,
        lead_image=make_photo("Sala"), lead_image_alt="Ludzie w sali", change_note="Nowa godzina.", archived_on=TODAY,
    )  # fmt: skip
    topic = TopicFactory(name="Zdrowie")
    topic.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0]).save()
    page.topics.add(topic)
    page.projects.add(project)
    page.contacts.add(
        PageContact(name="Ala Nowa", email="ala@example.org"), PageContact(name="Dawna", shown_until=TODAY - DAY)
    )
    page.attachments.add(PageAttachment(attachment=make_attachment("Regulamin"), label="Zasady"))
    page.corrections.add(Correction(date=TODAY - DAY, was="Dwa.", now="Trzy."))
    page.related_links.add(RelatedPage(target=hidden), RelatedPage(target=chosen))
    page.save_revision().publish()
    texts = SiteTexts.objects.create(organisation_name="Centrum", locale=polish)
    NewsroomSettings.objects.update_or_create(site=Site.objects.get(), defaults={"texts": texts})
    return page


def test_whole_item_holds_what_its_page_shows(client: Client, tree: Tree, whole: NewsPage) -> None:
    english = in_english(whole, "Whole")
    item = get(client, f"{NEWS}{whole.pk}/")

    assert faults(f"{NEWS}{{id}}/", 200, item) == []
    assert (item["type"], item["kind"]) == ("news", "report")
    assert (item["path"], item["url"]) == ("/aktualnosci/caa/", "http://localhost/aktualnosci/caa/")
    assert [topic["name"] for topic in item["topics"]] == ["Zdrowie"]
    assert item["image"]["alt"] == "Ludzie w sali" == item["seo"]["image"]["alt"]
    assert item["body"] == [{"id": "b1", "type": "paragraph", "value": {"text": "<p>Było <b>dobrze</b>.</p>"}}]
    assert [file["title"] for file in item["attachments"]] == ["Zasady"]
    assert [contact["name"] for contact in item["contacts"]] == ["Ala Nowa"]
    assert item["corrections"] == [{"date": str(TODAY - DAY), "was": "Dwa.", "now": "Trzy."}]
    assert (item["about"]["title"], item["about"]["type"]) == ("Zjazd", "event")
    assert [link["title"] for link in item["related"]] == ["Wybrana", "Zjazd"]
    assert [(each["name"], [p["name"] for p in each["partners"]]) for each in item["projects"]] == [
        ("Razem raźniej", ["Fundacja"])
    ]
    assert item["projects"][0]["logo_strip"]["alt"] == "Opis: Pasek"
    assert [(each["locale"], each["id"]) for each in item["translations"]] == [("en", english.pk)]
    assert [each["title"] for each in item["breadcrumbs"]] == ["Strona główna", "Aktualności"]
    assert item["provenance"]["publisher"] == "Centrum"
    assert item["provenance"]["corrected_on"] == str(TODAY - DAY)
    assert item["extra"] is None


def test_words_and_links_are_in_the_language_of_the_item(client: Client, tree: Tree, whole: NewsPage) -> None:
    in_english(whole.about_event, "Meeting")
    english = in_english(whole, "Whole")
    items = {item["id"]: item for item in get(client, NEWS, include="about", ids=f"{whole.pk},{english.pk}")["items"]}

    assert items[whole.pk]["display"]["kicker"].startswith("Relacja · ")
    assert items[english.pk]["display"]["kicker"].startswith("Report · ")
    assert items[whole.pk]["display"]["notes"][0].startswith("Treść archiwalna")
    assert items[english.pk]["display"]["notes"][0].startswith("Archival content")
    assert [items[pk]["about"]["title"] for pk in (whole.pk, english.pk)] == ["Zjazd", "Meeting"]
    topics = [items[pk]["topics"][0] for pk in (whole.pk, english.pk)]
    assert topics[0]["id"] != topics[1]["id"]
    assert topics[0]["key"] == topics[1]["key"]


def test_nothing_that_is_closed_stands_around_an_item(client: Client, tree: Tree, whole: NewsPage) -> None:
    restrict(tree["events"])
    restrict(in_english(whole, "Whole"))
    item = get(client, f"{NEWS}{whole.pk}/")

    assert item["about"] is None
    assert [link["title"] for link in item["related"]] == ["Wybrana"]
    assert item["translations"] == []


def test_t7_related_are_those_of_the_page(client: Client, tree: Tree) -> None:
    chance = random.Random(7)
    topics = [TopicFactory() for _n in range(4)]
    project = Project.objects.create(name="Razem", locale=Locale.get_default())
    events = [EventPageFactory(parent=tree["events"], date=TODAY - n * DAY) for n in range(3)]
    pages: list[Any] = list(events)
    for _n in range(15):
        about = chance.choice([*events, None, None])
        page = NewsPageFactory(parent=tree["news"], date=TODAY - chance.randrange(6) * DAY, about_event=about)
        page.topics.add(*chance.sample(topics, chance.randrange(3)))
        if chance.random() < 0.3:
            page.projects.add(project)
        if chance.random() < 0.4:
            page.related_links.add(*(RelatedPage(target=each) for each in chance.sample(pages, 2)))
        page.save_revision().publish()
        pages.append(page)
    found = {
        item["id"]: [link["id"] for link in item["related"]] for item in get(client, NEWS, include="related")["items"]
    }

    news = NewsPage.objects.all()
    assert found == {page.pk: [related.pk for related in page.related_items] for page in news}
    assert len({tuple(ids) for ids in found.values()}) > 8


# Lists


@pytest.fixture
def several(tree: Tree) -> Tree:
    zdrowie = TopicFactory(name="Zdrowie")
    zdrowie.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0]).save()
    type(zdrowie).objects.filter(locale__language_code="en").update(name="Health", slug="health")
    project = Project.objects.create(name="Razem raźniej", locale=Locale.get_default())
    event = EventPageFactory(parent=tree["events"], title="Zjazd")
    first = NewsPageFactory(parent=tree["news"], title="Ada", date=dt.date(2026, 3, 1), kind="notice")
    first.topics.add(zdrowie)
    first.projects.add(project)
    first.save()
    NewsPageFactory(parent=tree["news"], title="Bór", date=dt.date(2025, 3, 31), kind="report", about_event=event)
    NewsPageFactory(parent=tree["news"], title="Cud", date=dt.date(2025, 4, 1), lead="O rzece.")
    NewsPageFactory(parent=tree["news"], title="Dom", live=False)
    moments = {"Ada": "2026-03-01T11:00", "Bór": "2026-03-02T22:30", "Cud": "2026-03-03T23:30"}
    for title, moment in moments.items():
        at = dt.datetime.fromisoformat(f"{moment}+00:00")
        NewsPage.objects.filter(title=title).update(first_published_at=at, last_published_at=at)
    return {**tree, "event": event}


@pytest.mark.services(rows="all")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "Ada Cud Bór"),
        ("kind=report,notice", "Ada Bór"),
        ("topic=zdrowie", "Ada"),
        ("topic=health,inny", "Ada"),
        ("project=razem-razniej", "Ada"),
        ("event={event.pk}", "Bór"),
        ("event={event.translation_key}", "Bór"),
        ("year=2025", "Cud Bór"),
        ("month=3", "Ada Bór"),
        ("published_from=2026-03-03", "Cud"),  # 2 March, 22:30 UTC, is 23:30 in Warsaw
        ("published_until=2026-03-02", "Ada Bór"),
        ("published_until=2026-03-02T22:29:59Z", "Ada"),
        ("published_from=2026-03-02T23:30:00%2B01:00&published_until=2026-03-03", "Bór"),
        ("updated_from=2026-03-04", "Cud"),  # 23:30 UTC is the next day
        ("q=rzece", "Cud"),
        ('q="O rzece"&kind=news', "Cud"),
        ("q=%3F", ""),
        ("order=-published_at", "Cud Bór Ada"),
        ("order=title&locale=pl", "Ada Bór Cud"),
        ("locale=en", ""),
        ("published_from=0001-01-01&published_until=9999-12-31", "Ada Cud Bór"),
    ],
)
def test_list_is_narrowed(client: Client, several: Tree, query: str, expected: str) -> None:
    address = f"{NEWS}?{query.format(event=several['event'])}"
    assert names(get(client, address)) == expected.split()


def test_fields_select_and_include_brings(client: Client, tree: Tree, whole: NewsPage) -> None:
    item = get(client, NEWS, fields="title,url", include="contacts,body", ids=whole.pk)["items"][0]
    assert set(item) == {"title", "url", "contacts", "body"}
    refused = get(client, NEWS, 422, fields="title,owner", include="agenda", q='"a')
    assert {each["parameter"] for each in refused["errors"]} == {"fields", "include", "q"}
    assert all(word in refused["detail"] for word in ("owner", "agenda"))
    assert get(client, NEWS, 422, include="body", limit=21)["errors"][0]["parameter"] == "limit"


# What it costs


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_list_asks_as_often_for_thirty_items_as_for_one(client: Client, tree: Tree, whole: NewsPage) -> None:
    parts = "body,attachments,contacts,projects,corrections,related,about,translations,breadcrumbs,seo,provenance"
    addresses = (f"{NEWS}?kind=report", f"{NEWS}?kind=report&include={parts}", f"{NEWS}{whole.pk}/")
    reports = NewsPage.objects.filter(kind="report")
    asked = {reports.count(): [queries(client, address) for address in addresses]}
    second = _report(tree["news"], whole)
    for count in (3, 30):
        _with_files_of_their_own(multiply(second, count - reports.count()))
        asked[reports.count()] = [queries(client, address) for address in addresses]
        listed = get(client, addresses[0], limit=50)["items"]
        assert {*reports.values_list("pk", flat=True)} <= {item["id"] for item in listed}
    assert asked[1] == asked[3] == asked[30]
    assert [most - number for most, number in zip((8, 12, 10), asked[30], strict=True) if number > most] == []


def _report(parent: Page, whole: NewsPage) -> NewsPage:
    page = NewsPageFactory(parent=parent, kind="report", body=TEXT, about_event=whole.about_event)
    page.lead_image, page.lead_image_alt = make_photo(), "Sala"
    page.topics.add(*whole.topics.all())
    page.projects.add(*whole.projects.all())
    page.contacts.add(PageContact(name="Ala"))
    page.attachments.add(PageAttachment(attachment=make_attachment()))
    page.save_revision().publish()
    return page


def _with_files_of_their_own(pages: range) -> None:
    """Give copies of a page a photo and a document each that no other has."""
    for pk, photo in zip(pages, photos_with_sizes(len(pages)), strict=True):
        NewsPage.objects.filter(pk=pk).update(lead_image=photo)
        PageAttachment.objects.filter(page_id=pk).update(attachment=make_attachment())


def test_item_with_sixty_related_rows_is_ten_queries_at_the_most(client: Client, tree: Tree, whole: NewsPage) -> None:
    targets = [NewsPageFactory(parent=tree["news"]) for _n in range(20)]
    whole.related_links.set([RelatedPage(target=target) for target in targets])
    whole.contacts.set([PageContact(name=f"Osoba {n}") for n in range(20)])
    whole.attachments.set([PageAttachment(attachment=make_attachment(f"Plik {n}")) for n in range(20)])
    whole.save_revision().publish()

    item = get(client, f"{NEWS}{whole.pk}/")
    assert [len(item[part]) for part in ("related", "contacts", "attachments")] == [20, 20, 20]
    assert queries(client, f"{NEWS}{whole.pk}/") <= 10


# Types of a host, and of another app


def publish(parent: Page, page: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_types_of_a_host_show_their_fields_for_one_query_each(client: Client, tree: Tree) -> None:
    NewsPageFactory(parent=tree["news"], title="Zwykła")
    before = queries(client, NEWS)
    for district in ("Centrum", "Bałuty", "Górna"):
        publish(tree["news"], OurNewsPage(title=district, lead="O niej.", district=district))
    answer = get(client, NEWS)

    assert queries(client, NEWS) == before + 1
    assert faults(NEWS, 200, answer) == []
    extra = {item["title"]: item["extra"] for item in answer["items"]}
    assert extra["Górna"] == {"type": "our_news", "district": "Górna"}
    assert extra["Zwykła"] is None
    assert {item["type"] for item in answer["items"]} == {"news"}


def test_type_of_another_app_has_lists_and_items_of_its_own(client: Client, tree: Tree) -> None:
    index = publish(tree["home"], ConsultationIndexPage(title="Konsultacje", slug="konsultacje"))
    event = EventPageFactory(parent=tree["events"], title="Zjazd")
    page = publish(index, ConsultationPage(title="Zieleń", lead="O drzewach.", question="Gdzie?", about=event))
    address = f"{V1}/consultations/"
    answer, item = get(client, address, topic="x"), get(client, f"{address}{page.pk}/")

    assert answer["items"] == []
    assert faults(f"{address}{{id}}/", 200, item) == []
    assert (item["type"], item["question"], item["closes_on"]) == ("consultation", "Gdzie?", None)
    assert (item["extra"]["closed"], item["extra"]["about"]["title"]) == (False, "Zjazd")
    assert [each["title"] for each in item["breadcrumbs"]] == ["Strona główna", "Konsultacje"]
    about = get(client, f"{V1}/events/{event.pk}/")["consultations"]
    assert [(link["id"], link["type"]) for link in about] == [(page.pk, "consultation")]
    assert page.pk not in names(get(client, NEWS), "id") + names(get(client, f"{V1}/pages/"), "id")


def test_pages_are_all_that_has_no_list_of_its_own(client: Client, tree: Tree, whole: NewsPage) -> None:
    standard = StandardPageFactory(parent=tree["home"], title="O nas", lead="Kim jesteśmy.", body=TEXT)
    restrict(StandardPageFactory(parent=tree["home"], title="Tajne"))
    publish(tree["news"], NewsroomPage(title="Biuletyn", lead="Co miesiąc.", slug="biuletyn"))
    tree["home"].featured = whole
    tree["home"].save_revision().publish()
    address = f"{V1}/pages/"
    answer = get(client, address, include="body")

    assert faults(address, 200, answer) == []
    assert {item["kind"]: item["title"] for item in answer["items"]} == {
        "home": "Strona główna",
        "news_index": "Aktualności",
        "event_index": "Wydarzenia",
        "gallery_index": "Galerie",
        "attachment_index": "Dokumenty",
        "standard": "O nas",
        "newsroom": "Biuletyn",
    }
    item = get(client, f"{address}{standard.pk}/")
    assert (item["lead"], len(item["body"])) == ("Kim jesteśmy.", 1)
    assert names(get(client, address, kind="standard,home"), "kind") == ["home", "standard"]
    home = get(client, f"{address}{tree['home'].pk}/")
    assert (home["extra"]["type"], home["extra"]["featured"]["id"]) == ("home", whole.pk)
    assert get(client, f"{address}{whole.pk}/", 404)["code"] == "not_found"


def test_page_whose_code_is_gone_is_another_one(client: Client, tree: Tree) -> None:
    page = StandardPageFactory(parent=tree["home"], title="Z dawnej aplikacji")
    gone = ContentType.objects.create(app_label="dawna", model="strona")
    Page.objects.filter(pk=page.pk).update(content_type=gone)

    answer = get(client, f"{V1}/pages/", kind="other")
    assert [(item["title"], item["kind"]) for item in answer["items"]] == [("Z dawnej aplikacji", "other")]
