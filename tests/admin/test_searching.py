"""Editors find what they look for by any form of its words, where they choose a page and in lists."""

import pytest

from tests.admin.desk import Desk
from tests.factories import EventPageFactory, VenueFactory

DOORS = {
    "chooser of events": "/admin/choose-page/search/?page_type=newsroom.EventPage&q={}",
    "chooser of pages": "/admin/choose-page/search/?q={}",
    "search of pages": "/admin/pages/search/results/?q={}",
    "list below a page": "/admin/pages/{parent}/results/?q={}",
}


@pytest.mark.services
@pytest.mark.parametrize("door", DOORS)
def test_event_is_found_by_any_form_of_its_title(publisher: Desk, tree: dict[str, object], door: str) -> None:
    events = tree["events"]
    event = EventPageFactory(parent=events, title="Konferencja o mieszkaniach wspomaganych")
    EventPageFactory(parent=events, title="Walne zebranie")

    def found(typed: str) -> list[bool]:
        address = DOORS[door].replace("{parent}", str(event.get_parent().pk)).format(typed)
        html = publisher.client.get(address).content.decode()
        return [event.title in html, "Walne zebranie" in html]

    for typed in ("konferencję", "konferencji mieszkania", "mieszkan wspomagan", "konferencje wspomagane", "konf"):
        assert found(typed) == [True, False], typed
    assert found("konferansjer") == [False, False]


def test_venue_is_found_by_its_town_in_another_form(publisher: Desk) -> None:
    VenueFactory(name="Dom Kultury", city="Wąbrzeźno")
    html = publisher.client.get("/admin/snippets/newsroom/venue/results/?q=wabrzeznie").content.decode()
    assert "Dom Kultury" in html
