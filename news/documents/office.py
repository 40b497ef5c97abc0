"""Office files of both families: opened in the child, looked through part by part, never unpacked to a disk."""

from __future__ import annotations

import io
import zipfile
from typing import IO

from wagtail_newsroom.news.documents.archives import BROKEN, MB, ArchiveError, Limits, check_archive, read_part
from wagtail_newsroom.news.documents.kinds import OLE, PROGRAM_NAMES, is_program
from wagtail_newsroom.news.documents.markup import MarkupError
from wagtail_newsroom.news.documents.office_parts import LIMITS, Office
from wagtail_newsroom.news.documents.report import Report


def inspect_office(stream: IO[bytes], report: Report) -> None:
    """Fill ``report`` from a ZIP that ought to be an office file."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = check_archive(archive, LIMITS)
            office = Office(archive, names, report)
            if "[Content_Types].xml" in names:
                from wagtail_newsroom.news.documents.ooxml import inspect_ooxml

                inspect_ooxml(office)
            elif "mimetype" in names:
                from wagtail_newsroom.news.documents.odf import inspect_odf

                inspect_odf(office)
            else:
                report.danger("archive")
                return
            _look_into_parts(office)
            report.checked = True
    except (ArchiveError, MarkupError) as error:
        report.danger({"broken": "unreadable"}.get(error.code, error.code))
    except BROKEN:
        report.danger("unreadable")


def _look_into_parts(office: Office) -> None:
    """Programs and objects among the parts, whatever they are called; workbooks behind charts, one floor down."""
    for name in sorted(office.names):
        if name.endswith("/"):
            continue
        if PROGRAM_NAMES.search(name):
            office.report.danger("embedded_program")
        if name.lower().endswith((".xml", ".rels")):
            continue
        with office.archive.open(name) as part:
            head = part.read(16)
        if is_program(head):
            office.report.danger("embedded_program")
        elif head.startswith(OLE):
            office.report.danger("macros" if "vba" in name.lower() else "embedded_object")
        elif head.startswith(b"PK\x03\x04"):
            _look_into_workbook(office, name)


def _look_into_workbook(office: Office, name: str) -> None:
    office.report.hide("embedded_workbook")
    content = read_part(office.archive, name, 20 * MB)
    with zipfile.ZipFile(io.BytesIO(content)) as inner:
        for part in check_archive(inner, Limits()):
            lower = part.lower()
            if "vbaproject" in lower or "macrosheets/" in lower or lower.startswith("basic/"):
                office.report.danger("macros")
            elif "/activex/" in lower or "oleobject" in lower:
                office.report.danger("embedded_object")
            elif PROGRAM_NAMES.search(part):
                office.report.danger("embedded_program")
