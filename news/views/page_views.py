"""Which views and listings answer for the page types that ship with the newsroom."""

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.listings.events import event_listing
from wagtail_newsroom.news.listings.files import attachment_listing
from wagtail_newsroom.news.listings.stories import news_listing
from wagtail_newsroom.news.listings.whole import prepare_story, read_story
from wagtail_newsroom.news.models import (
    AttachmentIndexPage,
    EventIndexPage,
    EventPage,
    NewsIndexPage,
    NewsroomPage,
    SearchPageMixin,
)
from wagtail_newsroom.news.models.pages.previews import PreviewMixin
from wagtail_newsroom.news.models.pages.retired import RetiredMixin
from wagtail_newsroom.news.views import feeds
from wagtail_newsroom.news.views.front_end_previews import show_on_front_end
from wagtail_newsroom.news.views.missed_searches import noted_search
from wagtail_newsroom.news.views.retired import serve_retired
from wagtail_newsroom.news.views.suggestions import SUGGESTIONS, serve_suggestions


def register_page_views() -> None:
    """Register them; a host's subclass of such a type gets them too."""
    registry.register_page_listing(NewsIndexPage, news_listing)
    registry.register_page_listing(EventIndexPage, event_listing)
    registry.register_page_listing(AttachmentIndexPage, attachment_listing)
    registry.register_page_listing(SearchPageMixin, noted_search)
    registry.register_page_file(SearchPageMixin, SUGGESTIONS, serve_suggestions)
    registry.register_page_file(NewsIndexPage, "atom.xml", feeds.serve_news_atom)
    registry.register_page_file(EventIndexPage, "atom.xml", feeds.serve_events_atom)
    registry.register_page_file(EventIndexPage, "calendar.ics", feeds.serve_whole_calendar)
    registry.register_page_file(EventPage, "event.ics", feeds.serve_event_calendar)
    registry.register_page_file(EventPage, "schedule.json", feeds.serve_schedule_json)
    registry.register_page_file(EventPage, "schedule.xml", feeds.serve_schedule_xml)
    registry.register_page_reader(NewsroomPage, registry.PageReader(read_story, prepare_story))
    registry.register_retired_view(RetiredMixin, serve_retired)
    registry.register_front_end_preview(PreviewMixin, show_on_front_end)
