"""The words of our own types in the log of changes, and the sets that their objects are in."""

from collections.abc import Iterator
from typing import Any

from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string
from wagtail.models import Page

from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.publishing.changes.tags import list_tag, own_tag, tags_of_rows
from wagtail_newsroom.news.registry.changes import register_change_type, register_shown_sets

# Rows that pages name; each is shown wherever a public page refers to it.
SNIPPETS = {
    "newsroom.Topic": "topic",
    "newsroom.Project": "project",
    "newsroom.Venue": "venue",
    "newsroom.Person": "person",
    "newsroom.Organisation": "organisation",
    "newsroom.InformationClause": "information_clause",
}
# Programmes, texts and lists of organisers name them; cards do not.
NOT_ON_CARDS = {"person", "organisation", "information_clause"}
# What every page of a site shows or may show.
OF_SITES = ("newsroom.NewsroomSettings", "newsroom.SiteTexts", "wagtailcore.Site", "wagtailcore.Locale")


def register_own_types() -> None:
    """Give our types their words. A host's own page types are a ``page``, unless they have a word or a base with one."""
    register_change_type(Page._meta.label, "page")
    register_change_type("newsroom.NewsroomPage", "item", tags=story_tags)
    register_change_type("newsroom.NewsPage", "news", tags=news_tags)
    register_change_type("newsroom.EventPage", "event", tags=event_tags)
    register_change_type(get_document_model_string(), "attachment", tags=file_tags, on_cards=False)
    register_change_type(get_image_model_string(), "photo")
    for label, word in SNIPPETS.items():
        register_change_type(label, word, on_cards=word not in NOT_ON_CARDS)
    for label in OF_SITES:
        register_change_type(label, "site", tags=site_tags)
    register_change_type("wagtailredirects.Redirect", "redirect")
    register_shown_sets("newsroom.NewsIndexPage", lambda page: [list_tag("item", page.locale.language_code)])
    register_shown_sets("newsroom.AttachmentIndexPage", lambda page: [list_tag("attachment", "")])


def site_tags(row: Any) -> list[str]:
    """What every page shows."""
    return ["site"]


def story_tags(page: Any) -> Iterator[str]:
    """Lists and pages of its topics and projects, in every language."""
    yield from tags_of_rows(page.topics.all())
    yield from tags_of_rows(page.projects.all())


def news_tags(page: NewsPage) -> Iterator[str]:
    """The page of the event that it reports on."""
    if page.about_event is not None:
        yield own_tag(page.about_event)


def event_tags(page: EventPage) -> Iterator[str]:
    """The list of news, where it is announced there, and its venue."""
    if page.announce_in_news:
        yield list_tag("news", page.locale.language_code)
    if page.venue is not None:
        yield from tags_of_rows([page.venue])


def file_tags(document: Any) -> Iterator[str]:
    """Every version of the file: a page that shows one shows the current one."""
    if hasattr(document, "all_versions"):
        for pk in document.all_versions().order_by().values_list("pk", flat=True):
            yield f"attachment:{pk}"
