"""From what people type to what a search index can be asked for: no sign that only the index's own language knows."""

import re
from typing import Any

from django.utils.translation import gettext as _
from modelsearch.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText

LONGEST_SEARCH = 200  # characters
# Control characters, halves of a surrogate pair, and the mark that ends a phrase in SQLite's language.
NO_WORD = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff"]')


def trouble_with_words(typed: str) -> str:
    """What is wrong with a search text, with the remedy; empty for one that can be looked up."""
    if len(typed) > LONGEST_SEARCH:
        return _("The search text is too long. Shorten “search” to %(count)d characters.") % {"count": LONGEST_SEARCH}
    if "\0" in typed:
        return _("“search” holds a NUL character. Take it away.")
    if typed.count('"') % 2 == 1:
        return _("A quotation mark is not closed. Close it in “search”, or take it away.")
    return ""


def searchable(query: Any) -> Any:
    """``query``, a text or a query of Wagtail's search, with nothing but words in it; empty (``""``) without any."""
    if isinstance(query, str):
        return _words(query)
    if isinstance(query, PlainText):
        words = _words(query.query_string)
        return PlainText(words, operator=query.operator, boost=query.boost) if words else ""
    if isinstance(query, Phrase):
        words = _words(query.query_string)
        return Phrase(words) if words else ""
    if isinstance(query, Fuzzy):
        words = _words(query.query_string)
        return Fuzzy(words, operator=query.operator, unaccent=query.unaccent) if words else ""
    if isinstance(query, And | Or):
        parts = [part for each in query.subqueries if (part := searchable(each)) != ""]
        return type(query)(parts) if parts else ""
    if isinstance(query, Not | Boost):
        part = searchable(query.subquery)
        if part == "":
            return ""
        return Not(part) if isinstance(query, Not) else Boost(part, query.boost)
    return query


def _words(typed: str) -> str:
    return " ".join(NO_WORD.sub(" ", typed[:LONGEST_SEARCH]).split())
