"""System checks that read the database: run by ``check --deploy``, and silent where there is no database yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import checks
from django.core.checks import CheckMessage, register
from django.db import DatabaseError
from django.utils import timezone
from wagtail.models import Page

from wagtail_newsroom.news.publishing.own_pages import newsroom_lists
from wagtail_newsroom.news.publishing.schedule.due import is_scheduler_alive, scheduler_seen_at

Check = Callable[..., list[CheckMessage]]


def where_there_is_a_database(check: Check) -> Check:
    """A check that finds nothing where the tables are not there or the server is not reached, as while building."""

    @wraps(check)
    def checked(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
        try:
            return check(app_configs, **kwargs)
        except DatabaseError:
            return []

    return checked


@register("newsroom", deploy=True)
@where_there_is_a_database
def check_page_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W005: pages whose type is gone, below a list of ours or in place of one: an app was taken out."""
    used = Page.objects.order_by().values_list("content_type", flat=True).distinct()
    gone = [kind for kind in ContentType.objects.filter(pk__in=used) if kind.model_class() is None]
    return [
        checks.Warning(
            f"{Page.objects.filter(content_type=kind).count()} page(s) are of the type {kind.app_label}.{kind.model}, "
            "which is not installed: they show nothing, and cannot be edited.",
            hint=f"Put {kind.app_label} back into INSTALLED_APPS, or delete these pages; docs/uninstalling.md says how.",
            id="newsroom.W005",
        )
        for kind in gone
    ]


@register("newsroom", deploy=True)
@where_there_is_a_database
def check_scheduler(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W007: no scheduler was seen lately, so that nothing is published or retired at its time."""
    seen_at = scheduler_seen_at()
    if seen_at is None and not newsroom_lists():
        return []  # nobody works here yet
    if seen_at is not None and is_scheduler_alive(seen_at=seen_at):
        return []
    when = f"since {timezone.localtime(seen_at):%Y-%m-%d %H:%M}" if seen_at else "ever"
    return [
        checks.Warning(
            f"The scheduler was not seen {when}: nothing is published or retired at its time.",
            hint="Keep `manage.py run_scheduler` running beside the server; see docs/settings.md.",
            id="newsroom.W007",
        )
    ]
