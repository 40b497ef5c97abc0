"""Sharing a draft in the admin: the list of a page's links, a new one, withdrawing one, settling a remark.

Everything asks whether the person may edit the very page. A page that is not there is answered like one that they
may not edit.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from wagtail_newsroom.news.models import DraftLink
from wagtail_newsroom.news.publishing.sharing import tokens
from wagtail_newsroom.news.publishing.sharing.front_ends import front_end_address
from wagtail_newsroom.news.publishing.sharing.links import (
    DEFAULT_DAYS,
    REVOKED,
    SHARED,
    can_be_shared,
    draft_address,
    links_of,
    longest_days,
    revoke_link,
    settle_remark,
    share_draft,
)
from wagtail_newsroom.news.switches import SHARING, path_of


class LinkForm(forms.Form):
    """For whom a new link is, and for how long."""

    purpose = forms.CharField(
        label=_("For whom"),
        required=False,
        max_length=DraftLink._meta.get_field("purpose").max_length,
        help_text=_("For the editors: who gets this link. Readers do not see it."),
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, initial=DEFAULT_DAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        days.initial = min(DEFAULT_DAYS, longest_days())
        days.help_text = _("At most %(most)d. A link can be withdrawn at any time.") % {"most": longest_days()}


class OfAnEditablePage:
    """A view about one page, for people who may edit that page."""

    page: Page

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page is None or not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.page = page

    def back(self) -> HttpResponse:
        return redirect("newsroom_share", self.page.pk)


class ShareDraftView(OfAnEditablePage, WagtailAdminTemplateMixin, TemplateView):
    """The links of a page with their remarks, and the form of a new one."""

    page_title = _("Share the draft")
    header_icon = "link"
    template_name = "newsroom_admin/sharing/share.html"

    def get_page_subtitle(self) -> str:
        return str(self.page.specific_deferred.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = get_breadcrumbs_items_for_page(self.page, self.request.user)
        return [*above, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = self.page.get_site()
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "links": [
                {
                    "link": link,
                    "works": works,
                    "address": self.whole_address(draft_address(link, site)) if works else "",
                    "front_end": front_end_address(self.page, link.token) if works else "",
                }
                for link, works in links_of(self.page)
            ],
            "form": kwargs.get("form") or LinkForm(),
            "can_be_shared": can_be_shared(self.page),
        }

    def whole_address(self, address: str) -> str:
        return self.request.build_absolute_uri(address) if address.startswith("/") else address

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LinkForm(request.POST)
        if form.is_valid():
            try:
                share_draft(self.page, request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, gettext("The link is ready. Copy its address and send it."))
                return self.back()
        return self.render_to_response(self.get_context_data(form=form), status=400)


class RevokeLinkView(OfAnEditablePage, View):
    """Withdraw a link of this page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = self.page.newsroom_draft_links.filter(pk=kwargs["link_id"]).first()
        if link is None:
            raise PermissionDenied
        if revoke_link(link, request.user):
            messages.success(request, gettext("The link is withdrawn. Its address, pictures and files are gone."))
        return self.back()


class SettleRemarkView(OfAnEditablePage, View):
    """Note that a remark has been dealt with."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        remarks = [
            remark
            for link in self.page.newsroom_draft_links.all()
            for remark in link.remarks.filter(pk=kwargs["remark_id"])
        ]
        if not remarks:
            raise PermissionDenied
        settle_remark(remarks[0])
        messages.success(request, gettext("The remark is settled."))
        return self.back()


def sharing_urls() -> list[Any]:
    """Addresses in the admin."""
    return [
        path_of(SHARING, "newsroom/share/<int:page_id>/", ShareDraftView.as_view(), name="newsroom_share"),
        path_of(
            SHARING,
            "newsroom/share/<int:page_id>/withdraw/<int:link_id>/",
            RevokeLinkView.as_view(),
            name="newsroom_revoke_link",
        ),
        path_of(
            SHARING,
            "newsroom/share/<int:page_id>/settle/<int:remark_id>/",
            SettleRemarkView.as_view(),
            name="newsroom_settle_remark",
        ),
    ]


class ShareDraftButton(PageMenuItem):
    """“Share the draft”, for people who may edit the page, where it can be shared."""

    label = _("Share the draft")
    icon_name = "link"
    url_name = "newsroom_share"

    def is_shown(self, user: Any) -> bool:
        return bool(self.page.permissions_for_user(user).can_edit()) and can_be_shared(self.page)


def share_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[ShareDraftButton]:
    """The button in the header of a page's views."""
    if page.pk and not page.is_root():
        yield ShareDraftButton(page=page, priority=62)


class SharedFormatter(LogFormatter):
    """What the history of a page says about a new link."""

    label = _("Share a draft")

    def format_message(self, log_entry: Any) -> str:
        purpose = str(log_entry.data.get("purpose", ""))
        if not purpose:
            return gettext("Draft shared under a link")
        return gettext("Draft shared under a link: %(purpose)s") % {"purpose": purpose}


class RevokedFormatter(LogFormatter):
    """What the history of a page says about a link that was withdrawn."""

    label = _("Withdraw a link to a draft")

    def format_message(self, log_entry: Any) -> str:
        purpose = str(log_entry.data.get("purpose", ""))
        if not purpose:
            return gettext("Link to the draft withdrawn")
        return gettext("Link to the draft withdrawn: %(purpose)s") % {"purpose": purpose}


def register_sharing_log(actions: Any) -> None:
    """Teach Wagtail's log about links to drafts, and about front ends that read drafts."""
    actions.register_action(SHARED)(SharedFormatter)
    actions.register_action(REVOKED)(RevokedFormatter)
    actions.register_action(
        tokens.MADE, _("Let a front end read drafts"), _("A front end was given a token for drafts")
    )
    actions.register_action(
        tokens.REVOKED, _("Withdraw a front end's token"), _("The token of a front end was withdrawn")
    )
