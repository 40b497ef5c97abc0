"""Wagtail's command of this name, done by the newsroom's scheduler: safe at the same time, one failing page stops no other."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from wagtail_newsroom.news.management.commands import run_scheduler
from wagtail_newsroom.news.publishing.schedule.due import due_jobs, run_due


class Command(run_scheduler.Command):
    """Do what is due now, once."""

    help = "Publish and retire what is due now. The newsroom's own, in place of Wagtail's."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dryrun", "--dry-run", action="store_true", help="say what is due and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"]:
            self.tell(run_due())
            return
        self.stdout.write("Will do a dry run.")
        jobs = due_jobs(timezone.now())
        for job in jobs:
            self.stdout.write(f"{job.due_at:%Y-%m-%d %H:%M}\t{job.action}\t{job.model._meta.label}\t{job.name}")
        if not jobs:
            self.stdout.write("Nothing is due.")
