"""The parts of an XLSX: hidden sheets, remarks, links to other workbooks, values."""

from __future__ import annotations

from wagtail_newsroom.news.documents.markup import Visitor
from wagtail_newsroom.news.documents.office_parts import Office
from wagtail_newsroom.news.documents.report import Report


class _Workbook(Visitor):
    def __init__(self, report: Report) -> None:
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and attributes.get("state", "visible") != "visible":
            self.report.hide("hidden_sheets", attributes.get("name", ""))
        elif tag == "definedName" and attributes.get("name", "").lower().startswith("_xlnm.auto_"):
            self.report.danger("macros")


class _Cells(Visitor):
    """Words and values, a line each, and commands to other programs."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._in = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._in = tag in {"t", "v"}
        if tag in {"ddeLink", "oleLink"}:
            self.report.danger("dde")

    def end(self, tag: str) -> None:
        self._in = False
        if tag in {"v", "si", "is"}:
            self.report.read("\n")

    def text(self, data: str) -> None:
        if self._in:
            self.report.read(data)


class _Remarks(Visitor):
    def __init__(self, report: Report) -> None:
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"comment", "threadedComment"}:
            self.report.hide("comments")


class Pictures(Visitor):
    """Drawings of a sheet or a slide: pictures, and whether each is described or said to be decorative."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._in = self._described = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "pic":
            self._in, self._described = True, False
        elif self._in and tag == "cNvPr":
            self._described = bool(attributes.get("descr", "").strip())
        elif self._in and tag == "decorative" and attributes.get("val", "1") not in {"0", "false"}:
            self._described = True

    def end(self, tag: str) -> None:
        if tag == "pic" and self._in:
            self._in = False
            if not self._described:
                self.report.finding("figures_without_alt")


def inspect_sheets(office: Office) -> None:
    """Fill the report of ``office``, which holds a workbook of Excel."""
    report = office.report
    office.visit("xl/workbook.xml", _Workbook(report))
    for name in office.below("xl/externalLinks/", "xl/sharedStrings", "xl/worksheets/", "xl/dialogsheets/"):
        office.visit(name, _Cells(report))
    for name in office.below("xl/comments", "xl/threadedComments/"):
        office.visit(name, _Remarks(report))
    for name in office.below("xl/drawings/"):
        office.visit(name, Pictures(report))
    if office.below("xl/pivotCache/pivotCacheRecords"):
        report.hide("pivot_data")
    if office.below("xl/revisions/"):
        report.hide("tracked_changes")
