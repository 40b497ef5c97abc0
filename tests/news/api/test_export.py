"""The export: every public item, whole, once; in batches, for a few at a time, and never longer than it may take."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, attach, make_attachment, restrict
from tests.trust.delivery_doors import V1
from wagtail_newsroom.news.api.v1.routes import export
from wagtail_newsroom.news.api.v1.routes.items import readings
from wagtail_newsroom.news.models.delivery.change_records import ChangeRecord

pytestmark = [pytest.mark.django_db, pytest.mark.services]

Tree = dict[str, Page]
ADDRESS = f"{V1}/export.ndjson"


@pytest.fixture(autouse=True)
def places(monkeypatch: pytest.MonkeyPatch) -> export.Places:
    own = export.Places(2, 600)
    monkeypatch.setattr(export, "places", own)
    return own


def exported(client: Client, **asked: str) -> list[dict[str, Any]]:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200
    return [json.loads(line) for line in answer.getvalue().decode().splitlines()]


def test_export_holds_each_public_item_as_at_its_own_address(
    client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "BATCH", 2)
    for number in range(5):
        attach(
            NewsPageFactory(parent=tree["news"], slug=f"n-{number}"),
            make_attachment(f"Plik {number}", name=f"{number}.txt"),
        )
    EventPageFactory(parent=tree["events"])
    restrict(NewsPageFactory(parent=tree["news"], title="Tajne"))
    NewsPageFactory(parent=tree["news"], title="Szkic", live=False)
    make_attachment("Nigdzie", name="nigdzie.txt")

    first, *items, last = exported(client, rich_text="text")

    newest = ChangeRecord.objects.latest("pk").pk
    assert (first, last) == (
        {"type": "export", "version": "1", "cursor": str(newest)},
        {"type": "end", "count": len(items)},
    )
    union = [
        client.get(f"{V1}/{reading.address}/{each['id']}/?rich_text=text").json()
        for reading in readings()
        for each in client.get(f"{V1}/{reading.address}/?limit=100&order=id").json()["items"]
    ]
    assert items == union
    assert {item["type"] for item in items} >= {"news", "event", "attachment"}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_export_asks_as_often_for_each_batch(
    client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    while tree["news"].get_children().count() < count:
        NewsPageFactory(parent=tree["news"])
    asked = {}
    for batch in (100, 1):
        monkeypatch.setattr(export, "BATCH", batch)
        exported(client)
        with CaptureQueriesContext(connection) as queries:
            asked[batch, "items"] = len(exported(client)) - 2
        asked[batch] = len(queries)
    assert asked[100, "items"] == asked[1, "items"] > count
    assert asked[100] <= 60
    # One list of ids, its tree, and what one item points to; the last of each type is empty.
    of_one_batch = 6
    assert asked[1] - asked[100] <= of_one_batch * asked[1, "items"]


def test_export_is_not_begun_for_head_and_nobody_keeps_it(client: Client, tree: Tree, places: export.Places) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.head(ADDRESS)
    assert (answer.status_code, answer.content if not answer.streaming else answer.getvalue()) == (200, b"")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert len(queries) == 1
    assert [places.take() is not None for _number in range(3)] == [True, True, False]


def test_n6_third_reader_at_a_time_is_told_when_to_ask_again(client: Client, tree: Tree, places: export.Places) -> None:
    first, second = client.get(ADDRESS), client.get(ADDRESS)
    assert client.get(ADDRESS).status_code == 200, "nobody has read a line yet"
    assert [next(each.streaming_content)[:16] for each in (first, second)] == [b'{"type":"export"'] * 2

    refused = client.get(ADDRESS)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    assert refused.json()["code"] == "too_many_requests"
    assert [list(each.streaming_content)[-1][:13] for each in (first, second)] == [b'{"type":"end"'] * 2
    assert [client.get(ADDRESS).status_code for _number in range(2)] == [200, 200]


def test_n6_reader_who_takes_too_long_loses_the_place(
    client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "places", export.Places(1, 0))
    NewsPageFactory(parent=tree["news"])
    broken_off, again = client.get(ADDRESS), client.get(ADDRESS)
    assert [json.loads(line)["type"] for line in broken_off.getvalue().splitlines()] == ["export"]
    assert again.status_code == 200
