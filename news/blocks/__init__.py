"""StreamField blocks of the newsroom."""

from wagtail_newsroom.news.blocks.agenda import AgendaBlock
from wagtail_newsroom.news.blocks.story import StoryBlock, StoryField

__all__ = ["AgendaBlock", "StoryBlock", "StoryField"]
