"""Cleans the photos that were stored before photos were cleaned, and makes the sizes that are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from galleries.publishing.tending import clean_stored, make_what_is_missing


class Command(BaseCommand):
    """Repeat it freely: what is done already is left as it is."""

    help = "Clean photos stored before photos were cleaned, and make the sizes that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        cleaned = made = failed = 0
        for photo, trouble in clean_stored():
            if trouble:
                failed += 1
                self.stderr.write(f"{photo.pk} {photo.filename}: {trouble}")
            else:
                cleaned += 1
        for photo_id, trouble in make_what_is_missing():
            if trouble:
                failed += 1
                self.stderr.write(f"{photo_id}: {trouble}")
            else:
                made += 1
        self.stdout.write(f"Cleaned: {cleaned}. Sizes made: {made}.")
        if failed:
            raise CommandError(f"Failed: {failed}.")
