"""T8: nobody publishes past the approval what waits for it as their own work, by whatever way."""

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import APIToken, Page, PageLogEntry

from tests.admin.desk import PUBLISHERS, Desk, member
from tests.admin.test_moderation import submitted
from tests.registering import checked_by
from wagtail_newsroom.news.models import Bundle, BundlePage, NewsPage
from wagtail_newsroom.news.publishing.approval.moderation import OwnWorkError, own_work_in_words
from wagtail_newsroom.news.publishing.bundles import BundleRefusedError, publish_bundle, schedule_bundle
from wagtail_newsroom.news.publishing.page_actions import RULES, CheckedPublish
from wagtail_newsroom.news.registry.contracts import Finding, Severity

pytestmark = pytest.mark.services

WHY = "Somebody else approves it, or sends it back to you."
LATER = dt.timedelta(days=1)


def press_publish(desk: Desk, page: Page) -> None:
    desk.open(page).publish()


def press_publish_for_later(desk: Desk, page: Page) -> None:
    desk.open(page).fill(go_live_at="2099-01-01 10:00").publish()


def pass_the_checks(desk: Desk, page: Page) -> None:
    """With the version that was shown, as a form holds it that somebody opened before."""
    revision = page.get_latest_revision()
    version = f"{revision.pk} {revision.created_at.isoformat()}"
    url = f"/admin/newsroom/preflight/{page.pk}/publish/"
    assert "Publish anyway" not in desk.client.get(f"{url}?act=publish").content.decode() or desk.user.is_superuser
    desk.client.post(url, {"act": "publish", "revision": version, "reason": "Pilne."})


def publish_in_bulk(desk: Desk, page: Page) -> None:
    desk.client.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page.pk}")


def publish_with_what_is_below(desk: Desk, page: Page) -> None:
    url = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page.get_parent().pk}"
    desk.client.post(url, {"include_descendants": "on"})


def publish_in_a_bundle(desk: Desk, page: Page) -> None:
    bundle = Bundle.objects.create(title="Razem", owner=desk.user)
    BundlePage.objects.create(bundle=bundle, page=page)
    desk.client.post(f"/admin/newsroom_bundles/{bundle.pk}/publish/")


def schedule_in_a_bundle(desk: Desk, page: Page) -> None:
    bundle = Bundle.objects.create(title="Razem", owner=desk.user)
    BundlePage.objects.create(bundle=bundle, page=page)
    at = timezone.localtime(timezone.now() + LATER).strftime("%Y-%m-%d %H:%M")
    desk.client.post(f"/admin/newsroom_bundles/{bundle.pk}/schedule/", {"at": at})


def publish_by_the_api(desk: Desk, page: Page) -> None:
    _row, secret = APIToken.create_token(user=desk.user, name=f"token {page.pk}")
    headers = {"Authorization": f"Bearer {secret}"}
    Client(headers=headers).post(f"/api/v3-preview/pages/{page.pk}/actions/publish/", content_type="application/json")


def edit_and_publish_by_the_api(desk: Desk, page: Page) -> None:
    _row, secret = APIToken.create_token(user=desk.user, name=f"token {page.pk}")
    sent = {"meta": {"type": "newsroom.NewsPage", "action": "publish"}, "lead": page.lead}
    headers = {"Authorization": f"Bearer {secret}"}
    url = f"/api/v3-preview/pages/{page.pk}/"
    Client(headers=headers).patch(url, sent, content_type="application/json")


def publish_by_code(desk: Desk, page: Page) -> None:
    with suppress(OwnWorkError):
        page.get_latest_revision().publish(user=desk.user)


WAYS: list[Callable[[Desk, Page], None]] = [
    press_publish,
    press_publish_for_later,
    pass_the_checks,
    publish_in_bulk,
    publish_with_what_is_below,
    publish_in_a_bundle,
    schedule_in_a_bundle,
    publish_by_the_api,
    edit_and_publish_by_the_api,
    publish_by_code,
]


@pytest.fixture(autouse=True)
def api_writes(settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}


def is_out(page: Page) -> bool:
    """Public, or going to be."""
    page = NewsPage.objects.get(pk=page.pk)
    return page.live or page.scheduled_revision is not None


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_t8_author_cannot_publish_what_waits_for_approval(
    tree: dict[str, Page], publisher: Desk, way: Callable[[Desk, Page], None]
) -> None:
    page = submitted(tree, publisher)
    way(publisher, page)
    page = NewsPage.objects.get(pk=page.pk)
    assert (is_out(page), page.workflow_in_progress) == (False, True)
    # Somebody else may.
    way(Desk(member(PUBLISHERS, "anna")), page)
    assert is_out(page) or way is pass_the_checks


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_t8_whoever_changed_the_waiting_version_last_cannot_publish_it(
    tree: dict[str, Page], editor: Desk, publisher: Desk, way: Callable[[Desk, Page], None]
) -> None:
    page = submitted(tree, editor)
    publisher.open(page).fill(lead="Poprawiony przez redaktora.").save_draft()
    way(publisher, NewsPage.objects.get(pk=page.pk))
    page = NewsPage.objects.get(pk=page.pk)
    assert (is_out(page), page.workflow_in_progress) == (False, True)


def test_t8_what_is_typed_with_the_button_is_kept_and_the_reason_told(
    tree: dict[str, Page], editor: Desk, publisher: Desk
) -> None:
    page = submitted(tree, editor)
    answer = publisher.open(page).fill(lead="Z przecinkiem,").publish()
    page = NewsPage.objects.get(pk=page.pk)
    assert (page.live, page.get_latest_revision_as_object().lead) == (False, "Z przecinkiem,")
    assert WHY in publisher.client.get(answer["Location"]).content.decode()
    # What was not changed may be published by somebody who wrote none of it.
    other = submitted(tree, editor)
    publisher.open(other).publish()
    assert is_out(other)


def test_t8_page_that_was_sent_back_is_not_published_past_its_remarks(tree: dict[str, Page], publisher: Desk) -> None:
    page = submitted(tree, publisher)
    Desk(member(PUBLISHERS, "anna")).open(page).send_back("Brak daty.")
    press_publish(publisher, page)
    assert not is_out(page)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_t8_superuser_may_and_it_stands_in_the_history(
    tree: dict[str, Page], admin_user: User, way: Callable[[Desk, Page], None]
) -> None:
    root = Desk(admin_user)
    page = submitted(tree, root)
    with checked_by(lambda page: [Finding("x", Severity.WARN, "Uwaga.")] if way is pass_the_checks else []):
        way(root, page)
    assert is_out(page)
    logged = PageLogEntry.objects.filter(page=page.pk, action="newsroom.own_work_published")
    assert list(logged.values_list("user", flat=True)) == [admin_user.pk]
    history = root.client.get(f"/admin/pages/{page.pk}/history/").content.decode()
    said = "Published past the approval that it waited for, by a superuser whose own work it is"
    assert said in history or gettext(said) in history, "in the language of whoever reads it"


def test_t8_host_may_allow_it(tree: dict[str, Page], publisher: Desk, settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "APPROVE_OWN_WORK": True}
    page = submitted(tree, publisher)
    press_publish(publisher, page)
    assert is_out(page)
    assert not PageLogEntry.objects.filter(action="newsroom.own_work_published").exists()


def test_t8_bundle_names_the_page_that_waits(tree: dict[str, Page], publisher: Desk) -> None:
    page = submitted(tree, publisher, title="Czeka")
    bundle = Bundle.objects.create(title="Razem", owner=publisher.user)
    BundlePage.objects.create(bundle=bundle, page=page)
    for act in (
        lambda: publish_bundle(bundle, publisher.user),
        lambda: schedule_bundle(bundle, timezone.now() + LATER, publisher.user),
    ):
        with pytest.raises(BundleRefusedError, match=f"Czeka: {re.escape(own_work_in_words())}"):
            act()


def test_t8_every_publication_by_action_asks() -> None:
    assert issubclass(RULES["publish"], CheckedPublish)
