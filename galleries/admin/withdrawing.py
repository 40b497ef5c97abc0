"""“Withdraw consent”: the form that takes a photo off everything public, and the ways that lead to it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.images import get_image_model
from wagtail.log_actions import LogFormatter

from wagtail_newsroom.galleries.publishing.withdrawing import (
    FILE_DELETED,
    WITHDRAWN,
    copies_of,
    is_kept,
    may_withdraw,
    pages_showing,
    withdraw_photo,
)
from wagtail_newsroom.news.visibility import is_withdrawn
from wagtail_newsroom.news.wording import dates

DELETE, KEEP = "delete", "keep"


class WithdrawForm(forms.Form):
    """Why, and what becomes of the file."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the record only; readers never see it. For example: Letter of 12 March, file number 7/2026."),
        error_messages={"required": _("Say why, for the record. One sentence is enough.")},
    )
    file = forms.ChoiceField(
        label=_("The file"),
        widget=forms.RadioSelect,
        choices=[
            (DELETE, _("Delete it. It cannot be brought back.")),
            (KEEP, _("Keep it closed: only people who may change this photo can open it.")),
        ],
        error_messages={"required": _("Say what is to become of the file.")},
    )


class DeleteKeptForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class WithdrawView(WagtailAdminTemplateMixin, FormView):
    """The form, for those who may withdraw this very photo. For others there is no such photo."""

    template_name = "newsroom_admin/page_actions/form.html"
    header_icon = "no-view"
    photo: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        model = get_image_model()
        photo = model._default_manager.filter(pk=kwargs["photo_id"]).first()
        if photo is None or not hasattr(model, "newsroom_photo"):
            raise Http404
        if not may_withdraw(request.user, photo):
            raise PermissionDenied
        self.photo = photo

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if is_withdrawn(self.photo) and not is_kept(self.photo):
            messages.info(request, _said_before(self.photo))
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[forms.Form]:
        return DeleteKeptForm if is_withdrawn(self.photo) else WithdrawForm

    def get_page_title(self) -> str:
        return gettext("Delete the kept file") if is_withdrawn(self.photo) else gettext("Withdraw consent")

    def get_page_subtitle(self) -> str:
        return str(self.photo.title)

    @property
    def back_url(self) -> str:
        next_url = get_valid_next_url_from_request(self.request)
        return str(next_url) if next_url else reverse("newsroom_photos_modeladmin_inspect", args=[self.photo.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        photos = {"url": reverse("newsroom_photos_modeladmin_index"), "label": gettext("Photos")}
        own = {"url": self.back_url, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, photos, own, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def foreign_copies(self) -> int:
        """How many copies lie where the person may not withdraw them."""
        return sum(not may_withdraw(self.request.user, copy) for copy in copies_of(self.photo))

    def intro(self) -> str:
        if is_withdrawn(self.photo):
            kept = gettext("Its file was kept. Deleting it cannot be undone.")
            return f"{_said_before(self.photo)} {kept}"
        live = pages_showing(self.photo).filter(live=True).count()
        shown = ngettext("%(count)s public page shows this photo.", "%(count)s public pages show this photo.", live) % {
            "count": live
        }
        what = gettext(
            "From the moment you confirm, no page, feed, search or address gives it out, in any language, and its sizes are "
            "deleted. The same file is not taken in again. This cannot be undone."
        )
        return f"{shown} {what}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "intro": self.intro(),
            "submit_label": self.get_page_title(),
            "action_url": "",
            "back_url": self.back_url,
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        foreign = self.foreign_copies
        done = withdraw_photo(
            self.photo,
            self.request.user,
            reason=form.cleaned_data.get("reason", ""),
            keep_file=form.cleaned_data.get("file", DELETE) == KEEP,
        )
        if done.photos:
            messages.success(self.request, _said(len(done.photos)))
        elif done.deleted_kept_file:
            messages.success(
                self.request, gettext("The file of “%(title)s” was deleted.") % {"title": self.photo.title}
            )
        else:
            messages.info(self.request, _said_before(self.photo))
        if done.photos and foreign:
            messages.warning(self.request, _said_of_foreign(foreign))
        return redirect(self.back_url)


def _said(count: int) -> str:
    return ngettext(
        "The consent was withdrawn. %(count)s photo is public nowhere any more.",
        "The consent was withdrawn. %(count)s photos that are the same file are public nowhere any more.",
        count,
    ) % {"count": count}


def _said_of_foreign(count: int) -> str:
    return ngettext(
        "The same file lies %(count)s more time in collections where you may not withdraw it. Ask an administrator to.",
        "The same file lies %(count)s more times in collections where you may not withdraw it. Ask an administrator to.",
        count,
    ) % {"count": count}


def _said_before(photo: Any) -> str:
    day = dates.plain_date(timezone.localdate(photo.withdrawn_at))
    return gettext("The consent to publish this photo was withdrawn on %(day)s.") % {"day": day}


# The ways that lead here


def withdraw_url(photo: Any) -> str:
    """Address of the form."""
    return reverse("newsroom_withdraw_photo", args=[photo.pk])


def what_is_left(photo: Any, user: Any) -> str:
    """Label of the act that ``user`` may still do; empty where there is none."""
    if (is_withdrawn(photo) and not is_kept(photo)) or not may_withdraw(user, photo):
        return ""
    return gettext("Delete the kept file") if is_withdrawn(photo) else gettext("Withdraw consent")


def link_beside_basis(form: Any, user: Any) -> None:
    """Put the way to the form beside the basis of rights, where ``user`` may go it."""
    photo, field = form.instance, form.fields.get("rights_basis")
    if field is None or not photo.pk or user is None:
        return
    said = _said_before(photo) if is_withdrawn(photo) else ""
    if label := what_is_left(photo, user):
        field.help_text = format_html('{} <a href="{}">{}</a>', said, withdraw_url(photo), label)
    elif said:
        field.help_text = said


def withdraw_urls() -> list[URLPattern]:
    view = require_admin_access(WithdrawView.as_view())
    return [path("newsroom/photos/<int:photo_id>/withdraw/", view, name="newsroom_withdraw_photo")]


def register_withdrawal_log(actions: Any) -> None:
    """How the acts read in a photo's history (hook ``register_log_actions``)."""

    @actions.register_action(WITHDRAWN)
    class WithdrawnFormatter(LogFormatter):
        label = _("Consent withdrawn")

        def format_message(self, log_entry: Any) -> str:
            if log_entry.data.get("kept"):
                return gettext("Consent to publish withdrawn; the file is kept closed")
            return gettext("Consent to publish withdrawn; the file was deleted")

    @actions.register_action(FILE_DELETED)
    class DeletedFormatter(LogFormatter):
        label = _("Kept file deleted")

        def format_message(self, log_entry: Any) -> str:
            return gettext("The file kept after the withdrawal was deleted")


def choosable_images(images: Any, request: HttpRequest) -> Any:
    """For the hook ``construct_image_chooser_queryset``: nobody chooses what was withdrawn."""
    return images.filter(withdrawn_at__isnull=True) if hasattr(images.model, "withdrawn_at") else images
