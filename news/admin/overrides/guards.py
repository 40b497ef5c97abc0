"""Views of Wagtail's admin that show pages to people who may not see them, and what is put before them.

An editor of one section has no business with the drafts of another. Most of Wagtail's views ask; those named here do
not, and Wagtail offers no door to make them. Each guard is a thin layer around one method; tests/trust tries them, and
fails should a release move what they stand on.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.documents.views.bulk_actions.document_bulk_action import DocumentBulkAction
from wagtail.images.views.bulk_actions.image_bulk_action import ImageBulkAction
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.visibility import public_pages

WORKFLOW_VIEWS = (
    WorkflowActionView,
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    PreviewRevisionForTaskView,
)
Method = Callable[..., Any]


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


def guard_admin_views() -> None:
    """Put the guards in their places, once."""
    _wrap(MoveConfirmView, "dispatch", _ask_before_moving)
    for view in WORKFLOW_VIEWS:
        _wrap(view, "dispatch", _ask_about_page)
    _wrap(BrowseView, "get", _ask_about_parent)
    _wrap(ChosenMultipleView, "get", _ask_about_chosen)
    _wrap(PageBulkAction, "get_actionable_objects", _leave_out_what_is_not_seen)
    for action in (ImageBulkAction, DocumentBulkAction):
        _wrap(action, "get_actionable_objects", _leave_out_foreign_files)
    _wrap(PageTypesUsageReportView, "decorate_paginated_queryset", _hide_last_edited)


def _wrap(view: type, name: str, make: Callable[[Method], Method]) -> None:
    method = getattr(view, name)
    if not hasattr(method, "guarded_by_newsroom"):
        guarded = wraps(method)(make(method))
        guarded.guarded_by_newsroom = True  # type: ignore[attr-defined]
        setattr(view, name, guarded)


def _ask_before_moving(dispatch: Method) -> Method:
    """Wagtail asks whether the move is allowed only when it is confirmed."""

    def asked(view: Any, request: HttpRequest, page_to_move_id: int, destination_id: int, *args: Any, **kw: Any) -> Any:
        page = Page.objects.filter(pk=page_to_move_id).first()
        target = Page.objects.filter(pk=destination_id).first()
        if page is None or target is None or not may_see(request.user, destination_id):
            raise PermissionDenied
        if not page.permissions_for_user(request.user).can_move():
            raise PermissionDenied
        return dispatch(view, request, page_to_move_id, destination_id, *args, **kw)

    return asked


def _ask_about_page(dispatch: Method) -> Method:
    """“This page is not in moderation” names the page; the question about cancelling names its step."""

    def asked(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see(request.user, view.object.pk):
            raise PermissionDenied
        return dispatch(view, request, *args, **kwargs)

    return asked


def _ask_about_parent(get: Method) -> Method:
    """The chooser's list is filtered through a hook; the page whose children it lists is not."""

    def asked(view: Any, request: HttpRequest, parent_page_id: int | None = None) -> Any:
        if parent_page_id is not None and not may_see(request.user, parent_page_id):
            raise PermissionDenied
        return get(view, request, parent_page_id)

    return asked


def _ask_about_chosen(get: Method) -> Method:
    def asked(view: Any, request: HttpRequest) -> Any:
        ids = {pk for pk in request.GET.getlist("id") if pk.isdecimal()}
        if seen_pages(Page.objects.filter(pk__in=ids), request.user).count() < len(ids):
            raise PermissionDenied
        return get(view, request)

    return asked


def _leave_out_what_is_not_seen(get_actionable_objects: Method) -> Method:
    """A bulk action lists the pages that it may not touch by their titles: those of one's own sections only."""

    def asked(action: Any) -> Any:
        objects, rest = get_actionable_objects(action)
        refused = rest["items_with_no_access"]
        seen = seen_pages(Page.objects.filter(pk__in=[page.pk for page in refused]), action.request.user)
        kept = set(seen.values_list("pk", flat=True))
        return objects, {**rest, "items_with_no_access": [page for page in refused if page.pk in kept]}

    return asked


def _leave_out_foreign_files(get_actionable_objects: Method) -> Method:
    """As above, for images and documents: those that one may choose or change."""

    def asked(action: Any) -> Any:
        objects, rest = get_actionable_objects(action)
        refused = rest["items_with_no_access"]
        policy = policy_registry.get_by_type(action.model)
        own = policy.instances_user_has_any_permission_for(action.request.user, ["choose", "change"])
        kept = set(own.filter(pk__in=[file.pk for file in refused]).values_list("pk", flat=True))
        return objects, {**rest, "items_with_no_access": [file for file in refused if file.pk in kept]}

    return asked


def _hide_last_edited(decorate: Method) -> Method:
    """The report on page types names the page of each type that was edited last, in whatever section."""

    def asked(view: Any, page_types: Any) -> Any:
        page_types = decorate(view, page_types)
        ids = [item.last_edited_page.pk for item in page_types if item.last_edited_page]
        kept = set(seen_pages(Page.objects.filter(pk__in=ids), view.request.user).values_list("pk", flat=True))
        for item in page_types:
            if item.last_edited_page and item.last_edited_page.pk not in kept:
                item.last_edited_page = None
        return page_types

    return asked
