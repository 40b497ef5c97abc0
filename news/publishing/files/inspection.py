"""Files after their upload: read to the end in the background, and scanned before they are served."""

import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.search import index

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.documents import Inspection
from wagtail_newsroom.news.documents.clamd import ScannerError, scan
from wagtail_newsroom.news.publishing.changes.funnels import record_files
from wagtail_newsroom.news.publishing.tasks import enqueue
from wagtail_newsroom.news.signals import document_read_in_part
from wagtail_newsroom.news.wording import files as file_wording

logger = logging.getLogger(__name__)
READ = ("media_type", "sha256", "pages", "text", "found_title", "found_language", "findings", "hidden", "verdict")


def listen_to_files() -> None:
    """Listen to documents being stored that were read in part."""
    document_read_in_part.connect(inspect_again_later, dispatch_uid="newsroom_inspect_again_later")


def inspect_again_later(document: Any, **kwargs: Any) -> None:
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
    """Inspect a stored file and keep what is found, ``None`` where it is missing in the storage.

    What is to be done about a dangerous one is for people: it counts as not inspected, and is named again whenever the
    library is tended, until somebody replaces it.
    """
    try:
        with document.open_file() as stream:
            found: Inspection = document.inspect(
                stream, document.filename, timeout=setting("INSPECT_BACKGROUND_TIMEOUT")
            )
    except OSError:
        logger.warning("The file of document %s is missing.", document.pk)
        return None
    row = type(document)._default_manager.filter(pk=document.pk)
    if found.dangers:
        row.update(inspected_at=None)
        return found
    document.note(found)
    with transaction.atomic():
        row.update(inspected_at=document.inspected_at, **{name: getattr(document, name) for name in READ})
        record_files(row)
    index.insert_or_update_object(document)
    return found


def is_clean(document: Any) -> bool:
    """Whether the file of ``document`` may leave the house: found clean, or there is no scanner to ask.

    A file that nobody has scanned yet is scanned now. Raises :class:`wagtail_newsroom.news.documents.clamd.ScannerError` where the
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


def files_waiting(again: bool) -> list[int]:
    """Ids of the files that nobody has inspected yet; ``again``: of all."""
    model = get_document_model()
    if not hasattr(model, "newsroom_attachment"):  # see the check newsroom.W001
        return []
    files = model._default_manager.order_by("pk")
    return list((files if again else files.filter(inspected_at__isnull=True)).values_list("pk", flat=True))


def inspect_files(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    """Inspect these files and have them scanned. Dangerous ones are named, not taken away: people decide about those."""
    files = get_document_model()._default_manager
    for pk in ids:
        if document := files.filter(pk=pk).first():
            yield pk, document.filename, " ".join(_troubles(document))


def _troubles(document: Any) -> Iterator[str]:
    found = inspect_stored(document)
    if found is None:
        yield "The file is missing."
        return
    for code in found.dangers:
        cause = str(file_wording.REFUSALS.get(code, code)).partition(".")[0]
        yield f"{code}: {cause}."
    try:
        if not is_clean(document):
            yield "A virus; it is not served any more."
    except ScannerError as error:
        yield f"The virus scanner does not answer ({error}); it is not served until it does."
