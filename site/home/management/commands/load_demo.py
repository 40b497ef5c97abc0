"""``manage.py load_demo``: the five stories and a living site around them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from home.demo.load import is_loaded, load_demo
from wagtail_newsroom.galleries.models import Photo
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.publishing.tasks import has_workers


class Command(BaseCommand):
    help = "Loads the demo; run again, it adds only what is missing. Prints the passwords of the users it makes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do nothing where a newsroom stands already")
        parser.add_argument(
            "--password", default="", help="for all three users (else $DEMO_PASSWORD, else a fresh one for each)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"] and is_loaded():
            return
        loaded = load_demo(options["password"])
        if has_workers():
            # The first who looks at the site finds its pictures; the scheduler would need half a minute for them.
            prepare_sizes(list(Photo.objects.filter(sizes_ready=False)))
        self.stdout.write(f"The demo is loaded: {loaded.pages} new pages.")
        if loaded.passwords:
            self.stdout.write(f"Log in at {settings.SITE_URL}{settings.ADMIN_PREFIX} as")
        for name, password in loaded.passwords.items():
            self.stdout.write(f"  {name:<10} {password}")
