"""What the inspection of office files has in common, whatever their format."""

from __future__ import annotations

import re
import zipfile

from wagtail_newsroom.news.documents.archives import MB, ArchiveError, Limits
from wagtail_newsroom.news.documents.markup import Visitor, visit
from wagtail_newsroom.news.documents.report import Report

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
