"""Files to download: of which kind they are, and who can read them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news.enums import UNREADABLE, AttachmentKind
from wagtail_newsroom.news.naming import UNSEEN
from wagtail_newsroom.news.publishing.preflight.checks.walk import references, unseen_in
from wagtail_newsroom.news.registry.contracts import Finding, Severity
from wagtail_newsroom.news.wording import files as file_wording


def check_attachments(page: Page) -> Iterator[Finding]:
    """Files of the page, of its text and of its programme, in two queries. Stock documents say nothing about kinds."""
    model = get_document_model()
    found = [reference for reference in references(page) if reference.model is model]
    if not found or not hasattr(model, "newsroom_attachment"):
        return
    known = model._default_manager.in_bulk({reference.pk for reference in found})
    unseen = unseen_in(found)
    for reference in found:
        document = known.get(reference.pk)
        if document is None:
            continue
        title = UNSEEN if reference in unseen else document.title
        if document.kind == AttachmentKind.OTHER:
            yield Finding(
                "attachment_kind",
                Severity.WARN,
                _("Nobody said what kind of file “%(title)s” is. Choose its kind where the file is edited.")
                % {"title": title},
                reference.field,
            )
        if document.verdict in UNREADABLE:
            yield Finding(
                "attachment_not_accessible",
                Severity.WARN,
                _(
                    "“%(title)s” cannot be read by everybody (%(findings)s). Replace it by an accessible version, or say in the text what it holds."
                )
                % {
                    "title": title,
                    "findings": ", ".join(file_wording.finding_name(code) for code in document.findings),
                },
                reference.field,
            )
        if reference in unseen:
            continue  # what is hidden in a file names people and says what was deleted
        for code, facts in document.hidden.items():
            if code not in file_wording.QUIET:
                yield Finding(
                    "attachment_hidden_data",
                    Severity.WARN,
                    f"“{document.title}”: {file_wording.hidden_text(code, facts)}",
                    reference.field,
                )
