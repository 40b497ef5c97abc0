"""PDFs: what they would do by themselves, whom they name, and whether everybody can read them (runs in the child)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any

from wagtail_newsroom.news.documents.report import MOST_TEXT, Report

MOST_PAGES = 10_000
MOST_PIECES = 20_000_000  # values of all objects together
SCAN_BELOW = 10  # characters on a page that shows a picture
_ACTIONS = {"/JavaScript": "javascript", "/Launch": "launch", "/ImportData": "launch", "/GoToE": "embedded_files"}
# Actions that lead out of the file: behind another one nobody expects them, since a link shows the first alone.
_OUTWARD = frozenset({"/SubmitForm", "/GoToR", "/URI"})
_LONGEST_CHAIN = 1000
_SUBTYPES = {
    "/RichMedia": "active_content",
    "/3D": "active_content",
    "/Movie": "active_content",
    "/Sound": "active_content",
    "/FileAttachment": "embedded_files",
}
_REMARKS = {"/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Ink"}
# Bits of what an encrypted file permits (ISO 32000-1, table 22).
_COPYING, _READING_ALOUD = 0b10000, 0b1000000000
_XMP_TITLE = re.compile(rb"<dc:title>.{0,200}?<rdf:li[^>]{0,100}>([^<]{1,500})</rdf:li>", re.DOTALL)


def inspect_pdf(stream: IO[bytes], report: Report, said: Callable[[], None], seconds: float) -> None:
    """Fill ``report``; ``said()`` is called whenever a part of it is complete. Text is read for ``seconds`` at most."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            report.danger("password")
            return
        _inspect_opened(reader, stream, report, said, seconds)
    except (DependencyError, NotImplementedError):  # locked in a way that is read with a package which is not there
        report.danger("protected")


def _inspect_opened(reader: Any, stream: IO[bytes], report: Report, said: Callable[[], None], seconds: float) -> None:
    report.pages = len(reader.pages)
    if report.pages > MOST_PAGES:
        report.danger("too_complex")
        return
    if not report.pages:
        report.danger("unreadable")
        return
    kinds = _roles(reader)
    figures = _look_through(reader, report, kinds)
    _trailing_archive(stream, report)
    said()
    if report.dangers:
        return
    _describe(reader, report, figures, kinds)
    said()
    report.checked = _read_pages(reader, report, time.monotonic() + seconds)


def _objects(reader: Any) -> Iterator[Any]:
    """Every object of the file, in use or not: earlier versions and what hides beside the pages, too."""
    from pypdf.generic import IndirectObject

    for generation, places in list(reader.xref.items()):
        for number in list(places):
            if generation != 65535:
                yield _quietly(partial(reader.get_object, IndirectObject(number, generation, reader)))
    for number in list(reader.xref_objStm):
        yield _quietly(partial(reader.get_object, IndirectObject(number, 0, reader)))


def _quietly(get: Callable[[], Any]) -> Any:
    from pypdf.errors import PyPdfError

    try:
        return get()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None  # an entry that leads nowhere: no program will follow it either


def _look_through(reader: Any, report: Report, kinds: dict[str, str]) -> tuple[int, set[str]]:
    """Look at every value of the file for what runs by itself. Returns figures without a description, and tags used."""
    from pypdf.generic import ArrayObject, DictionaryObject

    pieces = silent = 0
    tags: set[str] = set()
    for found in _objects(reader):
        waiting = [found]
        while waiting:
            value = waiting.pop()
            pieces += 1
            if pieces > MOST_PIECES:
                report.danger("too_complex")
                return silent, tags
            if isinstance(value, DictionaryObject):
                _look_at(value, report)
                role = str(_part(value, "/S") or "") if "/P" in value or "/K" in value else ""
                if role:
                    role = kinds.get(role, role)
                    tags.add(role)
                    if role == "/Figure" and not value.get("/Alt") and not value.get("/ActualText"):
                        silent += 1
                waiting += [each for each in value.values() if isinstance(each, DictionaryObject | ArrayObject)]
            elif isinstance(value, ArrayObject):
                waiting += [each for each in list.__iter__(value) if isinstance(each, DictionaryObject | ArrayObject)]
    return silent, tags


def _part(value: Any, key: str) -> Any:
    """What stands at ``key``, wherever in the file it lies: pypdf's own ``get`` leaves references as they are."""
    return _quietly(lambda: value[key]) if key in value else None


def _chain(action: Any) -> Iterator[str]:
    """The kinds of the actions that follow ``action``, one or several at each place, each once."""
    seen: set[int] = set()
    waiting = [_part(action, "/Next")]
    while waiting and len(seen) < _LONGEST_CHAIN:
        found = waiting.pop()
        if isinstance(found, list):
            waiting += [_quietly(each.get_object) for each in list.__iter__(found)]
        elif isinstance(found, dict) and id(found) not in seen:
            seen.add(id(found))
            yield str(_part(found, "/S") or "")
            waiting.append(_part(found, "/Next"))


def _look_at(value: Any, report: Report) -> None:
    action = str(_part(value, "/S") or "")
    if "/Next" in value and _OUTWARD.intersection(_chain(value)):
        report.danger("chained_actions")
    if "/JS" in value:
        report.danger("javascript")
    if action in _ACTIONS:
        report.danger(_ACTIONS[action])
    elif action == "/SubmitForm":
        report.hide("sends_data")
    elif action == "/GoToR":
        report.hide("local_links")
    elif action == "/URI":
        address = str(_part(value, "/URI") or "").strip().lower()
        if address.startswith(("javascript:", "vbscript:", "data:")):
            report.danger("javascript")
        elif address.startswith(("file:", "\\\\")):
            report.hide("local_links")
    if "/XFA" in value:
        report.danger("form_program")
    if _part(value, "/AA"):
        report.danger("automatic_actions")
    if "/EF" in value or "/EmbeddedFiles" in value or _part(value, "/Type") == "/EmbeddedFile":
        report.danger("embedded_files")
    subtype = str(_part(value, "/Subtype") or "")
    if subtype in _SUBTYPES and "/Rect" in value:
        report.danger(_SUBTYPES[subtype])
    elif subtype in _REMARKS and value.get("/Contents") and "/Rect" in value:
        report.hide("comments")
    elif subtype == "/Redact" and "/Rect" in value:
        report.hide("redactions")
    opening = _part(value, "/OpenAction")
    if isinstance(opening, dict):
        for kind in (str(_part(opening, "/S") or "/GoTo"), *_chain(opening)):
            if kind != "/GoTo":
                report.danger(_ACTIONS.get(kind, "automatic_actions"))


def _trailing_archive(stream: IO[bytes], report: Report) -> None:
    """A PDF that is a ZIP as well is one file for the scanner and another one for its reader."""
    import zipfile

    stream.seek(0)
    if zipfile.is_zipfile(stream):
        report.danger("polyglot")


def _roles(reader: Any) -> dict[str, str]:
    """The file's own names of tags, with the standard ones that they stand for."""
    tree = _quietly(lambda: reader.trailer["/Root"]["/StructTreeRoot"].get_object())
    roles = _quietly(lambda: tree["/RoleMap"].get_object()) if tree else None
    return {str(own): str(standard) for own, standard in roles.items()} if isinstance(roles, dict) else {}


def _describe(reader: Any, report: Report, figures: tuple[int, set[str]], kinds: dict[str, str]) -> None:
    root = reader.trailer["/Root"]
    silent, tags = figures
    marks = _quietly(lambda: root["/MarkInfo"].get("/Marked"))
    tree = _quietly(lambda: root["/StructTreeRoot"].get_object())
    if not marks or not tree or "/K" not in tree:
        report.finding("untagged")
    else:
        if silent:
            report.finding("figures_without_alt")
        if "/Table" in tags and "/TH" not in tags:
            report.finding("tables_without_header")
        if (report.pages or 0) > 3 and not any(re.fullmatch(r"/H\d*|/Title", tag) for tag in tags):
            report.finding("no_headings")
    report.language = str(_quietly(lambda: root.get("/Lang")) or "")
    if not report.language.strip():
        report.finding("no_language")
    facts = _quietly(lambda: reader.metadata) or {}
    report.title = str(_quietly(lambda: facts.get("/Title")) or "") or _xmp_title(root)
    if not report.title.strip():
        report.finding("no_title")
    elif not _quietly(lambda: root["/ViewerPreferences"].get("/DisplayDocTitle")):
        report.finding("title_not_shown")
    if author := str(_quietly(lambda: facts.get("/Author")) or "").strip():
        report.hide("author", author)
    if reader.is_encrypted:
        allowed = int(_quietly(lambda: reader.trailer["/Encrypt"].get_object()["/P"]) or 0)
        if not allowed & _COPYING:
            report.finding("copying_forbidden" if allowed & _READING_ALOUD else "no_extraction")


def _xmp_title(root: Any) -> str:
    data = _quietly(lambda: root["/Metadata"].get_object().get_data()) or b""
    found = _XMP_TITLE.search(data[:200_000])
    return found[1].decode("utf-8", errors="replace").strip() if found else ""


def _read_pages(reader: Any, report: Report, deadline: float) -> bool:
    """Read the text of the pages, as much as a search needs; ``False`` where the time was up before that."""
    looked_at = scanned = 0
    in_time = True
    for page in reader.pages:
        in_time = time.monotonic() <= deadline
        if not in_time or report.length > 4 * MOST_TEXT:
            break
        text = _quietly(page.extract_text) or ""
        report.read(text + "\n")
        looked_at += 1
        if len(text.strip()) < SCAN_BELOW and _shows_a_picture(page):
            scanned += 1
    if scanned and scanned == looked_at:
        report.finding("scan")
    elif scanned:
        report.finding("scanned_pages")
    return in_time


def _shows_a_picture(page: Any) -> bool:
    resources = _quietly(lambda: page["/Resources"].get_object()) or {}
    drawn = _quietly(lambda: resources["/XObject"].get_object()) or {}
    kinds = {_quietly(partial(_subtype, drawn, name)) for name in list(drawn)[:50]}
    return bool(kinds & {"/Image", "/Form"})


def _subtype(drawn: Any, name: str) -> Any:
    return drawn[name].get_object().get("/Subtype")
