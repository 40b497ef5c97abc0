"""Which of our types change with time alone, and the functions that know when."""

from wagtail_newsroom.news.models.events.moments import event_moments, moments_of_event_lists
from wagtail_newsroom.news.models.pages.moments import expiries, list_moments, news_moments, page_moments, story_moments
from wagtail_newsroom.news.registry.moments import register_moments, register_moments_of_lists


def register_own_moments() -> None:
    """Tell the registry of our own types. Lists of galleries change with the expiry of a page alone, as every page does."""
    register_moments("wagtailcore.Page", page_moments)
    register_moments("newsroom.NewsroomPage", story_moments)
    register_moments("newsroom.NewsPage", news_moments)
    register_moments("newsroom.EventPage", event_moments)
    for label in ("newsroom.NewsIndexPage", "newsroom.EventIndexPage", "newsroom.AttachmentIndexPage"):
        register_moments(label, list_moments)
    register_moments_of_lists(moments_of_event_lists)
    register_moments_of_lists(expiries)
