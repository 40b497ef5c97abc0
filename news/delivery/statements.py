"""What an SQL statement writes: which tables, and which columns of them. Pure text, no database.

It need not understand SQL. It has to tell reading from writing for certain, and what it cannot read counts as a write
of everything (:data:`UNREADABLE`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# No table is called so.
UNREADABLE = "?"

INSERT, UPDATE, DELETE = "insert", "update", "delete"

# The first word of statements that write no row. Tables come and go with migrations, whose end replaces the token.
_READS = {"SELECT", "VALUES", "TABLE", "SHOW", "DECLARE", "FETCH", "CLOSE", "PRAGMA"}
_TRANSACTIONS = {
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    "START",
    "COMMIT",
    "END",
    "SET",
    "RESET",
    "LOCK",
    "DISCARD",
}
_UPKEEP = {"VACUUM", "ANALYZE", "REINDEX", "LISTEN", "UNLISTEN", "NOTIFY", "COMMENT", "GRANT", "REVOKE"}
_SHAPES = {"CREATE", "ALTER", "DROP"}
HARMLESS = frozenset(_READS | _TRANSACTIONS | _UPKEEP | _SHAPES)
_NAME = r'(?:"(?:[^"]|"")+"|`[^`]+`|\[[^\]]+\]|[^\W\d][\w$]*)'
_TABLE = rf"(?:{_NAME}\s*\.\s*)?(?P<table>{_NAME})"
_WRITE = re.compile(
    rf"""(?:
        (?P<insert>INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO)
        |(?P<update>UPDATE(?:\s+OR\s+\w+)?(?:\s+ONLY)?)
        |(?P<delete>DELETE\s+FROM(?:\s+ONLY)?)
    )\s+{_TABLE}""",
    re.IGNORECASE | re.VERBOSE,
)
_ALIAS = re.compile(rf"\s*(?:\*\s*)?(?:(?:AS\s+)?(?!SET\b){_NAME}\s+)?SET\s", re.IGNORECASE)
_ASSIGNED = re.compile(rf"\s*(?P<column>{_NAME})\s*=")
# “SET a = t.a”: how a row is claimed without being changed.
_UNCHANGED = re.compile(
    rf"\s*(?P<column>{_NAME})\s*=\s*(?:{_NAME}\s*\.\s*)?(?P<itself>{_NAME})\s*(?:,|$|WHERE\b)", re.IGNORECASE
)
_END_OF_SET = re.compile(r"(?<!\w)(?:WHERE|FROM|RETURNING)\b", re.IGNORECASE)
_COMMENT = re.compile(r"\s+|--[^\n]*(?:\n|$)|/\*.*?\*/", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
# Text in quotes, and comments: words in them are nobody's.
_QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Write:
    """One table that a statement writes.

    ``columns``: those that an UPDATE sets, ``None`` where they are not known or where whole rows come or go; ``where``:
    the condition of an UPDATE or DELETE as it stands in the statement, ``None`` where it was not read.
    """

    verb: str
    table: str
    columns: tuple[str, ...] | None = None
    where: str | None = None


@lru_cache(maxsize=2048)
def writes_of(sql: str) -> tuple[Write, ...]:
    """Every table that ``sql`` writes; empty for a statement that writes no row."""
    start = _beginning(sql)
    word = _WORD.match(sql, start)
    first = word[0].upper() if word else ""
    if first in HARMLESS or not sql[start:].strip(" ;\n\t"):
        return ()
    if first == "EXPLAIN" and not re.search(r"\bANALYZE\b", sql, re.IGNORECASE):
        return ()
    if first in {"INSERT", "REPLACE", "UPDATE", "DELETE"}:
        found = _WRITE.match(sql, start)
        return (_write(sql, found),) if found else (Write("", UNREADABLE),)
    # A query in brackets, as Django writes both sides of a UNION for PostgreSQL.
    if first in {"WITH", "EXPLAIN"} or sql.startswith("(", start):
        return tuple(_hidden(sql))
    return (Write("", UNREADABLE),)


def _beginning(sql: str) -> int:
    position = 0
    while found := _COMMENT.match(sql, position):
        position = found.end()
    return position


def _hidden(sql: str) -> Iterator[Write]:
    """Writes of a statement that begins with something else, as ``WITH moved AS (UPDATE …)`` does."""
    plain = _QUOTED.sub(lambda found: " " * len(found[0]), sql)
    for found in _WRITE.finditer(plain):
        if not plain[: found.start()].rstrip().upper().endswith((" FOR", " FOR NO KEY", " DO", " ON CONFLICT DO")):
            yield Write(_verb(found), _plain(found["table"]))


def _write(sql: str, found: re.Match[str]) -> Write:
    verb, table, rest = _verb(found), _plain(found["table"]), sql[found.end() :]
    if verb == INSERT:
        return Write(verb, table)
    if verb == DELETE:
        where = re.match(r"\s+WHERE\s+(.*)$", rest, re.IGNORECASE | re.DOTALL)
        return Write(verb, table, None, where[1] if where else None)
    columns, where_at = _assignments(rest)
    return Write(verb, table, columns, None if where_at is None else rest[where_at:])


def _verb(found: re.Match[str]) -> str:
    return INSERT if found["insert"] else UPDATE if found["update"] else DELETE


def _plain(name: str) -> str:
    """A name as the database knows it: without quotes; in small letters where it had none."""
    if name[0] == '"':
        return name[1:-1].replace('""', '"')
    return name[1:-1] if name[0] in "`[" else name.lower()


def _assignments(rest: str) -> tuple[tuple[str, ...] | None, int | None]:
    """Columns that stand before an equals sign after SET, and where the condition begins. ``None``: not readable."""
    begun = _ALIAS.match(rest)
    if begun is None:
        return None, None
    columns: list[str] = []
    position, depth, expects = begun.end(), 0, True
    while position < len(rest):
        if expects:
            assigned = _ASSIGNED.match(rest, position)
            if assigned is None:
                return None, None
            same = _UNCHANGED.match(rest, position)
            if same is None or _plain(same["column"]) != _plain(same["itself"]):
                columns.append(_plain(assigned["column"]))
            position, expects = assigned.end(), False
            continue
        letter = rest[position]
        if letter in "'\"":
            closing = rest.find(letter, position + 1)
            if closing < 0:
                return None, None
            position = closing
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif depth == 0 and letter == ",":
            expects = True
        elif depth == 0 and (ended := _END_OF_SET.match(rest, position)):
            return tuple(columns), ended.end() if ended[0].upper() == "WHERE" else None
        position += 1
    return tuple(columns), None
