"""``manage.py remove_two_factor NAME``: for the last administrator, who has lost the phone and the codes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.two_factor.devices import remove_second_factor


class Command(BaseCommand):
    help = "Take somebody's second factor away: app and recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name under which the person signs in")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        model = get_user_model()
        person = model.objects.filter(**{model.USERNAME_FIELD: name}).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {name!r}.")
        removed = remove_second_factor(person)
        self.stdout.write(f"{name}: removed." if removed else f"{name} has no second factor.")
