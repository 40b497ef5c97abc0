"""Pages: the base of every type's reading.

Public: other apps may import from here.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.cursors import Key
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted, gather
from wagtail_newsroom.news.api.v1.parameters import ListParameters, with_names
from wagtail_newsroom.news.api.v1.reading.extras import ExtraPart, types_with_extra
from wagtail_newsroom.news.api.v1.reading.orders import ORDERS
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.sources import SOURCES
from wagtail_newsroom.news.api.v1.schemas.making import Schemas, schemas_of
from wagtail_newsroom.news.listings.words import only_word
from wagtail_newsroom.news.queries.prepared import PreparedQueries


class PageSummaryPart(Part):
    """What every page says of itself in lists."""

    word = ""

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {
            "id": F("id"),
            "key": F("translation_key"),
            "locale_id": F("locale_id"),
            "content_type_id": F("content_type_id"),
            "language": F("locale__language_code"),
            "title": F("title"),
            "slug": F("slug"),
            "url_path": F("url_path"),
            "first_published_at": F("first_published_at"),
            "last_published_at": F("last_published_at"),
        }

    def read(self, row: Row, found: Found, prepared: Any) -> dict[str, Any]:
        path = found.answer.path_of(row["url_path"])
        return {
            "id": row["id"],
            "key": str(row["key"]),
            "locale": row["language"],
            "type": self.word,
            "title": row["title"],
            "slug": row["slug"],
            "path": path,
            "url": found.answer.absolute(path),
            "published_at": row["first_published_at"],
            "updated_at": row["last_published_at"],
        }


class PageReading:
    """How pages of a type are listed and read.

    ``word``: the ``type`` of the items; ``address``: of the list; ``summary_schema``, ``item_schema``: of an item in a
    list, and whole (``extra`` is added); ``parameters``: of the list (``fields`` and ``include`` are added); ``orders``: by
    the value of ``order``, the first is the default; ``summary``: the part in every answer; ``named_otherwise``: columns of
    types below ours that items show under another name.
    """

    word: ClassVar[str]
    address: ClassVar[str]
    model: ClassVar[type[Page]]
    summary_schema: ClassVar[type[Any]]
    item_schema: ClassVar[type[Any]]
    parameters: ClassVar[type[ListParameters]]
    orders: ClassVar[dict[str, tuple[Key, ...]]] = ORDERS
    summary: ClassVar[Part]
    named_otherwise: ClassVar[frozenset[str]] = frozenset()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What whole items have beside their summary."""
        return ()

    @property
    def included(self) -> tuple[str, ...]:
        """Names of the parts that lists may bring: all of them."""
        return tuple(part.name for part in self.parts)

    @cached_property
    def extra(self) -> ExtraPart:
        """Fields of the types below ours."""
        shown = {*self.item_schema.model_fields, *(part.name for part in self.parts), *self.named_otherwise}
        return ExtraPart(types_with_extra(self.model, self.word, shown))

    @cached_property
    def schemas(self) -> Schemas:
        """What the document says of the type."""
        added = {part.name: part.schema for part in (self.extra, *self.parts) if part.schema is not None}
        return schemas_of(self.summary_schema, self.item_schema, self.included, added)

    @cached_property
    def list_parameters(self) -> type[ListParameters]:
        """The parameters of the list, with the names that this type has."""
        names = [name for name in self.schemas.listed.model_fields if name not in self.included]
        return with_names(self.parameters, names, self.included)

    def brought(self, names: Iterable[str]) -> tuple[Part, ...]:
        """The parts of these names, in our order."""
        wanted = set(names)
        return tuple(part for part in self.parts if part.name in wanted)

    def pages(self, answer: Answer) -> QuerySet[Any]:
        """The public pages of this type."""
        return answer.public(only_word(self.model._default_manager.all(), self.word))

    def narrowed(self, pages: QuerySet[Any], asked: Any, answer: Answer) -> QuerySet[Any]:
        """Those of ``pages`` that the parameters ``asked`` leave."""
        if asked.ids:
            pages = pages.filter(pk__in=asked.ids)
        if asked.locale:
            pages = pages.filter(locale__language_code=asked.locale)
        return pages

    @cached_property
    def _queries(self) -> PreparedQueries:
        return PreparedQueries()

    def rows_of(self, ids: Sequence[int], answer: Answer, parts: Sequence[Part]) -> list[Row]:
        """The rows of those of the pages ``ids`` that are public, in this order; one query for each five hundred of them."""

        def build(now: dt.datetime, some: Sequence[int]) -> QuerySet[Any]:
            asked = answer.at(now)
            return self.rows(self.pages(asked).filter(pk__in=some), asked, parts)

        key = (answer.site.pk, answer.tree, tuple(part.name for part in parts))
        found = {row["id"]: row for row in self._queries.rows(key, build, answer.now, ids)}
        return [found[pk] for pk in ids if pk in found]

    def rows(self, pages: QuerySet[Any], answer: Answer, parts: Iterable[Part]) -> QuerySet[Any]:
        """``pages`` as rows with the columns of the summary and of ``parts``, of one query."""
        columns = {name: value for part in (self.summary, *parts) for name, value in part.columns(answer).items()}
        plain = [name for name, value in columns.items() if isinstance(value, F) and value == F(name)]
        return pages.order_by().values(*plain, **{name: value for name, value in columns.items() if name not in plain})

    def read(self, rows: Sequence[Row], answer: Answer, parts: Sequence[Part]) -> list[dict[str, Any]]:
        """Make the items of ``rows``: the summary and ``parts``."""
        parts = (self.extra, *parts)
        wanted, every = Wanted(), (self.summary, *parts)
        prepared = [part.prepare(rows, answer, wanted) for part in every]
        for part, known in zip(every, prepared, strict=True):
            for row in rows:
                part.wants(row, wanted, known)
        found = gather(wanted, answer, SOURCES)
        items = []
        for row in rows:
            found.locale_id = row["locale_id"]
            item = self.summary.read(row, found, prepared[0])
            for part, known in zip(parts, prepared[1:], strict=True):
                item[part.name] = part.read(row, found, known)
            answer.tags.add(f"{item['type']}:{item['id']}")
            items.append(item)
        answer.tags |= found.tags
        return items
