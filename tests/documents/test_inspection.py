"""The inspection of files: each row of the table, and files that eat time and memory."""

import hashlib
import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents import making as make
from tests.documents.files import FILES, JAN, PESELS, Row, by_id
from tests.news.sandbox_work import fail, no_such_work, tell_environment, tell_nonsense
from wagtail_newsroom.news.documents import Inspection, inspect_file, inspection, safe_name
from wagtail_newsroom.news.documents.report import is_pesel

MAX_BYTES = 60_000_000
ROOT = Path(__file__).resolve().parents[2]
BOMBS = f"""
import io, resource, time
from wagtail_newsroom.news.documents import inspect_file
from tests.documents.files import by_id
for name in ("pdf_stream_bomb", "zip_bomb", "swollen_picture"):
    row, begun = by_id(name), time.monotonic()
    found = inspect_file(io.BytesIO(row.content()), row.name, timeout=10, max_bytes={MAX_BYTES})
    assert found.dangers, name
    assert time.monotonic() - begun < 12, name
assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 310 * 1024
"""


def look(content: bytes, name: str, timeout: float = 10.0) -> Inspection:
    return inspect_file(io.BytesIO(content), name, timeout=timeout, max_bytes=MAX_BYTES)


@pytest.mark.parametrize("row", FILES, ids=str)
def test_file_is_judged_by_what_is_in_it(row: Row) -> None:
    content = row.content()
    found = look(content, row.name)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
    if row.danger:
        assert row.danger in found.dangers
        return
    assert found.dangers == ()
    assert set(found.findings) == row.findings
    assert set(found.hidden) == row.hidden
    assert found.verdict == row.verdict


def test_table_is_long_and_names_each_file_once() -> None:
    assert len(FILES) >= 80
    assert len({row.id for row in FILES}) == len(FILES)


# Bounds


def test_pdf_of_3000_pages_ends_in_time_and_is_taken_in() -> None:
    content, begun = make.many_pages(3000), time.monotonic()
    found = look(content, "protokol.pdf")
    assert time.monotonic() - begun < 12
    assert (found.dangers, found.pages) == ((), 3000)
    assert "Strona numer 7" in found.text
    assert "untagged" in found.findings


def test_children_stay_within_their_memory() -> None:
    """The largest child of a process that has had no others."""
    assert subprocess.run([sys.executable, "-c", BOMBS], cwd=ROOT, check=False, timeout=120).returncode == 0


def test_inspection_ends_at_its_time_limit() -> None:
    content, begun = make.many_pages(3000), time.monotonic()
    found = look(content, "protokol.pdf", timeout=0.05)
    assert time.monotonic() - begun < 4
    assert found.dangers == ("too_complex",)
    assert look(content, "protokol.pdf", timeout=10).dangers == (), "the next one starts afresh"


def test_file_that_is_too_large_is_refused_unread() -> None:
    content = make.pdf()
    found = inspect_file(io.BytesIO(content), "a.pdf", timeout=5, max_bytes=len(content) - 1)
    assert found.dangers == ("too_large",)
    assert inspect_file(io.BytesIO(content), "a.pdf", timeout=5, max_bytes=len(content)).dangers == ()


def test_site_narrows_the_list_and_never_widens_it() -> None:
    content = make.pdf()
    for only, dangers in ((["docx"], ("type_not_allowed",)), (["PDF", "exe"], ()), ([], ()), (None, ())):
        assert inspect_file(io.BytesIO(content), "a.pdf", timeout=5, max_bytes=9999, only=only).dangers == dangers


def test_stream_is_left_at_its_start_and_open() -> None:
    for row in (by_id("pdf"), by_id("txt"), by_id("macros_docm"), by_id("empty")):
        stream = io.BytesIO(row.content())
        stream.seek(0, 2)
        inspect_file(stream, row.name, timeout=5, max_bytes=MAX_BYTES)
        assert stream.tell() == 0


# What is read


def test_facts_and_words_are_read() -> None:
    found = look(make.word(creator=JAN, title="Umowa  najmu"), "a.docx")
    assert (found.title, found.language, found.extension) == ("Umowa najmu", "pl-PL", "docx")
    assert found.hidden["author"] == {"count": 1, "names": [JAN]}
    assert found.text == "Regulamin zajęć"
    pdf = look(make.pdf(), "a.pdf")
    assert (pdf.title, pdf.language, pdf.pages, pdf.media_type) == ("Regulamin", "pl-PL", 1, "application/pdf")
    assert pdf.text == "Regulamin konkursu dla organizacji"
    assert look(make.slide(), "a.pptx").pages == 1


def test_words_that_were_deleted_and_numbers_are_not_kept() -> None:
    removed = "<w:p><w:del><w:r><w:delText>tajna kwota</w:delText></w:r></w:del><w:r><w:t>jawne</w:t></w:r></w:p>"
    assert look(make.word(removed), "a.docx").text == "jawne"
    odt = make.odf(body="<text:tracked-changes><text:p>tajne</text:p></text:tracked-changes><text:p>jawne</text:p>")
    assert look(odt, "a.odt").text == "jawne"
    assert look(make.sheet(values=PESELS), "a.xlsx").hidden["national_ids"] == {"count": 2}


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        (PESELS[0], True),
        (PESELS[1], True),
        ("00010100007", False),  # check digit
        ("00130100003", False),  # no such month in a century of ours
        ("00023000006", False),  # 30 February
        ("99310100006", False),  # 2099
        ("0001010000", False),
        ("0001010000a", False),
        ("٠٠٠١٠١٠٠٠٠٨", False),
    ],
)
def test_number_is_a_pesel_where_date_and_check_digit_hold(digits: str, is_one: bool) -> None:
    assert is_pesel(digits) is is_one


# Names


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("regulamin.pdf", "regulamin.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jan\\Umowa najmu.DOCX", "Umowa_najmu.docx"),
        ("umowa\x00.pdf.exe", "umowa.pdf.exe"),
        ("umowa\u202efdp.exe", "umowafdp.exe"),
        ("Zażółć gęślą jaźń.pdf", "Zażółć_gęślą_jaźń.pdf"),
        ("z\u0307o\u0301łw.pdf", "żółw.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_x.pdf"),
        ("x" * 300 + ".pdf", "x" * 70 + ".pdf"),
        (".htaccess", "htaccess"),
        ("con.pdf", "plik_con.pdf"),
        ("...", "plik"),
        ("", "plik"),
        ('"><img src=x onerror=alert(1)>.pdf', "img_src_x_onerror_alert(1).pdf"),
    ],
)
def test_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


# The room


def test_child_knows_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "tajne")
    monkeypatch.setattr(inspection, "write_reports", tell_environment)
    inspection._known.clear()
    known = look(make.pdf(text="bez tajemnic"), "a.pdf").title.split()
    assert "PATH" in known
    assert "SECRET_KEY" not in known


@pytest.mark.parametrize(
    ("work", "dangers"), [(fail, ("too_complex",)), (no_such_work, ("busy",)), (tell_nonsense, ("unreadable",))]
)
def test_file_without_a_child_is_refused(
    monkeypatch: pytest.MonkeyPatch, work: Callable[..., None], dangers: tuple[str, ...]
) -> None:
    """Nothing is let through because nobody could look at it."""
    monkeypatch.setattr(inspection, "write_reports", work)
    inspection._known.clear()
    assert look(make.pdf(text="nikt nie patrzy"), "a.pdf").dangers == dangers
