"""Pages that were chosen one by one: narrowed and counted as pages that an index finds (``FoundPages``), without asking it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from wagtail_newsroom.news.finding.files import keys_of_topics, topics_of
from wagtail_newsroom.news.finding.item_types import type_of
from wagtail_newsroom.news.finding.pages import OF_PAGE, of_page
from wagtail_newsroom.news.finding.questions import Question
from wagtail_newsroom.news.listings.page_columns import shown_year
from wagtail_newsroom.news.queries.prepared import PreparedQueries

_QUERIES = PreparedQueries()


class ChosenPages:
    """The pages with these ``points``, all of them public and in the asked language, as ``question`` narrows them."""

    def __init__(self, question: Question, points: Mapping[int, float]) -> None:
        self.question, self.points = question, points

    def ranked(self, most: int) -> list[dict[str, Any]]:
        """The first ``most``, the best first."""
        found = [{**row, "points": self.points[row["pk"]]} for row in self._narrowed()]
        return sorted(found, key=lambda row: (-row["points"], -row["pk"]))[:most]

    def by_type_and_year(self) -> Counter[tuple[str, str]]:
        """How many there are of each type and year, not narrowed by types (or a kind of files) and the year."""
        rows = self._narrowed("types", "year", "kind")
        return Counter((type_of(row["content_type_id"]).name, row["year"]) for row in rows)

    def by_topic(self) -> Iterator[tuple[Any, int]]:
        """Keys of topics, each with how many there are about it, not narrowed by topics."""
        yield from Counter(key for row in self._narrowed("topics") for key in self._topics.get(row["pk"], ())).items()

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return _QUERIES.rows("chosen", _page_rows, timezone.now(), [*self.points]) if self.points else []

    @cached_property
    def _topics(self) -> dict[int, set[Any]]:
        return topics_of(self.points)

    def _narrowed(self, *besides: str) -> list[dict[str, Any]]:
        asked = self.question.without(*besides)
        names = {*asked.page_types}
        keys = keys_of_topics(asked)
        return [
            row
            for row in self._rows
            if type_of(row["content_type_id"]).name in names
            and (not asked.topics or keys & self._topics.get(row["pk"], set()))
            and (asked.year is None or row["year"] == str(asked.year))
        ]


def _page_rows(_now: dt.datetime, pages: Sequence[int]) -> QuerySet[Any]:
    rows = Page.objects.filter(pk__in=pages).order_by()
    return rows.values("pk", *OF_PAGE, **of_page(), year=shown_year())
