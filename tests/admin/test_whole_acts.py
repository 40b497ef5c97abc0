"""What the editor does with a form is done whole or not at all (trust.md R1, R5)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.actions import ActionRegistry, PublishPageRevisionAction, action_registry
from wagtail.models import Comment, Page, PageLogEntry, PageSubscription
from wagtail.signals import page_published, page_unpublished

from tests.admin.desk import PUBLISHERS, Desk, member
from tests.factories import NewsPageFactory
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.publishing.page_actions import RULES, CheckedPublish, WholeAction, register_page_actions

pytestmark = pytest.mark.services


class NoticeBoardError(Exception):
    """An app beside us cannot bear it."""


@contextmanager
def failing(signal: Any) -> Iterator[None]:
    def fail(**kwargs: Any) -> None:
        raise NoticeBoardError

    signal.connect(fail)
    try:
        yield
    finally:
        signal.disconnect(fail)


@pytest.fixture
def page(tree: dict[str, Page]) -> NewsPage:
    return NewsPageFactory(parent=tree["news"], title="Zbiórka", lead="Stary.")


def traces(page: Page) -> tuple[int, int]:
    return page.revisions.count(), PageLogEntry.objects.filter(page=page.pk).count()


def test_new_page_whose_publication_fails_is_not_there(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.blank(NewsPage, tree["news"]).fill(title="Nowa", slug="nowa", lead="Jest.")
    with failing(page_published), pytest.raises(NoticeBoardError):
        form.publish()

    assert not NewsPage.objects.exists()
    assert not PageLogEntry.objects.filter(label="Nowa").exists()
    tree["news"].refresh_from_db()
    assert tree["news"].numchild == 0
    # What was typed goes through once the trouble is over.
    assert form.publish().status_code == 302
    assert NewsPage.objects.get().live


def test_page_whose_new_version_fails_to_be_published_stays_as_it_was(page: NewsPage, publisher: Desk) -> None:
    before = traces(page)
    form = publisher.open(page).fill(lead="Nowy.")
    with failing(page_published), pytest.raises(NoticeBoardError):
        form.publish()

    page.refresh_from_db()
    assert (page.lead, page.live, page.has_unpublished_changes) == ("Stary.", True, False)
    assert traces(page) == before


def test_code_that_publishes_and_fails_changes_nothing(page: NewsPage) -> None:
    page.lead = "Nowy."
    revision = page.save_revision()
    with failing(page_published), pytest.raises(NoticeBoardError):
        revision.publish()
    page.refresh_from_db()
    assert (page.lead, page.live_revision) == ("Stary.", None)

    with failing(page_unpublished), pytest.raises(NoticeBoardError):
        page.unpublish()
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("way", ["method", "action", "view"])
def test_copy_that_fails_leaves_no_page(page: NewsPage, tree: dict[str, Page], publisher: Desk, way: str) -> None:
    values = {"to": tree["news"], "update_attrs": {"slug": "kopia"}}
    asked = {
        "new_title": "Kopia",
        "new_slug": "kopia",
        "new_parent_page": tree["news"].pk,
        "copy_subpages": "",
        "publish_copies": "on",
        "alias": "",
    }
    action = action_registry.get_action_class(Page, "copy")
    ways: dict[str, Callable[[], Any]] = {
        "method": lambda: page.copy(**values),
        "action": lambda: action(page, **values).execute(skip_permission_checks=True),
        "view": lambda: publisher.client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), asked),
    }
    with failing(page_published), pytest.raises(NoticeBoardError):
        ways[way]()

    assert list(NewsPage.objects.all()) == [page]
    assert [list(problem) for problem in Page.find_problems()] == [[]] * 5


def test_answer_of_a_hook_keeps_the_draft(page: NewsPage, publisher: Desk) -> None:
    def refuse(request: Any, page: Page) -> HttpResponse:
        return redirect("wagtailadmin_home")

    with hooks.register_temporarily("before_publish_page", refuse):
        publisher.open(page).fill(lead="Nowy.").publish()

    page.refresh_from_db()
    assert page.lead == "Stary."
    assert page.get_latest_revision_as_object().lead == "Nowy."


@pytest.mark.django_db(transaction=True)
def test_dead_mail_server_undoes_no_comment_and_no_page(settings: Any, page: NewsPage, publisher: Desk) -> None:
    reader = member(PUBLISHERS, "reader")
    reader.email = "reader@example.org"
    reader.save()
    PageSubscription.objects.create(page=page, user=reader, comment_notifications=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = with_comment(publisher, page).publish()

    assert answer.status_code == 302
    assert Comment.objects.get().text == "Czy to na pewno dobra data?"
    page.refresh_from_db()
    assert page.lead == "Nowy."


@pytest.mark.django_db(transaction=True)
def test_mail_about_a_comment_goes_only_once_all_is_written(page: NewsPage, publisher: Desk) -> None:
    reader = member(PUBLISHERS, "reader")
    reader.email = "reader@example.org"
    reader.save()
    PageSubscription.objects.create(page=page, user=reader, comment_notifications=True)

    def fail(request: Any, page: Page) -> None:
        raise NoticeBoardError

    form = with_comment(publisher, page)
    with hooks.register_temporarily("after_publish_page", fail), pytest.raises(NoticeBoardError):
        form.publish()
    assert (mail.outbox, Comment.objects.count()) == ([], 0)

    form.publish()
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]


def with_comment(desk: Desk, page: NewsPage) -> Any:
    form = desk.open(page).fill(lead="Nowy.")
    prefix = "comments"
    form.data |= {
        f"{prefix}-TOTAL_FORMS": "1",
        f"{prefix}-INITIAL_FORMS": "0",
        f"{prefix}-0-DELETE": "",
        f"{prefix}-0-id": "",
        f"{prefix}-0-contentpath": "lead",
        f"{prefix}-0-text": "Czy to na pewno dobra data?",
        f"{prefix}-0-position": "",
        f"{prefix}-0-resolved": "",
        f"{prefix}-0-replies-TOTAL_FORMS": "0",
        f"{prefix}-0-replies-INITIAL_FORMS": "0",
        f"{prefix}-0-replies-MIN_NUM_FORMS": "0",
        f"{prefix}-0-replies-MAX_NUM_FORMS": "",
    }
    return form


@pytest.mark.parametrize("name", ["publish", "unpublish", "delete", "copy", "create_alias"])
def test_action_on_pages_is_whole_and_wrapped_once(name: str) -> None:
    first = action_registry.get_action_class(Page, name)
    register_page_actions(action_registry)

    action = action_registry.get_action_class(Page, name)
    assert action is first
    assert issubclass(action, WholeAction)
    assert issubclass(action, RULES[name])
    assert sum(each.__name__.startswith("Newsroom") for each in action.__mro__) == 1, "wrapped twice"


def test_action_that_another_app_registered_gets_the_same_rules() -> None:
    class HostsPublish(PublishPageRevisionAction):
        pass

    registry = ActionRegistry()
    registry.has_scanned_for_actions = True
    registry.register(Page, HostsPublish)
    register_page_actions(registry)

    action = registry.get_action_class(NewsPage, "publish")
    assert issubclass(action, HostsPublish)
    assert issubclass(action, CheckedPublish)
    assert set(registry.actions[Page]) == {"publish"}, "what is not known is left out"


def test_action_for_one_page_type_gets_the_same_rules() -> None:
    class HostsPublish(PublishPageRevisionAction):
        pass

    registry = ActionRegistry()
    registry.has_scanned_for_actions = True
    registry.register(Page, PublishPageRevisionAction)
    registry.register(NewsPage, HostsPublish)
    register_page_actions(registry)

    action = registry.get_action_class(NewsPage, "publish")
    assert issubclass(action, HostsPublish)
    assert issubclass(action, CheckedPublish)
