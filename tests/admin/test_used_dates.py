"""C6: a page whose dates have passed is saved and published like any other, and a bad date is told in one's language."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from tests.admin.desk import PUBLISHERS, Desk, Form, member, messages_beside
from tests.factories import EventPageFactory, NewsPageFactory, StandardPageFactory
from wagtail_newsroom.news.forms import CROSSED, PAST
from wagtail_newsroom.news.publishing.schedule.due import run_due

pytestmark = pytest.mark.services

DAY = dt.timedelta(days=1)
LISTS = {NewsPageFactory: "news", EventPageFactory: "events", StandardPageFactory: "home"}


def over(tree: dict[str, Page], factory: Any = NewsPageFactory) -> Any:
    """A page that was published and taken down at its own moments."""
    page = factory(parent=tree[LISTS[factory]], live=False)
    page.go_live_at, page.expire_at = timezone.now() - 2 * DAY, timezone.now() - DAY
    page.save_revision(approved_go_live_at=page.go_live_at)
    run_due()
    run_due()
    page = type(page).objects.get(pk=page.pk)
    assert (page.live, page.expired) == (False, True)
    return page


@pytest.mark.parametrize("factory", LISTS)
def test_c6_page_whose_dates_have_passed_is_saved_and_published_again(
    tree: dict[str, Page], publisher: Desk, factory: Any
) -> None:
    page = over(tree, factory)
    assert (page.go_live_at, page.expire_at) == (None, None)
    form = publisher.open(page)
    assert {form.data.get(name, [""])[0] for name in ("go_live_at", "expire_at")} == {""}
    assert form.fill(title="Jeszcze raz").save_draft().status_code == 302
    answer = publisher.open(page).publish_anyway()
    page = type(page).objects.get(pk=page.pk)
    assert (answer.status_code, page.live, page.title, page.expired) == (302, True, "Jeszcze raz", False)
    run_due()
    page.refresh_from_db()
    assert page.live, "it is not taken down again"


def test_c6_form_that_was_opened_before_the_moment_saves_still(tree: dict[str, Page], publisher: Desk) -> None:
    page = over(tree)
    revision = page.get_latest_revision()
    form = publisher.open(page)
    for name in ("go_live_at", "expire_at"):
        moment = dt.datetime.fromisoformat(revision.content[name])
        form.data[name] = timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
    assert form.fill(title="Jeszcze raz").save_draft().status_code == 302
    assert type(page).objects.get(pk=page.pk).get_latest_revision_as_object().expire_at is None


def test_c6_version_of_an_expired_page_is_published_by_code(tree: dict[str, Page], publisher: Desk) -> None:
    page = over(tree)
    page.get_latest_revision().publish(user=publisher.user)
    run_due()
    page.refresh_from_db()
    assert (page.live, page.expire_at) == (True, None)


def test_c6_autosave_of_an_expired_page(tree: dict[str, Page], publisher: Desk) -> None:
    form = publisher.open(over(tree)).fill(title="Jeszcze raz")
    answer = form.client.post(form.url, form.data, headers={"Accept": "application/json"})
    assert answer.json()["success"]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ({"expire_at": "2020-01-01 10:00"}, PAST),
        ({"go_live_at": "2098-01-02 10:00", "expire_at": "2098-01-01 10:00"}, CROSSED),
    ],
)
def test_c6_bad_date_is_told_above_the_form_and_beside_its_field(
    tree: dict[str, Page], publisher: Desk, dates: dict[str, str], told: Any
) -> None:
    page = NewsPageFactory(parent=tree["news"], live=False)
    answer = publisher.open(page).fill(**dates).save_draft()
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    for name in ("expire_at", "__all__"):
        assert [str(message) for message in errors[name]] == [str(told)], name
    assert messages_beside(answer, "expire_at")


def test_c6_bad_date_is_not_told_in_english_to_who_reads_polish(tree: dict[str, Page]) -> None:
    reader = Desk(member(PUBLISHERS, "jan", language="pl"))
    page = NewsPageFactory(parent=tree["news"], live=False)
    form: Form = reader.open(page).fill(expire_at="2020-01-01 10:00")
    assert "Expiry date/time must be in the future" not in form.save_draft().content.decode()
