"""Files after their upload: read to the end in the background, and scanned before they are served."""

import logging
from typing import Any

from django.utils import timezone
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.search import index

from news.conf import setting
from news.documents import Inspection
from news.documents.clamd import scan
from news.publishing.tasks import enqueue

logger = logging.getLogger(__name__)
READ = ("media_type", "sha256", "pages", "text", "found_title", "found_language", "findings", "hidden", "verdict")


def inspect_again_later(document: Any) -> None:
    """Have ``document`` read to its end once the transaction under way is committed."""
    if setting("TASK_BACKEND") != "default":
        enqueue(inspect_again, document.pk)


@task()
def inspect_again(pk: int) -> None:
    """Read a file with more time than an upload has, and keep what is found. A file that is gone is no failure."""
    document = get_document_model()._default_manager.filter(pk=pk).first()
    if document is not None:
        inspect_stored(document)


def inspect_stored(document: Any) -> Inspection | None:
    """Inspect a stored file and keep what is found, but its dangers: what is to be done about those is for people.

    ``None`` where the file is missing in the storage.
    """
    try:
        with document.open_file() as stream:
            found: Inspection = document.inspect(
                stream, document.filename, timeout=setting("INSPECT_BACKGROUND_TIMEOUT")
            )
    except OSError:
        logger.warning("The file of document %s is missing.", document.pk)
        return None
    document.note(found)
    type(document)._default_manager.filter(pk=document.pk).update(
        inspected_at=document.inspected_at, **{name: getattr(document, name) for name in READ}
    )
    index.insert_or_update_object(document)
    return found


def is_clean(document: Any) -> bool:
    """Whether the file of ``document`` may leave the house: found clean, or there is no scanner to ask.

    A file that nobody has scanned yet is scanned now. Raises :class:`news.documents.clamd.ScannerError` where the
    scanner does not answer.
    """
    address = setting("CLAMD")
    if not address:
        return not getattr(document, "infection", "")
    if getattr(document, "scanned_at", None):
        return True
    if getattr(document, "infection", ""):
        return False
    with document.open_file() as stream:
        virus = scan(stream, address, timeout=setting("CLAMD_TIMEOUT"))
    if hasattr(document, "scanned_at"):
        kept = {"infection": virus[:200], "scanned_at": None if virus else timezone.now()}
        type(document)._default_manager.filter(pk=document.pk).update(**kept)
    if virus:
        logger.error("A virus was found in document %s.", document.pk)
    return not virus
