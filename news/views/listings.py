"""What the lists show: public items of this language, filtered by what the address says, in pages."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.documents import get_document_model
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from news.conf import setting
from news.enums import AttachmentKind, EventKind, NewsKind
from news.models import EventPage, NewsPage, NewsroomPage, Topic
from news.models.attachments import attachment_row
from news.models.events import localise_venues
from news.models.form_closing import mark_closed_forms
from news.models.versions import current_versions
from news.visibility import public_files, public_pages


@dataclass(frozen=True)
class Option:
    """One choice of a filter; an empty ``value`` takes the filter away."""

    value: str
    label: str
    url: str
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A filter of a list: the name of its query parameter, its label and its choices."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        """The choice that narrows the list; ``None`` where all is shown."""
        return next((option for option in self.options if option.selected and option.value), None)


def paginate(request: HttpRequest, items: Any) -> PaginatorPage[Any]:
    """Return the page of ``items`` that the address asks for; the nearest one for a number out of range."""
    return Paginator(items, setting("ITEMS_PER_PAGE")).get_page(request.GET.get("page"))


def site_of(request: HttpRequest) -> Site | None:
    """The site that is being visited."""
    return Site.find_for_request(request)


def make_filter(
    request: HttpRequest, name: str, label: str, choices: Iterable[tuple[str, str]], first: str = ""
) -> Filter:
    """Build a filter with “all” (or ``first``) first. Choosing starts again at page 1 and keeps the other filters."""
    current = request.GET.get(name, "")
    options = [("", first or gettext("All")), *choices]
    return Filter(
        name,
        label,
        [Option(value, text, _address(request.GET, name, value), value == current) for value, text in options],
    )


def _address(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed.pop(name, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}" if changed else "?"


def chosen(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """Value of the filter ``name`` where it is one of ``allowed``; else empty, as if it were not there."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else ""


def specific_items(pages: Sequence[NewsroomPage]) -> list[Any]:
    """Turn base rows of one language into news items and events, with all that a card shows.

    The number of queries does not depend on the number of rows.
    """
    ids = [page.pk for page in pages]
    news = NewsPage.objects.filter(pk__in=ids)
    events = EventPage.objects.filter(pk__in=ids).select_related("venue").prefetch_related("stops")
    found: dict[int, Any] = {}
    for items in (news, events):
        for item in items.select_related("lead_image").prefetch_related(
            "lead_image__renditions", "topics", "corrections"
        ):
            found[item.pk] = item
    localise_venues(item for item in found.values() if item.is_event)
    return [found[pk] for pk in ids if pk in found]


def _topics_in_use(pages: QuerySet[Any], locale_id: int) -> dict[str, Topic]:
    """Topics of ``pages`` by slug, as they are called in the language of the list."""
    keys = Topic.objects.filter(pages__in=pages.order_by().values("pk")).values("translation_key")
    return {
        topic.slug: topic for topic in Topic.objects.filter(locale=locale_id, translation_key__in=keys).order_by("name")
    }


def _with_topic(pages: PageQuerySet, topic: Topic) -> PageQuerySet:
    return pages.filter(pk__in=NewsroomPage.objects.filter(topics__translation_key=topic.translation_key).values("pk"))


def _years_in_use(pages: QuerySet[Any], field: str) -> list[tuple[str, str]]:
    return [(str(day.year), str(day.year)) for day in pages.order_by().dates(field, "year", order="DESC")]


def announced_pages(page: Page, request: HttpRequest) -> PageQuerySet:
    """What the list of news holds: its public news, and announced events of the same language."""
    news = NewsroomPage.objects.filter(newspage__isnull=False, path__startswith=page.path)
    events = NewsroomPage.objects.filter(eventpage__announce_in_news=True, locale_id=page.locale_id)
    return public_pages(
        NewsroomPage.objects.filter(Q(pk__in=news.values("pk")) | Q(pk__in=events.values("pk"))),
        site_of(request),
    )


def latest_items(pages: PageQuerySet) -> list[Any]:
    """Of public stories of one language, those published or changed last, with what a feed says of them."""
    latest = pages.order_by(F("last_published_at").desc(nulls_last=True), "-pk")[: setting("FEED_ITEMS")]
    ids = list(latest.values_list("pk", flat=True))
    found: dict[int, Any] = {}
    for model in (NewsPage, EventPage):
        for item in model.objects.filter(pk__in=ids).select_related("locale").prefetch_related("corrections"):
            found[item.pk] = item
    return [found[pk] for pk in ids if pk in found]


def news_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the list of news: ``items`` and ``filters`` by kind, topic and year.

    Announced events stand among the news of the same language; the kind “invitation” shows them alone.
    """
    pages = announced_pages(page, request)
    topics, years = _topics_in_use(pages, page.locale_id), _years_in_use(pages, "date")
    kinds = [*NewsKind.choices, ("invitation", gettext("Invitation"))]
    filters = [
        make_filter(request, "kind", gettext("Kind"), [(value, str(label)) for value, label in kinds]),
        make_filter(request, "topic", gettext("Topic"), [(slug, topic.name) for slug, topic in topics.items()]),
        make_filter(request, "year", gettext("Year"), years),
    ]
    kind = chosen(request, "kind", dict(kinds))
    if kind == "invitation":
        pages = pages.filter(eventpage__isnull=False)
    elif kind:
        pages = pages.filter(newspage__kind=kind)
    if topic := chosen(request, "topic", topics):
        pages = _with_topic(pages, topics[topic])
    if year := chosen(request, "year", dict(years)):
        pages = pages.filter(date__year=int(year))
    items = paginate(request, pages.order_by("-date", F("first_published_at").desc(nulls_last=True), "-pk"))
    items.object_list = specific_items(list(items.object_list))
    return {
        "items": items,
        "filters": filters,
        "active_filters": [entry for entry in filters if entry.chosen],
    }


def _of_kind_and_topic(events: PageQuerySet, request: HttpRequest, topics: dict[str, Topic]) -> PageQuerySet:
    if kind := chosen(request, "kind", EventKind.values):
        events = events.filter(kind=kind)
    if topic := chosen(request, "topic", topics):
        events = _with_topic(events, topics[topic])
    return events


def calendar_events(page: Page, request: HttpRequest) -> list[EventPage]:
    """Events for the calendar to subscribe to, narrowed by the calendar's own filters ``kind``, ``topic``, ``when``.

    Upcoming ones and those of the last ``CALENDAR_PAST_DAYS``; ``when=upcoming`` or ``when=past``: these alone, of the
    past the latest. At most ``CALENDAR_EVENTS``, in the order of their days.
    """
    events = public_pages(
        EventPage.objects.filter(path__startswith=page.path, start_date__isnull=False), site_of(request)
    )
    events = _of_kind_and_topic(events, request, _topics_in_use(events, page.locale_id))
    when, now = chosen(request, "when", ("upcoming", "past")), timezone.now()
    if when == "past":
        events = events.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    else:
        past = dt.timedelta(days=0 if when == "upcoming" else setting("CALENDAR_PAST_DAYS"))
        events = events.filter(ends_at__gte=now - past).order_by("starts_at", "pk")
    events = events.select_related("venue", "locale").prefetch_related("stops", "topics")
    found = sorted(events[: setting("CALENDAR_EVENTS")], key=lambda event: (event.starts_at, event.pk))
    localise_venues(found)
    return found


def event_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the calendar: ``when`` (upcoming or past), ``items`` and ``filters`` by kind and topic.

    Upcoming events come soonest first and include those under way; past ones come latest first.
    """
    when = "past" if request.GET.get("when") == "past" else "upcoming"
    pages = public_pages(EventPage.objects.filter(path__startswith=page.path), site_of(request))
    now = timezone.now()
    if when == "past":
        pages = pages.filter(ends_at__lt=now)
        order = (F("starts_at").desc(nulls_last=True), "-pk")
    else:
        pages = pages.filter(Q(ends_at__gte=now) | Q(ends_at__isnull=True))
        order = (F("starts_at").asc(nulls_last=True), "pk")
    topics = _topics_in_use(pages, page.locale_id)
    filters = [
        make_filter(
            request,
            "kind",
            gettext("Kind"),
            [(value, str(label)) for value, label in EventKind.choices],
        ),
        make_filter(request, "topic", gettext("Topic"), [(slug, topic.name) for slug, topic in topics.items()]),
    ]
    pages = _of_kind_and_topic(pages, request, topics)
    items = paginate(request, pages.order_by(*order))
    items.object_list = specific_items(list(items.object_list))
    return {
        "when": when,
        "items": items,
        "filters": filters,
        "active_filters": [entry for entry in filters if entry.chosen],
    }


def attachment_listing(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the register of documents: ``items`` (rows) and ``filters`` by kind and validity.

    The current version of each file only. What is out of date is left out unless the filter asks for it.
    """
    model = get_document_model()
    files = public_files(model.objects.all(), site_of(request))
    filters = []
    if hasattr(model, "newsroom_attachment"):
        filters = [
            make_filter(
                request, "kind", gettext("Kind"), [(value, str(label)) for value, label in AttachmentKind.choices]
            ),
            make_filter(
                request, "valid", gettext("Validity"), [("no", gettext("Out of date"))], first=gettext("Up to date")
            ),
        ]
        later = public_files(model.objects.filter(version_group=OuterRef("version_group")), site_of(request))
        files = files.filter(~Exists(later.filter(number__gt=OuterRef("number"))))
        if kind := chosen(request, "kind", AttachmentKind.values):
            files = files.filter(kind=kind)
        is_outdated = Q(valid_until__lt=timezone.localdate())
        files = files.filter(is_outdated if chosen(request, "valid", ["no"]) else ~is_outdated)
        files = files.order_by(F("issued_on").desc(nulls_last=True), "-created_at", "-pk")
    else:
        files = files.order_by("-created_at", "-pk")
    items = paginate(request, files)
    documents = list(items.object_list)
    current = current_versions(documents)
    for document in documents:
        document.former_versions = getattr(current[document.pk], "former_versions", 0)
    mark_closed_forms(documents, timezone.now())
    items.object_list = [attachment_row(document) for document in documents]
    return {
        "items": items,
        "filters": filters,
        "active_filters": [entry for entry in filters if entry.chosen],
    }
