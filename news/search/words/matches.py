"""What is looked for in an index, as trees of tokens, and how SQLite and PostgreSQL are told.

Every token is made of a–z and figures, so that none of them can be a sign of either language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Token:
    """One token; with ``begins`` each that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens one after another; with ``begins`` the last is the beginning of one."""

    texts: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Match", ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Match", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What ``wanted`` finds and ``unwanted`` does not."""

    wanted: "Match"
    unwanted: "Match"


Match: TypeAlias = Token | Run | All | Either | Without


def all_of(parts: Sequence[Match]) -> Match:
    """``All``, or its only part."""
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def either_of(parts: Sequence[Match]) -> Match:
    """``Either`` without repetitions, or its only part."""
    parts = tuple(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else Either(parts)


def tokens_in(match: Match) -> Iterator[Token | Run]:
    """What is wanted, down to single tokens and runs."""
    if isinstance(match, Token | Run):
        yield match
    elif isinstance(match, Without):
        yield from tokens_in(match.wanted)
    else:
        for part in match.parts:
            yield from tokens_in(part)


def for_sqlite(match: Match) -> str:
    """``match`` in the language of FTS5."""
    if isinstance(match, Token):
        return f'"{match.text}"' + ("*" if match.begins else "")
    if isinstance(match, Run):
        return f'"{" ".join(match.texts)}"' + ("*" if match.begins else "")
    if isinstance(match, Without):
        return f"({for_sqlite(match.wanted)} NOT {for_sqlite(match.unwanted)})"
    return "(" + (" AND " if isinstance(match, All) else " OR ").join(map(for_sqlite, match.parts)) + ")"


def for_postgresql(match: Match) -> str:
    """``match`` as the text of a ``tsquery``."""
    if isinstance(match, Token):
        return f"'{match.text}'" + (":*" if match.begins else "")
    if isinstance(match, Run):
        return "(" + " <-> ".join(f"'{text}'" for text in match.texts) + (":*)" if match.begins else ")")
    if isinstance(match, Without):
        return f"({for_postgresql(match.wanted)} & !{for_postgresql(match.unwanted)})"
    return "(" + (" & " if isinstance(match, All) else " | ").join(map(for_postgresql, match.parts)) + ")"
