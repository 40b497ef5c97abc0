"""Where in a text the words stand that were asked for, in whatever form."""

import re
from collections.abc import Callable

from wagtail_newsroom.news.finding.folding import folded

WORD = re.compile(r"\w+")
SHORTEST_STEM = 4  # letters


def marker(text: str, language: str) -> Callable[[str], list[tuple[int, int]]]:
    """What finds the words of ``text``, a question in ``language``, in another text."""
    asked = {folded(word) for word in WORD.findall(text)}
    stems = {word[: max(SHORTEST_STEM, len(word) - 2)] for word in asked if len(word) > SHORTEST_STEM}

    def mark(said: str) -> list[tuple[int, int]]:
        found = []
        for match in WORD.finditer(said):
            word = folded(match.group())
            if word in asked or any(word.startswith(stem) and len(word) - len(stem) < 6 for stem in stems):
                found.append(match.span())
        return found

    return mark
