"""All public files of a site: the register of documents."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from ninja import Field
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.cursors import ID, ID_DOWN, Key
from wagtail_newsroom.news.api.v1.parameters import (
    DayOrMoment,
    Id,
    Ids,
    ListParameters,
    SearchText,
    Several,
    Word,
    day_of,
)
from wagtail_newsroom.news.api.v1.reading.files import in_language, shown_here, these_files
from wagtail_newsroom.news.api.v1.reading.filters import with_words
from wagtail_newsroom.news.api.v1.reading.pages import PageReading
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.schemas.files import Attachment, AttachmentKindWord
from wagtail_newsroom.news.api.v1.schemas.making import Schemas, schemas_of
from wagtail_newsroom.news.publishing.changes.tags import list_tag
from wagtail_newsroom.news.uses import used_by
from wagtail_newsroom.news.visibility import has_versions, offered_files

FIRST_DAY = dt.date(1, 1, 2)
ISSUED = Key("issued_on", "date", missing=FIRST_DAY)
ISSUED_DOWN = Key("issued_on", "date", descending=True, missing=FIRST_DAY)
CREATED = Key("created_at", "moment")
CREATED_DOWN = Key("created_at", "moment", descending=True)


class AttachmentParameters(ListParameters):
    """Parameters of the list of files. On a site whose files have no such facts, what asks for one finds nothing."""

    q: SearchText = Field("", description="Words that the title or the text of the file holds, all of them.")
    kind: Several[AttachmentKindWord] = Field([], description="Kinds, separated by commas.")
    issued_from: DayOrMoment | None = Field(None, description="The file bears this date or a later one.")
    issued_until: DayOrMoment | None = Field(None, description="The file bears this date or an earlier one.")
    valid_on: DayOrMoment | None = Field(None, description="Valid on this day; files without an end are.")
    about: Id | None = Field(None, description="Files that the page with this id offers.")
    versions: Literal["all", "current"] = Field("all", description="`current`: without those that were replaced.")
    locale: Word = Field("", description="Files in this language, and those that name none.", examples=["pl"])
    ids: Ids = Field([], description="These files alone, at most 100.")
    order: Literal["-issued_on", "issued_on", "-created_at", "created_at", "-title", "title", "-id", "id"] = Field(
        "-issued_on", description="What comes first."
    )


class AttachmentReading(PageReading):
    """How files are listed and read: no pages, but asked for and answered like them."""

    word, address = "attachment", "attachments"
    summary_schema = item_schema = Attachment
    parameters = AttachmentParameters

    @cached_property
    def model(self) -> Any:  # type: ignore[override]  # no page
        """The site's documents."""
        return get_document_model()

    @cached_property
    def orders(self) -> dict[str, tuple[Key, ...]]:  # type: ignore[override]  # known once the model is
        """Files that bear no date are sorted by the moment at which they were uploaded."""
        dated = hasattr(get_document_model(), "issued_on")
        return {
            "-issued_on": (ISSUED_DOWN if dated else CREATED_DOWN, ID_DOWN),
            "issued_on": (ISSUED if dated else CREATED, ID),
            "-created_at": (CREATED_DOWN, ID_DOWN),
            "created_at": (CREATED, ID),
            "-title": (Key("title", "text", descending=True), ID_DOWN),
            "title": (Key("title", "text"), ID),
            "-id": (ID_DOWN,),
            "id": (ID,),
        }

    @cached_property
    def schemas(self) -> Schemas:
        return schemas_of(Attachment, Attachment, (), {})

    def pages(self, answer: Answer) -> QuerySet[Any]:
        """The public files of the site, in all versions that anybody may read."""
        model = get_document_model()
        return offered_files(model._default_manager.all(), shown_here(answer))

    def narrowed(self, pages: QuerySet[Any], asked: AttachmentParameters, answer: Answer) -> QuerySet[Any]:
        answer.tags.add(list_tag(self.word, ""))
        model = pages.model
        pages = pages.filter(pk__in=asked.ids) if asked.ids else pages
        pages = _with_facts(pages, _facts_asked(asked))
        if asked.about is not None:
            named = model._default_manager.filter(used_by(answer.public(Page.objects.filter(pk=asked.about)), model))
            key = "version_group" if has_versions(model) else "pk"
            pages = pages.filter(**{f"{key}__in": named.order_by().values(key)})
        if asked.versions == "current" and has_versions(model):
            later = offered_files(
                model._default_manager.filter(version_group=OuterRef("version_group")), shown_here(answer)
            )
            pages = pages.filter(~Exists(later.filter(number__gt=OuterRef("number"))))
        return with_words(pages, asked.q) if asked.q else pages

    def rows_of(self, ids: Sequence[int], answer: Answer, parts: Sequence[Part]) -> list[Row]:
        """Those of the files ``ids`` that are public on the site, in this order."""
        found = these_files(set(ids), answer)
        return [found[pk] for pk in ids if pk in found]

    def read(self, rows: Sequence[Row], answer: Answer, parts: Sequence[Part]) -> list[dict[str, Any]]:
        """Each file in its own language where the site has that, else in the site's."""
        return [in_language(row, answer, answer.language_like(row["language"])) for row in rows]


def _facts_asked(asked: AttachmentParameters) -> list[tuple[str, Q]]:
    """Conditions of the parameters, each with the field that it asks about."""
    found: list[tuple[str, Q]] = []
    if asked.kind:
        found.append(("kind", Q(kind__in=asked.kind)))
    if asked.issued_from is not None:
        found.append(("issued_on", Q(issued_on__gte=day_of(asked.issued_from))))
    if asked.issued_until is not None:
        found.append(("issued_on", Q(issued_on__lte=day_of(asked.issued_until))))
    if asked.valid_on is not None:
        day = day_of(asked.valid_on)
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        found.append(("valid_until", begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))))
    if asked.locale:
        found.append(("language", Q(language__in=[asked.locale, ""])))
    return found


def _with_facts(files: QuerySet[Any], conditions: list[tuple[str, Q]]) -> QuerySet[Any]:
    for name, condition in conditions:
        files = files.filter(condition) if hasattr(files.model, name) else files.none()
    return files
