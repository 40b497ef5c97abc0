"""How one of many processes takes a row for itself, on every database."""

from typing import Any

from django.db import connections, models
from django.db.models import F


def claim(rows: models.QuerySet[Any], *, touch: str, wait: bool = False) -> list[Any]:
    """Take ``rows`` until the end of the transaction under way; return them as they are now, ordered by key.

    PostgreSQL locks the rows; one that somebody else holds is left out, or waited for with ``wait``. SQLite has one
    writer: a write that changes nothing (of the field ``touch``) makes it us before anything is read.
    """
    rows = rows.order_by("pk")
    features = connections[rows.db].features
    if features.has_select_for_update_skip_locked:
        of = ("self",) if features.has_select_for_update_of else ()
        return list(rows.select_for_update(skip_locked=not wait, of=of))
    rows.order_by().update(**{touch: F(touch)})
    return list(rows)
