"""DOCX, XLSX and PPTX: what they would fetch or start, whom they name, and what keeps people from reading them."""

from __future__ import annotations

import re

from wagtail_newsroom.news.documents.markup import Visitor
from wagtail_newsroom.news.documents.office_parts import Facts, Office, is_local, is_remote
from wagtail_newsroom.news.documents.report import Report

_MAIN = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
# Parts that other programs run, by what stands in their type.
_PROGRAMS = {"macroenabled": "macros", "vbaproject": "macros", "macrosheet": "macros", "activex": "active_content"}
_REFUSED_LINKS = {
    "oleobject": "remote_content",
    "frame": "remote_content",
    "subdocument": "remote_content",
    "afchunk": "remote_content",
    "customui": "remote_content",
}
_SEEN = {"image", "video", "audio", "media", "movie"}


class _Types(Visitor):
    def __init__(self, report: Report) -> None:
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        for ending, extension in _MAIN.items():
            if kind.endswith(ending):
                self.report.extension = extension
        for word, code in _PROGRAMS.items():
            if word in kind.lower():
                self.report.danger(code)


class _Links(Visitor):
    """Relationships of one part. Those that point outside are followed by the reader's program, not by us."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        target = attributes.get("Target", "")
        if "vbaproject" in kind:
            self.report.danger("macros")
        if attributes.get("TargetMode", "").lower() != "external":
            return
        if kind == "attachedtemplate":
            if is_remote(target):
                self.report.danger("remote_template")
            else:
                self.report.hide("local_template")
        elif kind in _REFUSED_LINKS:
            self.report.danger(_REFUSED_LINKS[kind])
        elif kind in _SEEN:
            self.report.hide("remote_pictures")
        elif kind.startswith("externallink"):
            self.report.hide("linked_files")
        elif target.strip().lower().startswith(("javascript:", "vbscript:", "data:")):
            self.report.danger("javascript")
        elif is_local(target) or target.startswith("\\\\") or target.lower().startswith("file:"):
            self.report.hide("local_links")


def inspect_ooxml(office: Office) -> None:
    """Fill the report of ``office``."""
    report = office.report
    office.visit("[Content_Types].xml", _Types(report))
    lower = {name.lower() for name in office.names}
    if any("vbaproject" in name or "vbadata" in name or "macrosheets/" in name for name in lower):
        report.danger("macros")
    if any("/activex/" in name for name in lower):
        report.danger("active_content")
    if any("/embeddings/" in name and not name.endswith((".xlsx", ".docx", ".pptx")) for name in lower):
        report.danger("embedded_object")
    for name in sorted(office.names):
        if name.endswith(".rels"):
            office.visit(name, _Links(report))
    _facts(office)
    if report.extension == "docx":
        from wagtail_newsroom.news.documents.word import inspect_word

        inspect_word(office)
    elif report.extension == "xlsx":
        from wagtail_newsroom.news.documents.sheets import inspect_sheets

        inspect_sheets(office)
    elif report.extension == "pptx":
        from wagtail_newsroom.news.documents.slides import inspect_slides

        inspect_slides(office)


def _facts(office: Office) -> None:
    core, app = Facts(), Facts()
    office.visit("docProps/core.xml", core)
    office.visit("docProps/app.xml", app)
    report = office.report
    report.title = core.found.get("title", "").strip()
    report.language = core.found.get("language", "").strip()
    for key, code in (("creator", "author"), ("lastModifiedBy", "last_editor")):
        if name := core.found.get(key, "").strip():
            report.hide(code, name)
    if name := app.found.get("Manager", "").strip():
        report.hide("author", name)
    if re.fullmatch(r"\d{1,6}", pages := app.found.get("Pages", "")) and report.extension == "docx":
        report.pages = int(pages) or None
    if any(name.startswith("docProps/thumbnail") for name in office.names):
        report.hide("thumbnail")
    if not report.title:
        report.finding("no_title")
