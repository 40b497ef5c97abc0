"""StreamField blocks: the story of pages and the agenda of events.

Public: other apps may import from here.
"""

from wagtail_newsroom.news.blocks.agenda import AgendaBlock
from wagtail_newsroom.news.blocks.story import StoryBlock, StoryField

__all__ = ["AgendaBlock", "StoryBlock", "StoryField"]
