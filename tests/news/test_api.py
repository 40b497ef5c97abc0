"""The v2 API: details whole, in the page's language; odd questions get an answer, not a fault."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    TopicFactory,
    VenueFactory,
)
from tests.standing import Tree
from wagtail_newsroom.news.models import InformationClause, Project

pytestmark = pytest.mark.services


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


@pytest.mark.services(rows="all")
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v2/pages/?search=%22", 400),
        ("/api/v2/images/?search=a%22b", 400),
        ("/api/v2/documents/?search=%22a%22%22", 400),
        ("/api/v3-preview/pages/?search=%22", 400),
        ("/api/v2/pages/?search=%22wiadomość%22", 200),
        ("/api/v2/pages/?search=", 200),
        (f"/api/v2/pages/?search={'a' * 200}", 200),
        (f"/api/v2/pages/?search={'a' * 100_000}", 400),
        (f"/api/v3-preview/pages/?search={'a' * 100_000}", 400),
        ("/api/v2/pages/?limit=1000000000", 400),
    ],
)
def test_u10_query_that_cannot_be_looked_up_is_refused(
    tree: dict[str, Page], client: Client, address: str, status: int
) -> None:
    assert client.get(address).status_code == status


def test_details_of_an_event_hold_venue_topics_projects_and_clause_whole(tree: dict[str, Page], client: Client) -> None:
    polish = Locale.get_default()
    partner = OrganisationFactory(name="Fundacja Sąsiedzi")
    project = Project.objects.create(name="Razem", number="1/26", locale=polish)
    project.partners.add(partner)
    project.save()
    clause = InformationClause.objects.create(title="Zapisy", text="<p>Dane</p>", locale=polish)
    event = EventPageFactory(parent=tree["events"], venue=VenueFactory(), information_clause=clause)
    event.topics.add(TopicFactory(name="Zdrowie"))
    event.projects.add(project)
    event.save_revision().publish()
    found = client.get(f"/api/v2/pages/{event.pk}/").json()
    assert found["venue"]["name"] == "Dom Kultury"
    assert found["venue"]["city"] == "Jarocinek"
    assert [topic["slug"] for topic in found["topics"]] == ["zdrowie"]
    assert [entry["number"] for entry in found["projects"]] == ["1/26"]
    assert found["projects"][0]["partners"] == [{"name": "Fundacja Sąsiedzi", "url": ""}]
    assert found["information_clause"] == {"id": clause.pk, "title": "Zapisy", "version": 1, "text": "<p>Dane</p>"}


@pytest.mark.parametrize("kind", ["newsroom.EventPage", "newsroom.NewsPage", "newsroom_galleries.GalleryPage"])
def test_listings_leave_to_the_details_what_is_another_row(tree: dict[str, Page], client: Client, kind: str) -> None:
    listed = client.get(f"/api/v2/pages/?type={kind}&fields=*").json()
    assert listed["meta"]["total_count"] == 0
    EventPageFactory(parent=tree["events"])
    NewsPageFactory(parent=tree["news"])
    for item in client.get(f"/api/v2/pages/?type={kind}&fields=*").json()["items"]:
        assert not {"body", "related", "attachments", "contacts", "photos", "venue"} & set(item)


def test_change_of_a_clause_makes_a_new_version(db: None) -> None:
    clause = InformationClause.objects.create(title="Zapisy", text="<p>Dane</p>", locale=Locale.get_default())
    clause.save()
    assert clause.version == 1
    clause.text = "<p>Inne dane</p>"
    clause.save()
    clause.refresh_from_db()
    assert clause.version == 2
