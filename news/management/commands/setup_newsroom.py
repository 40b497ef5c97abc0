"""``manage.py setup_newsroom``: groups, permissions and workflow of the newsroom."""

from typing import Any

from django.core.management.base import BaseCommand

from wagtail_newsroom.news.publishing.approval.groups import set_up_roles


class Command(BaseCommand):
    help = "Creates or completes the newsroom's groups, their permissions and the approval workflow. Repeat it freely."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in set_up_roles():
            self.stdout.write(f"Ready: {name}")
