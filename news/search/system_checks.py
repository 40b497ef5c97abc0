"""Whether the index was written by the dictionary and the rules by which it is asked."""

from typing import Any

from django.core import checks
from django.core.checks import CheckMessage, register
from django.db import DatabaseError, transaction
from modelsearch.conf import get_app_config
from wagtail.search.backends import get_search_backend

from wagtail_newsroom.news.search.version import version_token


@register("newsroom", checks.Tags.database)
def check_index(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W057: rows of the search index that another dictionary wrote, or Wagtail's own search."""
    if not databases:
        return []
    try:
        with transaction.atomic():
            number = rows_of_others()
    except DatabaseError:  # before the first migration there is no index either
        return []
    if not number:
        return []
    return [
        checks.Warning(
            f"{number} row(s) of the search index were written by another dictionary: their words are not found.",
            hint="Run manage.py update_index.",
            id="newsroom.W057",
        )
    ]


def rows_of_others() -> int:
    """How many rows of the index were not written by what asks it now; 0 where others search."""
    backend = get_search_backend()
    if not getattr(backend, "reads_typed_words", False):
        return 0
    entries = get_app_config().get_model("IndexEntry")
    return int(entries.objects.count()) - int(backend.count_marked(version_token()))
