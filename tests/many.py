"""Pages by the thousand: the rows of one page written again and again, with all that hangs on it, faster than by saving.

For benchmarks and for tests of what depends on the size of a site. Nothing is signalled, recorded or indexed for search.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max
from wagtail.models import Page, ReferenceIndex

from tests.factories import make_photo
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes

BATCH = 2_000

Vary = Callable[[int, dict[str, Any]], None]


@transaction.atomic
def multiply(page: Page, times: int, *, vary: Vary | None = None) -> range:
    """Write ``times`` siblings of the live ``page``; return their ids.

    ``vary``: changes the columns of one (by its number from 0): those of all tables of its type, by their names.
    """
    first = (Page.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    ids = range(first, first + times)
    parent = page.get_parent()
    own = {table: _row(table, pk_of, page.pk) for table, pk_of in _tables(type(page))}
    merged = {name: value for row in own.values() for name, value in row.items()}
    last = parent.get_last_child().path

    def made(place: int) -> dict[str, Any]:
        pk = ids[place]
        slug = f"{page.slug}-{pk}"
        row = {
            **merged,
            "path": _next_path(page, last, place + 1),
            "slug": slug,
            "title": f"{page.title} {pk}",
            "draft_title": f"{page.title} {pk}",
            "url_path": f"{parent.url_path}{slug}/",
            "translation_key": _uuid(),
            "latest_revision_id": None,
            "live_revision_id": None,
        }
        if vary is not None:
            vary(place, row)
        return row

    for chunk in _chunks(range(times)):
        rows = [made(place) for place in chunk]
        for (table, pk_of), row in zip(_tables(type(page)), own.values(), strict=True):
            names = list(row)
            _insert(
                table,
                names,
                [
                    [ids[place] if name == pk_of else each[name] for name in names]
                    for place, each in zip(chunk, rows, strict=True)
                ],
            )
    Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + times)
    for table, column in _hanging(type(page)):
        _copy_rows(table, column, page.pk, ids)
    _copy_references(page, ids)
    with connection.cursor() as cursor:  # the ids were given, not taken from the sequence
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
    return ids


def photos_with_sizes(count: int) -> list[Any]:
    """So many photos; their sizes are made once, and the others' are copies: making them all takes most of the time."""
    photo = make_photo("Zdjęcie")
    prepare_sizes([photo])
    return _copies(photo, count)


def _copies(photo: Any, times: int) -> list[Any]:
    """``times`` photos with the file and the sizes of ``photo``, which are made once: rows alone."""
    copied = [field.attname for field in photo._meta.concrete_fields if not field.primary_key]
    row = {name: getattr(photo, name) for name in copied}
    photos = type(photo).objects.bulk_create(type(photo)(**row) for _n in range(times))
    sizes, model = list(photo.renditions.all()), photo.get_rendition_model()
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    rows = [{name: getattr(size, name) for name in names} for size in sizes]
    model.objects.bulk_create(model(**{**each, "image_id": copy.pk}) for copy in photos for each in rows)
    return list(photos)


def days_back(place: int, row: dict[str, Any]) -> None:
    """A day of publication for each: several share one."""
    row["date"] = dt.date(2026, 6, 1) - dt.timedelta(days=place % 1500)


def _uuid() -> Any:
    value = uuid.uuid4()
    return value if connection.vendor == "postgresql" else value.hex


def _tables(model: type[Page]) -> list[tuple[str, str]]:
    """The tables of a type from the base on, each with the column of its key."""
    chain = [each for each in reversed(model.__mro__) if issubclass(each, Page) and not each._meta.abstract]
    return [(each._meta.db_table, each._meta.pk.column) for each in chain]


def _hanging(model: type[Page]) -> Iterator[tuple[str, str]]:
    """Tables of child rows and of links to topics and the like, with the column of the page."""
    for relation in model._meta.related_objects:
        if relation.one_to_many and hasattr(relation.related_model, "sort_order") and relation.field.model is not model:
            yield relation.related_model._meta.db_table, relation.field.column
    for field in model._meta.many_to_many:
        through = field.remote_field.through
        if through._meta.auto_created:
            yield through._meta.db_table, field.m2m_column_name()


def _row(table: str, key: str, pk: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{key}" = %s', [pk])
        return dict(zip([each[0] for each in cursor.description], cursor.fetchone(), strict=True))


def _next_path(page: Page, last: str, further: int) -> str:
    """The path of a sibling, ``further`` places behind the last."""
    step = page._int2str(page._str2int(last[-page.steplen :]) + further)
    return last[: -page.steplen] + step.rjust(page.steplen, page.alphabet[0])


def _copy_rows(table: str, column: str, pk: int, ids: range) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{column}" = %s', [pk])
        names = [each[0] for each in cursor.description]
        rows = [dict(zip(names, each, strict=True)) for each in cursor.fetchall()]
    kept = [name for name in names if name != "id"]
    for chunk in _chunks(ids):
        _insert(
            table, kept, [[each if name == column else row[name] for name in kept] for each in chunk for row in rows]
        )


def _copy_references(page: Page, ids: range) -> None:
    kind = ContentType.objects.get_for_model(Page)
    rows = list(ReferenceIndex.objects.filter(base_content_type=kind, object_id=str(page.pk)))
    for chunk in _chunks(ids):
        made = []
        for pk in chunk:
            for row in rows:
                values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
                made.append(ReferenceIndex(**{**values, "object_id": str(pk)}))
        ReferenceIndex.objects.bulk_create(made)


def _insert(table: str, names: list[str], rows: list[list[Any]]) -> None:
    if not rows:
        return
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)


def _chunks(items: range) -> Iterator[list[int]]:
    every = iter(items)
    while chunk := list(islice(every, BATCH)):
        yield chunk
