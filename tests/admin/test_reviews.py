"""Reviews of pages: who looks after them, when, and one reminder a day."""

import datetime as dt
from typing import Any

import bs4
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageLogEntry

from tests.admin.desk import Desk
from tests.admin.newsroom import other_section
from tests.factories import NewsPageFactory
from wagtail_newsroom.news.models import NewsPage, PageReview
from wagtail_newsroom.news.publishing.approval.reviews import (
    due_reviews,
    mark_reviewed,
    months_later,
    remind_page_owners,
    set_review,
)
from wagtail_newsroom.news.publishing.tasks import work

pytestmark = pytest.mark.services

TODAY = dt.date(2026, 5, 4)


def page_of(tree: dict[str, Page], title: str = "Strona", **fields: Any) -> NewsPage:
    return NewsPageFactory(parent=tree["news"], title=title, **fields)


@pytest.fixture
def page_owner(publisher: Desk) -> Any:
    publisher.user.email = "page_owner@example.org"
    publisher.user.save()
    return publisher.user


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2028, 2, 29), -12, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 15), 12, dt.date(2027, 12, 15)),
    ],
)
def test_months_later(day: dt.date, months: int, later: dt.date) -> None:
    assert months_later(day, months) == later


def test_repeated_review_moves_on_and_a_single_one_is_over(tree: dict[str, Page], page_owner: Any) -> None:
    often, once = page_of(tree, "Co pół roku"), page_of(tree, "Raz")
    set_review(often, page_owner, TODAY, 6)
    set_review(once, page_owner, TODAY)
    assert [review.page.title for review in due_reviews(TODAY)] == ["Co pół roku", "Raz"]
    following = mark_reviewed(often, page_owner, day=TODAY)
    assert following is not None
    assert following.due_on == dt.date(2026, 11, 4)
    assert mark_reviewed(once, page_owner, day=TODAY) is None
    assert list(due_reviews(TODAY)) == []
    assert PageLogEntry.objects.filter(action="newsroom.review.done").count() == 2


def test_page_owner_gets_one_message_for_all_pages_once(
    tree: dict[str, Page], page_owner: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for title in ("Pierwsza", "Druga\r\nBcc: kto@example.org"):
        set_review(page_of(tree, title), page_owner, TODAY)
    set_review(page_of(tree, "Kiedyś"), page_owner, TODAY + dt.timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_page_owners(TODAY) == 1
        assert remind_page_owners(TODAY) == 0
    (message,) = mail.outbox
    assert message.to == ["page_owner@example.org"]
    assert message.subject == "2 pages to review"
    assert "Pierwsza" in message.body
    assert "Kiedyś" not in message.body
    assert remind_page_owners(TODAY + dt.timedelta(days=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_dead_mail_server_loses_no_reminder(tree: dict[str, Page], page_owner: Any, settings: Any, queue: None) -> None:
    set_review(page_of(tree), page_owner, TODAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert remind_page_owners(TODAY) == 1
    work()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail.outbox == []
    work()  # gives it another attempt, in a while
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    assert [message.to for message in mail.outbox] == [["page_owner@example.org"]]


def test_page_owner_who_left_the_section_is_told_nothing(tree: dict[str, Page], page_owner: Any) -> None:
    set_review(page_of(tree), page_owner, TODAY)
    page_owner.groups.clear()
    assert remind_page_owners(TODAY) == 0
    assert mail.outbox == []


def test_day_set_anew_is_reminded_of_anew(tree: dict[str, Page], page_owner: Any) -> None:
    page = page_of(tree)
    set_review(page, page_owner, TODAY)
    remind_page_owners(TODAY)
    set_review(page, page_owner, TODAY + dt.timedelta(days=7))
    assert remind_page_owners(TODAY + dt.timedelta(days=7)) == 1


def test_form_sets_a_review_and_publishes_nothing(tree: dict[str, Page], publisher: Desk, page_owner: Any) -> None:
    page = page_of(tree)
    edit = publisher.client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    url = f"/admin/newsroom_reviews/pages/{page.pk}/"
    assert url in edit
    later = timezone.localdate() + dt.timedelta(days=30)
    answer = publisher.client.post(url, {"page_owner": page_owner.pk, "due_on": later.isoformat(), "every_months": "6"})
    assert answer["Location"] == f"/admin/pages/{page.pk}/edit/"
    review = PageReview.objects.get()
    assert (review.page_id, review.page_owner, review.due_on, review.every_months) == (page.pk, page_owner, later, 6)
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_form_keeps_what_was_typed_and_says_what_is_wrong(tree: dict[str, Page], publisher: Desk) -> None:
    url = f"/admin/newsroom_reviews/pages/{page_of(tree).pk}/"
    answer = publisher.client.post(url, {"page_owner": "", "due_on": "2020-01-01", "every_months": "0"})
    soup = bs4.BeautifulSoup(answer.content, "html.parser")
    assert soup.find("input", attrs={"name": "due_on"})["value"] == "2020-01-01"
    assert "This day has passed. Choose today or a later day." in soup.get_text()
    assert not PageReview.objects.exists()


def test_only_those_who_may_change_the_page_are_page_owners(tree: dict[str, Page], publisher: Desk) -> None:
    stranger = other_section(tree)
    url = f"/admin/newsroom_reviews/pages/{page_of(tree).pk}/"
    answer = publisher.client.post(url, {"page_owner": stranger.user.pk, "due_on": "2090-01-01"})
    assert answer.status_code == 200
    assert not PageReview.objects.exists()


@pytest.mark.parametrize("act", ["", "done/", "end/"])
def test_others_change_no_review(
    act: str, tree: dict[str, Page], page_owner: Any, client: Client, editor: Desk
) -> None:
    page = page_of(tree, "Tajna")
    set_review(page, page_owner, TODAY, 6)
    before = PageReview.objects.values().get()
    url = f"/admin/newsroom_reviews/pages/{page.pk}/{act}"
    for desk in (other_section(tree), editor):
        for answer in (desk.client.get(url), desk.client.post(url, {"due_on": "2090-01-01"})):
            assert answer.status_code in (302, 405)
            assert "Tajna" not in answer.content.decode()
    assert client.post(url).status_code == 302
    assert PageReview.objects.values().get() == before


def test_reviewed_and_no_more(tree: dict[str, Page], publisher: Desk, page_owner: Any) -> None:
    page = page_of(tree)
    set_review(page, page_owner, timezone.localdate(), 1)
    assert publisher.client.get(f"/admin/newsroom_reviews/pages/{page.pk}/done/").status_code == 405
    publisher.client.post(f"/admin/newsroom_reviews/pages/{page.pk}/done/", {"next": "/admin/"})
    assert PageReview.objects.get().due_on == months_later(timezone.localdate(), 1)
    publisher.client.post(f"/admin/newsroom_reviews/pages/{page.pk}/end/")
    assert not PageReview.objects.exists()


def test_next_leads_to_no_other_site(tree: dict[str, Page], publisher: Desk) -> None:
    url = f"/admin/newsroom_reviews/pages/{page_of(tree).pk}/done/"
    assert publisher.client.post(url, {"next": "https://example.org/"})["Location"] == "/admin/"


def test_stale_pages_are_old_public_and_looked_after_by_nobody(tree: dict[str, Page], publisher: Desk) -> None:
    long_ago = timezone.now() - dt.timedelta(days=400)

    def old(title: str, **fields: Any) -> NewsPage:
        page = page_of(tree, title, **fields)
        Page.objects.filter(pk=page.pk).update(last_published_at=long_ago)
        return page

    old("Zapomniana")
    old("Archiwalna", archived_on=timezone.localdate())
    old("Szkic", live=False)
    set_review(old("Z przeglądem"), None, timezone.localdate() + dt.timedelta(days=5))
    set_review(old("Zaległa"), None, timezone.localdate())
    Page.objects.filter(pk=page_of(tree, "Świeża").pk).update(last_published_at=timezone.now())
    soup = bs4.BeautifulSoup(publisher.client.get("/admin/newsroom_stale/").content, "html.parser")
    found = {cell.find("a").get_text(strip=True) for cell in soup.select("[data-listing-page-title]")}
    assert found == {"Zapomniana", "Zaległa"}


def test_list_of_reviews_by_due_and_page_owner(tree: dict[str, Page], publisher: Desk, page_owner: Any) -> None:
    today = timezone.localdate()
    set_review(page_of(tree, "Moja teraz"), page_owner, today)
    set_review(page_of(tree, "Niczyja potem"), None, today + dt.timedelta(days=3))

    def listed(query: str) -> list[str]:
        soup = bs4.BeautifulSoup(publisher.client.get(f"/admin/newsroom_reviews/?{query}").content, "html.parser")
        return [cell.find("a").get_text(strip=True) for cell in soup.select("[data-listing-page-title]")]

    assert listed("") == ["Moja teraz", "Niczyja potem"]
    assert listed("due=now") == listed("page_owner=me") == ["Moja teraz"]
    assert listed("due=later") == listed("page_owner=nobody") == ["Niczyja potem"]
