"""StreamField blocks: the story of pages and the agenda of events."""

from wagtail_newsroom.news.blocks.agenda import AgendaBlock
from wagtail_newsroom.news.blocks.story import StoryBlock, StoryField

__all__ = ["AgendaBlock", "StoryBlock", "StoryField"]
