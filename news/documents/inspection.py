"""Tell what a file is, what it hides, and whether it may be taken in.

Whatever has to be unpacked or interpreted (PDF, office files, pictures) is read in a child process with bounded time and
memory: a hostile file ends that process, not the server. Plain text is read here.

Public: other apps may import from here.
"""

import hashlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import IO, Any

from wagtail_newsroom.news.documents.archives import MB
from wagtail_newsroom.news.documents.kinds import ALLOWED, HEAD, allowed_extensions, extension_of, family_of
from wagtail_newsroom.news.documents.plain import MOST_READ, inspect_plain, inspect_rtf
from wagtail_newsroom.news.documents.report import SERIOUS, Report
from wagtail_newsroom.news.documents.worker import write_reports
from wagtail_newsroom.news.sandbox import Bounds, NotStartedError, SandboxError, run

CHUNK = 1024 * 1024
AT_ONCE = 2  # children of one server process; further files wait their turn
REMEMBERED = 8  # reports of the last files: a form, the model and its storage ask about the same one
READING = 0.4  # share of the time that reading a PDF's text may take
TRANSIENT = frozenset({"busy", "too_complex"})
MEMORY = 300 * MB  # address space of a child
MOST_TOLD = 64 * MB  # bytes of all its reports

_turns = threading.BoundedSemaphore(AT_ONCE)
_known: OrderedDict[tuple[str, str, float], "Inspection"] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Inspection:
    """What was read.

    ``sha256``: hexadecimal; ``size``: bytes; ``extension`` and ``media_type``: by content, empty where unknown;
    ``pages``: ``None`` where the file has none or could not be read; ``title`` and ``language``: what the file says;
    ``dangers``: codes for which it is refused; ``findings``: codes on accessibility; ``hidden``: what its readers do not
    see, by code, each with a ``count`` and perhaps ``names``; ``text``: for search; ``checked``: accessibility was
    looked at to the end.
    """

    sha256: str
    size: int
    extension: str = ""
    media_type: str = ""
    pages: int | None = None
    title: str = ""
    language: str = ""
    text: str = ""
    checked: bool = False
    dangers: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    hidden: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """``accessible`` (probably), ``inaccessible``, ``scan`` or ``not_checked``; never more than that."""
        if "scan" in self.findings:
            return "scan"
        if SERIOUS & set(self.findings):
            return "inaccessible"
        return "accessible" if self.checked else "not_checked"


def sha256_of(stream: IO[bytes]) -> str:
    """SHA-256 of ``stream`` from its start, as hexadecimal."""
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(CHUNK):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()


def inspect_file(
    stream: IO[bytes], name: str, *, timeout: float, max_bytes: int, only: Collection[str] | None = None
) -> Inspection:
    """Inspect ``stream`` (a seekable binary file) that came as ``name``, and leave it at its start.

    ``timeout``: seconds of the clock; files larger than ``max_bytes`` are refused unread; ``only``: extensions to which a
    site narrows the list. Raises nothing for what a file holds: see :attr:`Inspection.dangers`.
    """
    extension = extension_of(name)
    stream.seek(0, os.SEEK_END)
    found = Inspection(sha256="", size=stream.tell())
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    if not found.size:
        return replace(found, sha256=hashlib.sha256().hexdigest(), dangers=("empty",))
    found = replace(found, sha256=sha256_of(stream))
    if found.size > max_bytes:
        return replace(found, dangers=("too_large",))
    family = family_of(head)
    if family in {"program", "web_page", "unknown_type"}:
        return replace(found, dangers=(family,))
    key = (found.sha256, extension, timeout)
    with _lock:
        known = _known.get(key)
    if known is None:
        known = _judged(found, _report(stream, family, extension, timeout), extension)
        if not TRANSIENT & set(known.dangers):
            with _lock:
                _known[key] = known
                while len(_known) > REMEMBERED:
                    _known.popitem(last=False)
        stream.seek(0)
    if not known.dangers and extension not in allowed_extensions(only):
        return replace(known, dangers=("type_not_allowed",))
    return known


def _report(stream: IO[bytes], family: str, extension: str, timeout: float) -> dict[str, Any]:
    if family in {"plain", "rtf"}:
        report, data = Report(), stream.read(MOST_READ)
        if family == "rtf":
            inspect_rtf(data, report)
        else:
            plain = extension in ALLOWED and ALLOWED[extension].family == "plain"
            inspect_plain(data, extension if plain else "txt", report)
        return report.as_dict()
    if not _turns.acquire(timeout=timeout):
        return {"dangers": ["busy"]}
    try:
        return _ask_child(stream, timeout)
    finally:
        _turns.release()


def _judged(found: Inspection, report: dict[str, Any], extension: str) -> Inspection:
    """The report, with the last word on the file's type: content and extension have to agree."""
    dangers = list(report.get("dangers", ()))
    told = report.get("extension", "")
    kind, claimed = ALLOWED.get(told), ALLOWED.get(extension)
    if not dangers:
        if kind is None:
            dangers.append("unknown_type")
        elif claimed is None:
            dangers.append("type_not_allowed")
        elif claimed.media_type != kind.media_type:
            dangers.append("type_mismatch")
    return replace(
        found,
        extension=told,
        media_type=kind.media_type if kind else "",
        pages=report.get("pages"),
        title=report.get("title", ""),
        language=report.get("language", ""),
        text=report.get("text", ""),
        checked=bool(report.get("checked")),
        dangers=tuple(dangers),
        findings=tuple(report.get("findings", ())),
        hidden=report.get("hidden", {}),
    )


def _ask_child(stream: IO[bytes], timeout: float) -> dict[str, Any]:
    """The last report that a child wrote before it ended or its time was over."""
    bounds = Bounds(memory=MEMORY, output=MOST_TOLD, cpu_seconds=timeout)
    try:
        answer = run(write_reports, stream, timeout * READING, bounds=bounds, seconds=timeout)
    except NotStartedError:
        return {"dangers": ["busy"]}
    except SandboxError as error:
        answer = error.output
    lines = answer.split(b"\n")[:-1]  # what follows the last line's end was cut off
    if not lines:
        return {"dangers": ["too_complex"]}
    try:
        report = json.loads(lines[-1])
    except ValueError:
        return {"dangers": ["unreadable"]}
    return report if isinstance(report, dict) else {"dangers": ["unreadable"]}
