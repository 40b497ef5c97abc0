"""Rows found by a search, joined to a query of Django as a table of their own: each is ranked once."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import Expression
from django.db.models.sql.constants import INNER

KEY, SCORE = "object_key", "score"  # columns


class FoundRows:
    """The rows of ``sql`` as Django joins tables: those of a query that are among them, with their score."""

    table_name = "found"
    nullable = False
    filtered_relation = None
    join_field = None

    def __init__(self, sql: str, params: tuple[Any, ...], parent_alias: str, parent_column: str) -> None:
        self.sql, self.params = sql, params
        self.parent_alias, self.parent_column = parent_alias, parent_column
        self.table_alias: str | None = None
        self.join_type = INNER

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        quoted = compiler.quote_name_unless_alias
        key = f"{quoted(self.parent_alias)}.{connection.ops.quote_name(self.parent_column)}"
        return f"INNER JOIN ({self.sql}) {self.table_alias} ON ({key} = {self.table_alias}.{KEY})", self.params

    def relabeled_clone(self, change_map: dict[str | None, str]) -> "FoundRows":
        parent = change_map.get(self.parent_alias, self.parent_alias)
        clone = FoundRows(self.sql, self.params, parent, self.parent_column)
        clone.table_alias = change_map.get(self.table_alias, self.table_alias or "")
        return clone

    def demote(self) -> "FoundRows":
        return self

    def promote(self) -> "FoundRows":
        return self

    @property
    def identity(self) -> tuple[Any, ...]:
        return (type(self), self.sql, self.params, self.parent_alias)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FoundRows) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)


class Score(Expression):
    """A number of a row that was joined as ``alias``: its score, or another column of what was found."""

    output_field = IntegerField()

    def __init__(self, alias: str, column: str = SCORE) -> None:
        super().__init__()
        self.alias, self.column = alias, column

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f"{self.alias}.{self.column}", ()

    def relabeled_clone(self, change_map: Mapping[str, str]) -> "Score":
        return Score(change_map.get(self.alias, self.alias), self.column)


def joined(queryset: QuerySet[Any], sql: str, params: tuple[Any, ...]) -> tuple[QuerySet[Any], str]:
    """``queryset`` without the rows whose key is not among those of ``sql``, and the alias of these."""
    queryset = queryset.all()
    query = queryset.query
    parent = query.get_initial_alias()
    alias = query.join(FoundRows(sql, params, parent, queryset.model._meta.pk.column))  # type: ignore[arg-type]  # as a Join
    return queryset, alias
