"""What is offered while somebody types: titles that hold the words so far."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.models import Page, Site
from wagtail.search.backends import get_search_backend

from wagtail_newsroom.news.finding.files import public_now
from wagtail_newsroom.news.finding.item_types import FILE_TYPE, content_types_of, item_types, type_of
from wagtail_newsroom.news.finding.matching import MOST_FOUND
from wagtail_newsroom.news.search.typed import searchable
from wagtail_newsroom.news.uses import used_by
from wagtail_newsroom.news.visibility import public_pages

SHORTEST = 2  # characters
MOST_PAGES, MOST_FILES = 6, 2


@dataclass(frozen=True)
class Suggestion:
    """``type``: what it is, in words."""

    title: str
    url: str
    type: str


def suggestions(text: str, site: Site, locale_id: int, request: HttpRequest) -> list[Suggestion]:
    """Public pages of ``site`` in one language, and files that they offer, whose title holds words that begin so."""
    words = searchable(text)
    if len(words) < SHORTEST:
        return []
    public = public_pages(Page.objects.filter(locale_id=locale_id), site)
    public = public.filter(content_type__in=content_types_of(list(item_types())))
    pages = _beginning(words, Page, public)[:MOST_PAGES]
    model, current = get_document_model(), public_now(site)
    offered = model._default_manager.filter(used_by(public, model, many=True))
    files = [file for file in _beginning(words, model, offered)[:MOST_FOUND] if file.pk in current]
    return [
        *(
            Suggestion(page.title, page.get_url(request) or "", str(type_of(page.content_type_id).label))
            for page in pages
        ),
        *(Suggestion(file.title, file.url, str(FILE_TYPE.label)) for file in files[:MOST_FILES]),
    ]


def _beginning(words: str, model: Any, rows: Any) -> Any:
    """Those of ``rows`` whose title holds words that begin so, the best first."""
    results = get_search_backend().autocomplete(words, model._default_manager.all())
    if hasattr(results, "get_queryset"):  # the index is in this database
        return results.get_queryset().filter(pk__in=rows.order_by().values("pk"))
    ids = [each.pk for each in results[:MOST_FOUND]]
    known = {row.pk: row for row in rows.filter(pk__in=ids)}
    return [known[pk] for pk in ids if pk in known]
