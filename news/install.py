"""Taking the newsroom into a project's settings: adds what is missing, overrides nothing.

Read while settings are being made, so that nothing here needs Django to be set up.
"""

from collections.abc import Iterable

OWN_APPS = ("wagtail_newsroom.galleries", "wagtail_newsroom.news")
# Without these the newsroom does not work.
NEEDED_APPS = (
    "wagtail_modeladmin",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "rest_framework",
    "ninja",
    "django_filters",
)
# Translations and the sitemap; a project that wants neither takes them out again.
USEFUL_APPS = (
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.locales",
    "django.contrib.sitemaps",
)


def newsroom_apps(installed: Iterable[str]) -> list[str]:
    """Return the apps of a project with those that the newsroom needs, each where it was or where it belongs.

    What is missing is put right before the first of Wagtail's apps: below the project's own apps, whose templates then
    come before ours, and above Wagtail's. Apps that are there already stay as they are, in their order::

        INSTALLED_APPS = newsroom_apps(INSTALLED_APPS)
    """
    apps = list(installed)
    missing = [name for name in (*OWN_APPS, *NEEDED_APPS, *USEFUL_APPS) if not is_among(name, apps)]
    first = next((place for place, entry in enumerate(apps) if entry.split(".")[0] == "wagtail"), len(apps))
    return [*apps[:first], *missing, *apps[first:]]


def is_among(name: str, apps: Iterable[str]) -> bool:
    """Tell whether the app is among ``apps``, by its name or by one of its configurations (``wagtail_newsroom.news.apps.NewsConfig``)."""
    return any(entry == name or entry.startswith(f"{name}.apps.") for entry in apps)


def missing_apps(installed: Iterable[str]) -> list[str]:
    """Apps that the newsroom needs and that are not there; one of its own two may be left out: the galleries."""
    apps = list(installed)
    return [name for name in NEEDED_APPS if not is_among(name, apps)]
