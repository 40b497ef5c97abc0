"""Search on PostgreSQL that ranks a page by its own words alone."""

from typing import Any

from django.db.models import F
from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend, PostgresSearchQueryCompiler


class SteadyQueryCompiler(PostgresSearchQueryCompiler):
    """Weigh every title alike.

    The stock compiler weighs a title by the average length of all titles at the moment it was indexed, hidden ones
    included: saving the draft of a page, which indexes its live version once more, moved that page among the results.
    """

    def get_index_vectors(self, search_query: Any) -> list[tuple[Any, float]]:
        return [(F("index_entries__title"), 1.0), (F("index_entries__body"), 1.0)]


class SearchBackend(PostgresSearchBackend):
    query_compiler_class = SteadyQueryCompiler
