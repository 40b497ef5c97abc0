"""ODT, ODS and ODP: the same questions as to the files of Microsoft's programs."""

from __future__ import annotations

import re

from wagtail_newsroom.news.documents.archives import read_part
from wagtail_newsroom.news.documents.markup import Visitor
from wagtail_newsroom.news.documents.office_parts import Facts, Office, is_local, is_remote
from wagtail_newsroom.news.documents.report import Report
from wagtail_newsroom.news.documents.word import LONG_WITHOUT_HEADINGS

_TYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_CHANGES = {"insertion", "deletion", "format-change"}
_FRAMES = {"floating-frame", "applet", "plugin"}
_HAND_OFF = {"section-source", "cell-range-source", "table-source", "object", "object-ole"}
_DDE = re.compile(r"\bDDE\s*\(", re.IGNORECASE)


class _Content(Visitor):
    def __init__(self, report: Report) -> None:
        self.report = report
        self.characters = self.headings = self.changes = 0
        self._frames: list[list[bool]] = []
        self._tables: list[list[int]] = []
        self._silent = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("href", "")
        if tag in {"dde-connection", "dde-connection-decl", "dde-source", "dde-link"}:
            self.report.danger("dde")
        elif tag == "event-listener" or target.lower().startswith(("vnd.sun.star.script:", "macro:")):
            self.report.danger("macros")
        elif tag in _FRAMES:
            self.report.danger("active_content" if not is_remote(target) else "remote_content")
        elif tag in _HAND_OFF and target and (is_remote(target) or is_local(target)):
            self.report.danger("remote_content")
        elif tag == "image" and is_remote(target):
            self.report.hide("remote_pictures")
        elif tag == "a" and target.strip().lower().startswith(("javascript:", "vbscript:", "data:")):
            self.report.danger("javascript")
        elif tag == "a" and (is_local(target) or target.lower().startswith("file:")):
            self.report.hide("local_links")
        if _DDE.search(attributes.get("formula", "")):
            self.report.danger("dde")
        self._shapes(tag, attributes)

    def _shapes(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _CHANGES:
            self.changes += 1
        elif tag == "annotation":
            self.report.hide("comments")
        elif tag == "h":
            self.headings += 1
        elif tag == "frame":
            self._frames.append([False, False])
        elif tag in {"image", "object"} and self._frames:
            self._frames[-1][0] = True
        elif tag == "table":
            self._tables.append([0, 0])
        elif tag == "table-row" and self._tables:
            self._tables[-1][0] += 1
        elif tag == "table-header-rows" and self._tables:
            self._tables[-1][1] += 1
        elif tag == "text-properties" and attributes.get("display") == "none":
            self.report.hide("hidden_text")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self.report.hide("hidden_sheets")
        elif tag in {"s", "tab", "line-break"}:
            self.report.read(" ")
        if attributes.get("visibility") == "hidden" and tag == "drawing-page-properties":
            self.report.hide("hidden_slides")
        if attributes.get("decorative") == "true" and self._frames:
            self._frames[-1][1] = True
        if tag in {"title", "desc"} and self._frames:
            self._frames[-1][1] = True
        if tag in {"tracked-changes", "annotation"}:
            self._silent += 1
        if "language" in attributes and not self.report.language and attributes["language"] != "none":
            self.report.language = attributes["language"]

    def end(self, tag: str) -> None:
        if tag in {"p", "h"}:
            self.report.read("\n")
        elif tag in {"tracked-changes", "annotation"}:
            self._silent -= 1
        elif tag == "frame" and self._frames:
            pictured, described = self._frames.pop()
            if pictured and not described:
                self.report.finding("figures_without_alt")
        elif tag == "table" and self._tables:
            rows, headers = self._tables.pop()
            if self.report.extension == "odt" and rows > 1 and not headers:
                self.report.finding("tables_without_header")

    def text(self, data: str) -> None:
        if not self._silent:
            self.characters += len(data)
            self.report.read(data)


class _Manifest(Visitor):
    def __init__(self, report: Report) -> None:
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "encryption-data":
            self.report.danger("password")


class _Meta(Facts):
    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        target = attributes.get("href", "")
        if tag == "template" and is_remote(target):
            self.report.danger("remote_template")
        elif tag == "template" and is_local(target):
            self.report.hide("local_template")
        elif tag == "document-statistic" and attributes.get("page-count", "").isdigit():
            self.report.pages = int(attributes["page-count"][:6]) or None


def inspect_odf(office: Office) -> None:
    """Fill the report of ``office``."""
    report = office.report
    kind = read_part(office.archive, "mimetype", 200).decode("ascii", errors="replace").strip()
    report.extension = _TYPES.get(kind, "")
    office.visit("META-INF/manifest.xml", _Manifest(report))
    if report.dangers:
        return
    if any(_is_program(name) for name in office.names):
        report.danger("macros")
    meta = _Meta(report)
    office.visit("meta.xml", meta)
    report.title = meta.found.get("title", "").strip()
    report.language = meta.found.get("language", "").strip()
    for key, code in (("initial-creator", "author"), ("creator", "last_editor")):
        if name := meta.found.get(key, "").strip():
            report.hide(code, name)
    for name in ("styles.xml", "content.xml"):
        content = _Content(report)
        office.visit(name, content)
    if content.changes:
        report.hide("tracked_changes", count=content.changes)
    if not report.title:
        report.finding("no_title")
    if not report.language:
        report.finding("no_language")
    if report.extension == "odt" and content.characters > LONG_WITHOUT_HEADINGS and not content.headings:
        report.finding("no_headings")


def _is_program(name: str) -> bool:
    """Libraries of Basic, and scripts; the empty lists of libraries that LibreOffice writes are none."""
    if name.startswith("Scripts/"):
        return not name.endswith("/")
    return name.startswith("Basic/") and name.endswith(".xml") and not name.endswith(("script-lc.xml", "script-lb.xml"))
