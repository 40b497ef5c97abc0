"""``manage.py inspect_files``: reads files that were stored before files were inspected, and has them scanned."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.documents import get_document_model

from news import file_wording
from news.documents.clamd import ScannerError
from news.publishing.files import inspect_stored, is_clean


class Command(BaseCommand):
    help = "Inspects stored files, and names those that would not be taken in today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="those that were inspected before, too")

    def handle(self, *args: Any, **options: Any) -> None:
        model = get_document_model()
        if not hasattr(model, "newsroom_attachment"):
            raise CommandError("The document model keeps no findings. See news.W001 in docs/settings.md.")
        rows = model._default_manager.order_by("pk")
        if not options["all"]:
            rows = rows.filter(inspected_at__isnull=True)
        number = 0
        for document in rows.iterator(chunk_size=50):
            number += 1
            found = inspect_stored(document)
            if found is None:
                self.stdout.write(f"{document.pk} {document.filename}: the file is missing")
                continue
            for code in found.dangers:
                cause = str(file_wording.REFUSALS.get(code, code)).partition(".")[0]
                self.stdout.write(f"{document.pk} {document.filename}: {code}: {cause}")
            try:
                if not is_clean(document):
                    self.stdout.write(f"{document.pk} {document.filename}: a virus; it is not served any more")
            except ScannerError as error:
                raise CommandError(f"The virus scanner does not answer: {error}") from error
        self.stdout.write(f"Inspected: {number}.")
