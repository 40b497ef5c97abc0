"""The parts of a PPTX: titles of slides, pictures, tables, hidden slides, the speaker's notes, remarks."""

from __future__ import annotations

from wagtail_newsroom.news.documents.markup import Visitor
from wagtail_newsroom.news.documents.office_parts import Office
from wagtail_newsroom.news.documents.report import Report
from wagtail_newsroom.news.documents.sheets import Pictures

_TITLES = {"title", "ctrTitle"}


class _Slide(Pictures):
    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.titled = False
        self._title = self._text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "sld" and attributes.get("show", "1") in {"0", "false"}:
            self.report.hide("hidden_slides")
        elif tag == "sp":
            self._title = False
        elif tag == "ph" and attributes.get("type") in _TITLES:
            self._title = True
        elif tag == "tblPr" and attributes.get("firstRow", "0") in {"0", "false"}:
            self.report.finding("tables_without_header")
        elif tag in {"rPr", "defRPr"} and attributes.get("lang") and not self.report.language:
            self.report.language = attributes["lang"]
        self._text = tag == "t"

    def end(self, tag: str) -> None:
        super().end(tag)
        self._text = False
        if tag == "p":
            self.report.read("\n")

    def text(self, data: str) -> None:
        if self._text:
            self.report.read(data)
            self.titled |= self._title and bool(data.strip())


class _Notes(Visitor):
    """Words of the speaker's notes; the number of the slide is a field and no word."""

    def __init__(self) -> None:
        self.words = ""
        self._field = self._text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._field |= tag == "fld"
        self._text = tag == "t"

    def end(self, tag: str) -> None:
        self._text = False
        if tag == "fld":
            self._field = False

    def text(self, data: str) -> None:
        if self._text and not self._field:
            self.words += data[:1000]


class _Remarks(Visitor):
    def __init__(self, report: Report) -> None:
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "cm":
            self.report.hide("comments")


def inspect_slides(office: Office) -> None:
    """Fill the report of ``office``, which holds slides of PowerPoint."""
    report = office.report
    names = office.below("ppt/slides/slide")
    report.pages = len(names) or None
    for name in names:
        slide = _Slide(report)
        office.visit(name, slide)
        if not slide.titled:
            report.finding("slides_without_title")
    for name in office.below("ppt/notesSlides/notesSlide"):
        notes = _Notes()
        office.visit(name, notes)
        if notes.words.strip():
            report.read(notes.words + "\n")
            report.hide("notes")
    for name in office.below("ppt/comments/"):
        office.visit(name, _Remarks(report))
