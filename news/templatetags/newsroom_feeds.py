"""Tags for the head of a page and for the ways to subscribe: facts for search engines, sharing, calendars, feeds."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils.translation import get_language, gettext
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from wagtail_newsroom.news.feeds.calendar_links import CalendarLink
from wagtail_newsroom.news.feeds.calendar_links import calendar_links as links_of
from wagtail_newsroom.news.feeds.jsonld import structured_data
from wagtail_newsroom.news.feeds.offered import FEEDS
from wagtail_newsroom.news.feeds.opengraph import Meta, Picture, sharing_meta
from wagtail_newsroom.news.feeds.slots import slots_of
from wagtail_newsroom.news.images.renditions import SHARED
from wagtail_newsroom.news.images.sizes import known_sizes
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.models.pages.pages import ListPage
from wagtail_newsroom.news.publishing.tasks import has_workers
from wagtail_newsroom.news.registry.contracts import Surroundings
from wagtail_newsroom.news.templatetags.newsroom import (
    breadcrumbs,
    home_link,
    language_links,
    may_show,
    newsroom_identity,
)

register = template.Library()

SCHEDULES = {"schedule.json": "application/json", "schedule.xml": "application/xml"}


@dataclass(frozen=True)
class FeedLink:
    """A file to subscribe to: its address, type and words."""

    url: str
    type: str
    title: str
    label: str


@dataclass(frozen=True)
class Head:
    """What the head of a page says of it."""

    url: str = ""
    languages: list[tuple[str, str]] = field(default_factory=list)
    meta: list[Meta] = field(default_factory=list)
    data: str = ""
    feeds: list[FeedLink] = field(default_factory=list)


@register.simple_tag(takes_context=True)
def page_head(context: template.Context) -> Head:
    """Address, languages, sharing, structured data and feeds of the page; nothing where there is no page (an error).

    A view that shows a part of a page at an address of its own (a photo of a gallery) puts ``part`` into the context:
    a dict with its absolute ``url``, ``title``, ``image`` and ``alt``.
    """
    page, part = context.get("page"), context.get("part")
    if not isinstance(page, Page) or not page.pk or not page.full_url:
        return Head()
    url = part["url"] if part else page.full_url
    language = _language(page)
    others = [] if part else [each for each in language_links(context) if each["same"]]
    identity = newsroom_identity(context)
    picture = _picture(context, page, part, url)
    title = part["title"] if part else page.seo_title or page.title
    return Head(
        url=url,
        languages=_languages(url, language, others),
        meta=sharing_meta(
            page,
            url=url,
            title=title,
            description=page.search_description or getattr(page, "lead", "") or getattr(page, "intro", ""),
            site_name=identity["name"],
            language=language,
            other_languages=[each["code"] for each in others],
            picture=picture,
        ),
        data="" if part else structured_data(page, _surroundings(context, page, identity, picture)),
        feeds=[*feed_links(context), *schedule_links(page)],
    )


def _language(page: Page) -> str:
    return page.locale.language_code if page.locale_id else (get_language() or settings.LANGUAGE_CODE)


def _languages(url: str, language: str, others: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Address of the page in each language, itself included, and ``x-default``; empty where there is one only."""
    if not others:
        return []
    found = [(language, url), *((each["code"], each["full_url"]) for each in others)]
    default = next((address for code, address in found if code == settings.LANGUAGE_CODE), url)
    return [*found, ("x-default", default)]


def _surroundings(
    context: template.Context, page: Page, identity: dict[str, Any], picture: Picture | None
) -> Surroundings:
    url = page.full_url
    crumbs = [(crumb["title"], urljoin(url, crumb["url"])) for crumb in breadcrumbs(context)]
    logo = identity["logo"]
    return Surroundings(
        url=url,
        language=_language(page),
        organisation=identity["name"],
        organisation_url=urljoin(url, home_link(context)),
        logo_url=urljoin(url, logo.file.url) if logo else "",
        image_url=picture.url if picture else "",
        crumbs=[*crumbs, (page.title, url)] if crumbs else [],
    )


def _picture(context: template.Context, page: Page, part: dict[str, Any] | None, url: str) -> Picture | None:
    """The picture of a page for sharing, where the public may see it and its file is whole."""
    if part:
        image, alt = part["image"], part["alt"]
    else:
        image = getattr(page, "lead_image", None) or getattr(page, "cover_photo", None)
        alt = getattr(page, "lead_image_alt_text", "") or getattr(image, "description", "")
    if not may_show(context, image):
        return None
    size = known_sizes(image, [SHARED]).get(SHARED)
    if size is None and not has_workers():
        with suppress(SourceImageIOError, OSError):
            size = image.get_rendition(SHARED)
    if size is None:
        return None
    return Picture(urljoin(url, size.url), size.width, size.height, alt)


@register.simple_tag(takes_context=True)
def feed_links(context: template.Context) -> list[FeedLink]:
    """Files to subscribe to: those of the list that is shown, and on the home page those of its lists."""
    page = context.get("page")
    lists = [page, context.get("news_index"), context.get("event_index")]
    found: list[FeedLink] = []
    for each in lists:
        if isinstance(each, ListPage) and each.pk:
            address = each.get_url(context.get("request")) or ""
            found += [_feed_link(each, address, name, is_own=each is page) for name in each.files if name in FEEDS]
    return found


def _feed_link(page: ListPage, address: str, name: str, *, is_own: bool) -> FeedLink:
    label = gettext("calendar (iCalendar)") if name.endswith(".ics") else gettext("feed (Atom)")
    title = f"{page.title}: {label}"
    return FeedLink(f"{address}{name}", FEEDS[name], title, label if is_own else title)


@register.simple_tag
def schedule_links(event: Any) -> list[FeedLink]:
    """Files of the programme for other programs; none without a programme that has hours."""
    if not isinstance(event, EventPage) or not event.pk or event.called_off or not slots_of(event):
        return []
    title = gettext("Programme of “%(title)s”") % {"title": event.title}
    return [FeedLink(f"{event.url or ''}{name}", kind, f"{title} ({name})", name) for name, kind in SCHEDULES.items()]


@register.simple_tag
def has_sessions(event: EventPage) -> bool:
    """Its calendar file can hold sessions."""
    return bool(slots_of(event))


@register.simple_tag
def calendar_links(event: EventPage) -> list[CalendarLink]:
    """Links that put ``event`` into a calendar on the web."""
    return links_of(event)
