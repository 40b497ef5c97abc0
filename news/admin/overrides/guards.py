"""Views of Wagtail's admin that show pages to people who may not see them, and what is put before them.

An editor of one section has no business with the drafts of another. Most of Wagtail's views ask; those named here do
not. The views of one page have a door of their own: :mod:`wagtail_newsroom.news.admin.page_viewsets`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.models import Page

from wagtail_newsroom.news.admin.seen import may_see
from wagtail_newsroom.news.naming import seen_pages

Method = Callable[..., Any]


def ask_about_parent(get: Method) -> Method:
    """The chooser's list is filtered through a hook; the page whose children it lists is not."""

    def asked(view: Any, request: HttpRequest, parent_page_id: int | None = None) -> Any:
        if parent_page_id is not None and not may_see(request.user, parent_page_id):
            raise PermissionDenied
        return get(view, request, parent_page_id)

    return asked


def ask_about_chosen(get: Method) -> Method:
    """Nobody gets the titles of pages by naming their ids."""

    def asked(view: Any, request: HttpRequest) -> Any:
        ids = {pk for pk in request.GET.getlist("id") if pk.isdecimal()}
        if seen_pages(Page.objects.filter(pk__in=ids), request.user).count() < len(ids):
            raise PermissionDenied
        return get(view, request)

    return asked
