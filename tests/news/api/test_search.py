"""The search of the delivery API: all types together, told as their lists tell them, page by page."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, attach, make_attachment
from tests.news.api.validating import faults
from tests.trust.delivery_doors import V1

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def orchard(tree: dict[str, Page]) -> dict[str, Any]:
    news = NewsPageFactory(parent=tree["news"], title="Jabłonie w mieście")
    event = EventPageFactory(parent=tree["events"], title="Spacer", lead="Idziemy do starych jabłoni.")
    file = make_attachment("Mapa", name="mapa.txt", content="Dojście do jabłoni od rzeki.".encode(), kind="other")
    attach(news, file)
    return {"news": news, "event": event, "file": file}


def ask(client: Client, **query: Any) -> dict[str, Any]:
    answer = client.get(f"{V1}/search/", query)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    assert faults(f"{V1}/search/", 200, told) == []
    return told


def test_everything_that_holds_the_words_comes_in_one_list(client: Client, orchard: dict[str, Any]) -> None:
    told = ask(client, q="jabłoń")

    news, event, file = (
        next(item for item in told["items"] if item["type"] == word) for word in ("news", "event", "attachment")
    )
    assert told["count"] == len(told["items"]) == 3
    assert news["title"] == {"text": "Jabłonie w mieście", "marks": [{"start": 0, "end": 8}]}
    assert event["excerpt"] == {"text": "Idziemy do starych jabłoni.", "marks": [{"start": 19, "end": 26}]}
    assert (file["inside_file"], file["offered_by"]["id"], file["id"]) == (True, news["id"], orchard["file"].pk)
    assert [choice["count"] for choice in told["facets"]["type"]] == [1, 1, 1]
    assert [item["type"] for item in ask(client, q="jabłoń", type="events,attachments")["items"]] == [
        "event",
        "attachment",
    ]


def test_each_result_says_which_words_it_lacks(client: Client, orchard: dict[str, Any]) -> None:
    """A page holds what its files hold."""
    lacks = {item["id"]: item["lacks"] for item in ask(client, q="jabłonie spacer miasto mapa")["items"]}
    found = {name: lacks.get(orchard[name].pk) for name in ("news", "event")}

    assert found == {"news": ["spacer"], "event": ["miasto", "mapa"]}
    assert [item["lacks"] for item in ask(client, q="jabłoń")["items"]] == [[], [], []]


def test_pages_of_results_follow_each_other_both_ways(client: Client, orchard: dict[str, Any]) -> None:
    whole = [item["url"] for item in ask(client, q="jabłoń")["items"]]
    first = ask(client, q="jabłoń", limit=2)
    second = client.get(first["next"]).json()

    assert [item["url"] for item in [*first["items"], *second["items"]]] == whole
    assert (first["prev"], second["next"]) == (None, None)
    assert client.get(second["prev"]).json()["items"] == first["items"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 200),
        ({"q": ""}, 200),
        ({"q": "?!"}, 200),
        ({"q": "a", "locale": "xx"}, 200),
        ({"q": '"'}, 422),
        ({"q": "a" * 100_000}, 422),
        ({"q": "a\0"}, 422),
        ({"q": "a", "type": "nothing"}, 422),
        ({"q": "a", "cursor": "x"}, 422),
        ({"q": "a", "sort": "x"}, 400),
    ],
)
def test_odd_questions_find_nothing_or_are_refused(
    client: Client, tree: Any, query: dict[str, str], status: int
) -> None:
    answer = client.get(f"{V1}/search/", query)

    assert answer.status_code == status
    assert status != 200 or answer.json()["items"] == []
