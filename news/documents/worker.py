"""The child process: reads one file from standard input within its limits, writes what it found as lines of JSON.

Each line is a whole report; a later one knows more. A file that eats time or memory ends this process, and the server
goes by the last line that arrived.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import IO

from wagtail_newsroom.news.documents.archives import MB
from wagtail_newsroom.news.documents.kinds import HEAD, family_of
from wagtail_newsroom.news.documents.report import Report

MEMORY = 300 * MB  # address space


def main() -> int:
    """``argv``: seconds of work, seconds that reading text may take."""
    seconds, reading = float(sys.argv[1]), float(sys.argv[2])
    _limit(seconds)
    report = Report()
    stream = sys.stdin.buffer

    def say() -> None:
        sys.stdout.buffer.write(json.dumps(report.as_dict()).encode() + b"\n")
        sys.stdout.buffer.flush()

    try:
        _inspect(stream, report, say, reading)
    except MemoryError:
        return 2
    except RecursionError:
        report.danger("too_complex")
    except Exception:  # noqa: BLE001  (whatever a broken file does, it cannot be read)
        report.danger("unreadable")
    say()
    return 0


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


def _limit(seconds: float) -> None:
    try:
        import resource
    except ImportError:
        return  # a system without limits: the parent's time limit still holds
    work = max(1, int(seconds + 0.999))
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, work),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (OSError, ValueError):
            continue


if __name__ == "__main__":
    sys.exit(main())
