"""What editors recommend for some words (Wagtail's promoted search results), shown before what is found."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from wagtail.models import Page, Site

from wagtail_newsroom.news.finding.questions import Question, read
from wagtail_newsroom.news.search.words import Asked
from wagtail_newsroom.news.search.words.matches import Token, tokens_in
from wagtail_newsroom.news.visibility import public_pages

PROMOTIONS = "wagtail.contrib.search_promotions"


@dataclass(frozen=True)
class Promoted:
    """A recommendation: a public page of the site, or an address elsewhere."""

    title: str
    url: str
    description: str


def promoted(question: Question, site: Site) -> list[Promoted]:
    """What is recommended for the words of ``question``, in whatever forms they are typed; in the editors' order.

    Nothing where the search is narrowed, or where Wagtail's app for it is not installed. Pages in other languages, those of
    other sites and those that are not public are left out. Two queries at the most.
    """
    if question.is_narrowed or question.words.is_empty or not apps.is_installed(PROMOTIONS):
        return []
    model: Any = apps.get_model("wagtailsearchpromotions", "SearchPromotion")
    typed = dict(model.objects.order_by().values_list("query", "query__query_string"))
    asked = _tokens(question.words)
    ids = [pk for pk, text in typed.items() if _are_the_same(_tokens_of(text, question.language), asked)]
    if not ids:
        return []
    rows = list(model.objects.filter(query__in=ids).order_by("query", "sort_order", "pk"))
    return list(_shown(rows, question, site))


def _shown(rows: list[Any], question: Question, site: Site) -> Iterable[Promoted]:
    named = Page.objects.filter(pk__in=[row.page_id for row in rows if row.page_id], locale=question.locale_id)
    public = {page.pk: page for page in public_pages(named, site)}
    for row in rows:
        page = public.get(row.page_id)
        if page is not None:
            yield Promoted(page.title, page.get_url(current_site=site) or "", row.description)
        elif not row.page_id and row.external_link_url.startswith(("https://", "http://")):
            yield Promoted(row.external_link_text or row.external_link_url, row.external_link_url, row.description)


@lru_cache(1024)
def _tokens_of(text: str, language: str) -> list[frozenset[str]]:
    return _tokens(read(text, language))


def _are_the_same(words: list[frozenset[str]], others: list[frozenset[str]]) -> bool:
    """Whether each of ``words`` is a form of one of the ``others``, and none is left."""
    return (
        len(words) == len(others) > 0
        and all(any(each & those for those in others) for each in words)
        and all(any(those & each for each in words) for those in others)
    )


def _tokens(words: Asked) -> list[frozenset[str]]:
    return [
        frozenset(each.text for each in tokens_in(group.match) if isinstance(each, Token)) for group in words.needed
    ]
