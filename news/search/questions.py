"""From a query of Wagtail's search, whatever its kind, to what an index is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from wagtail_newsroom.news.search.words.asking import FEWEST_FOR_ONE_MISSING, Asked, Group, asked, begun
from wagtail_newsroom.news.search.words.matches import Match, Without, all_of, either_of


class Question(SearchQuery):
    """What visitors asked, read already; for ``queryset.search(Question(…))``.

    Of a whole question not every word has to be there (``Asked.match``), other than of a text that is searched for;
    with ``any_of`` one is enough.
    """

    def __init__(self, question: Asked, *, any_of: bool = False) -> None:
        self.asked = question
        self.any_of = any_of

    def __repr__(self) -> str:
        return f"<Question {self.asked.typed!r}>"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is found: everything that ``match`` finds, or (``is_rest``) all else. Without ``match`` nothing, or everything.

    ``groups``: by what the rows that are found are put in order; with ``any_of`` not all of them are in each row.
    """

    match: Match | None = None
    is_rest: bool = False
    groups: tuple[Group, ...] = ()
    any_of: bool = False

    def turned(self) -> "Wanted":
        return Wanted(self.match, not self.is_rest, self.groups, self.any_of)


NOTHING = Wanted()


def wanted(query: Any, languages: Sequence[str], *, is_begun: bool = False) -> Wanted:
    """What ``query`` looks for in things of these languages; ``is_begun``: its last word may be the beginning of one.

    A text without any word looks for nothing, and counts for nothing beside others.
    """
    return _wanted(query, tuple(languages), is_begun) or NOTHING


def _wanted(query: Any, languages: tuple[str, ...], is_begun: bool) -> Wanted | None:
    match query:
        case MatchAll():
            return Wanted(is_rest=True)
        case Question():
            question = query.asked
            if query.any_of or question.is_empty:
                return _of(question, any_of=query.any_of)
            is_loose = len(question.needed) >= FEWEST_FOR_ONE_MISSING
            return Wanted(question.match, False, question.groups, any_of=is_loose)
        case Phrase():
            return _of(asked(f'"{query.query_string.replace(chr(34), " ")}"', *languages))
        case PlainText() | Fuzzy():
            read = begun if is_begun else asked
            return _of(read(query.query_string, *languages), any_of=query.operator == "or")
        case Boost():
            return _wanted(query.subquery, languages, is_begun)
        case Not():
            part = _wanted(query.subquery, languages, is_begun)
            return part.turned() if part else None
        case And():
            return _all(_parts(query, languages, is_begun))
        case Or():
            found = _all([part.turned() for part in _parts(query, languages, is_begun)])
            return Wanted(found.match, not found.is_rest, found.groups, any_of=True) if found else None
    # As modelsearch's own compilers do for a kind of query that they do not know.
    raise NotImplementedError(f"`{type(query).__name__}` is not supported by the newsroom's search.")


def _parts(query: And | Or, languages: tuple[str, ...], is_begun: bool) -> list[Wanted]:
    found = (_wanted(part, languages, is_begun) for part in query.subqueries)
    return [part for part in found if part]


def _of(question: Asked, *, any_of: bool = False) -> Wanted | None:
    if question.is_empty:
        return None
    matches = [each.match for each in question.groups]
    return Wanted(either_of(matches) if any_of else all_of(matches), False, question.groups, any_of)


def _all(parts: list[Wanted]) -> Wanted | None:
    """What all of ``parts`` find."""
    if not parts:
        return None
    if any(part.match is None and not part.is_rest for part in parts):
        return NOTHING
    inside = [part.match for part in parts if part.match and not part.is_rest]
    outside = [part.match for part in parts if part.match and part.is_rest]
    groups = tuple(group for part in parts for group in part.groups)
    any_of = any(part.any_of for part in parts)
    if inside and outside:
        return Wanted(Without(all_of(inside), either_of(outside)), False, groups, any_of)
    if inside:
        return Wanted(all_of(inside), False, groups, any_of)
    return Wanted(either_of(outside), True, groups, any_of) if outside else Wanted(is_rest=True)
