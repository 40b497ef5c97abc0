"""Parts of items: each reads its own columns, says what it points to, and makes its field.

Public: other apps may import from here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted

Row = Mapping[str, Any]


class Part:
    """One field of an item, or several of one subject.

    For one answer the methods are called in their order, the first two once for all rows; only :meth:`prepare` may ask the
    database, in a number of queries that does not depend on the rows.
    """

    name = ""

    @property
    def schema(self) -> Any:
        """Type and ``Field`` of it for the document, where the schema of the item cannot name it beforehand."""
        return None

    def columns(self, answer: Answer) -> dict[str, Any]:
        """What the query of the rows reads for it: names to columns (``F``) or expressions, which are called as no field is.

        The query is kept and asked again: of ``answer`` it may depend on the site, its tree, the moment and the day alone.
        """
        return {}

    def prepare(self, rows: Sequence[Row], answer: Answer, wanted: Wanted) -> Any:
        """Read what is no column of the rows; returned as ``prepared`` to the methods below."""
        return None

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        """Note what the row points to."""

    def read(self, row: Row, found: Found, prepared: Any) -> Any:
        """The value of the field; of the summary, a dict of fields."""
        raise NotImplementedError
