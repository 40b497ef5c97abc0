"""Queries that are kept: asked anew with other ids at another moment they find what a new query would."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from tests.factories import NewsPageFactory
from tests.standing import Tree
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.queries.prepared import PreparedQueries

pytestmark = pytest.mark.services

NOW = timezone.now()
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def pages(grown_site: Tree, db: None) -> list[Page]:
    tree = grown_site()
    return [NewsPageFactory(parent=tree["news"], expire_at=NOW + n * HOUR) for n in range(7)]


class Built:
    """Builds a query and counts how often."""

    def __init__(self, before: dt.timedelta = dt.timedelta()) -> None:
        self.times, self.before = 0, before

    def __call__(self, now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
        self.times += 1
        day = timezone.localdate(now)
        found = NewsPage.objects.filter(pk__in=ids, expire_at__gt=now - self.before, date__lte=day)
        return found.order_by().values("pk", "title", "expire_at")


def hours_left(rows: list[dict[str, Any]]) -> list[float]:
    return sorted((row["expire_at"] - NOW) / HOUR for row in rows)


def test_kept_query_is_asked_for_other_ids_at_another_moment(pages: list[Page]) -> None:
    queries, build = PreparedQueries(), Built()
    ids = [page.pk for page in pages]

    assert hours_left(queries.rows("a", build, NOW, ids)) == [1, 2, 3, 4, 5, 6]
    assert hours_left(queries.rows("a", build, NOW + 3.5 * HOUR, ids[:6])) == [4, 5]
    assert build.times == 1
    assert queries.rows("a", build, NOW - 400 * 24 * HOUR, ids) == []  # by the day
    with CaptureQueriesContext(connection) as asked:
        assert hours_left(queries.rows("a", build, NOW, ids[1:2])) == [1]  # of another size
    assert (build.times, len(asked)) == (2, 1)


def test_query_that_reckons_with_the_moment_is_built_each_time(pages: list[Page]) -> None:
    queries, build = PreparedQueries(), Built(before=HOUR)
    ids = [page.pk for page in pages]

    assert hours_left(queries.rows("a", build, NOW, ids)) == [0, 1, 2, 3, 4, 5, 6]
    assert hours_left(queries.rows("a", build, NOW + 3.5 * HOUR, ids)) == [3, 4, 5, 6]
