"""A draft in the place of the published page, for whoever reads the database by queries.

Within :func:`seen_as_published` every query of this connection finds one page as its draft has it: its own rows, the rows
below it, its topics and projects, and what it refers to. Nothing is written. Each SELECT that names one of these tables
gets a ``WITH`` in front: the table without what is published of the page, and the rows of the draft. So one reading
serves both, in lists and counts as well, and no draft can differ from what its publication will give.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections, models
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Site

from wagtail_newsroom.news.delivery.draft_rows import DATABASES, tables_of_pages
from wagtail_newsroom.news.delivery.private import reason_for
from wagtail_newsroom.news.models import Retirement
from wagtail_newsroom.news.publishing.files.draft_files import DraftFiles
from wagtail_newsroom.news.uses import kind_of


@dataclass
class _Table:
    """What stands in a table instead of the rows of one page. ``where``: which rows stay, with ``params``."""

    columns: "tuple[models.Field[Any, Any], ...]"
    where: str
    params: tuple[Any, ...]
    rows: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def seen_as_published(draft: Page, files: DraftFiles) -> Iterator[None]:
    """Show ``draft`` (saved nowhere) as it will be once it is published, until it is left.

    ``files``: which of the pictures and files that it names may be shown; the others are as if it did not name them.
    """
    connection = connections[draft._state.db or "default"]
    if connection.vendor not in DATABASES:
        raise NotImplementedError(f"Drafts are read on {' and '.join(sorted(DATABASES))} alone.")
    Site.get_site_root_paths()  # kept by Wagtail for everybody: read while the home page is what it is
    tables = _tables_of(draft, files)

    def instead(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not isinstance(sql, str) or not sql.startswith("SELECT ") or many:
            return execute(sql, params, many, context)
        named = [name for name in tables if f'"{name}"' in sql]
        if not named:
            return execute(sql, params, many, context)
        written = [_written(name, tables[name], connection) for name in named]
        sql = sql if params is not None else sql.replace("%", "%%")
        whole = f"WITH {', '.join(text for text, _values in written)} {sql}"
        return execute(
            whole, [*(value for _text, values in written for value in values), *(params or ())], many, context
        )

    with connection.execute_wrapper(instead):
        yield


def _written(name: str, table: _Table, connection: Any) -> tuple[str, list[Any]]:
    """The table as a common table expression, with its parameters.

    Of its own name PostgreSQL sees the table behind it, SQLite only with the name of the database before it.
    """
    columns = ", ".join(f'"{each.column}"' for each in table.columns)
    source = f'main."{name}"' if connection.vendor == "sqlite" else f'"{name}"'
    parts = [f"SELECT {columns} FROM {source} WHERE {table.where}"]  # noqa: S608  (names of models)
    values = list(table.params)
    for row in table.rows:
        marks = []
        for each in table.columns:
            values.append(each.get_db_prep_save(row.get(str(each.column)), connection))
            is_typed = connection.vendor == "postgresql"
            marks.append(f"CAST(%s AS {each.cast_db_type(connection)})" if is_typed else "%s")
        parts.append(f"SELECT {', '.join(marks)}")
    return f'"{name}" AS NOT MATERIALIZED ({" UNION ALL ".join(parts)})', values


def _tables_of(draft: Page, files: DraftFiles) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    for model in (*draft._meta.get_parent_list(), type(draft)):
        columns = _columns(model)
        row = {str(each.column): getattr(draft, each.attname) for each in columns}
        _put(tables, model, draft.pk, [row])
    tables[Page._meta.db_table].rows[0] |= _as_published(draft)
    for relation in get_all_child_relations(type(draft)):
        if not reason_for(relation.related_model._meta.db_table):  # comments of editors, say
            _put_children(tables, draft, relation)
    for each in draft._meta.get_fields():
        if isinstance(each, ParentalManyToManyField):
            _put_links(tables, draft, each)
    _put_references(tables, draft, files)
    retirements = Retirement._meta
    tables[retirements.db_table] = _Table(_columns(Retirement), '"page_id" <> %s', (draft.pk,))
    return tables


def _columns(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    return tuple(model._meta.local_concrete_fields)


def _put(tables: dict[str, _Table], model: type[models.Model], page_id: int, rows: Iterable[dict[str, Any]]) -> None:
    """Put ``rows`` in the place of those that the table of ``model`` has of the page."""
    name = model._meta.db_table
    column = tables_of_pages()[name].column
    tables[name] = _Table(_columns(model), f'"{column}" <> %s', (page_id,), list(rows))


def _as_published(draft: Page) -> dict[str, Any]:
    now = timezone.now()
    return {
        "live": True,
        "expired": False,
        "expire_at": draft.expire_at if draft.expire_at and draft.expire_at > now else None,
        "first_published_at": draft.first_published_at or now,
        "last_published_at": draft.latest_revision_created_at or now,
    }


def _put_children(tables: dict[str, _Table], draft: Page, relation: Any) -> None:
    """The rows below the page. New ones have no id yet: they get one that no other row has."""
    model = relation.related_model
    if model._meta.db_table not in tables_of_pages():
        return  # rows that are made of other rows of ours
    rows = []
    for place, child in enumerate(getattr(draft, relation.get_accessor_name()).all()):
        row = {str(each.column): getattr(child, each.attname) for each in _columns(model)}
        row[str(relation.field.column)] = draft.pk
        if child.pk is None:
            row[str(model._meta.pk.column)] = -1 - place
        if row.get("sort_order", 0) is None:
            row["sort_order"] = place
        rows.append(row)
    _put(tables, model, draft.pk, rows)


def _put_links(tables: dict[str, _Table], draft: Page, relation: Any) -> None:
    """What a many-to-many field of the draft names."""
    through = relation.remote_field.through
    ours, theirs = (
        through._meta.get_field(name()).column for name in (relation.m2m_field_name, relation.m2m_reverse_field_name)
    )
    named = getattr(draft, relation.name).all()
    _put(
        tables,
        through,
        draft.pk,
        [
            {str(through._meta.pk.column): -1 - place, ours: draft.pk, theirs: each.pk}
            for place, each in enumerate(named)
        ],
    )


def _put_references(tables: dict[str, _Table], draft: Page, files: DraftFiles) -> None:
    """What the draft refers to, of pictures and files those that may be shown."""
    pages = kind_of(Page)
    shown = {kind_of(get_image_model()).pk: files.images, kind_of(get_document_model()).pk: files.documents}
    rows = [
        {
            "id": -1 - place,
            "base_content_type_id": pages.pk,
            "content_type_id": ContentType.objects.get_for_model(draft, for_concrete_model=False).pk,
            "object_id": str(draft.pk),
            "to_content_type_id": to,
            "to_object_id": pk,
            "model_path": model_path,
            "content_path": content_path,
            "content_path_hash": ReferenceIndex._get_content_path_hash(content_path),
        }
        for place, (to, pk, model_path, content_path) in enumerate(
            ReferenceIndex._extract_references_from_object(draft)
        )
        if to not in shown or int(pk) in shown[to]
    ]
    tables[ReferenceIndex._meta.db_table] = _Table(
        _columns(ReferenceIndex),
        'NOT ("base_content_type_id" = %s AND "object_id" = %s)',
        (pages.pk, str(draft.pk)),
        rows,
    )
