"""What is told of each result: its title and the part of its text in which the words stand, what it is, where it leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.finding.excerpts import Marked, excerpt, marked, opening
from wagtail_newsroom.news.finding.files import FoundFile
from wagtail_newsroom.news.finding.item_types import FILE_TYPE, ItemType, type_of
from wagtail_newsroom.news.finding.marking import marker
from wagtail_newsroom.news.finding.passages import likely_passages
from wagtail_newsroom.news.finding.ranking import Ranked
from wagtail_newsroom.news.finding.texts import texts_of
from wagtail_newsroom.news.listings.cards import cards_of
from wagtail_newsroom.news.listings.page_columns import shown_lead
from wagtail_newsroom.news.listings.words import model_of_type
from wagtail_newsroom.news.models.files.attachments import AttachmentRow, attachment_row
from wagtail_newsroom.news.models.files.form_closing import mark_closed_forms
from wagtail_newsroom.news.search.words import Asked


@dataclass(frozen=True)
class Hit:
    """One result.

    ``page``: where it is a page, with what its card shows; ``file``: else, with ``offered_by``, a page that offers it.
    ``excerpt``: where the words stand, the beginning of a page where its title alone holds them. ``is_over``: of an event.
    ``lacks``: words that it does not hold, as they were typed.
    """

    type: ItemType
    title: Marked
    excerpt: Marked
    page: Any = None
    file: AttachmentRow | None = None
    offered_by: Page | None = None
    is_over: bool = False
    lacks: tuple[str, ...] = ()


def hits_of(ranked: Sequence[Ranked], words: Asked) -> list[Hit]:
    """The results ``ranked`` in their order; a row that is gone since is left out."""
    mark = marker(words)
    pages = [each for each in ranked if each.file is None]
    shown = _pages(pages)
    texts = texts_of((each.pk, each.content_type_id) for each in pages if each.pk in shown)
    files = _files([each.file for each in ranked if each.file is not None])
    found = []
    for each in ranked:
        if each.file is None and each.pk in shown:
            page = shown[each.pk]
            said = excerpt(texts.get(each.pk, []), mark) or opening(_lead(page, texts.get(each.pk, [])))
            found.append(
                Hit(type_of(each.content_type_id), marked(page.title, mark), said, page=page, is_over=each.is_over)
            )
        elif each.file is not None and each.pk in files:
            row, offered_by = files[each.pk]
            # A form that is not handed out any more keeps what it says, too.
            text = "" if row.closed else getattr(row.attachment, "text", "")
            found.append(
                Hit(
                    FILE_TYPE,
                    marked(row.title, mark),
                    excerpt(likely_passages(text, words), mark),
                    file=row,
                    offered_by=offered_by,
                )
            )
    return found


def _pages(ranked: Iterable[Ranked]) -> dict[int, Any]:
    """By their ids: pages with a card as it shows them, others with ``lead``."""
    carded: list[Ranked] = []
    plain: list[Ranked] = []
    for each in ranked:
        model = model_of_type(each.content_type_id)
        (carded if model is not None and registry.card_of(model) else plain).append(each)
    found = {page.pk: page for page in cards_of({"pk": e.pk, "content_type_id": e.content_type_id} for e in carded)}
    rows = Page.objects.filter(pk__in=[each.pk for each in plain]).annotate(lead=shown_lead("lead", "intro"))
    found.update((page.pk, page) for page in (rows.select_related("locale") if plain else ()))
    return found


def _lead(page: Any, texts: Sequence[str]) -> str:
    return getattr(page, "lead", "") or page.search_description or next(iter(texts), "")


def _files(found: Sequence[FoundFile]) -> dict[Any, tuple[AttachmentRow, Page | None]]:
    """By their ids: each file as a visitor meets it, and the page that offers it, the newest of them."""
    if not found:
        return {}
    model = get_document_model()
    documents = {document.pk: document for document in model._default_manager.filter(pk__in=[f.pk for f in found])}
    mark_closed_forms(documents.values(), timezone.now())
    offering = Page.objects.filter(pk__in={pk for each in found for pk in each.pages}).select_related("locale")
    pages = {page.pk: page for page in offering.order_by("last_published_at", "pk")}
    rows = {}
    for each in found:
        if each.pk in documents:
            newest = next((page for pk, page in reversed(pages.items()) if pk in each.pages), None)
            rows[each.pk] = (attachment_row(documents[each.pk]), newest)
    return rows
