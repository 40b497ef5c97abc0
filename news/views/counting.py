"""What is counted when Django answers: whole pages and files that readers get. The rule is in ``news/delivery/readers.py``.

Besides, people who may work with a file, or are signed in to the admin, are not counted.
"""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page

from wagtail_newsroom.news.caching import is_known_visitor
from wagtail_newsroom.news.delivery.counting import count
from wagtail_newsroom.news.delivery.readers import is_counted


def mark_as_download(request: HttpRequest) -> None:
    """Note that the public may have the file that ``request`` asks for, so that serving it counts."""
    request.newsroom_download = True  # type: ignore[attr-defined]


def count_download(sender: Any, instance: Any, request: HttpRequest, **kwargs: Any) -> None:
    """Count the download of a file that Wagtail serves."""
    if getattr(request, "newsroom_download", False) and is_counted(request.META):
        count_once_answered(request, "file", instance.pk)


def count_view(page: Page, request: HttpRequest, response: HttpResponseBase) -> None:
    """Count that a reader got ``page``: once it is drawn, where that is yet to come."""
    if response.status_code != 200 or not is_counted(request.META) or works_here(request):
        return
    if hasattr(response, "add_post_render_callback"):
        response.add_post_render_callback(lambda drawn: count_once_answered(request, "page", page.pk))
    else:
        count_once_answered(request, "page", page.pk)


def works_here(request: HttpRequest) -> bool:
    """Whether somebody asks who is signed in to the admin."""
    user = getattr(request, "user", None) if is_known_visitor(request) else None
    return bool(user and user.has_perm("wagtailadmin.access_admin"))


def count_once_answered(request: HttpRequest, kind: str, pk: Any) -> None:
    """Count when the answer has gone out (Django closes the request then): no reader waits for it."""
    request.close = partial(_close, request.close, kind, pk)  # type: ignore[method-assign]


def _close(close: Any, kind: str, pk: Any) -> None:
    close()
    count(kind, pk)
