"""What items point to: topics, people, organisations, venues, projects. Only what a public page shows is told."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, Literal
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from ninja import Field
from wagtail.models import Page, ReferenceIndex

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.cursors import ID, ID_DOWN, Key
from wagtail_newsroom.news.api.v1.gathering import Found, Wanted, gather
from wagtail_newsroom.news.api.v1.parameters import Ids, ListParameters, SearchText, Word
from wagtail_newsroom.news.api.v1.reading.filters import with_words
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.api.v1.reading.pages import PageReading
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.api.v1.reading.projects import shown_project
from wagtail_newsroom.news.api.v1.reading.sources import SOURCES
from wagtail_newsroom.news.api.v1.schemas import rows as schemas
from wagtail_newsroom.news.api.v1.schemas.making import Schemas, schemas_of
from wagtail_newsroom.news.listings.words import word_of_type
from wagtail_newsroom.news.models import Organisation, Person, Project, Topic, Venue
from wagtail_newsroom.news.publishing.changes.tags import list_tag
from wagtail_newsroom.news.uses import fields_to, kind_of
from wagtail_newsroom.news.visibility import shown_rows

ORDERS: dict[str, tuple[Key, ...]] = {
    "name": (Key("name", "text"), ID),
    "-name": (Key("name", "text", descending=True), ID_DOWN),
    "id": (ID,),
    "-id": (ID_DOWN,),
}


class RowParameters(ListParameters):
    """Parameters of every list of what items point to."""

    q: SearchText = Field("", description="Words of the name, all of them.")
    locale: Word = Field("", description="Language of names and counts; without it that of the site.", examples=["pl"])
    ids: Ids = Field([], description="These alone, in whatever language, at most 100.")
    order: Literal["name", "-name", "id", "-id"] = Field("name", description="What comes first.")


class RowReading(PageReading):
    """How rows of a translatable model are listed and read: each once, in one language. Subclasses say ``columns``."""

    schema: ClassVar[type[Any]]
    columns: ClassVar[tuple[str, ...]] = ()
    orders = ORDERS
    parameters = RowParameters

    @cached_property
    def schemas(self) -> Schemas:
        return schemas_of(self.schema, self.schema, (), {})

    def pages(self, answer: Answer) -> QuerySet[Any]:
        """The rows that something public on the site shows, in all languages."""
        shown = answer.once(f"shown {self.word}", lambda: self._shown(self.model._default_manager.all(), answer))
        return self.model._default_manager.filter(pk__in=shown)

    def _shown(self, rows: QuerySet[Any], answer: Answer) -> list[Any]:
        kind = kind_of(self.model).pk
        found = shown_rows({(kind, str(pk)) for pk in rows.order_by().values_list("pk", flat=True)}, answer.site)
        return [self.model._meta.pk.to_python(pk) for _kind, pk in found]

    def narrowed(self, pages: QuerySet[Any], asked: RowParameters, answer: Answer) -> QuerySet[Any]:
        answer.tags.update(list_tag("item", language) for language in answer.open_languages)
        if asked.locale and asked.locale not in answer.open_languages:
            return pages.none()
        answer.once("language of rows", lambda: asked.locale or answer.language_of(0))
        if asked.ids:
            keys = self.model._default_manager.filter(pk__in=asked.ids).values("translation_key")
            pages = pages.filter(translation_key__in=keys)
        if asked.q:
            found = with_words(self.model._default_manager.all(), asked.q)
            pages = pages.filter(translation_key__in=found.order_by().values("translation_key"))
        return pages.filter(self._in_one_language(answer))

    def _in_one_language(self, answer: Answer) -> Q:
        """Condition: of the translations of a row that one which is shown."""
        same = self.model._default_manager.filter(translation_key=OuterRef("translation_key"))
        asked = answer.languages.get(language_of_rows(answer))
        usual = answer.languages.get(answer.language_of(0))
        first = ~Exists(same.filter(pk__lt=OuterRef("pk")))
        otherwise = Q(locale=usual) | (~Exists(same.filter(locale=usual)) & Q(first))
        return Q(locale=asked) | (~Exists(same.filter(locale=asked)) & otherwise)

    def rows_of(self, ids: Sequence[int], answer: Answer, parts: Sequence[Part]) -> list[Row]:
        """The rows ``ids``, which are shown, in this order."""
        names = ("id", "translation_key", "locale_id", "locale__language_code", *self.columns)
        asked = self.model._default_manager.filter(pk__in=ids).order_by()
        rows = {row["id"]: row for row in asked.values(*names)}
        return [rows[pk] for pk in ids if pk in rows]

    def one(self, rows: QuerySet[Any], answer: Answer) -> dict[str, Any] | None:
        """The first of ``rows`` that is shown, with its counts in its own language; ``None`` where none is."""
        shown = self._shown(rows, answer)
        found = rows.filter(pk__in=shown).select_related("locale").first()
        if found is None:
            return None
        answer.once("language of rows", lambda: found.locale.language_code)
        return self.read(self.rows_of([found.pk], answer, ()), answer, ())[0]

    def read(self, rows: Sequence[Row], answer: Answer, parts: Sequence[Part]) -> list[dict[str, Any]]:
        keys = {row["translation_key"] for row in rows}
        counts, translations = self._counts(keys, answer), self._translations(keys)
        known, wanted = self.prepare(rows), Wanted()
        for row in rows:
            self.wants(row, wanted)
        found = gather(wanted, answer, SOURCES)
        items = []
        for row in rows:
            found.locale_id = row["locale_id"]
            answer.tags.add(f"{self.word}:{row['id']}")
            common = {
                "id": row["id"],
                "key": str(row["translation_key"]),
                "locale": row["locale__language_code"],
                "type": self.word,
                "counts": counts.get(row["translation_key"], []),
                "translations": [each for each in translations[row["translation_key"]] if each["id"] != row["id"]],
            }
            items.append({**common, **self.facts(row, found, known)})
        return items

    def prepare(self, rows: Sequence[Row]) -> Any:
        """Read what is no column of ``rows``."""

    def wants(self, row: Row, wanted: Wanted) -> None:
        """Note what the row points to."""

    def facts(self, row: Row, found: Found, known: Any) -> dict[str, Any]:
        """What the type has beside what all have."""
        return {name: row[name] for name in self.columns}

    def _translations(self, keys: set[UUID]) -> dict[UUID, list[dict[str, Any]]]:
        rows = self.model._default_manager.filter(translation_key__in=keys).order_by("locale__language_code", "pk")
        found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for pk, key, locale, name in rows.values_list("pk", "translation_key", "locale__language_code", "name"):
            found[key].append({"id": pk, "locale": locale, "name": name})
        return found

    def _counts(self, keys: set[UUID], answer: Answer) -> dict[UUID, list[dict[str, Any]]]:
        """How many public pages name the rows of these keys, in whatever language they are named. Counted by the database."""
        key_of = dict(
            self.model._default_manager.filter(translation_key__in=keys).order_by().values_list("pk", "translation_key")
        )
        numbers: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for pk, content_type_id, count in self._named(list(key_of), answer):
            numbers[key_of[pk]][word_of_type(content_type_id)] += count
        return {
            key: [{"type": word, "count": count} for word, count in sorted(found.items())]
            for key, found in numbers.items()
        }

    def _named(self, pks: list[Any], answer: Answer) -> list[tuple[Any, int, int]]:
        """Rows, types of pages, and how many public ones of the type in the asked language name the row."""
        locale = answer.languages.get(language_of_rows(answer))
        page = answer.public(Page.objects.filter(pk=OuterRef("page"), locale=locale))
        model: Any = self.model
        counted = {"of_type": Subquery(page.values("content_type")), "number": Count("page", distinct=True)}
        indexed = ReferenceIndex.objects.filter(
            to_content_type=kind_of(model),
            base_content_type=kind_of(Page),
            to_object_id__in=[str(pk) for pk in pks],
        ).annotate(page=Cast("object_id", IntegerField()), row=Cast("to_object_id", IntegerField()))
        queries = [indexed]
        for field in fields_to(model):
            if issubclass(field.model, Page):
                ours, theirs = f"{field.m2m_reverse_field_name()}_id", f"{field.m2m_field_name()}_id"
                through = field.remote_field.through._default_manager.filter(**{f"{ours}__in": pks})
                queries.append(through.annotate(page=Cast(theirs, IntegerField()), row=Cast(ours, IntegerField())))
        return [
            row
            for rows in queries
            for row in rows.filter(Exists(page))
            .order_by()
            .annotate(of_type=counted["of_type"])
            .values("row", "of_type")
            .annotate(number=counted["number"])
            .values_list("row", "of_type", "number")
        ]


def language_of_rows(answer: Answer) -> str:
    """The language in which an answer shows rows."""
    language: str = answer.once("language of rows", lambda: answer.language_of(0))
    return language


class TopicReading(RowReading):
    """Topics."""

    word, address, model, schema = "topic", "topics", Topic, schemas.Topic
    columns = ("name", "slug", "description")


class PersonReading(RowReading):
    """People. Their addresses are for colleagues only."""

    word, address, model, schema = "person", "people", Person, schemas.Person
    columns = ("name", "role", "organisation_id")

    def prepare(self, rows: Sequence[Row]) -> dict[int, dict[int, dict[str, Any]]]:
        """The organisations of the people in all languages: by the id that a person names, then by language."""
        named = Organisation.objects.filter(pk__in={row["organisation_id"] for row in rows} - {None})
        same = Organisation.objects.filter(translation_key__in=named.order_by().values("translation_key")).order_by(
            "pk"
        )
        by_key: dict[UUID, list[Any]] = defaultdict(list)
        for each in same.values("id", "translation_key", "locale_id", "name", "url"):
            by_key[each["translation_key"]].append(each)
        return {
            each["id"]: {other["locale_id"]: _link(other) for other in [*others, each]}
            for others in by_key.values()
            for each in others
        }

    def facts(self, row: Row, found: Found, known: Any) -> dict[str, Any]:
        languages = known.get(row["organisation_id"], {})
        own = languages.get(row["locale_id"]) or next(iter(languages.values()), None)
        return {"name": row["name"], "role": row["role"], "organisation": own}


def _link(organisation: dict[str, Any]) -> dict[str, Any]:
    names = {name: organisation[name] for name in ("id", "name", "url")}
    return {**names, "key": str(organisation["translation_key"])}


class OrganisationReading(RowReading):
    """Organisations."""

    word, address, model, schema = "organisation", "organisations", Organisation, schemas.Organisation
    columns = ("name", "url", "logo_id", "logo_alt")

    def wants(self, row: Row, wanted: Wanted) -> None:
        wanted.add("image", row["logo_id"])

    def facts(self, row: Row, found: Found, known: Any) -> dict[str, Any]:
        logo = as_used(found.get("image", row["logo_id"]), alt=row["logo_alt"])
        return {"name": row["name"], "url": row["url"], "logo": logo}


class VenueReading(RowReading):
    """Venues."""

    word, address, model, schema = "venue", "venues", Venue, schemas.Venue
    columns = ("name", "hall", "street", "postal_code", "city", "latitude", "longitude", "access")

    def facts(self, row: Row, found: Found, known: Any) -> dict[str, Any]:
        venue = Venue(**{name: row[name] for name in self.columns})
        degrees = {name: None if row[name] is None else float(row[name]) for name in ("latitude", "longitude")}
        return {**super().facts(row, found, known), **degrees, "address": venue.address, "map_url": venue.map_url}


class ProjectReading(RowReading):
    """Projects."""

    word, address, model, schema = "project", "projects", Project, schemas.Project

    def wants(self, row: Row, wanted: Wanted) -> None:
        wanted.add("project", row["id"])

    def facts(self, row: Row, found: Found, known: Any) -> dict[str, Any]:
        return shown_project(row["id"], found) or {}


ROWS: tuple[type[RowReading], ...] = (
    TopicReading, PersonReading, OrganisationReading, VenueReading, ProjectReading
)  # fmt: skip
