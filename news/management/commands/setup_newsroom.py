"""``manage.py setup_newsroom``: groups, permissions and workflow of the newsroom, on its part of the tree only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Page, Site

from wagtail_newsroom.news.publishing.approval.groups import set_up_roles
from wagtail_newsroom.news.publishing.own_pages import newsroom_lists, pages_at
from wagtail_newsroom.news.publishing.rights import place, rights_in_words


class Command(BaseCommand):
    """Says first what it gives, then gives it."""

    help = (
        "Creates or completes the newsroom's groups, their permissions and the approval workflow: on the newsroom's "
        "lists of the default site, or on the pages that --under names. Repeat it freely."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--under",
            action="append",
            metavar="PATH",
            help="the page below which the groups work, with its translations: a path (/news/), or a whole address on "
            "another site (https://second.example/news/); may be given several times; / is the whole default site",
        )
        parser.add_argument("--no-workflow", action="store_true", help="leave workflows as they are")
        parser.add_argument(
            "--site-rights",
            action="store_true",
            help="let the newsroom's administrators look after collections, redirects and sites, those of the host too",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be given and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            pages = self.places(options["under"])
            before = set(rights_in_words())
            set_up_roles(pages, workflow=not options["no_workflow"], site_rights=options["site_rights"])
            new = [line for line in rights_in_words() if line not in before]
            if options["verbosity"]:
                self.tell(pages, new, dry_run=options["dry_run"])
            if options["dry_run"]:
                transaction.set_rollback(True)

    def places(self, addresses: list[str] | None) -> list[Page]:
        """The pages that are meant; refuses an address at which there is none."""
        if not addresses:
            return newsroom_lists()
        try:
            return [page for address in addresses for page in pages_at(address)]
        except (Page.DoesNotExist, Site.DoesNotExist) as error:
            raise CommandError(
                f"{error} Give the path of a page as visitors see it, such as --under /news/, or its whole address."
            ) from error

    def tell(self, pages: list[Page], new: list[str], *, dry_run: bool) -> None:
        for page in pages:
            self.stdout.write(f"Works on: {place(page)}")
        if not pages:
            self.stdout.write(
                "There is no list of the newsroom on the default site yet. A list of news, a calendar or a list of "
                "galleries that you create there later is taken in by itself."
            )
        if not new:
            self.stdout.write("All of it was there before.")
            return
        self.stdout.write("Would be given:" if dry_run else "Given:")
        for line in new:
            self.stdout.write(f"  {line}")
