"""Atom (RFC 4287): what was published or changed last, in news or among events."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from wagtail_newsroom.news.feeds.identity import stable_id
from wagtail_newsroom.news.feeds.text import one_line
from wagtail_newsroom.news.models import NewsroomPage
from wagtail_newsroom.news.wording import dates
from wagtail_newsroom.news.wording import events as event_wording


class NewsroomAtom(Atom1Feed):
    """Atom with the whole entry beside its summary, and with a moment of its own while it is empty."""

    def latest_post_date(self) -> dt.datetime:
        """The moment of the latest change; an empty feed is as old as the page it belongs to, not as this request."""
        moments = [item["updateddate"] for item in self.items]
        latest: dt.datetime = max(moments) if moments else self.feed["empty_since"]
        return latest

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        # Django would call the summary HTML, and “a < b” is none.
        handler.addQuickElement("summary", item["summary"])
        handler.addQuickElement("content", item["content"], {"type": "html"})


def atom(
    page: Any, items: Sequence[Any], *, title: str, organisation: str, source: str, request: HttpRequest | None = None
) -> bytes:
    """Return the feed of the list ``page``. ``source``: its own absolute address; ``items``: with their locale joined."""
    with translation.override(page.locale.language_code):
        feed = NewsroomAtom(
            title=one_line(title),
            link=page.get_full_url(request) or source,
            description=None,
            subtitle=one_line(page.intro) or None,
            language=page.locale.language_code,
            author_name=one_line(organisation),
            feed_url=source,
            feed_guid=stable_id(page).urn,
            empty_since=_changed(page),
        )
        for item in items:
            _add(feed, item, organisation, request)
        return feed.writeString("utf-8").encode()


def _add(feed: NewsroomAtom, item: Any, organisation: str, request: HttpRequest | None) -> None:
    remarks = entry_remarks(item)
    lead = one_line(item.lead)
    feed.add_item(
        title=entry_title(item),
        link=item.get_full_url(request) or "",
        description=None,  # type: ignore[arg-type]  # none: the summary is added as text
        summary=lead,
        unique_id=stable_id(item).urn,
        pubdate=(item.first_published_at or _changed(item)).replace(microsecond=0),
        updateddate=_changed(item),
        author_name=one_line(item.byline) or one_line(organisation),
        categories=[one_line(item.get_kind_display())],
        content=format_html(
            "{}{}",
            format_html_join("", "<p><strong>{}</strong></p>", [(remark,) for remark in remarks]),
            format_html("<p>{}</p>", lead) if lead else "",
        ),
    )


def _changed(page: Any) -> dt.datetime:
    moment: dt.datetime | None = page.last_published_at or page.latest_revision_created_at
    return (moment or dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).replace(microsecond=0)


def entry_title(item: NewsroomPage) -> str:
    """The title; before it, that an event is called off."""
    title = one_line(item.title)
    return f"{item.get_status_display()}: {title}" if item.is_event and item.called_off else title


def entry_remarks(item: Any) -> list[str]:
    """What a reader must know who has read the entry before: status, period, major update, corrections."""
    remarks: list[str] = []
    if item.is_event:
        line = event_wording.status_line(item.status, item.status_reason)
        remarks += [one_line(line.text).rstrip(".") + "."] if line else []
        remarks += [f"{one_line(event_wording.sentence_case(item.when_text))}."] if item.when_text else []
    if item.change_note:
        remarks.append(gettext("Changed: %(note)s") % {"note": one_line(item.change_note)})
    for correction in item.shown_corrections:
        remarks.append(
            gettext("Correction of %(day)s. It said: %(was)s It should say: %(now)s")
            % {
                "day": dates.plain_date(correction.date),
                "was": one_line(correction.was),
                "now": one_line(correction.now),
            }
        )
    return remarks
