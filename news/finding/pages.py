"""Pages that hold the words: the public ones of a site, narrowed and counted by the database."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, QuerySet
from wagtail.models import Page, Site

from wagtail_newsroom.news.finding.item_types import content_types_of, type_of
from wagtail_newsroom.news.finding.matching import Matches
from wagtail_newsroom.news.finding.questions import Question
from wagtail_newsroom.news.listings.page_columns import shown_date, shown_year
from wagtail_newsroom.news.models import NewsroomPage, Topic
from wagtail_newsroom.news.search.words import Group
from wagtail_newsroom.news.visibility import public_pages

OF_PAGE = ("content_type_id", "first_published_at")


def of_page() -> dict[str, Any]:
    """What else is read of a page: its day, and when it is over."""
    return {"day": shown_date(), "ends_at": F("newsroom_newsroompage__eventpage__ends_at")}


class FoundPages:
    """The public pages of ``site`` that match ``question``."""

    def __init__(self, question: Question, site: Site) -> None:
        self.question, self.site = question, site
        self.matches = Matches(Page, question.words)

    def rows(self, *besides: str) -> QuerySet[Any]:
        """Public pages of the asked language, narrowed as asked but by ``besides``; not by the words."""
        asked = self.question.without(*besides)
        pages = public_pages(Page.objects.filter(locale_id=asked.locale_id), self.site)
        pages = pages.filter(content_type__in=content_types_of(asked.page_types))
        if asked.topics:
            keys = Topic.objects.filter(slug__in=asked.topics).values("translation_key")
            through = NewsroomPage.topics.through.objects.filter(topic__translation_key__in=keys)
            pages = pages.filter(pk__in=through.values("newsroompage_id"))
        if asked.year is not None:
            pages = pages.annotate(shown_year=shown_year()).filter(shown_year=str(asked.year))
        return pages

    def by_group(self, most: int) -> list[dict[str, Any]]:
        """The first ``most`` pages that hold any of the words, those that hold most first: ``pk`` and what each holds."""
        return self.matches.by_group(self.rows(), most)

    def count_by_group(self) -> dict[Group, int]:
        """How many pages hold each of the words."""
        return self.matches.count_by_group(self.rows())

    def exists(self) -> bool:
        """Whether there is any."""
        return self.matches.among(self.rows()).exists()

    def count(self) -> int:
        """How many there are."""
        return self.matches.among(self.rows()).count()

    def ranked(self, most: int) -> list[dict[str, Any]]:
        """The first ``most``, the best first."""
        return self.matches.ranked(self.rows(), most, *OF_PAGE, **of_page())

    def by_type_and_year(self) -> Counter[tuple[str, str]]:
        """How many there are of each type and year, not narrowed by types (or a kind of files) and the year."""
        matching = self.matches.among(self.rows("types", "year", "kind")).annotate(shown_year=shown_year())
        counted = matching.order_by().values("content_type_id", "shown_year").annotate(number=Count("pk"))
        found: Counter[tuple[str, str]] = Counter()
        for row in counted:
            found[type_of(row["content_type_id"]).name, row["shown_year"]] += row["number"]
        return found

    def by_topic(self) -> Iterator[tuple[Any, int]]:
        """Keys of topics, each with how many there are about it, not narrowed by topics."""
        pages = self.matches.among(self.rows("topics")).order_by()
        through = NewsroomPage.topics.through.objects.filter(newsroompage__in=pages.values("pk"))
        counted = through.values("topic__translation_key").annotate(number=Count("newsroompage_id", distinct=True))
        yield from counted.values_list("topic__translation_key", "number")
