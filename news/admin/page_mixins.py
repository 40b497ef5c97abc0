"""Mixins for Wagtail's views of one page: they write whole or not at all, and tell nobody of pages that are not theirs.

Public: a host with a ``PageViewSet`` of its own for a page type of the newsroom mixes them in, or subclasses
:class:`wagtail_newsroom.news.admin.page_viewsets.NewsroomPageViewSet`. A system check names what is missing.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets import BaseChooser
from wagtail.models import Page

from wagtail_newsroom.news.admin.overtaken import overtaken
from wagtail_newsroom.news.admin.seen import may_see
from wagtail_newsroom.news.naming import nameable
from wagtail_newsroom.news.publishing.approval.moderation import APPROVE, approval_address
from wagtail_newsroom.news.publishing.copying.languages import goes_to_another_language, other_language_in_words
from wagtail_newsroom.news.publishing.shown import OvertakenError, last_act


class WholeFormMixin:
    """What a view does with a valid form is done in one transaction.

    Wagtail writes the page, its revision and its publication one after the other. Checking the form stays outside, so
    that SQLite's one writer is not held up by it. An answer of a hook (which keeps the draft) is committed; what is
    raised rolls back. E-mails about comments leave once everything is written, and a dead mail server undoes nothing.
    """

    def form_valid(self, form: Any) -> Any:
        with transaction.atomic():
            return super().form_valid(form)  # type: ignore[misc]  # the view's

    def send_commenting_notifications(self, *args: Any, **kwargs: Any) -> None:
        send = super().send_commenting_notifications  # type: ignore[misc]  # the view's
        transaction.on_commit(lambda: send(*args, **kwargs), robust=True)


class WholePostMixin:
    """What a view does when it is confirmed is done in one transaction."""

    def post(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return super().post(*args, **kwargs)  # type: ignore[misc]  # the view's


class OneLanguageMixin:
    """For Wagtail's view that copies: no mirror of a page stands in another language."""

    page: Any

    def form_valid(self, form: Any) -> Any:
        place = form.cleaned_data["new_parent_page"]
        if form.cleaned_data.get("alias") and goes_to_another_language(self.page, place):
            form.add_error("new_parent_page", other_language_in_words())
            return self.form_invalid(form)  # type: ignore[attr-defined]  # the view's
        return super().form_valid(form)  # type: ignore[misc]  # the view's


class SeenPageMixin:
    """“This page is not in moderation” names the page; the question about cancelling names its step."""

    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_see(request.user, self.object.pk):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view's


class DecidedOnceMixin:
    """Approving and sending back from a list: who was slower is told who was faster, and nobody approves what was not shown.

    The preview of what waits shows the version that was submitted: one that was stored since is looked at first.
    """

    # What the view it is mixed into brings.
    object: Any
    task_state: Any
    action_name: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            is_editor = self.object.permissions_for_user(request.user).can_edit()
            if request.method == "POST" and is_editor and not self.object.workflow_in_progress:
                raise OvertakenError(last_act(self.object))
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view's
        except OvertakenError as error:
            url = reverse("wagtailadmin_pages:edit", args=[self.object.pk])
            if request.headers.get("x-requested-with") != "XMLHttpRequest":
                return overtaken(request, error.messages, url)
            # Wagtail's window follows an address.
            for message in error.messages:
                messages.error(request, message)
            return JsonResponse({"step": "success", "redirect": url})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        submitted, latest = self.task_state.revision_id, self.object.latest_revision_id
        if self.action_name == APPROVE and submitted != latest:
            url = approval_address(self.object, request.POST.get("comment", ""))
            is_window = request.headers.get("x-requested-with") == "XMLHttpRequest"
            return JsonResponse({"step": "success", "redirect": url}) if is_window else redirect(url)
        return super().post(request, *args, **kwargs)  # type: ignore[misc]  # the view's


class SeenMoveMixin:
    """Wagtail asks whether the move is allowed only when it is confirmed."""

    def dispatch(self, request: HttpRequest, page_to_move_id: int, destination_id: int, *args: Any, **kw: Any) -> Any:
        page = Page.objects.filter(pk=page_to_move_id).first()
        target = Page.objects.filter(pk=destination_id).first()
        if page is None or target is None or not may_see(request.user, destination_id):
            raise PermissionDenied
        if not page.permissions_for_user(request.user).can_move():
            raise PermissionDenied
        if goes_to_another_language(page, target):
            messages.error(request, other_language_in_words())
            return redirect("wagtailadmin_pages:move", page.pk)
        return super().dispatch(request, page_to_move_id, destination_id, *args, **kw)  # type: ignore[misc]


class NameableChoicesMixin:
    """A view with a plain form (where to copy, to move, to put a new page): what one may not name is not there."""

    # What the view it is mixed into brings.
    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]  # the view's
        for field in form.fields.values():
            offered = getattr(field, "queryset", None)
            if offered is not None and isinstance(field.widget, BaseChooser):
                field.queryset = nameable(offered, self.request.user)
        return form
