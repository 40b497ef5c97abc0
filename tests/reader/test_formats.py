"""Files: what each gives, and what is refused with a plain message."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from email.message import EmailMessage

import pytest

from tests.reader.test_writing import ONE
from wagtail_newsroom.news.reader import ReadError, read_file, read_text
from wagtail_newsroom.news.reader.messages import codes, message
from wagtail_newsroom.news.reader.writing import as_docx

INVITATION = "Zapraszamy na spotkanie 7 października 2026 r. o godz. 16.00 w świetlicy.\n16.00 Powitanie\n16.15 Jak ściąć gałęzie – Józef Malinowski\n"


def starts(data: bytes, name: str) -> list[tuple[str, str]]:
    reading = read_file(data, name)
    assert reading.event_start is not None
    assert reading.event_start.value == "2026-10-07T16:00"
    return [(session.begins.value, session.title.value) for session in reading.agenda]


LINES = [("16:00", "Powitanie"), ("16:15", "Jak ściąć gałęzie")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859-2"])
def test_text_is_read_in_every_encoding_of_polish(codec: str) -> None:
    text = INVITATION.replace("–", "-")

    assert starts(text.encode(codec), "zaproszenie.txt") == LINES


def test_html_gives_tables_links_and_files() -> None:
    html = """<html><head><title>x</title><style>p{}</style></head><body><nav>9.00 Menu</nav><!-- 8.00 ukryte -->
    <p>Zapraszamy na spotkanie 7 października 2026&nbsp;r. o godz. 16<sup>00</sup> w świetlicy.</p>
    <table><tr><th>Godzina</th><th>Temat</th><th>Prowadzący</th></tr>
    <tr><td><p>16.00<br>16.15</p></td><td>Powitanie</td><td></td></tr><tr><td>16.15</td><td><p>Jak ściąć gałęzie</p></td><td>Józef Malinowski</td></tr></table>
    <p>Zapisy przez <a href="https://zapisy.example.org/1">formularz</a>, pytania: <a href="mailto:biuro@ogrod.example.org">biuro</a></p>
    <p><a href="/pliki/regulamin_spotkania.pdf">Pobierz</a></p><script>var a = '10.00 Skrypt'</script></body></html>"""
    reading = read_file(html.encode(), "strona.html")
    answer = reading.as_json()

    assert [(line["start"], line["end"], line["title"], line["speakers"]) for line in answer["programme"]] == [
        ("16:00", "16:15", "Powitanie", []),
        ("16:15", None, "Jak ściąć gałęzie", ["Józef Malinowski"]),
    ]
    assert answer["event_start"] == "2026-10-07T16:00"
    assert answer["registration_url"] == "https://zapisy.example.org/1"
    assert answer["contact_emails"] == ["biuro@ogrod.example.org"]
    assert answer["attachments"] == [{"title": "regulamin spotkania", "kind": "regulations"}]


def test_word_paste_with_its_table_gives_lines() -> None:
    paste = """<p class=MsoNormal>Spotkanie 7 października 2026 r., godz. 16.00</p><table class=MsoTableGrid><tr><td><p class=MsoNormal>16.00 – 16.15</p></td><td><p class=MsoNormal><b>Powitanie</b><o:p></o:p></p></td></tr>
    <tr><td><p>16.15</p></td><td><p>Jak ściąć gałęzie</p><p>Józef Malinowski</p></td></tr></table>"""

    assert starts(paste.encode(), "wklejone") == LINES


def test_docx_and_odt_give_their_tables() -> None:
    assert [session.title.value for session in read_file(as_docx(ONE), "agenda.docx").agenda] == [
        "Panel – Jan Lis",
        "Woda < ogień & „las”",
    ]

    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{hour}</text:p></table:table-cell><table:table-cell><text:p>{title}</text:p></table:table-cell></table:table-row>"
        for hour, title in [("16.00", "Powitanie"), ("16.15", "Jak ściąć<text:s/>gałęzie – Józef Malinowski")]
    )
    assert (
        starts(
            odt(
                f"<text:p>Spotkanie 7 października 2026 r.,<text:line-break/>godz. 16.00</text:p><table:table>{rows}</table:table>"
            ),
            "plan.odt",
        )
        == LINES
    )


def odt(body: str, head: str = "") -> bytes:
    namespaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{head}<office:document-content {namespaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        }
    )


def archive(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(lines: list[str]) -> bytes:
    """A small PDF of one page with these lines (ASCII)."""
    text = (
        "BT /F1 12 Tf 50 780 Td 14 TL "
        + " ".join(f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in lines)
        + " ET"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF".encode(
        "latin-1"
    )


def test_pdf_with_text_is_read() -> None:
    lines = [
        "Spotkanie 7 pazdziernika 2026 r., godz. 16.00",
        "Program",
        "16.00 Powitanie",
        "16.15 Jak sciac galezie - Jozef Malinowski",
    ]

    assert starts(pdf(lines), "program.pdf") == [("16:00", "Powitanie"), ("16:15", "Jak sciac galezie")]


def test_pdf_without_text_is_called_a_scan() -> None:
    with pytest.raises(ReadError) as refused:
        read_file(pdf([]), "skan.pdf")

    assert refused.value.code == "scan"


def test_email_gives_subject_date_and_names_of_files() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Zaproszenie na spotkanie w ogrodzie"
    mail["From"] = "Biuro <biuro@ogrod.example.org>"
    mail["To"] = "wszyscy@gmina.example.org"
    mail["Date"] = "Tue, 15 Sep 2026 09:00:00 +0200"
    mail.set_content(
        INVITATION.replace(" 2026 r.", "").replace("Zapraszamy", "Zaproszenie na spotkanie w ogrodzie\n\nZapraszamy")
    )
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="Regulamin_spotkania.pdf")
    mail.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png")

    reading = read_file(mail.as_bytes(), "zaproszenie.eml")

    assert starts(mail.as_bytes(), "zaproszenie.eml") == LINES
    assert reading.as_json()["attachments"] == [{"title": "Regulamin spotkania", "kind": "regulations"}]
    assert reading.title is not None
    assert reading.title.value == "Zaproszenie na spotkanie w ogrodzie"
    assert reading.event_start is not None
    assert reading.event_start.inferred


def test_email_of_html_alone_is_read() -> None:
    mail = EmailMessage()
    mail["Subject"] = "x"
    mail["From"] = mail["To"] = "a@b.example.org"
    mail.set_content("<p>" + INVITATION.replace("\n", "</p><p>"), subtype="html")

    assert starts(mail.as_bytes(), "mejl.eml") == LINES


BOMB = archive({"word/document.xml": b"<w>" + b" " * 6_000_000 + b"</w>", "[Content_Types].xml": ""})
ENTITY = odt("&lol;", head='<!DOCTYPE x [<!ENTITY lol "lol">]>')
NESTED = odt("<text:span>" * 900 + "</text:span>" * 900)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n\t ", "a.txt", "empty"),
        (b"12345 .,.,", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.txt", "picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "zaproszenie.pdf", "picture"),
        (b"<svg xmlns='x'/>", "a.svg", "picture"),
        (b"a " * 25_000_000, "a.txt", "too_large"),
        (b"a " * 3_000_000, "a.txt", "too_large"),
        (b"Byl wieczor. " * 20_000, "powiesc.txt", "too_long"),
        (bytes(range(256)) * 400, "a.bin", "not_text"),
        (b"\x81\x8d\x8f\x90\x9d" * 400, "a.txt", "not_text"),
        (b"%PDF-1.4 nothing more", "a.pdf", "broken"),
        (b"PK\x03\x04 nothing more", "a.docx", "broken"),
        (b"{\\rtf1 a}", "a.rtf", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "unsupported"),
        (archive({"a.txt": "x"}), "a.zip", "unsupported"),
        (archive({"word/document.xml": "<broken"}), "a.docx", "broken"),
        (BOMB, "bomba.docx", "suspicious"),
        (archive({f"{number}.xml": "" for number in range(2500)}), "a.docx", "suspicious"),
        (ENTITY, "a.odt", "suspicious"),
        (NESTED, "a.odt", "suspicious"),
        (b"<p>a</p>" * 100_000, "a.html", "too_long"),
        (b"<a " * 50_000, "a.html", "broken"),
        (b"<!--" * 400_000, "a.html", "empty"),
    ],
)
def test_hostile_or_useless_file_is_refused_with_a_plain_message(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_file(data, name)

    assert refused.value.code == code
    assert refused.value.message == message(code, refused.value.params)
    assert refused.value.in_language("en") == message(code, refused.value.params, "en")


def test_text_without_hours_is_read_with_a_warning() -> None:
    assert "no_agenda_hours" in [
        warning.code for warning in read_text("Zapraszamy na spotkanie 4 maja 2021 r.").warnings
    ]


@pytest.mark.parametrize("code", codes())
def test_every_message_has_both_languages(code: str) -> None:
    filler = {
        name: 0 if name in {"told", "real"} else "x"
        for name in (
            "programme",
            "stated",
            "words",
            "year",
            "told",
            "real",
            "count",
            "term",
            "deadline",
            "event",
            "size",
            "limit",
            "kind",
        )
    }

    assert message(code, filler, "pl") != message(code, filler, "en")
    assert "{" not in message(code, filler, "pl") + message(code, filler, "en")


def test_importing_the_reader_loads_no_format_and_no_django() -> None:
    code = "import sys, wagtail_newsroom.news.reader; print(sorted({'mammoth', 'phonenumbers', 'pypdf', 'django', 'bs4', 'email', 'zipfile', 'wagtail_newsroom.news.reader.reader'} & set(sys.modules)))"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
