"""R7: two editors on one page are warned of each other, and nothing that either wrote is silently lost."""

from typing import Any

import pytest
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from tests.admin.desk import PUBLISHERS, Desk, Form, member
from wagtail_newsroom.news.models import NewsPage

pytestmark = pytest.mark.services


@pytest.fixture
def other(tree: dict[str, Page]) -> Desk:
    return Desk(member(PUBLISHERS, "other"))


def ping(desk: Desk, page: NewsPage, session: EditingSession, form: Form) -> Any:
    """What the editor's browser asks every few seconds."""
    return desk.client.post(
        f"/admin/editing-sessions/ping/wagtailcore/page/{page.pk}/{session.pk}/",
        {"revision_id": form.data["loaded_revision_id"][0], "is_editing": "1"},
    ).json()


def test_r7_editors_of_one_page_see_each_other(page: NewsPage, publisher: Desk, other: Desk) -> None:
    form, _theirs = publisher.open(page), other.open(page)
    mine = EditingSession.objects.get(user=publisher.user)

    seen = ping(publisher, page, mine, form)["other_sessions"]

    assert [each["user"] for each in seen] == ["other"]


def test_r7_editor_is_warned_of_a_newer_version_and_both_are_kept(page: NewsPage, publisher: Desk, other: Desk) -> None:
    mine, theirs = publisher.open(page), other.open(page)
    session = EditingSession.objects.get(user=publisher.user)
    theirs.fill(title="Wspólna, wersja drugiej osoby").save_draft()

    warned = ping(publisher, page, session, mine)["other_sessions"]
    asked = mine.fill(title="Wspólna, wersja pierwszej osoby").save_draft()
    mine.come_back(asked).save_draft()

    assert [each["revision_id"] for each in warned] == [page.revisions.get(user=other.user).pk]
    titles = [revision.content["title"] for revision in page.revisions.order_by("pk")]
    assert titles == ["Wspólna", "Wspólna, wersja drugiej osoby", "Wspólna, wersja pierwszej osoby"]
    history = publisher.client.get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert "other" in history


def test_r7_autosave_never_overwrites_what_somebody_else_saved(page: NewsPage, publisher: Desk, other: Desk) -> None:
    mine, theirs = publisher.open(page), other.open(page)
    theirs.fill(title="Wspólna, wersja drugiej osoby").save_draft()

    mine.fill(title="Wspólna, zapis samoczynny")
    response = publisher.client.post(mine.url, mine.data, headers={"Accept": "application/json"})

    assert response.status_code == 400
    assert response.json()["error_code"] == "invalid_revision"
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision().content["title"] == "Wspólna, wersja drugiej osoby"


def test_r7_form_that_comes_late_to_a_locked_page_keeps_what_was_saved(
    page: NewsPage, publisher: Desk, other: Desk
) -> None:
    mine = publisher.open(page)
    other.client.post(f"/admin/pages/{page.pk}/lock/")

    mine.fill(title="Za późno").save_draft()

    page.refresh_from_db()
    assert page.locked
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision().content["title"] == "Wspólna"
