"""What the APIs ask of a query before they look anything up."""

from django.http import HttpRequest

LONGEST_SEARCH = 200  # characters


def trouble_with_search(request: HttpRequest) -> tuple[str, str] | None:
    """What is wrong with the search text, and the remedy; ``None`` for one that can be looked up.

    SQLite's full-text search would fail on a quotation mark that is not closed, and any database would work long on a
    book.
    """
    words = request.GET.get("search", "")
    if len(words) > LONGEST_SEARCH:
        return "The search text is too long", f"Shorten “search” to {LONGEST_SEARCH} characters."
    if words.count('"') % 2 == 1:
        return "A quotation mark is not closed", "Close the quotation mark in “search”, or take it away."
    return None
