"""In the child process: reads one file and writes what it found as lines of JSON.

Each line is a whole report; a later one knows more. A file that eats time or memory ends this process, and the server
goes by the last line that arrived.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import IO

from wagtail_newsroom.news.documents.archives import MB
from wagtail_newsroom.news.documents.kinds import HEAD, family_of
from wagtail_newsroom.news.documents.report import Report


def write_reports(source: IO[bytes], answer: IO[bytes], reading: float) -> None:
    """Inspect ``source``. ``reading``: seconds that reading text may take."""
    report = Report()

    def say() -> None:
        answer.write(json.dumps(report.as_dict()).encode() + b"\n")
        answer.flush()

    try:
        _inspect(source, report, say, reading)
    except MemoryError:
        raise
    except RecursionError:
        report.danger("too_complex")
    except Exception:  # noqa: BLE001  (whatever a broken file does, it cannot be read)
        report.danger("unreadable")
    say()


def _inspect(stream: IO[bytes], report: Report, say: Callable[[], None], reading: float) -> None:
    head = stream.read(HEAD)
    stream.seek(0)
    family = family_of(head)
    if family == "pdf":
        from wagtail_newsroom.news.documents.pdf import inspect_pdf

        report.extension = "pdf"
        inspect_pdf(stream, report, say, reading)
    elif family == "archive":
        from wagtail_newsroom.news.documents.office import inspect_office

        inspect_office(stream, report)
    elif family == "legacy_office":
        encrypted = "EncryptedPackage".encode("utf-16-le") in stream.read(4 * MB)
        report.danger("password" if encrypted else "legacy_office")
    elif family == "picture":
        from wagtail_newsroom.news.documents.pictures import inspect_picture

        inspect_picture(stream, report)
    else:
        report.danger("unknown_type")
