"""Search in the site's own database, whichever it is: the ``BACKEND`` for ``WAGTAILSEARCH_BACKENDS``."""

from typing import Any

from django.db import connection
from modelsearch.backends import database as stock


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  # the name by which Wagtail looks for it
    """The newsroom's search on SQLite and PostgreSQL, Wagtail's own on any other database."""
    # Which models of an index there are depends on the database: what belongs to another one cannot be imported.
    if connection.vendor == "postgresql":
        from wagtail_newsroom.news.search import postgresql

        return postgresql.SearchBackend({"SEARCH_CONFIG": "simple", **params})
    backend = stock.SearchBackend(params)
    if connection.vendor == "sqlite" and stock.USE_SQLITE_FTS:
        from wagtail_newsroom.news.search import sqlite

        return sqlite.SearchBackend(params)
    return backend
