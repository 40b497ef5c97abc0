"""Text, tables and calendars without a format to speak of; RTF, which has one (read in the server: nothing is unpacked)."""

from __future__ import annotations

import re

from wagtail_newsroom.news.documents.report import Report

MOST_READ = 8 * 1024 * 1024
_DDE = re.compile(r"(?m)(?:^|[;,\t])\s*[\"']?\s*[=+\-@][^\n;,]{0,200}\|[^\n]{0,200}!")
# A cell that starts as a formula does; a number with its sign, a telephone number and a dash alone are none.
_FORMULA = re.compile(r"(?m)(?:^|[;,\t])[ ]*\"?[ ]*(?:=|@[A-Za-z]|[+\-][ ]*(?:[A-Za-z]{2,}[\w.]*\(|[A-Za-z]{1,3}\d))")
_ICS_LOCAL = re.compile(r"(?im)^(?:attach|url|altrep|conference)[^:\r\n]{0,200}:\s*(?:file:|smb:|\\\\|[a-z]:[\\/])")
_ICS_PARAMETER = re.compile(r"(?im)^[^:\r\n]{1,200};altrep=\"?(?:file:|smb:|\\\\)")
_ICS_RUNS = re.compile(r"(?im)^action[^:\r\n]{0,100}:\s*(?:procedure|email)\s*$")
_ICS_SCRIPT = re.compile(r"(?im)^(?:attach|url|conference)[^:\r\n]{0,200}:\s*(?:javascript|vbscript|data):")
_ICS_FOLDED = re.compile(r"\r?\n[ \t]")
_RTF_OBJECT = re.compile(rb"\\(?:object|objdata|objocx|objemb|objupdate|objclass|objautlink)(?![a-z])")
_RTF_FIELD = re.compile(rb"DDE(?:AUTO)?\b|INCLUDE(?:TEXT|PICTURE)\s+\"?(?:http|\\\\\\\\|file:)", re.IGNORECASE)
_RTF_TEMPLATE = re.compile(rb"\{\\\*\\template\s+([^{}]{1,500})\}")
_RTF_NAME = re.compile(rb"\{\\(?:author|operator)\s+([^{}]{1,200})\}")
_RTF_TITLE = re.compile(rb"\{\\title\s+([^{}]{1,500})\}")
_RTF_REMARK = re.compile(rb"\\(?:annotation|atnid)(?![a-z])")
_RTF_CHANGE = re.compile(rb"\\(?:revised|deleted)(?![a-z0])\d{0,6}")
_RTF_ESCAPE = re.compile(r"\\'([0-9a-fA-F]{2})")


def decode(data: bytes) -> str:
    """Decode text by its byte-order mark, as UTF-8, else as CP1250, in which every byte means something."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(codec, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1250", errors="replace")


def inspect_plain(data: bytes, extension: str, report: Report) -> None:
    """Fill ``report`` from a text, a table (CSV) or a calendar (ICS)."""
    text = decode(data)
    if "\0" in text:
        report.danger("unknown_type")
    elif extension == "ics" and not text.lstrip("\ufeff \r\n\t").upper().startswith("BEGIN:VCALENDAR"):
        report.danger("type_mismatch")
    elif extension == "csv" and _DDE.search(text):
        report.danger("dde")
    elif extension == "csv" and (formulas := len(_FORMULA.findall(text))):
        report.hide("formulas", count=formulas)
    elif extension == "ics":
        _inspect_calendar(_ICS_FOLDED.sub("", text), report)
    report.extension = extension
    report.read(text)


def _inspect_calendar(text: str, report: Report) -> None:
    """Lines of a calendar, unfolded (RFC 5545, 3.1), that lead to a disk or start something."""
    if _ICS_SCRIPT.search(text):
        report.danger("javascript")
    if local := len(_ICS_LOCAL.findall(text)) + len(_ICS_PARAMETER.findall(text)):
        report.hide("calendar_files", count=local)
    if runs := len(_ICS_RUNS.findall(text)):
        report.hide("calendar_programs", count=runs)


def inspect_rtf(data: bytes, report: Report) -> None:
    """Fill ``report`` from rich text: objects, commands and templates of others; names; its words."""
    report.extension = "rtf"
    if _RTF_OBJECT.search(data):
        report.danger("embedded_object")
    if _RTF_FIELD.search(data):
        report.danger("dde")
    if found := _RTF_TEMPLATE.search(data):
        remote = re.match(rb"\s*(?:https?:|ftp:|\\\\\\\\|//)", found[1], re.IGNORECASE)
        report.danger("remote_template") if remote else report.hide("local_template")
    for name in _RTF_NAME.findall(data)[:10]:
        report.hide("author", _words(name))
    if found := _RTF_TITLE.search(data):
        report.title = _words(found[1])
    if remarks := len(_RTF_REMARK.findall(data)):
        report.hide("comments", count=remarks)
    if changes := len(_RTF_CHANGE.findall(data)):
        report.hide("tracked_changes", count=changes)
    report.read(_words(data[: 2 * 1024 * 1024]))


def _words(data: bytes) -> str:
    text = data.decode("cp1250", errors="replace")
    text = re.sub(r"\{\\(?:\*|fonttbl|colortbl|stylesheet|info|pict)[^{}]{0,5000}\}", " ", text)
    text = re.sub(r"\\u(-?\d{1,5}) ?\??", lambda found: _letter(int(found[1])), text)
    text = _RTF_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]).decode("cp1250", errors="replace"), text)
    text = re.sub(r"\\(?:par|line|tab)(?![a-z])\d{0,9} ?", "\n", text)
    return re.sub(r"\\[a-z]{1,32}-?\d{0,10} ?|\\[^a-z]|[{}]", "", text)


def _letter(number: int) -> str:
    number %= 65536
    return "" if 0xD800 <= number <= 0xDFFF else chr(number)
