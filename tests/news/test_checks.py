"""System checks: a host's mistakes are told at start, each with its id and its remedy."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import checks
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone

from tests.factories import make_site
from wagtail_newsroom.news import checks as news_checks
from wagtail_newsroom.news.models import SchedulerHeartbeat
from wagtail_newsroom.news.views.files.media import serve_media


def found(*, deploy: bool = False) -> dict[str, str]:
    """Ids of our checks' messages, each with its hint."""
    messages = checks.run_checks(tags=["newsroom", "newsroom_galleries"], include_deployment_checks=deploy)
    return {str(message.id): str(message.hint) for message in messages}


@pytest.fixture
def newsroom(settings: Any) -> Any:
    """A function that changes keys of NEWSROOM."""

    def change(**values: Any) -> None:
        settings.NEWSROOM = {**settings.NEWSROOM, **values}

    return change


def test_reference_site_has_nothing_to_mend() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"ITEMS_PER_PAGES": 3}, "newsroom.E001"),
        ({"ITEMS_PER_PAGE": "12"}, "newsroom.E004"),
        ({"ITEMS_PER_PAGE": True}, "newsroom.E004"),
        ({"SHARING": "no"}, "newsroom.E004"),
        ({"BASE_TEMPLATE": 3}, "newsroom.E004"),
        ({"TASK_BACKEND": "nowhere"}, "newsroom.E002"),
        ({"CLAMD": "localhost"}, "newsroom.E003"),
        ({"BASE_TEMPLATE": "nowhere.html"}, "newsroom.E007"),
        ({"DARK_SELECTOR": "} body { display: none"}, "newsroom.E008"),
        ({"DARK_SELECTOR": "</style>"}, "newsroom.E008"),
    ],
)
def test_wrong_setting_is_told(newsroom: Any, values: dict[str, Any], expected: str) -> None:
    newsroom(**values)
    assert expected in found()
    assert found()[expected]


@pytest.mark.parametrize("values", [{"CLAMD_TIMEOUT": 1.5}, {"DARK_SELECTOR": '[data-theme="dark"], .dark'}])
def test_good_setting_is_not(newsroom: Any, values: dict[str, Any]) -> None:
    newsroom(**values)
    assert found() == {}


def test_missing_app_is_told(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # Apps are loaded once; what the check reads is the list.
    apps = [app for app in settings.INSTALLED_APPS if app != "wagtail.contrib.settings"]
    monkeypatch.setattr(news_checks, "settings", SimpleNamespace(INSTALLED_APPS=apps))
    messages = {message.id: message.msg for message in news_checks.check_apps(None)}
    assert set(messages) == {"newsroom.E005"}
    assert "wagtail.contrib.settings" in messages["newsroom.E005"]


def hosts_view(request: Any, path: str = "") -> HttpResponse:
    return HttpResponse("the host's")


def test_addresses_that_are_not_mounted_and_those_behind_a_catch_all_are_told(site_with: Any) -> None:
    site_with([path("media/<path:path>", serve_media)])
    assert set(found()) == {"newsroom.W002"}
    site_with(
        [
            path("media/<path:path>", serve_media),
            path("<path:path>", hosts_view),
            path("", include("wagtail_newsroom.news.urls")),
        ]
    )
    assert set(found()) == {"newsroom.W003"}


@pytest.mark.django_db
@pytest.mark.parametrize("patterns", [[], [path("media/<path:path>", hosts_view)]], ids=["no view", "the host's view"])
def test_files_that_nobody_guards_are_a_warning_and_an_error_in_production(
    site_with: Any,
    patterns: list[Any],
) -> None:
    site_with([path("", include("wagtail_newsroom.news.urls")), *patterns])
    assert set(found()) == {"newsroom.W006"}
    assert "serve_media" in found()["newsroom.W006"]
    errors = checks.run_checks(tags=["newsroom"], include_deployment_checks=True)
    assert any(message.id == "newsroom.E006" and message.level == checks.ERROR for message in errors)


@pytest.mark.parametrize("route", ["media/<path:path>", "media/<newsroom_media:path>"])
def test_files_behind_the_guard_are_no_trouble(site_with: Any, route: str) -> None:
    site_with(
        [
            path("", include("wagtail_newsroom.news.urls")),
            path(route, serve_media),
            path("media/<path:path>", hosts_view),
        ]
    )
    assert found() == {}


def test_files_in_a_store_elsewhere_are_not_looked_for(site_with: Any, settings: Any) -> None:
    settings.MEDIA_URL = "https://files.example.org/"
    site_with([path("", include("wagtail_newsroom.news.urls"))])
    assert found() == {}


@pytest.mark.django_db
def test_scheduler_that_was_not_seen_is_told_where_somebody_works() -> None:
    assert "newsroom.W007" not in found(deploy=True), "no list yet"
    make_site()
    assert "run_scheduler" in found(deploy=True)["newsroom.W007"]
    beat = SchedulerHeartbeat.objects.create(pk=1, seen_at=timezone.now())
    assert "newsroom.W007" not in found(deploy=True)
    beat.seen_at -= dt.timedelta(days=1)
    beat.save()
    assert "newsroom.W007" in found(deploy=True)


def test_site_without_a_database_is_not_asked_about_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not above: the app itself imports it, or the check is none.
    from wagtail_newsroom.news.publishing import system_checks

    def unreachable() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(system_checks, "scheduler_seen_at", unreachable)
    assert system_checks.check_scheduler(None) == []


@pytest.mark.django_db
def test_redirects_that_tell_addresses_of_drafts_are_told_in_production(settings: Any) -> None:
    assert "newsroom.W010" not in found(deploy=True)
    wagtails = "wagtail.contrib.redirects.middleware.RedirectMiddleware"
    settings.MIDDLEWARE = [wagtails if "Redirect" in each else each for each in settings.MIDDLEWARE]
    assert "PublicRedirectMiddleware" in found(deploy=True)["newsroom.W010"]


@pytest.mark.django_db
def test_webhooks_to_this_machine_are_told_at_every_start_and_refused_in_production(newsroom: Any) -> None:
    assert not {"newsroom.W053", "newsroom.E053"} & {*found(deploy=True)}
    newsroom(WEBHOOKS_ALLOW_LOOPBACK=True)
    assert {*found()} == {"newsroom.W053"}
    assert {"newsroom.W053", "newsroom.E053"} <= {*found(deploy=True)}


@pytest.mark.django_db
def test_file_by_which_processes_hear_of_changes_is_looked_at(newsroom: Any) -> None:
    assert not {"newsroom.W055", "newsroom.W056"} & {*found(deploy=True)}
    newsroom(DELIVERY_FOLDER="/proc/newsroom")
    assert "DELIVERY_MEMORY" in found()["newsroom.W055"]
    newsroom(DELIVERY_FOLDER="")
    assert "all processes" in found(deploy=True)["newsroom.W056"]
    newsroom(DELIVERY_FOLDER="/proc/newsroom", DELIVERY_MEMORY=0)
    assert "newsroom.W055" not in found()
