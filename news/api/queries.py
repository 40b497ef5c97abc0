"""What the APIs ask of a query before they look anything up."""

from django.http import HttpRequest


def has_open_quote(request: HttpRequest) -> bool:
    """Tell whether the search text holds a quotation mark that is not closed."""
    return request.GET.get("search", "").count('"') % 2 == 1
