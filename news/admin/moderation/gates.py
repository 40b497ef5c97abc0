"""Preflight in the admin's forms: before a page is submitted, approved or published, alone or in bulk.

What is stopped is kept as a draft. The mixins are public: a host's own views of a page type of ours take them in.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page, TaskState

from wagtail_newsroom.news.admin.moderation.preflight import APPROVE, PUBLISH, SUBMIT, findings_in_words
from wagtail_newsroom.news.publishing.approval.moderation import (
    OWN_WORK_PUBLISHED,
    own_work_in_words,
    waits_as_own_work,
)
from wagtail_newsroom.news.publishing.preflight import preflight
from wagtail_newsroom.news.publishing.preflight.closed_files import closed_files
from wagtail_newsroom.news.publishing.schedule.claims import claim
from wagtail_newsroom.news.publishing.shown import OvertakenError, last_act

NAMED = 5


class CheckedFormMixin:
    """Asks the checks about what the form holds before Wagtail's view submits or publishes it."""

    # What the view it is mixed into brings.
    form: Any
    page: Any
    request: Any
    save_action: Any

    def publish_action(self) -> Any:
        return self._stopped(PUBLISH) or super().publish_action()  # type: ignore[misc]  # the view's

    def submit_action(self) -> Any:
        return self._stopped(SUBMIT) or self._tell(super().submit_action())  # type: ignore[misc]  # the view's

    def _stopped(self, act: str) -> HttpResponse | None:
        """Where something stands in the way: the draft is kept, and the list is shown."""
        page = self.form.save(commit=False)
        self.found = preflight.findings(page) if preflight.is_checked(page) else []
        if act == PUBLISH:
            self.found = [*closed_files(page, self.request.user), *self.found]
        if not (self.found if act == PUBLISH else [each for each in self.found if each.blocks]):
            return None
        answer = self.save_action()
        return gate(self.page, act) if answer.status_code == 302 else answer

    def _tell(self, answer: HttpResponse) -> HttpResponse:
        """Say what the approver will see."""
        if self.found and answer.status_code == 302:
            text = gettext("The checks found %(summary)s. Whoever approves the page sees it too.")
            messages.warning(self.request, text % {"summary": findings_in_words(self.found)})
        return answer


class CheckedEditMixin(CheckedFormMixin):
    """The same for a page that exists, and before it is approved."""

    workflow_action: Any
    has_unsaved_changes: bool
    render_to_response: Any
    get_context_data: Any

    def publish_action(self) -> Any:
        user, version = self.request.user, self.form.save(commit=False)
        is_own = waits_as_own_work(version, user, version)
        if is_own and not user.is_superuser:
            return self._keep_own_work()
        answer = super().publish_action()
        if is_own and Page.objects.get(pk=version.pk).current_workflow_state is None:
            log(instance=self.page, action=OWN_WORK_PUBLISHED, user=user)
            text = gettext(
                "The page waited for approval as your own work. That you published it stands in its history."
            )
            messages.warning(self.request, text)
        return answer

    def _keep_own_work(self) -> HttpResponse:
        """Keep as a draft what was typed, and say why it is not published."""
        answer: HttpResponse = self.save_action()
        if answer.status_code == 302:
            messages.error(self.request, own_work_in_words())
        return answer

    def form_valid(self, form: Any) -> Any:
        """Where somebody was faster nothing is done; what was typed stays in the form."""
        try:
            return super().form_valid(form)  # type: ignore[misc]  # the view's
        except OvertakenError as error:
            for message in error.messages:
                messages.error(self.request, message)
            self.has_unsaved_changes = True
            answer = self.render_to_response(self.get_context_data())
            answer.status_code = 409
            return answer

    def save_action(self) -> Any:
        """Wagtail takes a decision about a page that waits no more for an ordinary save."""
        if self.request.POST.get("action-workflow-action") and self.page.current_workflow_task is None:
            raise OvertakenError(last_act(self.page))
        return super().save_action()

    def _check_shown(self) -> None:
        """What is decided about is the version that the form was opened with; a newer one is told."""
        claim(Page.objects.filter(pk=self.page.pk), touch="expire_at", wait=True)
        row = Page.objects.select_related("latest_revision").get(pk=self.page.pk)
        if row.current_workflow_task is None:
            raise OvertakenError(last_act(row))
        latest, sent = row.latest_revision, self.request.POST
        autosaved, loaded = sent.get("overwrite_revision_id"), sent.get("loaded_revision_id")
        if latest is None or not (autosaved or loaded):
            return
        moment = sent.get("loaded_revision_created_at", "")
        is_latest = (
            autosaved == str(latest.pk)
            if autosaved
            else (loaded, moment)
            == (
                str(latest.pk),
                latest.created_at.isoformat(),
            )
        )
        if not is_latest:
            raise OvertakenError(last_act(row))

    def restart_workflow_action(self) -> Any:
        return self._stopped(SUBMIT) or self._tell(super().restart_workflow_action())  # type: ignore[misc]

    def perform_workflow_action(self) -> Any:
        """Wagtail's view does not ask whether the task did what it was told to; the state of the task says so."""
        self._check_shown()
        before = self.page.current_workflow_task_state
        answer = super().perform_workflow_action()  # type: ignore[misc]  # the view's
        still_waits = TaskState.objects.filter(pk=before.pk, status=TaskState.STATUS_IN_PROGRESS).exists()
        if not still_waits:
            return answer
        if self.workflow_action == APPROVE:
            return gate(self.page, APPROVE)
        messages.error(
            self.request, gettext("The page was not sent back: there was no remark. Write what has to change.")
        )
        return redirect("wagtailadmin_pages:edit", self.page.pk)


def gate(page: Page, act: str) -> HttpResponse:
    """Lead to the list of what stands in the way of ``act``."""
    return redirect(f"{reverse('newsroom_preflight_gate', args=[page.pk])}?{urlencode({'act': act})}")


def guard_bulk_action(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Publish none of the chosen pages where something stands in the way of one: warnings need a reason each."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    pages = _to_publish(request, objects, action)
    if own := [page for page in pages if _waits_for_somebody_else(page, request.user)]:
        titles = ", ".join(f"“{page.draft_title}”" for page in own[:NAMED])
        nothing = gettext("Nothing was published.")
        messages.error(request, f"{nothing} {titles}: {own_work_in_words()}")
        return redirect(action.next_url)
    stopped = [(page, found) for page in pages if (found := _open(page))]
    if not stopped:
        return None
    lines = format_html_join(
        "",
        '<li><a href="{}">{}</a>: {}</li>',
        (
            (
                f"{reverse('newsroom_preflight_gate', args=[page.pk])}?act={PUBLISH}",
                page.draft_title,
                findings_in_words(found),
            )
            for page, found in stopped[:NAMED]
        ),
    )
    text = ngettext(
        "Nothing was published: the checks found something in %(count)d page. Open it, mend it or give a reason, and publish it there.",
        "Nothing was published: the checks found something in %(count)d pages. Open them, mend them or give a reason, and publish them there.",
        len(stopped),
    )
    messages.error(request, format_html("{}<ul>{}</ul>", text % {"count": len(stopped)}, lines))
    return redirect(action.next_url)


def _waits_for_somebody_else(page: Any, user: Any) -> bool:
    return not user.is_superuser and waits_as_own_work(page, user)


def _to_publish(request: HttpRequest, objects: list[Any], action: Any) -> list[Any]:
    pages = list(objects)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in objects:
            below = page.get_descendants().not_live()
            pages += [each for each in below if each.permissions_for_user(request.user).can_publish()]
    return pages


def _open(page: Any) -> list[preflight.Finding]:
    if not preflight.is_checked(page.specific):
        return []
    revision = page.get_latest_revision()
    return preflight.open_findings(revision) if revision else preflight.findings(page.specific)
