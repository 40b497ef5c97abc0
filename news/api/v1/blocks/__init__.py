"""The blocks of a story and of a programme, read from what is stored: no value of Wagtail's blocks is made.

Public: other apps may import from here.
"""

from wagtail_newsroom.news.api.v1.blocks.story import read_story, story_schema, wants_of_story

__all__ = ["read_story", "story_schema", "wants_of_story"]
