"""What is done with a request for an accessible version: answering, putting off, refusing, noting that it is withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogFormatter

from wagtail_newsroom.news.admin.access_requests.figures import RequestFiguresView
from wagtail_newsroom.news.admin.dates import TypedDateInput
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.publishing.access_requests import handling
from wagtail_newsroom.news.switches import ACCESS_REQUESTS, path_of
from wagtail_newsroom.news.validators import NOT_A_WEB_LINK, validate_web_link
from wagtail_newsroom.news.wording import dates

LONG = AccessRequest._meta.get_field("answer").max_length
SHORT = AccessRequest._meta.get_field("alternative").max_length
LINK = AccessRequest._meta.get_field("answer_link").max_length


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONG,
        help_text=_("The person gets it as an e-mail, as it stands here."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    link = forms.URLField(
        label=_("Address of the accessible version"),
        required=False,
        max_length=LINK,
        assume_scheme="https",
        validators=[validate_web_link],
        error_messages={"invalid": NOT_A_WEB_LINK},
        help_text=_("The page or the file on this site, if the accessible version is published. Copy its address."),
    )


class ExtendForm(forms.Form):
    until = forms.DateField(label=_("Answer by"), widget=TypedDateInput)
    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=SHORT,
        help_text=_("The person gets it as an e-mail."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it cannot be made accessible"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 4})
    )
    alternative = forms.CharField(
        label=_("Another way of access"),
        max_length=SHORT,
        help_text=_(
            "For example: we read the document to you over the phone, or describe the film. The law demands it."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _answer(row: AccessRequest, user: Any, said: dict[str, Any]) -> None:
    handling.answer_request(row, user, answer=said["answer"], link=said["link"])


def _extend(row: AccessRequest, user: Any, said: dict[str, Any]) -> None:
    handling.extend_request(row, user, until=said["until"], reason=said["reason"])


def _refuse(row: AccessRequest, user: Any, said: dict[str, Any]) -> None:
    handling.refuse_request(row, user, reason=said["reason"], alternative=said["alternative"])


def _withdraw(row: AccessRequest, user: Any, said: dict[str, Any]) -> None:
    handling.withdraw_request(row, user)


@dataclass(frozen=True)
class RequestAction:
    """One action on an open request: its words, its form, and what does it."""

    name: str
    label: str | Promise
    intro: str | Promise
    done: str | Promise
    form: type[forms.Form]
    do: Callable[[AccessRequest, Any, dict[str, Any]], None]
    writes: bool = True


REQUEST_ACTIONS = (
    RequestAction(
        "answer",
        _("Answer the request"),
        _("The answer closes the request."),
        _("Request %(number)s is answered."),
        AnswerForm,
        _answer,
    ),
    RequestAction(
        "extend",
        _("Put the answer off"),
        _("The law allows it where there is a reason, for two months from the request at most."),
        _("The answer to request %(number)s is put off."),
        ExtendForm,
        _extend,
    ),
    RequestAction(
        "refuse",
        _("Refuse, and offer another way"),
        _("The person is told why, the other way of access, and that they may complain. It closes the request."),
        _("Request %(number)s is refused."),
        RefuseForm,
        _refuse,
    ),
    RequestAction(
        "withdraw",
        _("Note that it is withdrawn"),
        _("Only where the person has said that they do not need an answer any more. It closes the request."),
        _("Request %(number)s is withdrawn."),
        forms.Form,
        _withdraw,
        writes=False,
    ),
)


class RequestActionView(WagtailAdminTemplateMixin, FormView):
    """The form of one action on one open request."""

    template_name = "newsroom_admin/page_actions/form.html"
    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not handling.may_answer(request.user):
            raise PermissionDenied
        found = [action for action in REQUEST_ACTIONS if action.name == kwargs["action"]]
        if not found:
            raise Http404("There is no such action.")
        self.action = found[0]
        self.row = get_object_or_404(AccessRequest, pk=kwargs["request_id"])
        self.form_class = self.action.form

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.row.is_open:
            messages.error(request, gettext("This request is closed already."))
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def back_url(self) -> str:
        return reverse("newsroom_requests_modeladmin_inspect", args=[self.row.pk])

    def get_page_title(self) -> Any:
        return self.action.label

    def get_page_subtitle(self) -> str:
        return str(self.row)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("newsroom_requests_modeladmin_index"), "label": gettext("Requests for access")},
            {"url": self.back_url, "label": self.row.number},
            {"url": "", "label": str(self.action.label)},
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"until": handling.latest_extension(self.row.received_on)} if self.action.name == "extend" else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "intro": self.intro(),
            "submit_label": self.action.label,
            "back_url": self.back_url,
        }

    def intro(self) -> str:
        """What the action does, and what the colleague has to do who cannot write to the person."""
        parts = [str(self.action.intro)]
        if self.action.writes and not self.row.email:
            text = gettext("This person left a phone number only (%(phone)s): call them, and keep here what you say.")
            parts.append(text % {"phone": self.row.phone})
        if self.action.name == "extend":
            latest = dates.plain_date(handling.latest_extension(self.row.received_on))
            parts.append(gettext("The latest day is %(day)s.") % {"day": latest})
        return " ".join(parts)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.action.do(self.row, self.request.user, form.cleaned_data)
        except ValidationError as error:
            self.tell(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.action.done % {"number": self.row.number})
        return redirect(self.back_url)

    def tell(self, form: forms.Form, error: ValidationError) -> None:
        """Put each message beside its field; what belongs to no field of the form, above it."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, found in by_field.items():
            form.add_error(name if name in form.fields else None, found)


def request_urls() -> list[Any]:
    """Addresses in the admin, below the admin's own."""
    return [
        path_of(
            ACCESS_REQUESTS, "newsroom/requests/figures/", RequestFiguresView.as_view(), name="newsroom_request_figures"
        ),
        path_of(
            ACCESS_REQUESTS,
            "newsroom/requests/<int:request_id>/<slug:action>/",
            RequestActionView.as_view(),
            name="newsroom_request_action",
        ),
    ]


LOGGED: dict[str, str | Promise] = {
    handling.RECEIVED: _("Request received"),
    handling.ANSWERED: _("Request answered"),
    handling.EXTENDED: _("Answer put off"),
    handling.REFUSED: _("Request refused"),
    handling.WITHDRAWN: _("Request withdrawn"),
}


def register_request_log(actions: Any) -> None:
    """Teach Wagtail's log what was done with requests."""
    for name, words in LOGGED.items():
        formatter = type("RequestFormatter", (LogFormatter,), {"label": words, "message": words})
        actions.register_action(name)(formatter)
