"""System checks: a misconfiguration is reported at start, with its remedy, not met later as a fault."""

from typing import Any
from urllib.parse import urlsplit

from django.core import checks
from django.core.checks import CheckMessage, register
from django.urls import Resolver404, resolve

from wagtail_newsroom.news.conf import DEFAULTS, setting, unknown_settings
from wagtail_newsroom.news.timing.working_days import calendar_of


@register("newsroom")
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E001: a key of ``NEWSROOM`` that the newsroom does not know."""
    return [
        checks.Error(
            f"NEWSROOM has an unknown key: {name}.",
            hint=f"Known keys are: {', '.join(sorted(DEFAULTS))}.",
            id="newsroom.E001",
        )
        for name in unknown_settings()
    ]


@register("newsroom")
def check_document_model(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W001: documents without kind, dates and versions."""
    from wagtail.documents import get_document_model

    if hasattr(get_document_model(), "newsroom_attachment"):
        return []
    return [
        checks.Warning(
            "The document model has no kind, dates or versions, so attachments show their title and size only.",
            hint='Set WAGTAILDOCS_DOCUMENT_MODEL = "newsroom.Attachment", or add wagtail_newsroom.news.models.AttachmentMixin to your own model.',
            id="newsroom.W001",
        )
    ]


@register("newsroom")
def check_task_backend(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E002: the newsroom's tasks are meant for a backend that there is none of."""
    from django_tasks import task_backends

    name = setting("TASK_BACKEND")
    if name in task_backends.settings:
        return []
    return [
        checks.Error(
            f'NEWSROOM["TASK_BACKEND"] is {name!r}, which TASKS does not define.',
            hint=f"Add it to TASKS, or name one of: {', '.join(sorted(task_backends.settings))}.",
            id="newsroom.E002",
        )
    ]


@register("newsroom")
def check_addresses_of_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W002: links to calendars and feeds that lead nowhere."""
    try:
        resolve("/a/event.ics")
    except Resolver404:
        return [
            checks.Warning(
                "The addresses of calendars and feeds (event.ics, calendar.ics, atom.xml) lead nowhere.",
                hint='Put path("", include("wagtail_newsroom.news.urls")) before Wagtail\'s own addresses in urls.py; in a site of several '
                "languages, inside i18n_patterns.",
                id="newsroom.W002",
            )
        ]
    return []


@register("newsroom")
def check_scanner_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E003: the address of the virus scanner is none, so that no file could be taken in or served."""
    address = setting("CLAMD")
    parts = urlsplit(address)
    if not address or (parts.scheme == "tcp" and parts.hostname) or (parts.scheme == "unix" and parts.path):
        return []
    return [
        checks.Error(
            f'NEWSROOM["CLAMD"] is {address!r}, which is no address of a scanner.',
            hint="Write tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl, or leave it empty.",
            id="newsroom.E003",
        )
    ]


@register("newsroom")
def check_country_of_holidays(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E010: a country whose holidays nobody knows, so that no term could be counted."""
    country = setting("HOLIDAYS")
    if country == DEFAULTS["HOLIDAYS"]:
        return []  # nothing to load at each start
    try:
        calendar_of(country, 2026)
    except (NotImplementedError, AttributeError, TypeError):
        return [
            checks.Error(
                f'NEWSROOM["HOLIDAYS"] is {country!r}, for which no holidays are known.',
                hint='Write the ISO 3166 code of a country, "PL", or of a part of it, "DE-BY".',
                id="newsroom.E010",
            )
        ]
    return []
