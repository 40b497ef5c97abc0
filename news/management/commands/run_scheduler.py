"""Publishes and retires pages at their time, and works the queue of tasks."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from wagtail_newsroom.news.publishing.schedule.due import Report, due_jobs
from wagtail_newsroom.news.publishing.schedule.scheduler import Scheduler


class Command(BaseCommand):
    """Run the scheduler until SIGTERM or Ctrl-C; the page at hand is finished first."""

    help = "Publish and retire what is due, and do the tasks that wait, until told to stop. Any number may run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--dry-run", action="store_true", help="say what is due now and change nothing")
        parser.add_argument("--parent", type=int, help="end when this process, which started the scheduler, is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self.tell_what_is_due()
            return
        scheduler = Scheduler(parent=options["parent"], tell=self.tell)
        if options["once"]:
            scheduler.run_once()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: scheduler.stop())
        scheduler.run()

    def tell_what_is_due(self) -> None:
        jobs = due_jobs(timezone.now())
        for job in jobs:
            self.stdout.write(f"{job.due_at:%Y-%m-%d %H:%M}\t{job.action}\t{job.model._meta.label}\t{job.name}")
        if not jobs:
            self.stdout.write("Nothing is due.")

    def tell(self, report: Report) -> None:
        for what, names in (("Published", report.published), ("Retired", report.retired)):
            for name in names:
                self.stdout.write(f"{what}: {name}")
        for name in report.failed:
            self.stderr.write(f"Failed, will be tried again: {name}")
        self.stdout.flush()
