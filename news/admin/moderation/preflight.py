"""The findings of preflight in the admin: next to the form while somebody writes, and before submission or publication."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, Revision

from wagtail_newsroom.news.admin.overtaken import overtaken
from wagtail_newsroom.news.publishing.approval import moderation
from wagtail_newsroom.news.publishing.preflight import preflight
from wagtail_newsroom.news.publishing.preflight.closed_files import closed_files
from wagtail_newsroom.news.publishing.schedule.claims import claim
from wagtail_newsroom.news.publishing.shown import OvertakenError, last_act
from wagtail_newsroom.news.registry.contracts import Finding

APPROVE, PUBLISH, SUBMIT = "approve", "publish", "submit"


class ReasonForm(forms.Form):
    """Why a page goes out in spite of warnings."""

    revision = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It is kept with the page, for whoever asks later."),
        error_messages={"required": gettext_lazy("Say why the page goes out as it is. The reason is kept.")},
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark for the author"), required=False, widget=forms.Textarea({"rows": 3})
    )


def preflight_urls() -> list[Any]:
    """Addresses under the admin's."""
    return [
        path("newsroom/preflight/<int:page_id>/", show_findings, name="newsroom_preflight"),
        path("newsroom/preflight/<int:page_id>/publish/", PreflightGate.open, name="newsroom_preflight_gate"),
    ]


def preflight_panel() -> str:
    """What the editor's panel is made of; its script puts it above the form, for pages that exist and for new ones."""
    types = [model._meta.label_lower.replace(".", "/") for model in preflight.checked_types()]
    return render_to_string("newsroom_admin/moderation/panel.html", {"types": types})


@require_GET
def show_findings(request: HttpRequest, page_id: int) -> HttpResponse:
    """The list for the editor's panel, as a piece of HTML; 204 for a page that the newsroom does not check."""
    page = editable_page(request, page_id)
    if not preflight.is_checked(page):
        return HttpResponse(status=204)
    found = preflight.findings(page.get_latest_revision_as_object())
    return render(request, "newsroom_admin/moderation/findings.html", listed(page, found))


def editable_page(request: HttpRequest, page_id: int) -> Page:
    """The page, where this person may edit it; else as Wagtail answers."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def listed(page: Page, found: list[Finding]) -> dict[str, Any]:
    """Context of the list: its lines, each with the address of its field in the editor, and their number in words."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    lines = [{"finding": each, "url": f"{edit}#newsroom-field={each.field}" if each.field else edit} for each in found]
    return {
        "page": page,
        "lines": lines,
        "summary": findings_in_words(found),
        "blocked": any(each.blocks for each in found),
    }


def findings_in_words(found: list[Finding]) -> str:
    """“2 things to mend, 1 to look at”."""
    mend = sum(each.blocks for each in found)
    look = len(found) - mend
    if not found:
        return gettext("Nothing to mend")
    parts = [
        ngettext("%(count)d thing to mend", "%(count)d things to mend", mend) % {"count": mend} if mend else "",
        ngettext("%(count)d thing to look at", "%(count)d things to look at", look) % {"count": look} if look else "",
    ]
    return ", ".join(part for part in parts if part)


class PreflightGate:
    """What stands between a page and its submission, approval or publication, and the way through for warnings."""

    def __init__(self, request: HttpRequest, page: Page, revision: Revision) -> None:
        self.request, self.page, self.revision = request, page, revision
        act = request.POST.get("act") or request.GET.get("act")
        self.act = act if act in (APPROVE, SUBMIT) else PUBLISH

    @staticmethod
    @require_http_methods(["GET", "HEAD", "POST"])
    def open(request: HttpRequest, page_id: int) -> HttpResponse:
        """The view."""
        page = editable_page(request, page_id)
        revision = page.get_latest_revision()
        if revision is None or not preflight.is_checked(page):
            return redirect("wagtailadmin_pages:edit", page.pk)
        gate = PreflightGate(request, page, revision)
        return gate.go_through() if request.method == "POST" else gate.show()

    @property
    def found(self) -> list[Finding]:
        """What nobody has overridden yet, and the files that this person may not open."""
        closed = closed_files(self.revision.as_object(), self.request.user) if self.act == PUBLISH else []
        return [*closed, *preflight.open_findings(self.revision)]

    def may_pass(self) -> bool:
        """Tell whether this person may do with the page what they came for."""
        if self.act == APPROVE:
            task = self.page.current_workflow_task
            names = {name for name, *_more in task.get_actions(self.page, self.request.user)} if task else set()
            return moderation.APPROVE in names
        lock = self.page.get_lock()
        locked = lock is not None and lock.for_user(self.request.user)
        return (
            self.act == PUBLISH
            and not locked
            and not self.is_own_work
            and self.page.permissions_for_user(self.request.user).can_publish()
        )

    def decides_as_a_rule(self) -> bool:
        """Tell whether this person publishes here, whatever this page waits for."""
        return bool(self.page.permissions_for_user(self.request.user).can_publish())

    @property
    def is_own_work(self) -> bool:
        """Tell whether somebody else has to approve first."""
        user: Any = self.request.user
        return self.act == PUBLISH and not user.is_superuser and moderation.waits_as_own_work(self.page, user)

    def show(self, form: ReasonForm | None = None, status: int = 200) -> HttpResponse:
        """The list, with a form where nothing but warnings is left and this person may decide about them."""
        found = self.found
        blocked = any(each.blocks for each in found)
        if form is None:
            form = ReasonForm(initial={"revision": self.version, "remark": self.request.GET.get("remark", "")})
        context = {
            **listed(self.page, found),
            "act": self.act,
            "form": form if self.may_pass() and not blocked else None,
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            "is_own_work": self.is_own_work or (self.act == APPROVE and not self.may_pass()),
            "own_work": moderation.own_work_in_words(),
            "is_scheduled": bool(self.page.get_latest_revision_as_object().go_live_at),
        }
        return render(self.request, "newsroom_admin/moderation/gate.html", context, status=status)

    def go_through(self) -> HttpResponse:
        """Publish or approve in spite of warnings: the version that was shown, for a reason."""
        with transaction.atomic():
            claim(Page.objects.filter(pk=self.page.pk), touch="expire_at", wait=True)
            self.page = Page.objects.get(pk=self.page.pk).specific
            self.revision = self.page.get_latest_revision() or self.revision
            if self.act == APPROVE and self.page.current_workflow_task is None and self.decides_as_a_rule():
                return self.overtaken(OvertakenError(last_act(self.page)))
            if not self.may_pass():
                raise PermissionDenied
            form = ReasonForm(self.request.POST)
            if form.is_valid() and form.cleaned_data["revision"] != self.version:
                text = gettext("Somebody has changed the page meanwhile. Look at the list once more.")
                form.add_error(None, f"{text} {last_act(self.page)}")
                form.data = {**self.request.POST.dict(), "revision": self.version}
            found = self.found
            if any(each.blocks for each in found) or not form.is_valid():
                return self.show(form)
            try:
                return self._act(form, found)
            except OvertakenError as error:
                return self.overtaken(error)

    def _act(self, form: ReasonForm, found: list[Finding]) -> HttpResponse:
        with transaction.atomic():
            if found:
                reason, codes = form.cleaned_data["reason"], [each.code for each in found]
                preflight.override(self.revision, self.request.user, reason, codes)
            response = self._approve(form.cleaned_data["remark"]) if self.act == APPROVE else self._publish()
        return response or redirect("wagtailadmin_explore", self.page.get_parent().pk)

    def overtaken(self, error: OvertakenError) -> HttpResponse:
        """Say who was faster."""
        return overtaken(self.request, error.messages, reverse("wagtailadmin_pages:edit", args=[self.page.pk]))

    @property
    def version(self) -> str:
        """The version that is looked at; saving a draft again changes its moment, not its id."""
        return f"{self.revision.pk} {self.revision.created_at.isoformat()}"

    def _approve(self, remark: str) -> HttpResponse | None:
        task_state = self.page.current_workflow_task_state
        task = task_state.task.specific
        address = task.on_action(task_state, self.request.user, moderation.APPROVE, comment=remark)
        if address:
            return redirect(address)
        messages.success(self.request, gettext("“%(title)s” is approved.") % {"title": self.page.draft_title})
        return None

    def _publish(self) -> HttpResponse | None:
        page = self.revision.as_object()
        if response := _run_hooks("before_publish_page", self.request, page):
            return response
        self.revision.publish(user=self.request.user)
        self.page.refresh_from_db()
        words = gettext("“%(title)s” is published.") if self.page.live else gettext("“%(title)s” is scheduled.")
        messages.success(self.request, words % {"title": page.title})
        return _run_hooks("after_publish_page", self.request, self.page)


def _run_hooks(name: str, *arguments: Any) -> HttpResponse | None:
    """Wagtail's own views ask other apps too."""
    for hook in hooks.get_hooks(name):
        answer = hook(*arguments)
        if hasattr(answer, "status_code"):
            return answer
    return None
