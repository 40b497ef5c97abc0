"""Views of pages are counted by page and day: what readers got whole, and nothing about them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests.admin.desk import EDITORS, member, set_up_roles
from tests.factories import EventPageFactory, NewsPageFactory, make_site
from tests.news.test_downloads import take
from wagtail_newsroom.news.models import NewsPage, PageViewCount


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


def counted() -> dict[int, int]:
    return dict(PageViewCount.objects.values_list("page", "count"))


def test_whole_pages_that_readers_get_count(tree: dict[str, Page], client: Client) -> None:
    news = NewsPageFactory(parent=tree["news"])
    assert [take(client, page.url) for page in (news, news, tree["news"])] == [200] * 3
    assert list(PageViewCount.objects.order_by("-count").values_list("page", "day", "count")) == [
        (news.pk, timezone.localdate(), 2),
        (tree["news"].pk, timezone.localdate(), 1),
    ]


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("head", {}),
        ("options", {}),
        ("get", {"If-None-Match": '"{hash}"'}),
        ("get", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}),
    ],
)
def test_repetition_or_robot_does_not_count(
    method: str, headers: dict[str, str], tree: dict[str, Page], client: Client
) -> None:
    assert take(client, tree["news"].url, method, **headers) in (200, 304)
    assert counted() == {}


def test_what_is_no_page_that_a_reader_gets_does_not_count(
    tree: dict[str, Page], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file below a page, a page that is gone or hidden or moved, an editor's look, a draft, an error."""
    set_up_roles()
    event, hidden, over = EventPageFactory(parent=tree["events"]), NewsPageFactory(parent=tree["news"]), None
    over = NewsPageFactory(parent=tree["news"], expire_at=timezone.now() - dt.timedelta(hours=1))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert take(client, f"{event.url}event.ics") == 200
    assert take(client, hidden.url) == 302
    assert take(client, event.url.rstrip("/")) == 301
    assert take(client, over.url) in (404, 410)
    desk = Client()
    desk.force_login(member(EDITORS))
    assert take(desk, event.url) == 200
    assert take(desk, f"/admin/pages/{event.pk}/view_draft/") in (200, 302)

    def fail(*args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(NewsPage, "get_context", fail)
    client.raise_request_exception = False
    assert take(client, NewsPageFactory(parent=tree["news"]).url) == 500
    assert counted() == {}
    assert take(client, event.url) == 200
    assert counted() == {event.pk: 1}
