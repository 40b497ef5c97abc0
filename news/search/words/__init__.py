"""Words as a search compares them, whatever their form: Polish by lemmas, English by stems, all else by its letters.

Pure: no database, no Django. ``indexed`` says what of a text is written into an index, ``asked`` what a question looks
for there, ``marks`` where in a text the words stand that were asked for.
"""

from wagtail_newsroom.news.search.words.asking import Asked, Group, asked
from wagtail_newsroom.news.search.words.entries import indexed
from wagtail_newsroom.news.search.words.marking import marks
from wagtail_newsroom.news.search.words.signs import fold

__all__ = ["Asked", "Group", "asked", "fold", "indexed", "marks"]
