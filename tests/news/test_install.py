"""What the README's lines do to a project's settings: add what is missing, in the right order, override nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from wagtail_newsroom.news.install import NEEDED_APPS, OWN_APPS, USEFUL_APPS, missing_apps, newsroom_apps

ROOT = Path(__file__).resolve().parent.parent.parent
STOCK = ["home", "search", "wagtail.contrib.forms", "wagtail.embeds", "wagtail", "taggit", "django.contrib.auth"]


def test_apps_are_put_between_the_projects_own_and_wagtails() -> None:
    added = [*OWN_APPS, *NEEDED_APPS, *USEFUL_APPS]
    assert newsroom_apps(STOCK) == ["home", "search", *added, *STOCK[2:]]


def test_apps_that_are_there_stay_where_they_are() -> None:
    own = [
        "home",
        "wagtail.contrib.settings",
        "wagtail",
        "rest_framework",
        "wagtail.locales.apps.WagtailLocalesAppConfig",
    ]
    found = newsroom_apps(own)
    assert [app for app in found if app in own] == own
    assert "wagtail.locales" not in found
    assert len(found) == len(set(found))


def test_second_call_changes_nothing() -> None:
    once = newsroom_apps(tuple(STOCK))
    assert newsroom_apps(once) == once
    assert missing_apps(once) == []


def test_galleries_stand_before_the_news_that_they_plug_into_and_a_project_without_wagtail_gets_all_at_the_end() -> (
    None
):
    assert newsroom_apps(["home"])[:3] == ["home", "wagtail_newsroom.galleries", "wagtail_newsroom.news"]


@pytest.mark.parametrize("module", ["wagtail_newsroom.news.install", "wagtail_newsroom.news.conf"])
def test_settings_can_import_it_before_django_is_set_up(module: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        cwd=ROOT,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_galleries_without_the_newsroom_say_what_is_missing() -> None:
    code = (
        "import django; from django.conf import settings; "
        "settings.configure(INSTALLED_APPS=['wagtail_newsroom.galleries', 'django.contrib.contenttypes'], SECRET_KEY='x'); django.setup()"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert "wagtail_newsroom.galleries is in INSTALLED_APPS without wagtail_newsroom.news" in answer.stderr
    assert "newsroom_galleries.E001" in answer.stderr
