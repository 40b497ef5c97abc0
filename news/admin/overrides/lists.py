"""Lists and searches of the admin: what people type is looked up as words, and rows of equal keys keep their place."""

from collections.abc import Callable
from typing import Any

from wagtail_newsroom.news.listings.order import settled
from wagtail_newsroom.news.search.typed import searchable

Function = Callable[..., Any]


def in_settled_order(paginate: Function) -> Function:
    """Whatever is given out by pages has an order in which each row has one place."""

    def paged(paginator: Any, rows: Any, *args: Any, **kwargs: Any) -> Any:
        return paginate(paginator, settled(rows), *args, **kwargs)

    return paged


def by_words(search: Function) -> Function:
    """The one place through which every search goes, whatever its backend; our own read by themselves what people type."""

    def searched(backend: Any, compiler: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if not getattr(backend, "reads_typed_words", False):
            query = searchable(query)
        results = search(backend, compiler, query, model_or_queryset, **kwargs)
        found = getattr(results, "query_compiler", None)
        if found is not None and found.HANDLES_ORDER_BY_EXPRESSIONS and not found.order_by_relevance:
            found.queryset = settled(found.queryset)
        return results

    return searched
