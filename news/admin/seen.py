"""Which pages somebody who works in the admin may know of: those of their own sections, and what the public reads."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.naming import seen_pages


def may_see(user: Any, pk: Any) -> bool:
    """Tell whether the page with the id ``pk`` may be named by ``user``, or is one that ``user`` has to approve."""
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        return False
    return seen_pages(Page.objects.filter(pk=pk), user).exists() or page.permissions_for_user(user).can_edit()


def choosable_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """For the hook ``construct_page_chooser_queryset``: no titles of other sections' drafts."""
    return seen_pages(pages, request.user)
