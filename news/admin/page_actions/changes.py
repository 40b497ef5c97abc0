"""Forms for what happened to a published page: correction, moved deadline, cancellation, postponement."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.admin import messages

from wagtail_newsroom.news.admin.page_actions.catalogue import PAGE_ACTIONS, PageAction
from wagtail_newsroom.news.admin.page_actions.page_views import PageFormView
from wagtail_newsroom.news.publishing.shown import Shown, latest_version
from wagtail_newsroom.news.publishing.updates.announcements import (
    Outcome,
    changed_version,
    in_language_of,
    publish_change,
)
from wagtail_newsroom.news.publishing.updates.live import check_may_change


class ChangeView(PageFormView):
    """One of :data:`wagtail_newsroom.news.admin.page_actions.catalogue.PAGE_ACTIONS` on one page."""

    page_action: PageAction

    def check_page(self) -> None:
        if not self.page.permissions_for_user(self.user).can_edit():
            raise PermissionDenied
        found = PAGE_ACTIONS.get(self.kwargs["action"])
        if found is None or not isinstance(self.page, found.model):
            raise Http404
        self.page_action = found
        self.page_title, self.intro, self.header_icon = str(found.label), found.intro, found.icon
        check_may_change(self.page, self.user)

    def shown(self) -> list[Shown]:
        """Who may not publish submits the whole draft with the change."""
        may_publish = self.page.permissions_for_user(self.user).can_publish()
        return [*super().shown(), *([] if may_publish else [latest_version(self.page)])]

    def get_form_class(self) -> Any:
        return self.page_action.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "page": self.page}

    def what_happens(self, form: Any) -> dict[str, Any]:
        with in_language_of(self.page):
            version, action = changed_version(self.page, self.page_action.build(form.cleaned_data))
            return {"sentence": action.says(version)}

    def action(self, form: Any) -> HttpResponse:
        outcome = publish_change(self.page, self.user, self.page_action.build(form.cleaned_data))
        if outcome.published:
            address = outcome.page.full_url
            buttons = [messages.button(address, gettext("View live"))] if address else []
            messages.success(self.request, said(outcome), buttons=buttons)
        else:
            messages.warning(self.request, said(outcome))
        return redirect(self.back_url)

    def tell(self, form: Any, error: ValidationError, beside: dict[str, str] | None = None) -> None:
        super().tell(form, error, self.page_action.beside)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_publish = self.page.permissions_for_user(self.user).can_publish()
        if not may_publish:
            self.submit_label = gettext("Submit for approval")
        return {
            **super().get_context_data(**kwargs),
            "previews": True,
            "will_submit": not may_publish,
            "has_draft": self.page.has_unpublished_changes,
        }


def said(outcome: Outcome) -> str:
    """What became of the change, in plain words."""
    title = outcome.page.get_admin_display_title()
    if outcome.published and outcome.draft_kept:
        text = gettext("“{title}”: readers see it now. The page's draft holds the change too and was not published.")
    elif outcome.published:
        text = gettext("“{title}”: readers see it now.")
    elif outcome.submitted:
        text = gettext("“{title}”: the change is in the page's draft, which was submitted for approval.")
    else:
        text = gettext("“{title}”: the change is in the page's draft. Somebody who may publish has to publish it.")
    return format_html(text, title=title)
