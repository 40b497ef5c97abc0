"""Writes all that is public as files: the static twin."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wagtail_newsroom.news.delivery.twin.errors import TwinError
from wagtail_newsroom.news.delivery.twin.keeping import export


class Command(BaseCommand):
    """Make the twin, or bring it up to date."""

    help = "Write every public page, file and answer as files below a folder, with a sample configuration for nginx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="where; made if it is missing. Whatever else lies in it is removed")
        parser.add_argument("--follow", action="store_true", help="only what changed since the last time")

    def handle(self, *args: Any, **options: Any) -> None:
        begun, folder = time.monotonic(), Path(options["folder"]).absolute()
        try:
            report = export(folder, whole=not options["follow"])
        except TwinError as error:
            raise CommandError(str(error)) from error
        for address in report.failed:
            self.stderr.write(f"Not kept, the site fails there: {address}")
        self.stdout.write(
            f"{report.addresses} addresses in {folder}: {report.asked} asked for, {report.written} files written, "
            f"{report.removed} removed, in {time.monotonic() - begun:.1f} s."
        )
