"""Pages: the base of every type's reading.

Public: other apps may import from here.
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import F, OuterRef, QuerySet
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.cursors import ID, ID_DOWN, Key
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted, gather
from wagtail_newsroom.news.api.v1.parameters import ListParameters
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.sources import SOURCES
from wagtail_newsroom.news.listings.json_rows import JsonRows
from wagtail_newsroom.news.models import Topic

ORDERS = {
    "title": (Key("title", "text"), ID),
    "-title": (Key("title", "text", descending=True), ID_DOWN),
    "id": (ID,),
    "-id": (ID_DOWN,),
}


class PageSummaryPart(Part):
    """What every page says of itself in lists."""

    word = ""

    def columns(self, answer: Answer) -> dict[str, Any]:
        return {
            "id": F("id"),
            "key": F("translation_key"),
            "locale_id": F("locale_id"),
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

    ``word``: the ``type`` of the items; ``address``: of the list; ``summary_schema``, ``listed_schema``, ``item_schema``: of an
    item in a list, in a list with included parts, and whole; ``parameters``: of the list; ``orders``: by the value of
    ``order``, the first is the default; ``summary``: the part in every answer; ``parts``: the further ones, ``included``:
    names of those that lists may bring.
    """

    word: ClassVar[str]
    address: ClassVar[str]
    model: ClassVar[type[Page]]
    summary_schema: ClassVar[type[Any]]
    listed_schema: ClassVar[type[Any]]
    item_schema: ClassVar[type[Any]]
    parameters: ClassVar[type[ListParameters]]
    orders: ClassVar[dict[str, tuple[Key, ...]]] = ORDERS
    summary: ClassVar[Part]
    parts: ClassVar[tuple[Part, ...]] = ()
    included: ClassVar[tuple[str, ...]] = ()

    def pages(self, answer: Answer) -> QuerySet[Any]:
        """The public pages of this type."""
        return answer.public(self.model._default_manager.all())

    def narrowed(self, pages: QuerySet[Any], asked: Any, answer: Answer) -> QuerySet[Any]:
        """Those of ``pages`` that the parameters ``asked`` leave."""
        if asked.ids:
            pages = pages.filter(pk__in=asked.ids)
        if asked.locale:
            pages = pages.filter(locale__language_code=asked.locale)
        return pages

    def rows(self, pages: QuerySet[Any], answer: Answer, parts: Iterable[Part]) -> QuerySet[Any]:
        """``pages`` as rows with the columns of the summary and of ``parts``, of one query."""
        columns = {name: value for part in (self.summary, *parts) for name, value in part.columns(answer).items()}
        plain = [name for name, value in columns.items() if isinstance(value, F) and value.name == name]
        return pages.order_by().values(*plain, **{name: value for name, value in columns.items() if name not in plain})

    def read(self, rows: Sequence[Row], answer: Answer, parts: Sequence[Part]) -> list[dict[str, Any]]:
        """Make the items of ``rows``: the summary and ``parts``."""
        wanted, every = Wanted(), (self.summary, *parts)
        prepared = [part.prepare(rows, answer, wanted) for part in every]
        for part, known in zip(every, prepared, strict=True):
            for row in rows:
                part.wants(row, wanted, known)
        found = gather(wanted, answer, SOURCES)
        items = []
        for row in rows:
            item = self.summary.read(row, found, prepared[0])
            for part, known in zip(parts, prepared[1:], strict=True):
                item[part.name] = part.read(row, found, known)
            answer.tags.add(f"{item['type']}:{item['id']}")
            items.append(item)
        return items


def topics_of_page() -> JsonRows:
    """The topics of a page with their translations: one of each is shown, that in the language of the page."""
    chosen = Topic.objects.filter(pages=OuterRef(OuterRef("pk"))).values("translation_key")
    return JsonRows(
        Topic.objects.filter(translation_key__in=chosen).order_by("name"),
        id="pk",
        key="translation_key",
        name="name",
        slug="slug",
        locale_id="locale_id",
    )
