"""``manage.py remove_newsroom``: takes away what set-up made, and with ``--pages`` the newsroom's pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wagtail_newsroom.news.publishing.removal import plan_removal, remove_newsroom


class Command(BaseCommand):
    """Says first what it takes away, asks, then does it; see docs/uninstalling.md for the way to the end."""

    help = "Takes away the newsroom's groups, permissions, workflow and task; with --pages its pages too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pages", action="store_true", help="delete the newsroom's pages too")
        parser.add_argument("--force", action="store_true", help="delete groups that have members as well")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--dry-run", action="store_true", help="say what would go and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = {"pages": options["pages"], "force": options["force"]}
        plan = plan_removal(**chosen)
        for title, lines in (("Goes:", plan.gone), ("Stays:", plan.kept), ("Stands in the way:", plan.obstacles)):
            if lines:
                self.stdout.write(title)
                for line in lines:
                    self.stdout.write(f"  {line}")
        if plan.obstacles:
            raise CommandError("Nothing was taken away. Move what stands in the way, then run this again.")
        if options["dry_run"]:
            return
        if not plan.gone:
            self.stdout.write("There is nothing to take away.")
            return
        if not options["yes"] and input("Take this away? [y/N] ").strip().lower() not in {"y", "yes"}:
            raise CommandError("Nothing was taken away.")
        remove_newsroom(**chosen)
        self.stdout.write("Done. How to take the apps out: docs/uninstalling.md.")
