"""Where in a text the words stand that were asked for, in whatever form."""

from wagtail_newsroom.news.finding.excerpts import Mark
from wagtail_newsroom.news.search.words import Asked
from wagtail_newsroom.news.search.words.marking import Marker


def marker(words: Asked) -> Mark:
    """What finds ``words`` in a text."""
    return Marker(words).marks
