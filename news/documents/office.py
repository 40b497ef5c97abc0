"""Office files of both families: opened in the child, looked through part by part, never unpacked to a disk."""

from __future__ import annotations

import io
import re
import zipfile
from typing import IO

from news.documents.archives import BROKEN, MB, ArchiveError, Limits, check_archive, read_part
from news.documents.kinds import OLE, PROGRAM_NAMES, is_program
from news.documents.markup import MarkupError, Visitor, visit
from news.documents.report import Report

LIMITS = Limits(parts=5000, unpacked=400 * MB, part=64 * MB, ratio=250)
MOST_MARKUP = 96 * MB  # all parts that are read, together
_REMOTE = re.compile(r"^\s*(?:https?:|ftp:|file:/{0,5}\\\\|file:/{4,5}(?!/)|file://[^/\\]|\\\\|//|mhtml:|ms-)", re.IGNORECASE)  # fmt: skip
_LOCAL = re.compile(r"^\s*(?:file:|[A-Za-z]:[\\/])", re.IGNORECASE)
_DDE = re.compile(r"\bDDE(?:AUTO)?\b|\bQUOTE(?:\s+\d{2,3}){5,}", re.IGNORECASE)
_REMOTE_FIELD = re.compile(r"\bINCLUDE(?:TEXT|PICTURE)\s+[\"”„]?\s*(?:https?:|ftp:|\\\\|file:)", re.IGNORECASE)


class Office:
    """An archive that was found safe to look through, and the report on it."""

    def __init__(self, archive: zipfile.ZipFile, names: set[str], report: Report) -> None:
        self.archive, self.names, self.report = archive, names, report
        self._left = MOST_MARKUP

    def visit(self, name: str, visitor: Visitor) -> None:
        """Lead ``visitor`` through a part; nothing where it is missing."""
        if name not in self.names:
            return
        size = self.archive.getinfo(name).file_size
        self._left -= size
        if self._left < 0:
            raise ArchiveError("too_complex")
        with self.archive.open(name) as part:
            visit(part, visitor, LIMITS.part)

    def below(self, *folders: str, suffix: str = ".xml") -> list[str]:
        """Names of the parts in ``folders``, in order."""
        return sorted(
            (name for name in self.names if name.startswith(folders) and name.endswith(suffix)),
            key=lambda name: (len(name), name),
        )


def inspect_office(stream: IO[bytes], report: Report) -> None:
    """Fill ``report`` from a ZIP that ought to be an office file."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = check_archive(archive, LIMITS)
            office = Office(archive, names, report)
            if "[Content_Types].xml" in names:
                from news.documents.ooxml import inspect_ooxml

                inspect_ooxml(office)
            elif "mimetype" in names:
                from news.documents.odf import inspect_odf

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


def look_at_command(text: str, report: Report) -> None:
    """Judge the command of a field of a text."""
    if _DDE.search(text):
        report.danger("dde")
    if _REMOTE_FIELD.search(text):
        report.danger("remote_content")


def is_remote(target: str) -> bool:
    """Tell whether a program that follows ``target`` would ask another machine."""
    return bool(_REMOTE.match(target))


def is_local(target: str) -> bool:
    """Tell whether ``target`` lies on the disk of whoever made the file."""
    return bool(_LOCAL.match(target)) and not is_remote(target)


class Facts(Visitor):
    """The text of each tag of a small part: what a file says about itself."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._open: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._open.append(tag)

    def end(self, tag: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        if self._open:
            self.found[self._open[-1]] = (self.found.get(self._open[-1], "") + data)[:1000]
