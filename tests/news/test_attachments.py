"""Attachments: versions that lead on, files that tell what they are, and hostile files that tell nothing."""

import hashlib
import io
import time
import zlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pypdf import PdfWriter
from wagtail.models import Page

from news.documents import inspect_file
from news.models import Attachment, NewsPage
from news.views.listings import attachment_listing
from tests.factories import NewsPageFactory, attach, make_attachment, make_site, private_collection, restrict

TIMEOUT = 5.0
MAX_BYTES = 20_000_000


def pdf(pages: int) -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(width=200, height=200)
    writer.write(stream)
    return stream.getvalue()


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))


def stream_bomb() -> bytes:
    """A catalogue inside a compressed object stream that swells to 1 GB."""
    squeeze = zlib.compressobj(9)
    head = b"1 0 <</Type/Catalog/Pages 2 0 R>> "
    packed = (
        squeeze.compress(head) + b"".join(squeeze.compress(b" " * 10_000_000) for _ in range(100)) + squeeze.flush()
    )
    bomb = b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        len(packed),
        packed,
    )
    header = b"%PDF-1.7\n"
    rows = b"".join([b"\0\0\0\0\0\0", b"\2\0\0\0\3\0", b"\2\0\0\0\3\1", b"\1" + len(header).to_bytes(4, "big") + b"\0"])
    place = len(header) + len(bomb)
    table = b"4 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        len(rows),
        rows,
    )
    return header + bomb + table + b"startxref\n%d\n%%%%EOF" % place


HOSTILE = {
    "cut_short": lambda: pdf(3)[:200],
    "only_a_header": lambda: b"%PDF-1.7",
    "noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50,
    "pages_of_itself": lambda: pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "parents_in_a_ring": lambda: pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 3 0 R 3 0 R]>>",
        b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]>>",
    ),
    "stream_bomb": stream_bomb,
    "tables_in_a_ring": lambda: (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF"
    ),
}


# What a file says of itself


@pytest.mark.parametrize("pages", [1, 3])
def test_pages_of_a_pdf_are_counted(pages: int) -> None:
    content = pdf(pages)
    found = inspect_file(io.BytesIO(content), timeout=TIMEOUT, max_bytes=MAX_BYTES)
    assert (found.pages, found.sha256) == (pages, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_pdf_tells_nothing_and_holds_nobody_up(kind: str) -> None:
    content = HOSTILE[kind]()
    begin = time.monotonic()
    found = inspect_file(io.BytesIO(content), timeout=TIMEOUT, max_bytes=MAX_BYTES)
    assert time.monotonic() - begin < TIMEOUT + 2
    assert found.pages is None
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_inspection_ends_at_its_time_limit() -> None:
    found = inspect_file(io.BytesIO(pdf(3)), timeout=0.001, max_bytes=MAX_BYTES)
    assert found.pages is None


def test_file_that_is_too_large_is_only_hashed() -> None:
    content = pdf(3)
    found = inspect_file(io.BytesIO(content), timeout=TIMEOUT, max_bytes=len(content) - 1)
    assert (found.pages, found.sha256) == (None, hashlib.sha256(content).hexdigest())
    assert inspect_file(io.BytesIO(content), timeout=TIMEOUT, max_bytes=len(content)).pages == 3


def test_other_files_have_no_pages_and_the_stream_is_left_at_its_start() -> None:
    stream = io.BytesIO(b"PK\x03\x04 nie PDF")
    stream.seek(3)
    assert inspect_file(stream, timeout=TIMEOUT, max_bytes=MAX_BYTES).pages is None
    assert stream.tell() == 0


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
def test_hostile_file_is_stored_as_one_without_pages() -> None:
    document = make_attachment(name="zly.pdf", content=HOSTILE["cut_short"]())
    assert (document.pages, Attachment.objects.count()) == (None, 1)


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
    assert set(first.earlier_versions()) == {second, third, first}


def test_deleted_version_leaves_the_others(versions: list[Attachment], client: Client) -> None:
    first, second, third = versions
    second.delete()
    assert client.get(first.url).status_code == 200
    third.refresh_from_db()
    assert third.supersedes is None


def test_file_of_a_private_page_is_not_there(tree: dict[str, Page], client: Client) -> None:
    page, document = NewsPageFactory(parent=tree["news"]), make_attachment()
    attach(page, document)
    assert client.get(document.url).status_code == 200
    restrict(page)
    assert client.get(document.url).status_code == 404
