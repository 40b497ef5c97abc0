"""System checks that read the database: run by ``check --deploy``, and silent where there is no database yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register
from django.db import DatabaseError
from django.utils import timezone

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
