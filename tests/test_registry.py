"""The doors of the registry close at their first reading; what comes too late or twice is told by name."""

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.template import Context, Template
from wagtail.api import APIField
from wagtail.models import Page

from tests.factories import EventPageFactory, NewsPageFactory, make_site
from tests.host_types.models import TrainingPage
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.listings.cards import with_cards
from wagtail_newsroom.news.models import EventPage, NewsPage, NewsroomPage
from wagtail_newsroom.news.publishing.schedule.scheduler import Scheduler
from wagtail_newsroom.news.registry import Card, RegistrationError, acts
from wagtail_newsroom.news.registry.shelves import SHELVES, Shelf


def a_check(page: Page) -> list[registry.Finding]:
    return []


# Closing


def test_what_comes_after_the_first_reading_is_an_error_with_a_remedy() -> None:
    with registry.reopened():
        registry.register_preflight_check(a_check)
        registry.preflight_checks()
        with pytest.raises(RegistrationError) as told:
            registry.register_preflight_check(lambda page: [])

    said = str(told.value)
    assert "tests.test_registry registers the preflight check" in said
    assert "too late: tests.test_registry (line" in said
    assert "Call register_preflight_check() in AppConfig.ready()" in said


def test_name_that_is_taken_is_told_with_both_apps() -> None:
    with registry.reopened(), pytest.raises(RegistrationError) as told:
        registry.register_story_block("gallery", lambda: None)

    assert str(told.value) == (
        "tests.test_registry registers the story block 'gallery', which wagtail_newsroom.galleries has registered "
        "already. Give it another name."
    )


def test_app_that_registers_twice_is_told() -> None:
    with registry.reopened():
        for expected in (None, "tests.test_registry.a_check, which tests.test_registry has registered already"):
            if expected is None:
                registry.register_preflight_check(a_check)
                continue
            with pytest.raises(RegistrationError, match=expected):
                registry.register_preflight_check(a_check)


def test_function_made_anew_by_the_same_line_is_the_same_one_and_one_of_another_value_is_not() -> None:
    shelf: Shelf[object] = Shelf("register_thing", "the thing")
    SHELVES.remove(shelf)

    def ready() -> None:
        shelf.put(lambda page: [])

    def ready_for(value: object) -> None:
        shelf.put(lambda page: [value])

    ready()
    with pytest.raises(RegistrationError, match="INSTALLED_APPS twice"):
        ready()
    ready_for("a")
    ready_for("b")
    assert len(shelf.entries) == 3


def test_every_door_closes_and_is_open_again_in_tests_only() -> None:
    doors = {shelf.door for shelf in SHELVES}
    assert doors == {name for name in registry.__all__ if name.startswith("register_")}
    before = {shelf.door: dict(shelf.entries) for shelf in SHELVES}
    with registry.reopened():
        for shelf in SHELVES:
            shelf.put(f"of {shelf.door}", f"test of {shelf.door}")
            shelf.read()
            with pytest.raises(RegistrationError, match="too late"):
                shelf.put("later", "later")
    assert {shelf.door: dict(shelf.entries) for shelf in SHELVES} == before


# Cards


@pytest.mark.django_db
def test_lists_show_each_type_by_its_card_and_leave_out_none() -> None:
    tree = make_site()
    event, news = EventPageFactory(parent=tree["events"]), NewsPageFactory(parent=tree["news"])
    training = TrainingPage(title="Szkolenie", lead="O czym.", start_date=event.start_date)
    tree["events"].add_child(instance=training)
    rows = list(NewsroomPage.objects.order_by("pk"))

    shown = with_cards(rows)

    assert [(page.pk, type(page)) for page in shown] == [
        (event.pk, EventPage),
        (news.pk, NewsPage),
        (training.pk, EventPage),
    ]
    with registry.reopened():
        registry.register_card("host_types.TrainingPage", Card("newsroom/components/news_card.html"))
        assert [type(page) for page in with_cards(rows)] == [EventPage, NewsPage, TrainingPage]
        template = Template("{% load newsroom %}{% card_template item as name %}{{ name }}")
        assert template.render(Context({"item": training})) == "newsroom/components/news_card.html"
        assert template.render(Context({"item": event})) == "newsroom/components/event_card.html"


# Chores


def test_chore_is_done_at_the_start_and_then_at_its_time(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    done: list[str] = []
    clock = [100.0]
    monkeypatch.setattr("wagtail_newsroom.news.publishing.schedule.scheduler.time.monotonic", lambda: clock[0])
    # The test's transaction lives in this connection.
    monkeypatch.setattr("wagtail_newsroom.news.publishing.schedule.scheduler.close_old_connections", lambda: None)

    def fails() -> None:
        done.append("fails")
        raise RuntimeError

    with registry.reopened():
        acts._chores.entries = {}
        registry.register_chore("Fails", dt.timedelta(hours=1), fails)
        registry.register_chore("Hourly", dt.timedelta(hours=1), lambda: done.append("hourly"))
        registry.register_chore("Always", dt.timedelta(0), lambda: done.append("always"))
        scheduler = Scheduler()
        for moment in (100.0, 115.0, 3700.0):
            clock[0] = moment
            scheduler.publish()

    assert done == ["fails", "hourly", "always", "fails", "always", "fails", "hourly", "always"]


# System checks


def ids() -> list[str]:
    return sorted(message.id for message in run_checks(tags=["newsroom"]))


def test_registration_for_a_type_that_is_gone_and_a_card_without_template_are_told() -> None:
    assert {"newsroom.E041", "newsroom.E042"}.isdisjoint(ids())
    with registry.reopened():
        registry.register_card("gone.GonePage", Card("gone/card.html"))
        registry.register_structured_data("gone", lambda page, around: {})
        found = {message.id: message for message in run_checks(tags=["newsroom"])}
        assert ids().count("newsroom.E041") == 2
    assert "tests.test_registry calls register_" in found["newsroom.E041"].msg
    assert "'gone/card.html'" in found["newsroom.E042"].msg


def test_type_without_a_template_and_type_without_a_list_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"newsroom.E043", "newsroom.W041"}.isdisjoint(ids())
    monkeypatch.setattr(NewsroomPage, "is_creatable", True)
    monkeypatch.setattr(NewsroomPage, "parent_page_types", [], raising=False)
    monkeypatch.setattr(NewsroomPage, "_clean_parent_page_models", None)
    try:
        found = {message.id: message for message in run_checks(tags=["newsroom"])}
    finally:
        NewsroomPage._clean_parent_page_models = None
    assert found["newsroom.E043"].hint.startswith("Write templates/newsroom/newsroom_page.html")
    assert found["newsroom.W041"].obj is NewsroomPage


@pytest.mark.django_db
def test_pages_of_a_type_that_is_gone_are_told_to_whoever_looks_into_the_database() -> None:
    from django.contrib.contenttypes.models import ContentType

    tree = make_site()
    assert [each.id for each in run_checks(tags=["database"], databases=["default"])] == []
    gone = ContentType.objects.create(app_label="gone", model="gonepage")
    Page.objects.filter(pk=tree["documents"].pk).update(content_type=gone)

    (told,) = run_checks(tags=["database"], databases=["default"])

    assert told.id == "newsroom.W042"
    assert told.msg == "1 page(s) are of the type gone.gonepage, which is gone."


def test_list_of_a_type_that_is_gone_is_told() -> None:
    from wagtail_newsroom.news.models import NewsIndexPage

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NewsIndexPage, "subpage_types", ["gone.GonePage"])
        patch.setattr(NewsIndexPage, "_clean_subpage_models", None)
        found = [message.id for message in NewsIndexPage.check()]
    assert "wagtailcore.E002" in found


def test_label_is_taken_in_any_spelling() -> None:
    field = APIField("seats")
    with registry.reopened():
        registry.register_api_field("host_types.trainingpage", field)
        registry.register_card("host_types.TRAININGPAGE", Card("newsroom/components/news_card.html"))
        assert field in registry.api_fields_for(TrainingPage)
        assert registry.card_of(TrainingPage)[0] == "host_types.TRAININGPAGE"
