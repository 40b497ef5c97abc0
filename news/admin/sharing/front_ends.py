"""Other front ends in the admin: who has a token for drafts, until when, used when; a new one, shown once; the panel."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Site
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import FrontEndToken
from wagtail_newsroom.news.publishing.sharing.tokens import LONGEST_DAYS, make_front_end_token, revoke_front_end_token
from wagtail_newsroom.news.switches import SHARING, is_on, switched


def front_end_panel() -> str:
    """What the preview panel needs beside Wagtail's own where it shows another front end."""
    if not setting("PREVIEW_URLS"):
        return ""
    return format_html('<script type="module" src="{}"></script>', versioned_static("newsroom/admin/sharing/panel.js"))


class FrontEndTokenForm(forms.Form):
    """For which front end a new token is, of which site, and for how long."""

    name = forms.CharField(
        label=pgettext_lazy("of a front end", "Name"),
        max_length=FrontEndToken._meta.get_field("name").max_length,
        help_text=_("Which front end gets it, for the editors."),
    )
    site = forms.ModelChoiceField(
        label=_("Site"),
        queryset=Site.objects.all(),
        help_text=_("It reads the drafts of this site, in every language."),
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=LONGEST_DAYS,
        help_text=_("At most %(most)d. A token can be withdrawn at any time.") % {"most": LONGEST_DAYS},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("instance", None)
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        self.fields["site"].initial = Site.objects.filter(is_default_site=True).first()


def state_of(row: FrontEndToken) -> Any:
    """How a token stands, in a word."""
    if row.revoked_at is not None:
        return pgettext_lazy("token", "withdrawn")
    return pgettext_lazy("token", "works") if row.is_open else pgettext_lazy("token", "expired")


def works_until(row: FrontEndToken) -> str:
    """The last day of a token, or the one on which it was withdrawn."""
    return date_format(timezone.localtime(row.revoked_at or row.expires_at), "SHORT_DATE_FORMAT")


class FrontEndTokenList(generic.IndexView):
    """All tokens, the latest first."""

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)("name", label=pgettext_lazy("of a front end", "Name")),
            Column("site", label=_("Site")),
            Column(state_of, label=pgettext_lazy("of a token", "State")),
            Column(works_until, label=_("Works until")),
            Column("last_used_on", label=_("Last used")),
            Column("created_by", label=_("Made by")),
        ]

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("site", "created_by")

    def get_edit_url(self, instance: FrontEndToken) -> None:
        """A token is made and withdrawn, never changed."""

    def get_list_more_buttons(self, instance: FrontEndToken) -> list[MenuItem]:
        url = self.get_delete_url(instance) if instance.is_open else None
        return [MenuItem(_("Withdraw"), url=url, icon_name="cross", priority=30)] if url else []


class MakeFrontEndToken(generic.CreateView):
    """A new token: the answer shows it, nobody sees it again."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        data = form.cleaned_data
        try:
            self.object, token = make_front_end_token(data["name"], data["site"], self.request.user, data["days"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        context = super().get_context_data(token=token, row=self.object)
        context["page_title"] = context["header_title"] = gettext("The token is ready")
        return TemplateResponse(self.request, "newsroom_admin/sharing/front_end_token.html", context)


class RevokeFrontEndToken(generic.DeleteView):
    """Withdrawing a token. Its row stays in the list for a while: who had access, until when."""

    page_title = _("Withdraw")
    template_name = "newsroom_admin/sharing/revoke_front_end_token.html"
    confirmation_message = _(
        "The front end reads no drafts from now on. This cannot be undone; make a new token instead."
    )

    def get_usage_url(self) -> None:
        """Nothing refers to a token."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.get_object()
        if not policy_registry.get_by_type(FrontEndToken).user_has_permission(request.user, "delete"):
            raise PermissionDenied
        if revoke_front_end_token(row, request.user):
            messages.success(request, gettext("The token of “%(name)s” is withdrawn.") % {"name": row.name})
        return redirect(self.get_success_url())


class FrontEndTokenViewSet(ModelViewSet):
    """For people with the permission, administrators as a rule."""

    model = FrontEndToken
    name = "newsroom_front_ends"
    icon = "key"
    menu_label = _("Front ends that read drafts")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = FrontEndTokenList
    add_view_class = MakeFrontEndToken
    delete_view_class = RevokeFrontEndToken

    def get_form_class(self, for_update: bool = False) -> type[forms.Form]:
        return FrontEndTokenForm

    def register_admin_url_finder(self) -> None:
        """A row has no page of its own."""

    @property
    def menu_item_class(self) -> Any:
        plain = super().menu_item_class
        shown = plain.is_shown
        plain.is_shown = lambda item, request: is_on(SHARING) and shown(item, request)
        return plain

    def get_urlpatterns(self) -> list[Any]:
        return switched(
            SHARING,
            [
                path("", self.index_view, name="index"),
                path("results/", self.index_results_view, name="index_results"),
                path("new/", self.add_view, name="add"),
                path("withdraw/<int:pk>/", self.delete_view, name="delete"),
            ],
        )
