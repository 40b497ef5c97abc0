"""Where in a text the words stand that were asked for, in whatever form."""

from functools import partial

from wagtail_newsroom.news.finding.excerpts import Mark
from wagtail_newsroom.news.search.words import Asked, marks


def marker(words: Asked) -> Mark:
    """What finds ``words`` in a text."""
    return partial(marks, question=words)
