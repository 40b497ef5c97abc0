"""The document of the delivery API, and that nothing is answered which it does not describe."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, assume
from hypothesis import strategies as st
from wagtail.models import Page

from tests.news.api.filled import GALLERY, GONE, MOVED, fill
from tests.news.api.schema_rules import loose_parts
from tests.news.api.validating import faults, walk_of_site
from tests.soak import fuzzed
from tests.trust.delivery_doors import V1, operations
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.news.api.v1.app import document
from wagtail_newsroom.news.api.v1.parameters import MOST_WITH_PARTS

# Asked for with a token alone.
UNWALKED = {f"{V1}/drafts/"}
SNAPSHOT = Path(__file__).with_name("openapi.json")


@pytest.mark.matrix
def test_document_is_the_one_that_was_agreed_on() -> None:
    """After a change on purpose: run this test with ``AGREED=1``, and look at what changed."""
    assert operations()
    found = json.loads(document(f"{V1}/"))
    if os.environ.get("AGREED"):
        SNAPSHOT.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    assert found == json.loads(SNAPSHOT.read_text())


@pytest.mark.matrix
def test_nothing_in_the_document_is_untyped() -> None:
    """Neither in parameters nor in answers, of our types, of galleries and of a third party."""
    assert operations()
    assert loose_parts(json.loads(document(f"{V1}/"))) == []


# Wagtail's rich text becomes HTML by Wagtail, and Markdown and text of that by us: the first tells versions apart.
@pytest.mark.parametrize("rich_text", [pytest.param("html", marks=pytest.mark.matrix), "markdown", "text"])
def test_every_answer_of_a_filled_site_is_as_described(client: Client, tree: dict[str, Page], rich_text: str) -> None:
    fill(tree)
    answers = list(walk_of_site(client, rich_text=rich_text))
    photo = f"{GALLERY}foto/{GalleryPhoto.objects.latest('pk').photo_id}/"
    by_path = f"{V1}/by-path/"
    led = [client.get(by_path, {"path": path, "rich_text": rich_text}).json() for path in (GONE, MOVED, GALLERY, photo)]
    assert [answer.get("type") or next(iter(answer)) for answer in led] == ["gone", "redirect", "gallery", "gallery"]
    answers += [(by_path, answer) for answer in led]

    assert [fault for path, answer in answers for fault in faults(path, 200, answer)] == []
    assert {path for path, _answer in answers} == {path for path in operations() if path.endswith("/")} - UNWALKED


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests come without Django's test client, which would keep the connection of the test open."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


# What a cursor is the API alone knows: of those that it did not write, the empty one is right.
schemathesis.openapi.format("cursor", st.just(""))
schema = schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", WSGIHandler())


@schema.parametrize()
@fuzzed(8, suppress_health_check=list(HealthCheck))
def test_u10_no_question_that_the_document_allows_or_forbids_breaks(
    tree: dict[str, Page], one_connection: None, case: schemathesis.Case
) -> None:
    assume(not _brings_too_much(case.query or {}))
    case.call_and_validate()


def _brings_too_much(query: dict[str, Any]) -> bool:
    """Parts and more items than may have them: refused, and no document can say that of two parameters at once."""
    limit = str(query.get("limit", ""))
    return bool(query.get("include")) and limit.isdigit() and int(limit) > MOST_WITH_PARTS
