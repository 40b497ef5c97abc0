"""What a search finds, as the API tells it."""

from collections.abc import Sequence
from typing import Any

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Wanted
from wagtail_newsroom.news.api.v1.reading.files import in_language, these_files
from wagtail_newsroom.news.api.v1.reading.links import page_links
from wagtail_newsroom.news.finding.excerpts import Marked
from wagtail_newsroom.news.finding.facets import Facets
from wagtail_newsroom.news.finding.hits import Hit


def read_hits(hits: Sequence[Hit], answer: Answer, language: str) -> list[dict[str, Any]]:
    """The results in their order, as far as they are public now. ``language``: the active one, that of the search."""
    ids = {page.pk for hit in hits for page in (hit.page, hit.offered_by) if page is not None}
    links = {pk: found.chosen for pk, found in page_links(ids, answer, Wanted()).items() if found.chosen} if ids else {}
    documents = {hit.file.attachment.pk for hit in hits if hit.file is not None}
    files = these_files(documents, answer) if documents else {}
    found = []
    for hit in hits:
        if hit.file is None and hit.page.pk in links:
            found.append({**_page(hit, links[hit.page.pk]), **_common(hit)})
        elif hit.file is not None and hit.file.attachment.pk in files:
            told = in_language(files[hit.file.attachment.pk], answer, language)
            offered_by = links.get(hit.offered_by.pk) if hit.offered_by is not None else None
            found.append({**_file(told, offered_by), **_common(hit)})
    return found


def read_facets(facets: Facets) -> dict[str, list[dict[str, Any]]]:
    """What the search may be narrowed by."""
    return {facet.name: [vars(choice) for choice in facet.choices] for facet in facets}


def no_facets() -> dict[str, list[dict[str, Any]]]:
    """As :func:`read_facets`, where nothing was asked."""
    return {name: [] for name in ("type", "topic", "year", "kind")}


def _common(hit: Hit) -> dict[str, Any]:
    page, state = hit.page, getattr(hit.page, "state_line", None)
    return {
        "title": _marked(hit.title),
        "excerpt": _marked(hit.excerpt) if hit.excerpt else None,
        "inside_file": hit.file is not None and bool(hit.excerpt),
        "is_over": hit.is_over,
        "lacks": list(hit.lacks),
        "display": {
            "type": str(hit.type.label),
            "kicker": getattr(page, "kicker", "") or None,
            "when": getattr(page, "when_text", "") or None,
            "state_line": state.text if state else None,
            "attachment_line": hit.file.facts if hit.file is not None else None,
        },
    }


def _page(hit: Hit, link: dict[str, Any]) -> dict[str, Any]:
    told = {name: link[name] for name in ("type", "id", "key", "locale", "path", "url", "date")}
    return {**told, "kind": None, "offered_by": None}


def _file(told: dict[str, Any], offered_by: dict[str, Any] | None) -> dict[str, Any]:
    names = ("type", "id", "key", "locale", "path", "url", "kind")
    return {**{name: told[name] for name in names}, "date": told["issued_on"], "offered_by": offered_by}


def _marked(text: Marked) -> dict[str, Any]:
    return {"text": text.text, "marks": [{"start": start, "end": end} for start, end in text.marks]}
