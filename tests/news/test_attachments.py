"""Attachments: versions that lead on, files that tell what they are, and hostile files that tell nothing."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf import PdfWriter
from wagtail.models import Page

from tests.documents.making import many_pages
from tests.factories import NewsPageFactory, attach, make_attachment, make_site, private_collection, restrict
from wagtail_newsroom.news.documents import inspection
from wagtail_newsroom.news.listings.files import attachment_listing
from wagtail_newsroom.news.models import Attachment, NewsPage
from wagtail_newsroom.news.publishing.files.inspection import inspect_again
from wagtail_newsroom.news.publishing.tasks import work

pytestmark = pytest.mark.services


def pdf(pages: int) -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=200)
    writer.write(stream)
    return stream.getvalue()


# What a file says of itself (tests/documents has the rest)


@pytest.mark.django_db
def test_stored_file_knows_its_pages_and_hash() -> None:
    content = pdf(4)
    document = make_attachment(name="regulamin.pdf", content=content)
    document.refresh_from_db()
    assert (document.pages, document.sha256) == (4, hashlib.sha256(content).hexdigest())
    document.title = "Inny tytuł"
    document.save()
    assert document.pages == 4
    document.file = ContentFile(pdf(2), name="nowy.pdf")
    document.save()
    assert (document.pages, document.sha256) == (2, hashlib.sha256(pdf(2)).hexdigest())


@pytest.mark.django_db
def test_file_that_cannot_be_read_is_not_stored() -> None:
    with pytest.raises(ValidationError) as refused:
        make_attachment(name="zly.pdf", content=pdf(3)[:200])
    assert refused.value.code == "unreadable"
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_file_is_read_to_its_end_in_the_background() -> None:
    """A PDF that was too long for its upload keeps what was found, and a task finds the rest."""
    document = make_attachment(name="regulamin.pdf", content=many_pages(60))
    Attachment.objects.update(verdict="not_checked", text="", findings=[])
    inspect_again.call(document.pk)
    inspect_again.call(987654)
    document.refresh_from_db()
    assert (document.verdict, "Strona numer 59" in document.text) == ("inaccessible", True)
    assert "untagged" in document.findings


@pytest.mark.django_db(transaction=True)
def test_file_that_was_not_read_to_its_end_waits_for_the_queue(monkeypatch: pytest.MonkeyPatch, queue: None) -> None:
    with monkeypatch.context() as hurry:
        hurry.setattr(inspection, "READING", 0)
        document = make_attachment(name="protokol.pdf", content=many_pages(61))
    assert (document.pages, "Strona numer 60" in document.text) == (61, False)
    assert work() == 1
    document.refresh_from_db()
    assert "Strona numer 60" in document.text


@pytest.mark.django_db
def test_file_of_a_row_that_cannot_be_stored_goes(media_root: Path, versions: list[Attachment]) -> None:
    """Two people replace the same file at once: the second one is told so, and nothing of it is left."""
    before = sorted(media_root.rglob("*.txt"))
    late = Attachment(title="Za późno", file=ContentFile(b"Za pozno", name="pozno.txt"), supersedes=versions[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save()
    assert sorted(media_root.rglob("*.txt")) == before


# Versions


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


@pytest.fixture
def versions(tree: dict[str, Page]) -> list[Attachment]:
    """Three versions of regulations, of which a page offers the first."""
    first = make_attachment("Regulamin 2024", content=b"Pierwsza")
    attach(NewsPageFactory(parent=tree["news"]), first)
    second = make_attachment("Regulamin 2025", content=b"Druga", supersedes=first)
    return [first, second, make_attachment("Regulamin 2026", content=b"Trzecia", supersedes=second)]


def test_old_addresses_lead_to_the_newest_version(versions: list[Attachment], client: Client) -> None:
    *older, newest = versions
    for document in older:
        answer = client.get(document.url)
        assert (answer.status_code, answer["Location"]) == (301, newest.url)
    answer = client.get(newest.url)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"Trzecia")


def test_archive_stays_reachable(versions: list[Attachment], client: Client) -> None:
    for document, content in zip(versions, (b"Pierwsza", b"Druga", b"Trzecia"), strict=True):
        answer = client.get(f"{document.url}?version=archival")
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, content)


def test_pages_and_register_show_the_newest_version_alone(
    versions: list[Attachment], tree: dict[str, Page], client: Client, rf: Any
) -> None:
    assert [row.title for row in NewsPage.objects.get().attachment_rows] == ["Regulamin 2026"]
    request = rf.get(tree["documents"].url)
    assert [row.title for row in attachment_listing(tree["documents"], request)["items"]] == ["Regulamin 2026"]
    for page in (NewsPage.objects.get(), tree["documents"]):
        text = client.get(page.url).content.decode()
        assert "Regulamin 2026" in text
        assert "Regulamin 2024" not in text
        assert "Regulamin 2025" not in text
    files = client.get(f"/api/v2/pages/{NewsPage.objects.get().pk}/").json()["attachments"]
    assert [(row["title"], row["url"]) for row in files] == [("Regulamin 2026", versions[2].url)]


def test_all_versions_share_a_group(versions: list[Attachment]) -> None:
    assert len({document.version_group for document in Attachment.objects.all()}) == 1
    assert versions[2].earlier_versions() == [versions[1], versions[0]]


def test_version_in_a_private_collection_is_not_led_to(tree: dict[str, Page], client: Client) -> None:
    first = make_attachment("Regulamin")
    attach(NewsPageFactory(parent=tree["news"]), first)
    hidden = make_attachment("Projekt regulaminu", supersedes=first, collection=private_collection())
    assert client.get(first.url).status_code == 200
    assert client.get(hidden.url).status_code in (302, 404)
    assert [row.title for row in NewsPage.objects.get().attachment_rows] == ["Regulamin"]


def test_ring_of_versions_ends(versions: list[Attachment], client: Client) -> None:
    first, second, third = versions
    Attachment.objects.filter(pk=first.pk).update(supersedes=third)
    for document in versions:
        assert client.get(document.url).status_code in (200, 301)
    assert client.get(NewsPage.objects.get().url).status_code == 200
    first.refresh_from_db()
    assert (first.earlier_versions(), third.earlier_versions()) == ([], [second, first])


def test_deleted_version_leaves_the_others_in_their_order(versions: list[Attachment], client: Client) -> None:
    first, second, third = versions
    second.delete()
    assert client.get(first.url)["Location"] == third.url
    third.refresh_from_db()
    assert third.supersedes is None
    third.save()  # the row is no part of the version that is gone, and still follows the first
    assert third.earlier_versions() == [first]


def test_file_of_a_private_page_is_not_there(tree: dict[str, Page], client: Client) -> None:
    page, document = NewsPageFactory(parent=tree["news"]), make_attachment()
    attach(page, document)
    assert client.get(document.url).status_code == 200
    restrict(page)
    assert client.get(document.url).status_code == 404
