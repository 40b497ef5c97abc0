"""Which pages somebody who works in the admin may know of: those of their own sections, and what the public reads."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.visibility import public_pages


def seen_pages(pages: PageQuerySet, user: Any) -> PageQuerySet:
    """Limit ``pages`` to the sections in which ``user`` works, the way to them, and what the public may read."""
    if user.is_superuser:
        return pages
    own = page_permission_policy.explorable_instances(user).order_by().values("pk")
    public = public_pages(Page.objects.all()).order_by().values("pk")
    return pages.filter(Q(pk__in=own) | Q(pk__in=public) | Q(depth=1))


def may_see(user: Any, pk: Any) -> bool:
    """Tell whether the page with the id ``pk`` is one of :func:`seen_pages`, or one that ``user`` has to approve."""
    page = Page.objects.filter(pk=pk).first()
    if page is None:
        return False
    return seen_pages(Page.objects.filter(pk=pk), user).exists() or page.permissions_for_user(user).can_edit()


def choosable_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """For the hook ``construct_page_chooser_queryset``: no titles of other sections' drafts."""
    return seen_pages(pages, request.user)
