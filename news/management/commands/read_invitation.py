"""``manage.py read_invitation FILE``: what the reader sees in an invitation or a programme."""

import json
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language

from wagtail_newsroom.news.reader import ReadError, read_file
from wagtail_newsroom.news.reader.summary import summary_of_reading


def iso_date(text: str) -> date:
    """Read a date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date such as 2026-03-31") from None


class Command(BaseCommand):
    help = "Reads an invitation or a programme (TXT, HTML, DOCX, ODT, PDF, EML) and prints what it says."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file to read; - reads standard input")
        parser.add_argument("--published", type=iso_date, help="when the text was published: gives dates their year")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a summary")
        parser.add_argument("--language", choices=["pl", "en"], help="of the messages; else the site's")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"] or (get_language() or "pl")[:2]
        try:
            data, name = _data(options["file"])
            reading = read_file(data, name, published=options["published"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except ReadError as error:
            raise CommandError(f"{options['file']}: {error.in_language(language)}", returncode=2) from error
        answer = reading.as_json(language)
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False, indent=2) if options["json"] else summary_of_reading(answer)
        )


def _data(path: str) -> tuple[bytes, str]:
    if path == "-":
        return sys.stdin.buffer.read(), "-"
    return Path(path).read_bytes(), path
