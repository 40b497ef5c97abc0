"""The parts of a DOCX: commands in fields, changes and remarks, headings, tables, pictures, words."""

from __future__ import annotations

from wagtail_newsroom.news.documents.markup import Visitor
from wagtail_newsroom.news.documents.office_parts import Office, look_at_command
from wagtail_newsroom.news.documents.report import Report

LONG_WITHOUT_HEADINGS = 3000  # characters: below, a letter needs none
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_OFF = {"0", "false", "off", "none"}
_PARTS = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes", "word/glossary/document")


class _Styles(Visitor):
    """Styles that are headings, and the language of the text."""

    def __init__(self) -> None:
        self.headings: set[str] = set()
        self.language = ""
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get("styleId", "")
        elif (
            tag == "name" and attributes.get("val", "").lower().startswith(("heading ", "title"))
        ) or tag == "outlineLvl":
            self.headings.add(self._style)
        elif tag == "lang" and not self.language:
            self.language = attributes.get("val", "")


class _Text(Visitor):
    def __init__(self, report: Report, headings: set[str]) -> None:
        self.report, self.headings = report, headings
        self.characters = self.changes = 0
        self.has_headings = False
        self._tables: list[dict[str, int]] = []
        self._commands: list[str] = []
        self._in = ""
        self._vanished = self._pictured = self._described = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if tag in {"t", "instrText"}:
            self._in = tag
        elif tag == "r":
            self._vanished = False
        elif tag == "vanish":
            self._vanished = value.lower() not in _OFF
        elif tag in {"tab", "br"}:
            self.report.read(" ")
        elif tag == "fldChar" and attributes.get("fldCharType") == "end":
            self._commands.append(" ")
        elif tag == "fldSimple":
            look_at_command(attributes.get("instr", ""), self.report)
        elif tag in _CHANGES or tag in {"rPrChange", "pPrChange"}:
            self.changes += 1
        elif tag in {"pStyle", "outlineLvl"}:
            self.has_headings |= tag == "outlineLvl" or value in self.headings
        elif tag == "lang" and value and not self.report.language:
            self.report.language = value
        elif tag in {"drawing", "pict"}:
            self._pictured, self._described = False, False
        elif tag in {"docPr", "shape"}:
            self._described = bool(
                (attributes.get("descr") or attributes.get("alt") or "").strip()
                or attributes.get("hidden", "0") not in {"0", "false"}
            )
        elif tag == "decorative" and value.lower() not in _OFF:
            self._described = True
        elif tag in {"pic", "imagedata", "chart"}:
            self._pictured = True
        elif tag == "tbl":
            self._tables.append({"rows": 0, "cells": 0, "header": 0})
        elif tag in {"tr", "tc", "tblHeader"} and self._tables:
            table = self._tables[-1]
            table["rows"] += tag == "tr"
            table["cells"] += tag == "tc" and table["rows"] == 1
            table["header"] += tag == "tblHeader" and value.lower() not in _OFF

    def end(self, tag: str) -> None:
        if tag in {"t", "instrText"}:
            self._in = ""
        elif tag == "p":
            self.report.read("\n")
        elif tag in {"drawing", "pict"} and self._pictured and not self._described:
            self.report.finding("figures_without_alt")
        elif tag == "tbl" and self._tables:
            table = self._tables.pop()
            if table["rows"] > 1 and table["cells"] > 1 and not table["header"]:
                self.report.finding("tables_without_header")

    def text(self, data: str) -> None:
        if self._in == "t":
            self.characters += len(data)
            self.report.read(data)
            if self._vanished and data.strip():
                self.report.hide("hidden_text")
        elif self._in == "instrText" and len(self._commands) < 20_000:
            self._commands.append(data)

    def commands(self) -> str:
        """The commands of all fields: one command may be cut into pieces so that nobody finds it."""
        return "".join(self._commands)


class _Remarks(Visitor):
    def __init__(self, report: Report) -> None:
        self.report = report

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "comment":
            self.report.hide("comments", attributes.get("author", ""))


def inspect_word(office: Office) -> None:
    """Fill the report of ``office``, which holds a text of Word."""
    report, styles = office.report, _Styles()
    office.visit("word/styles.xml", styles)
    report.language = report.language or styles.language
    visitor = _Text(report, styles.headings)
    for name in office.below(*_PARTS):
        office.visit(name, visitor)
    look_at_command(visitor.commands(), report)
    for name in office.below("word/comments"):
        office.visit(name, _Remarks(report))
    if visitor.changes:
        report.hide("tracked_changes", count=visitor.changes)
    if not report.language:
        report.finding("no_language")
    if visitor.characters > LONG_WITHOUT_HEADINGS and not visitor.has_headings:
        report.finding("no_headings")
