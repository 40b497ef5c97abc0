"""Previews: of every type, in every mode, for one reader only; events also as they will look later."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, attach, make_attachment, make_site
from tests.trust.doors import address_of
from tests.trust.planting import World, make_world, page_types
from wagtail_newsroom.news.models import EventPage, PageContact, SearchPageMixin


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    return make_site()


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def draft_of(visitor: Client, page: Page, mode: str = "") -> Any:
    return visitor.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode})


def event_in(tree: dict[str, Page], days: int, **facts: Any) -> EventPage:
    day = timezone.localdate() + dt.timedelta(days=days)
    return EventPageFactory(
        parent=tree["events"],
        start_date=day,
        registration="link",
        registration_link="https://example.org/zapisy",
        deadline_date=day - dt.timedelta(days=2),
        **facts,
    )


def test_each_type_is_shown_in_each_of_its_modes_and_no_cache_keeps_it(world: World, admin_client: Client) -> None:
    for model in page_types():
        page = world.ground[model]
        modes = [mode for mode, _label in page.preview_modes]
        assert modes[:2] == ["", "print"], model
        assert [size["device_width"] for size in page.preview_sizes] == [320, 375, 768, 1280], model
        assert page.default_preview_size in [size["name"] for size in page.preview_sizes]
        for mode in [*modes, "made-up"]:
            answer = draft_of(admin_client, page, mode)
            assert answer.status_code == 200, (model, mode)
            assert {"no-store", "private"} <= {each.strip() for each in answer["Cache-Control"].split(",")}
            assert answer["X-Robots-Tag"] == "noindex, nofollow"
            assert ("print-preview.js" in answer.content.decode()) == (mode == "print"), (model, mode)


def test_public_page_knows_nothing_of_previews(world: World, client: Client) -> None:
    for page in world.ground.values():
        answer = client.get(address_of(page), {"mode": "print"})
        assert answer.status_code == 200
        assert answer.headers.get("X-Robots-Tag") == ("noindex" if isinstance(page, SearchPageMixin) else None)
        assert [word for word in ("print-preview", "data-at=") if word in answer.content.decode()] == []


def test_event_is_previewed_as_it_will_look_afterwards(tree: dict[str, Page], admin_client: Client) -> None:
    event = event_in(tree, 30, recording_url="https://film.example.org/1")
    NewsPageFactory(parent=tree["news"], title="Jak było", about_event=event, kind="report")
    attach(event, make_attachment("Prezentacja", name="prezentacja.txt", kind="presentation"))
    event.contacts.add(PageContact(name="Anna Osoba", email="biuro@example.org"))
    event.save_revision()

    now, after = (draft_of(admin_client, event, mode).content.decode() for mode in ("", "after"))

    followed = ["Odbyło się", "zobacz relację", "Jak było", "https://film.example.org/1", "nr-leaf-past"]
    wanted = ["https://example.org/zapisy", "event.ics", "calendar.google.com"]
    assert [word for word in followed if word not in after] == []
    assert [word for word in wanted if word in after] == []
    assert "biuro@example.org" in after  # contacts stay for ninety days
    assert [word for word in wanted if word not in now] == []
    assert "Odbyło się" not in now


def test_event_is_previewed_once_registration_is_closed(tree: dict[str, Page], admin_client: Client) -> None:
    event = event_in(tree, 30)

    now, closed = (draft_of(admin_client, event, mode).content.decode() for mode in ("", "closed"))

    assert "Zapisy zakończone" in closed
    assert "https://example.org/zapisy" not in closed
    assert "Zapisy zakończone" not in now
    assert "Odbyło się" not in closed


def test_preview_goes_by_what_the_draft_says_not_by_what_is_stored(tree: dict[str, Page], admin_client: Client) -> None:
    event = event_in(tree, -30)
    draft = event.get_latest_revision_as_object()
    draft.start_date = timezone.localdate() + dt.timedelta(days=30)
    draft.deadline_date = draft.start_date
    draft.save_revision()

    html = draft_of(admin_client, event).content.decode()

    assert "Odbyło się" not in html
    assert "https://example.org/zapisy" in html


def test_event_that_is_over_and_one_without_a_date_are_previewed_too(
    tree: dict[str, Page], admin_client: Client
) -> None:
    past, undated = event_in(tree, -300), event_in(tree, 30)
    draft = undated.get_latest_revision_as_object()
    draft.start_date = draft.deadline_date = None
    draft.save_revision(clean=False)

    assert past.moment_of_preview("after") > timezone.now() - dt.timedelta(minutes=1)
    for event in (past, undated):
        for mode, _label in event.preview_modes:
            assert draft_of(admin_client, event, mode).status_code == 200


def test_preview_changes_nothing_that_visitors_see(tree: dict[str, Page], admin_client: Client, client: Client) -> None:
    event = event_in(tree, 30, slug="k")
    before = client.get("/wydarzenia/k/").content
    draft_of(admin_client, event, "after")

    assert client.get("/wydarzenia/k/").content == before
    stored = EventPage.objects.get(pk=event.pk)
    assert (stored.starts_at, stored.shown_at, stored.calendar_sequence) == (event.starts_at, None, 0)


@pytest.mark.parametrize("mode", ["", "print", "after", "closed"])
def test_nobody_without_the_right_sees_a_preview(tree: dict[str, Page], client: Client, mode: str) -> None:
    event = event_in(tree, 30, title="Tajny tytuł", live=False)
    reader = Client()
    reader.force_login(get_user_model().objects.create_user("reader", "reader@example.org"))

    for visitor in (client, reader):
        answer = draft_of(visitor, event, mode)
        assert answer.status_code == 302
        assert "Tajny" not in answer.content.decode()
