"""A story with all that its page shows: what hangs on it, files, pictures and pages beside it, each kind in one query.

What is found is laid where the story looks for it (its child rows, its foreign keys, what it works out once), so that
models and templates read as ever. For what the public sees alone: drafts and closed pages are read row by row.

Public: other apps may import from here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.listings.documents import OfferedDocuments
from wagtail_newsroom.news.listings.named import (
    PAGE_ABOVE,
    in_own_language,
    project_rows,
    put_projects,
    with_translations,
)
from wagtail_newsroom.news.listings.sizes import read_pictures
from wagtail_newsroom.news.models import (
    Correction,
    EventOrganiser,
    EventPage,
    EventStop,
    InformationClause,
    NewsPage,
    NewsroomPage,
    Organisation,
    PageAttachment,
    PageContact,
    RelatedPage,
    RelatedRow,
    Topic,
    Venue,
)
from wagtail_newsroom.news.models.events.agenda_changes import AgendaChange, changes_since
from wagtail_newsroom.news.models.events.agenda_notices import AgendaNotices
from wagtail_newsroom.news.models.pages.shared import CHOSEN
from wagtail_newsroom.news.queries.instances import (
    child_rows,
    children_of,
    columns_of,
    json_rows,
    made_of,
    made_of_json,
    row_of,
    streams_of,
    with_row,
)
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.site_tree import learn_locale, tree_of

Row = dict[str, Any]

_STORIES, _CARDS = PreparedQueries(), PreparedQueries()
PAGE = OuterRef("pk")  # from rows of a sub-select to the page that is read
CHILDREN: dict[str, type[Any]] = {
    "contacts": PageContact,
    "attachments": PageAttachment,
    "corrections": Correction,
    "related_links": RelatedPage,
}
CHILDREN_OF_EVENTS: dict[str, type[Any]] = {"stops": EventStop, "organisers": EventOrganiser}


def prepare_story(story: NewsroomPage, site: Site) -> None:
    """Tell ``story``, which is public on ``site``, all that its page shows."""
    _Reading(story, site).lay_out()


def read_story(page: Page) -> NewsroomPage:
    """The base row ``page`` as a story, with the row of which :func:`prepare_story` makes the rest. One query."""
    story: NewsroomPage = with_row(page, _read_row)
    return story


def _read_row(model: type[NewsroomPage], pk: int) -> Row:
    return _STORIES.rows(model, lambda now, ids: _story_rows(model, ids), timezone.now(), [pk])[0]


class _Reading:
    """What was found for one story."""

    def __init__(self, story: NewsroomPage, site: Site) -> None:
        self.story, self.site, self.now = story, site, timezone.now()
        self.is_event = isinstance(story, EventPage)
        self.row = row_of(story, _read_row)

    def lay_out(self) -> None:
        """Give everything its place."""
        story, row = self.story, self.row
        learn_locale(story, self.site)
        lay_translations(story, row["translation_rows"], self.site)
        self._lay_children(CHILDREN)
        children = children_of(story)
        children["topics"] = list(in_own_language(Topic, row["topic_rows"], story.locale_id))
        put_projects(story, row["project_rows"])
        if self.is_event:
            self._lay_event()
        files, pictures = in_blocks(story)
        self._lay_files(files)
        near = self._near()
        self._lay_pictures(near.values(), pictures)
        self._lay_pages(near)

    @property
    def shows_pages_about(self) -> bool:
        """An event that is not over lists nothing of what will come of it."""
        return not self.is_event or bool(self.story.is_over)  # of events

    def _lay_children(self, models: Mapping[str, type[Any]]) -> None:
        for name, model in models.items():
            children_of(self.story)[name] = [
                made_of_json(model, each, page=self.story) for each in self.row[f"{name}_rows"]
            ]

    def _lay_event(self) -> None:
        event: Any = self.story
        self._lay_children(CHILDREN_OF_EVENTS)
        for name, model in (("venue", Venue), ("information_clause", InformationClause)):
            if getattr(event, f"{name}_id"):
                setattr(event, name, made_of(model, self.row, f"{name}__"))
        organisations = {each["id"]: each for each in self.row["organisation_rows"]}
        own = {each["translation_key"]: each for each in organisations.values() if each["locale_id"] == event.locale_id}
        for row in children_of(event)["organisers"]:
            chosen = organisations[row.organisation_id]
            row.organisation = made_of_json(Organisation, own.get(chosen["translation_key"], chosen))
        latest = self.row["changed_at"]
        if latest is None or latest <= changes_since(event.now):
            lay(event, EventPage, "agenda_notices", AgendaNotices(event.agenda_days, []))

    def _lay_files(self, documents: list[Any]) -> None:
        story: Any = self.story
        rows = children_of(story)["attachments"]
        form = getattr(story, "registration_form_id", None)
        ids = [*(row.attachment_id for row in rows), *([form] if form else []), *(each.pk for each in documents)]
        offered = OfferedDocuments(ids, self.now)
        for row in rows:
            row.attachment = offered.by_id[row.attachment_id]
        if form:
            story.registration_form = offered.by_id[form]
        offered.tell(documents)

    def _near(self) -> dict[int, Any]:
        """The public pages beside the story by their ids, with what their cards show."""
        names = ("chosen_pages", "noted_pages", "about_pages", "report_pages")
        every = [each for name in names for each in self.row.get(name, ())]
        self.facts = {each["id"]: each for each in every if is_public(each, self.site, self.now)}
        self.related = self._related()
        looked_for = set(self.related) - self.facts.keys()
        others = Page.objects.filter(pk__in=looked_for).values("id", kind=F("content_type_id")) if looked_for else []
        return read_cards([*self.facts.values(), *others], self.site)

    def _lay_pictures(self, near: Iterable[Any], pictures: list[Any]) -> None:
        about = self.story.pages_about if self.shows_pages_about else []
        for page in chain.from_iterable(group.pages for group in about):
            learn_locale(page, self.site)
        shown = [self.story, *near, *(page for group in about for page in group.pages)]
        rows = [row for page in shown for children in children_of(page).values() for row in children]
        organisations = [row.organisation for row in rows if isinstance(row, EventOrganiser)]
        lay_pictures([*shown, *rows, *organisations], pictures)

    def _lay_pages(self, near: dict[int, Any]) -> None:
        story = self.story
        if isinstance(story, NewsPage):
            about = self._localised([story.about_event_id] if story.about_event_id else [], self.row["about_pages"])
            lay(story, NewsPage, "shown_events", [near[pk] for pk in about if pk in near])
        if self.is_event:
            reports = [each["id"] for each in self.row["report_pages"]]
            lay(story, EventPage, "shown_reports", [near[pk] for pk in reports if pk in near])
        lay(story, NewsroomPage, "related_items", [near[pk] for pk in self.related if pk in near])

    def _localised(self, ids: list[int], rows: list[Row]) -> list[int]:
        return in_language(ids, rows, self.facts, self.story.locale_id)

    def _related(self) -> list[int]:
        """Ids of the related pages: as they are noted; looked for where fewer are noted than there is room for."""
        links = children_of(self.story)["related_links"]
        ids = [link.target_id for link in links if link.target_id and link.target_id != self.story.pk]
        chosen = [pk for pk in self._localised(ids, self.row["chosen_pages"]) if pk != self.story.pk]
        room = setting("RELATED_ITEMS") - len(chosen)
        noted = [each["id"] for each in self.row["noted_rows"] if each["score"] < CHOSEN]
        others = [pk for pk in noted if pk in self.facts and pk not in chosen]
        if len(others) < room:
            return [pk for pk, _score in self.story.related_ranks()]
        return [*chosen, *others[: max(room, 0)]]


def read_cards(pages: Iterable[Mapping[str, Any]], site: Site) -> dict[int, Any]:
    """``pages`` (rows with ``id`` and ``kind``, the content type) as objects of their own types with what cards show of
    them, by their ids. One query for each type."""
    by_model: dict[type[Page], set[int]] = defaultdict(set)
    for page in pages:
        kind = ContentType.objects.get_for_id(page["kind"]).model_class()
        by_model[kind if kind is not None and issubclass(kind, Page) else Page].add(page["id"])
    found: dict[int, Any] = {}
    for model, ids in by_model.items():
        key: Any = model
        for row in _CARDS.rows(key, _card_rows(model), timezone.now(), sorted(ids)):
            page = found[row["id"]] = _card(model, row)
            learn_locale(page, site)
    return found


def _card_rows(model: Any) -> Any:
    def build(now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
        columns: dict[str, Any] = {}
        names = columns_of(model, without=streams_of(model))
        if issubclass(model, NewsroomPage):
            columns["corrections_rows"] = child_rows(Correction)
        if issubclass(model, EventPage):
            columns["stops_rows"] = child_rows(EventStop)
            names += columns_of(Venue, "venue__")
        return model._default_manager.filter(pk__in=ids).order_by().values(*names, **columns)

    return build


def _card(model: Any, row: Row) -> Any:
    page: Any = made_of(model, row, without=streams_of(model))
    for name, child in (("corrections", Correction), ("stops", EventStop)):
        if f"{name}_rows" in row:
            children_of(page)[name] = [made_of_json(child, each, page=page) for each in row[f"{name}_rows"]]
    if isinstance(page, EventPage) and page.venue_id:
        page.venue = made_of(Venue, row, "venue__")
    return page


def facts_of(pages: QuerySet[Any]) -> JsonRows:
    """``pages`` (with references to the page that is read) as rows by which :func:`is_public` and :func:`read_cards` go."""
    return JsonRows(
        pages,
        id="pk",
        path="path",
        live="live",
        expire_at="expire_at",
        key="translation_key",
        locale_id="locale_id",
        kind="content_type_id",
    )


def is_public(page: Row, site: Site, now: dt.datetime) -> bool:
    """Tell whether anybody may read ``page``, a row of :func:`facts_of`, on ``site`` at ``now`` (aware)."""
    tree, path = tree_of(site), page["path"]
    ends = parse_datetime(page["expire_at"]) if page["expire_at"] else None
    if ends is not None and ends.tzinfo is None:
        ends = ends.replace(tzinfo=dt.UTC)  # as SQLite tells it
    is_live = page["live"] and (ends is None or ends > now)
    return (
        bool(is_live) and path.startswith(tuple(home.path for home in tree.homes)) and not path.startswith(tree.closed)
    )


def in_language(ids: list[int], rows: list[Row], public: Collection[int], locale_id: int) -> list[int]:
    """Ids of the ``public`` ones of the pages ``ids``, each in the language ``locale_id`` where that is public.

    ``rows``: of :func:`facts_of`, them and their translations. As :func:`localised_pages`, without a query.
    """
    keys = {each["id"]: each["key"] for each in rows}
    found = {each["key"]: each["id"] for each in rows if each["id"] in public and each["id"] in ids}
    found |= {each["key"]: each["id"] for each in rows if each["id"] in public and each["locale_id"] == locale_id}
    return [found[key] for key in dict.fromkeys(keys[pk] for pk in ids if pk in keys) if key in found]


def translation_rows() -> JsonRows:
    """The page that is read and its translations, for :func:`lay_translations`."""
    return json_rows(Page.objects.filter(translation_key=OuterRef("translation_key")).order_by("path"))


def lay_translations(page: Any, rows: list[Row], site: Site) -> None:
    """Tell ``page`` in which languages the public may read it."""
    found = [each for each in (made_of_json(Page, row) for row in rows) if tree_of(site).is_public(each)]
    for each in found:
        learn_locale(each, site)
    page.known_translations = tuple(found)


def lay_pictures(objects: Iterable[Any], known: Iterable[Any] = ()) -> None:
    """Tell ``objects`` the pictures that they name, and these and the ``known`` ones their sizes. One query."""
    holders = [
        (each, name) for each in objects for name in _picture_keys(_type_of(each)) if getattr(each, f"{name}_id")
    ]
    found = read_pictures((getattr(holder, f"{name}_id") for holder, name in holders), known)
    for holder, name in holders:
        setattr(holder, name, found.get(getattr(holder, f"{name}_id")))


@cache
def _picture_keys(model: type[Model]) -> tuple[str, ...]:
    """The keys of ``model`` that lead to pictures."""
    fields = [field for field in model._meta.concrete_fields if field.many_to_one]
    return tuple(field.name for field in fields if field.related_model is get_image_model())


def lay(page: Any, model: type[Any], name: str, value: Any) -> None:
    """Lay ``value`` where ``page`` keeps what it works out once; not where its type works it out in a way of its own."""
    if getattr(type(page), name) is getattr(model, name):
        vars(page)[name] = value


def _type_of(row: Any) -> Any:
    return type(row)


def in_blocks(page: Page) -> tuple[list[Any], list[Any]]:
    """The documents and the pictures that stand in the texts of ``page``."""
    documents, pictures = get_document_model(), get_image_model()
    found = [each for name in streams_of(_type_of(page)) for each in _leaves(getattr(page, name))]
    return [each for each in found if isinstance(each, documents)], [
        each for each in found if isinstance(each, pictures)
    ]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, StreamValue):
        yield from chain.from_iterable(_leaves(child.value) for child in value)
    elif isinstance(value, StructValue):
        yield from chain.from_iterable(map(_leaves, value.values()))
    elif isinstance(value, ListValue):
        yield from chain.from_iterable(map(_leaves, value))
    elif isinstance(value, Model):
        yield value


def _story_rows(model: type[NewsroomPage], ids: Sequence[int]) -> QuerySet[Any]:
    """What hangs on the stories ``ids`` of ``model``, and what stands beside them."""
    targets = RelatedPage.objects.filter(page=PAGE_ABOVE).order_by()
    noted = RelatedRow.objects.filter(page=PAGE_ABOVE).order_by()
    columns: dict[str, Any] = {
        **{f"{name}_rows": child_rows(child) for name, child in CHILDREN.items()},
        "topic_rows": with_translations(Topic, Topic.objects.filter(pages=PAGE_ABOVE), "name"),
        "project_rows": project_rows(),
        "chosen_pages": facts_of(Page.objects.filter(translation_key__in=targets.values("target__translation_key"))),
        "noted_rows": JsonRows(
            RelatedRow.objects.filter(page=PAGE).order_by("-score", "-target"), id="target", score="score"
        ),
        "translation_rows": json_rows(
            Page.objects.filter(translation_key=OuterRef("translation_key")).order_by("path")
        ),
        "noted_pages": facts_of(Page.objects.filter(pk__in=noted.values("target"))),
    }
    names = columns_of(model)
    if issubclass(model, NewsPage):
        columns["about_pages"] = facts_of(
            EventPage.objects.filter(translation_key=OuterRef("about_event__translation_key"))
        )
    if issubclass(model, EventPage):
        changes = AgendaChange.objects.filter(page=PAGE, shown=True).order_by().values("page")
        named = EventOrganiser.objects.filter(page=PAGE_ABOVE).order_by().values("organisation__translation_key")
        reports = NewsPage.objects.filter(
            about_event__translation_key=OuterRef("translation_key"), locale_id=OuterRef("locale_id")
        )
        columns |= {
            **{f"{name}_rows": child_rows(child) for name, child in CHILDREN_OF_EVENTS.items()},
            "organisation_rows": json_rows(Organisation.objects.filter(translation_key__in=named).order_by("pk")),
            "report_pages": facts_of(reports.order_by("-date", "-pk")),
            "changed_at": Subquery(changes.values(latest=Max("at"))),
        }
        names += [*columns_of(Venue, "venue__"), *columns_of(InformationClause, "information_clause__")]
    return model._default_manager.filter(pk__in=ids).order_by().values(*names, **columns)
