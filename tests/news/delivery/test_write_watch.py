"""Whatever changes what the public sees replaces the token; nothing else does."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core import serializers
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, TopicFactory
from tests.standing import Tree
from wagtail_newsroom.news.delivery import token
from wagtail_newsroom.news.delivery.write_watch import WriteWatch, watch_connection
from wagtail_newsroom.news.models import NewsPage, PageContact, Topic
from wagtail_newsroom.news.signals import public_write

Committing = Callable[..., Any]


def forget_marks() -> None:
    """What was written so far counts as committed: a test's transaction holds everything that the test does."""
    connection.run_on_commit = [each for each in connection.run_on_commit if not _is_mark(each[1])]


def _is_mark(callback: Any) -> bool:
    return isinstance(getattr(callback, "__self__", None), WriteWatch)


class Watched:
    """What the watch did, as if the test's transaction were committed after each act."""

    def __init__(self, capture: Committing) -> None:
        self.capture = capture
        self.tables: list[frozenset[str]] = []

    def replaced(self, act: Callable[[], Any]) -> int:
        """How often ``act`` replaced the token."""
        self.tables.clear()
        before = token.current()
        forget_marks()
        with self.capture(execute=True):
            act()
        assert (token.current() != before) == bool(self.tables)
        return len(self.tables)


def rolled_back(act: Callable[[], Any]) -> None:
    """Do it and take it back."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


@contextmanager
def _listening(tables: list[frozenset[str]]) -> Iterator[None]:
    def note(tables: frozenset[str], **kwargs: Any) -> None:
        heard.append(tables)

    heard = tables
    public_write.connect(note)
    try:
        yield
    finally:
        public_write.disconnect(note)


@pytest.fixture
def watched(db: None, django_capture_on_commit_callbacks: Committing) -> Iterator[Watched]:
    found = Watched(django_capture_on_commit_callbacks)
    with _listening(found.tables):
        yield found


@pytest.fixture
def news(grown_newsroom: Tree, db: None) -> NewsPage:
    return NewsPageFactory(parent=grown_newsroom()["news"])


@pytest.fixture
def draft(grown_newsroom: Tree, db: None) -> NewsPage:
    page = NewsPageFactory(parent=grown_newsroom()["news"], live=False)
    page.contacts = [PageContact(name="Biuro")]
    page.topics = [TopicFactory()]
    page.save()
    return page


def test_publication_replaces_the_token_once(watched: Watched, news: NewsPage) -> None:
    news.title = "Inny tytuł"

    assert watched.replaced(lambda: news.save_revision().publish()) == 1


def test_draft_of_a_live_page_leaves_it(watched: Watched, news: NewsPage) -> None:
    news.title = "Szkic"

    assert watched.replaced(news.save_revision) == 0
    latest = news.latest_revision
    assert watched.replaced(lambda: news.save_revision(overwrite_revision=latest)) == 0


def test_page_that_is_not_live_is_edited_unnoticed(watched: Watched, draft: NewsPage) -> None:
    draft.title = "Szkic"
    draft.contacts = [PageContact(name="Sekretariat")]
    draft.topics = [TopicFactory()]

    assert watched.replaced(lambda: (draft.save(), draft.save_revision())) == 0
    assert watched.replaced(lambda: draft.get_latest_revision().publish()) == 1


def test_new_page_that_is_not_live_is_unnoticed(watched: Watched, draft: NewsPage) -> None:
    parent = draft.get_parent()

    assert watched.replaced(lambda: parent.add_child(instance=NewsPage(title="Nowy", live=False))) == 0
    assert watched.replaced(lambda: parent.add_child(instance=NewsPage(title="Jawny", lead="O czym.", live=True))) == 1


def test_taking_down_replaces_the_token(watched: Watched, news: NewsPage) -> None:
    assert watched.replaced(news.unpublish) == 1


def test_row_of_a_live_page_is_public(watched: Watched, news: NewsPage) -> None:
    contact = PageContact.objects.create(page=news, name="Biuro")

    assert watched.replaced(contact.delete) == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda page: NewsPage.objects.filter(pk=page.pk).update(place="Konin"),
        lambda page: Page.objects.filter(pk=page.pk).update(title="Inny"),
        lambda page: Topic.objects.bulk_create([Topic(name="A", slug="a", locale=page.locale)]),
        lambda page: TopicFactory(),
        lambda page: connection.cursor().execute("update newsroom_newspage set place = %s", ["Konin"]),
        lambda page: connection.cursor().executemany("UPDATE newsroom_newspage SET place = %s", [["a"], ["b"]]),
        lambda page: connection.cursor().execute(
            "WITH named AS (SELECT 1 AS id) UPDATE newsroom_newspage SET place = 'Konin' WHERE 1 IN (SELECT id FROM named)"
        ),
        lambda page: [each.save() for each in serializers.deserialize("json", serializers.serialize("json", [page]))],
        lambda page: page.move(page.get_parent().get_parent(), pos="last-child"),
        lambda page: page.delete(),
    ],
    ids=[
        "update",
        "base_update",
        "bulk_create",
        "snippet",
        "lower_case",
        "executemany",
        "cte",
        "loaddata",
        "move",
        "delete",
    ],
)
def test_every_way_of_writing_is_noticed(watched: Watched, news: NewsPage, act: Callable[[NewsPage], Any]) -> None:
    assert watched.replaced(lambda: act(news)) == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda page: SessionStore().create(),
        lambda page: Client().force_login(get_user_model().objects.create_user("osoba")),
        lambda page: Page.objects.filter(pk=page.pk).update(draft_title="Szkic", locked=True),
        lambda page: connection.cursor().execute("UPDATE wagtailcore_page SET draft_title = 'live = 1, title = 2'"),
        lambda page: NewsPage.objects.none().update(place="x"),
    ],
    ids=["session", "log-in", "columns_of_drafts", "raw_columns", "nothing"],
)
def test_private_writes_are_not_noticed(watched: Watched, news: NewsPage, act: Callable[[NewsPage], Any]) -> None:
    assert watched.replaced(lambda: act(news)) == 0


def test_failed_login_is_not_noticed(watched: Watched, throttled_logins: None, client: Client) -> None:
    answer = lambda: client.post("/admin/login/", {"username": "kto", "password": "zgaduj"})  # noqa: E731

    assert watched.replaced(answer) == 0


def test_act_that_is_rolled_back_is_not_noticed(watched: Watched, news: NewsPage) -> None:
    def fail() -> None:
        rolled_back(lambda: NewsPage.objects.filter(pk=news.pk).update(place="x"))

    assert watched.replaced(fail) == 0


def test_what_follows_a_savepoint_that_was_rolled_back_is_noticed(watched: Watched, news: NewsPage) -> None:
    def act() -> None:
        rolled_back(lambda: NewsPage.objects.filter(pk=news.pk).update(place="x"))
        with transaction.atomic():
            NewsPage.objects.filter(pk=news.pk).update(place="y")
        NewsPage.objects.filter(pk=news.pk).update(place="z")

    assert watched.replaced(act) == 1


def test_whole_day_of_the_admin_names_what_it_wrote(watched: Watched, grown_newsroom: Tree) -> None:
    tree = grown_newsroom()
    soon = timezone.localdate() + dt.timedelta(days=3)

    assert watched.replaced(lambda: EventPageFactory(parent=tree["events"], start_date=soon)) == 1
    assert "newsroom_eventpage" in watched.tables[0]
    assert "wagtailcore_revision" not in watched.tables[0]


@pytest.mark.django_db(transaction=True)
def test_write_outside_a_transaction_is_noticed_at_once() -> None:
    heard: list[frozenset[str]] = []
    with _listening(heard):
        before = token.current()
        Topic.objects.bulk_create([])
        TopicFactory()
        assert token.current() != before
        rolled_back(TopicFactory)
    assert {"newsroom_topic"} <= set().union(*heard)
    assert len(heard) == 1


@pytest.mark.django_db
def test_connection_is_watched_once() -> None:
    watch_connection(connection)

    assert sum(isinstance(each, WriteWatch) for each in connection.execute_wrappers) == 1


@pytest.mark.django_db
def test_receiver_that_fails_stops_nobody(watched: Watched, news: NewsPage, caplog: pytest.LogCaptureFixture) -> None:
    def fail(**kwargs: Any) -> None:
        raise ValueError("broken")

    public_write.connect(fail)
    try:
        assert watched.replaced(lambda: news.save_revision().publish()) == 1
    finally:
        public_write.disconnect(fail)
    assert "failed after a public write" in caplog.text
