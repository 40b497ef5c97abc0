"""StreamField blocks of the newsroom."""

from news.blocks.agenda import AgendaBlock
from news.blocks.story import StoryBlock, StoryField

__all__ = ["AgendaBlock", "StoryBlock", "StoryField"]
