"""A filter is said once: a page, a feed and code that holds a query read it the same."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.factories import EventPageFactory, NewsPageFactory, TopicFactory, make_attachment
from tests.standing import Tree
from wagtail_newsroom.news.listings.events import EVENT_FILTERS, calendar_events, public_events
from wagtail_newsroom.news.listings.files import FILE_FILTERS
from wagtail_newsroom.news.listings.filters import narrowed
from wagtail_newsroom.news.listings.stories import STORY_FILTERS, announced_pages, news_listing
from wagtail_newsroom.news.models import Attachment


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def stories(tree: dict[str, Page]) -> dict[str, Page]:
    topic = TopicFactory(slug="mieszkania")
    made = {
        "report": NewsPageFactory(parent=tree["news"], kind="report", date=dt.date(2024, 5, 6)),
        "housing": NewsPageFactory(parent=tree["news"]),
        "event": EventPageFactory(parent=tree["events"], kind="training"),
    }
    for name in ("housing", "event"):
        made[name].topics = [topic]
        made[name].save()
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"report", "housing", "event"}),
        ("kind=report", {"report"}),
        ("kind=invitation", {"event"}),
        ("topic=mieszkania", {"housing", "event"}),
        ("topic=mieszkania&kind=news", {"housing"}),
        ("year=2024", {"report"}),
        ("kind=nobody&topic=nothing&year=999999999999", {"report", "housing", "event"}),
    ],
)
def test_news_are_narrowed_alike_by_page_and_query(
    tree: dict[str, Page], stories: dict[str, Page], query: str, expected: set[str]
) -> None:
    site, names = Site.objects.get(), {page.pk: name for name, page in stories.items()}
    request = RequestFactory(headers={"host": "localhost"}).get(f"/?{query}")

    shown = news_listing(tree["news"], request)["items"].object_list
    asked = narrowed(announced_pages(tree["news"], site), QueryDict(query), STORY_FILTERS, tree["news"].locale_id)

    assert {names[page.pk] for page in shown} == expected
    assert {names[page.pk] for page in asked} == expected


def test_calendar_file_and_query_read_the_same_filters(tree: dict[str, Page], stories: dict[str, Page]) -> None:
    EventPageFactory(parent=tree["events"], kind="conference")
    over = EventPageFactory(parent=tree["events"], start_date=timezone.localdate() - dt.timedelta(days=9))
    site, index = Site.objects.get(), tree["events"]

    assert [page.pk for page in calendar_events(index, {"kind": "training"}, site)] == [stories["event"].pk]
    assert [page.pk for page in calendar_events(index, {"when": "past"}, site)] == [over.pk]
    asked = narrowed(public_events(index, site), {"topic": "mieszkania"}, EVENT_FILTERS, index.locale_id)
    assert [page.pk for page in asked] == [stories["event"].pk]


def test_same_slug_of_another_language_is_another_topic(tree: dict[str, Page], stories: dict[str, Page]) -> None:
    english, _created = Locale.objects.get_or_create(language_code="en")
    stories["report"].topics = [TopicFactory(slug="mieszkania", locale=english)]
    stories["report"].save()

    site, index = Site.objects.get(), tree["news"]
    asked = narrowed(announced_pages(index, site), {"topic": "mieszkania"}, STORY_FILTERS, index.locale_id)
    assert {page.pk for page in asked} == {stories["housing"].pk, stories["event"].pk}


@pytest.mark.usefixtures("tree")
def test_files_are_narrowed_by_kind_and_validity() -> None:
    form = make_attachment("Formularz", kind="form")
    old = make_attachment("Stary regulamin", name="stary.txt", valid_until=dt.date(2020, 1, 1))
    files = Attachment.objects.all()

    assert list(narrowed(files, {"kind": "form"}, FILE_FILTERS, 1)) == [form]
    assert list(narrowed(files, {"valid": "no"}, FILE_FILTERS, 1)) == [old]


def test_choices_of_one_filter_stay_while_another_narrows(
    tree: dict[str, Page], stories: dict[str, Page], client: Client
) -> None:
    page = client.get("/aktualnosci/?kind=report").content.decode()

    assert "?kind=report&amp;topic=mieszkania" in page
