"""Child rows of a row inside the query that reads it: a page with its contacts, files and topics in one query.

Works alike on SQLite and PostgreSQL. What comes back is a list of dicts of JSON values: days as ``2027-03-28``, hours as
``10:00:00``, true and false as 1 and 0 on SQLite.

Public: other apps may import from here.
"""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class _Rows(JSONField):
    """A list of rows; an empty one where the database says null. PostgreSQL's driver has read what is ``json`` already."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return (value if isinstance(value, list) else super().from_db_value(value, expression, connection)) or []


class JsonRows(Subquery):
    """The rows of ``rows`` (with :class:`~django.db.models.OuterRef` to the row that is read), in their order.

    ``fields``: names in the result to what they are read from: a path (``"organisation__name"``) or an expression.
    """

    def __init__(self, rows: QuerySet[Any], **fields: Any) -> None:
        # Selected, what rows are ordered by is worked out once, and SQLite finds the row that it refers to.
        ordered = [each.lstrip("-") for each in rows.query.order_by if isinstance(each, str)]
        selected = [name for name in ordered if name in rows.query.annotations]
        rows = rows.annotate(json_row=JSONObject(**fields)).values("json_row", *selected)
        super().__init__(rows, output_field=_Rows())

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = '(SELECT JSON_GROUP_ARRAY(JSON("json_row")) FROM (%(subquery)s) AS "json_rows")'
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = '(SELECT JSONB_AGG("json_row") FROM (%(subquery)s) AS "json_rows")'
        return self.as_sql(compiler, connection, template=template, **extra)
