"""What items point to: told as far as a public page shows it, counted by what is public, in the asked language."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from tests.factories import (
    EventPageFactory,
    HomePageFactory,
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
    agenda_day,
    make_photo,
    restrict,
)
from tests.trust.delivery_doors import V1
from wagtail_newsroom.news.models import EventOrganiser, Project

pytestmark = [pytest.mark.django_db, pytest.mark.services]

Tree = dict[str, Page]
ADDRESSES = ("topics", "people", "organisations", "venues", "projects")


def speaker(pk: int) -> dict[str, Any]:
    return {"type": "item", "value": {"person": pk}, "id": str(uuid4())}


class Rows:
    """One of each, named ``word``; the organisation is shown by the person alone."""

    def __init__(self, word: str) -> None:
        polish = Locale.get_default()
        self.topic = TopicFactory(name=f"Temat {word}", slug=f"temat-{word}")
        self.organisation = OrganisationFactory(name=f"Urząd {word}", logo=make_photo(f"Logo {word}"), logo_alt="Herb")
        self.person = PersonFactory(
            name=f"Ewa {word}", role="prezeska", organisation=self.organisation, email="ewa@example.org", phone="123"
        )
        self.venue = VenueFactory(name=f"Dom {word}", latitude="52.1", longitude="21.5")
        self.project = Project.objects.create(name=f"Projekt {word}", locale=polish, funding_statement="Z funduszy.")
        self.partner = OrganisationFactory(name=f"Partner {word}")
        self.project.partners.add(self.partner)
        self.project.save()

    def show(self, tree: Tree, **fields: Any) -> Page:
        """A news item and an event that show all of them; the news item is returned."""
        news = NewsPageFactory(parent=tree["news"], **fields)
        event = EventPageFactory(
            parent=tree["events"],
            venue=self.venue,
            agenda=[agenda_day({"speakers": [speaker(self.person.pk)]})],
            **fields,
        )
        for page in (news, event):
            page.topics.add(self.topic)
            page.projects.add(self.project)
            page.save()
        return event

    def ids(self) -> dict[str, set[int]]:
        return {
            "topics": {self.topic.pk},
            "people": {self.person.pk},
            "organisations": {self.organisation.pk, self.partner.pk},
            "venues": {self.venue.pk},
            "projects": {self.project.pk},
        }

    def addresses(self) -> list[str]:
        return [
            f"topics/{self.topic.slug}/",
            *(f"{name}/{pk}/" for name, pks in self.ids().items() if name != "topics" for pk in pks),
        ]


def listed(client: Client, name: str, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(f"{V1}/{name}/", asked)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["items"])


def test_l1_row_that_no_public_page_shows_is_not_told(client: Client, tree: Tree) -> None:
    rows = {word: Rows(f"zq{word}") for word in ("nigdzie", "szkic", "haslo", "obce")}
    rows["szkic"].show(tree, live=False)
    rows["haslo"].show(tree)
    for page in rows["haslo"].topic.pages.all():
        restrict(page)
    home = HomePageFactory(parent=Page.get_first_root_node(), slug="obca")
    Site.objects.create(hostname="obca.example", root_page=home)
    section = StandardPageFactory(parent=home)
    rows["obce"].show({"news": section, "events": section})
    shown = Rows("jawne")
    shown.show(tree)

    assert {name: {each["id"] for each in listed(client, name)} for name in ADDRESSES} == shown.ids()
    assert [client.get(f"{V1}/{each}").status_code for each in shown.addresses()] == [200] * 6
    for hidden in rows.values():
        for address in hidden.addresses():
            kind = address.split("/")[0]
            missing = client.get(f"{V1}/{kind}/{'nie-ma' if kind == 'topics' else 987654}/")
            answer = client.get(f"{V1}/{address}")
            assert (answer.status_code, answer.content) == (404, missing.content), address
    asked = [client.get(f"{V1}/{name}/", query) for name in ADDRESSES for query in ({"q": "zq"}, {"limit": 100})]
    assert [answer.content for answer in asked if b"zq" in answer.content] == []


def test_row_tells_what_it_is_and_what_names_it(client: Client, tree: Tree) -> None:
    rows = Rows("jawne")
    event = rows.show(tree)
    draft = NewsPageFactory(parent=tree["news"], live=False)
    draft.topics.add(rows.topic)
    draft.save()

    topic, person = (client.get(f"{V1}/{each}").json() for each in rows.addresses()[:2])
    both = [{"type": "event", "count": 1}, {"type": "news", "count": 1}]
    assert (topic["name"], topic["counts"], topic["translations"]) == ("Temat jawne", both, [])
    assert topic == listed(client, "topics")[0]
    assert person["counts"] == [{"type": "event", "count": 1}]
    assert (person["role"], person["organisation"]["name"]) == ("prezeska", "Urząd jawne")
    assert {"email", "phone"} & set(person) == set()
    office = client.get(f"{V1}/organisations/{rows.organisation.pk}/").json()
    assert (office["counts"], office["logo"]["alt"]) == ([], "Herb")
    venue = listed(client, "venues")[0]
    assert (venue["latitude"], venue["longitude"], venue["address"]) == (52.1, 21.5, "ul. Długa 7, Jarocinek")
    project = listed(client, "projects")[0]
    assert (project["funding_statement"], project["partners"][0]["name"]) == ("Z funduszy.", "Partner jawne")
    event.unpublish()
    assert listed(client, "people") == []


def test_row_is_told_once_in_the_asked_language_where_it_has_that(client: Client, tree: Tree) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = tree["home"].copy_for_translation(english)
    home.save_revision().publish()
    news = tree["news"].copy_for_translation(english)
    news.save_revision().publish()
    topic, alone = TopicFactory(name="Zdrowie", slug="zdrowie"), TopicFactory(name="Praca", slug="praca")
    health = topic.copy_for_translation(english)
    health.name, health.slug = "Health", "health"
    health.save()
    for parent, locale in ((tree["news"], topic.locale), (news, english), (news, english)):
        page = NewsPageFactory(parent=parent, locale=locale)
        page.topics.set([topic, alone])
        page.save()

    def told(**asked: str) -> list[tuple[str, str, int]]:
        return [
            (each["name"], each["locale"], each["counts"][0]["count"]) for each in listed(client, "topics", **asked)
        ]

    assert told() == told(locale="pl") == [("Praca", "pl", 1), ("Zdrowie", "pl", 1)]
    assert told(locale="en") == [("Health", "en", 2), ("Praca", "pl", 2)]
    assert told(locale="de") == []
    assert told(locale="en", ids=str(topic.pk)) == [("Health", "en", 2)]
    assert told(locale="en", q="zdrowie") == [("Health", "en", 2)]
    links = [{"id": topic.pk, "locale": "pl", "name": "Zdrowie"}]
    assert client.get(f"{V1}/topics/health/").json()["translations"] == links
    assert client.get(f"{V1}/topics/health/?locale=pl").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_rows_are_listed_in_as_many_queries(client: Client, tree: Tree, count: int) -> None:
    event, days = EventPageFactory(parent=tree["events"]), []
    for number in range(count):
        person = PersonFactory(organisation=OrganisationFactory(name=f"Urząd {number}"))
        event.topics.add(TopicFactory())
        event.organisers.add(EventOrganiser(organisation=OrganisationFactory(name=f"Biuro {number}")))
        days.append(agenda_day({"speakers": [speaker(person.pk)]}))
    event.agenda = days
    event.save()
    asked = {}
    for name in ("topics", "people", "organisations"):
        client.get(f"{V1}/{name}/")
        with CaptureQueriesContext(connection) as queries:
            items = client.get(f"{V1}/{name}/", {"limit": 100}).json()["items"]
        asked[name] = len(queries)
        assert len(items) == count * (2 if name == "organisations" else 1)
    assert asked == {"topics": 15, "people": 15, "organisations": 18}
