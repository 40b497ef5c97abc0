"""``manage.py check_library``: applies to files and photos of an existing library what an upload goes through today."""

import csv
from argparse import FileType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.management.progress import ProgressBar


class Command(BaseCommand):
    """What is done is kept file by file: stopped and started again, it goes on where it was."""

    help = "Inspects files, cleans photos and makes their sizes, for what was stored before; names what is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="also what was inspected before")
        parser.add_argument(
            "--report", type=FileType("w", encoding="utf-8"), help="write a CSV of everything looked at"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = csv.writer(options["report"]) if options["report"] else None
        if report:
            report.writerow(["step", "id", "file", "trouble"])
        troubles, bar = 0, ProgressBar(self.stdout)
        for step in registry.library_steps():
            ids = step.waiting(options["again"])
            wrong = done = 0
            try:
                for done, (pk, name, trouble) in enumerate(step.tend(ids), start=1):
                    bar.show(step.name, done, len(ids))
                    if report:
                        report.writerow([step.name, pk, name, trouble])
                    if trouble:
                        wrong += 1
                        bar.end()
                        self.stderr.write(f"{pk} {name}: {trouble}")
            except KeyboardInterrupt:
                bar.end()
                raise CommandError("Stopped. What is done is kept; run it again to go on.") from None
            bar.end()
            self.stdout.write(f"{step.name}: {done} done, {wrong} to look at.")
            troubles += wrong
        if troubles:
            raise CommandError(f"To look at: {troubles}.")
