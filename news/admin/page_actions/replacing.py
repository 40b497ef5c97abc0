"""“Replace the file”: a newer version after the old one, in force at once or with its page."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news.admin.dates import TypedDateInput
from wagtail_newsroom.news.admin.overtaken import overtaken
from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.publishing.files.versions import (
    may_replace_at_once,
    pages_with_versions_of,
    replace_file,
    replaced_in_words,
    shown_file,
)
from wagtail_newsroom.news.publishing.public_use import policy_within
from wagtail_newsroom.news.publishing.shown import FIELD, OvertakenError, seal

AT_ONCE, WITH_PAGE = "at_once", "with_page"


class ReplaceFileForm(forms.Form):
    """The newer file and what is said about it."""

    file = forms.FileField(label=_("Newer file"), help_text=_("The file that is stored now stays in the archive."))
    title = forms.CharField(label=_("Title"), max_length=255)
    change_note = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences for the public, shown with the previous versions. Not for internal remarks."),
    )
    issued_on = forms.DateField(
        label=_("Dated"),
        required=False,
        widget=TypedDateInput,
        help_text=_("The date on the document itself, if it bears one."),
    )
    valid_from = forms.DateField(label=_("Valid from"), required=False, widget=TypedDateInput)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=TypedDateInput)
    effect = forms.ChoiceField(label=_("Takes effect"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, at_once: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waits = (WITH_PAGE, _("With the page that offers it: choose the new version on the draft of that page"))
        now = [(AT_ONCE, _("At once, wherever this file is offered"))] if at_once else []
        effect: Any = self.fields["effect"]
        effect.choices = [*now, waits]
        effect.initial = AT_ONCE if at_once else WITH_PAGE


class ReplaceFileView(WagtailAdminTemplateMixin, FormView):
    """The form; for people who may change or choose this very file. For others there is no such file."""

    template_name = "newsroom_admin/page_actions/form.html"
    form_class = ReplaceFileForm
    page_title = _("Replace the file")
    header_icon = "doc-full-inverse"
    document: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        document = get_document_model()._default_manager.filter(pk=kwargs["document_id"]).first()
        if document is None or not has_versions() or not self.may_add_version(document):
            raise PermissionDenied
        self.document = document

    def may_add_version(self, document: Any) -> bool:
        """Whoever may change the file were it not public; at once or not is another question."""
        policy = policy_within(type(document))
        return bool(policy.user_has_permission_for_instance(self.request.user, "change", document))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        newer = getattr(self.document, "newsroom_superseded_by", None)
        if newer is not None:
            if request.method == "POST":
                return self.overtaken(newer)
            if self.may_add_version(newer):
                messages.info(request, gettext("That file was replaced before. This is the newer one."))
                return redirect("newsroom_replace_file", newer.pk)
            messages.error(request, gettext("That file was replaced before, by one that you may not change."))
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def overtaken(self, newer: Any) -> HttpResponse:
        """Somebody else has replaced the file: only who may change the newer one is told its title."""
        if not self.may_add_version(newer):
            said = gettext("That file was replaced before, by one that you may not change.")
            return overtaken(self.request, [said], self.back_url)
        return overtaken(
            self.request,
            OvertakenError(replaced_in_words(newer)).messages,
            reverse("newsroom_replace_file", args=[newer.pk]),
        )

    @property
    def back_url(self) -> str:
        next_url = get_valid_next_url_from_request(self.request)
        return str(next_url) if next_url else reverse("wagtaildocs:edit", args=[self.document.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.document.title}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "at_once": may_replace_at_once(self.request.user, self.document)}

    def get_page_subtitle(self) -> str:
        return str(self.document.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        files = {"url": reverse("newsroom_files_modeladmin_index"), "label": gettext("Files")}
        own = {"url": self.back_url, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, files, own, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "intro": gettext(
                "Links to the old file lead to the new one as soon as it is in force; the old one stays in the archive. "
                "Kind, language, collection and tags are taken over."
            ),
            "submit_label": gettext("Replace the file"),
            "action_url": "",
            "back_url": self.back_url,
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
            "shown": kwargs.get("shown") or self.request.POST.get(FIELD) or seal([shown_file(self.document)]),
        }

    def form_valid(self, form: ReplaceFileForm) -> HttpResponse:
        facts = dict(form.cleaned_data)
        waits = (facts.pop("effect") or form.fields["effect"].initial) == WITH_PAGE
        try:
            newer = replace_file(
                self.document,
                facts.pop("file"),
                self.request.user,
                with_page=waits,
                shown=self.request.POST.get(FIELD, ""),
                **facts,
            )
        except OvertakenError as error:
            return self.look_again(form, error)
        except ValidationError as error:
            self.tell(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.what_happened(waits))
        return redirect("newsroom_files_modeladmin_inspect", newer.pk)

    def look_again(self, form: ReplaceFileForm, error: OvertakenError) -> HttpResponse:
        """Show the form again with what was typed, where the file is not replaced but changed."""
        self.document = type(self.document)._base_manager.get(pk=self.document.pk)
        if newer := getattr(self.document, "newsroom_superseded_by", None):
            return self.overtaken(newer)
        form.add_error(None, error.messages)
        context = self.get_context_data(form=form, shown=seal([shown_file(self.document)]))
        return self.render_to_response(context, status=409)

    def tell(self, form: ReplaceFileForm, error: ValidationError) -> None:
        for name, found in error.error_dict.items():
            form.add_error(name if name in form.fields else None, found)

    def what_happened(self, waits: bool) -> str:
        if waits:
            return gettext(
                "The new version is stored. Choose it on the draft of its page; until that page is published, the old "
                "one stays in force."
            )
        count = Page.objects.filter(pages_with_versions_of(self.document)).count()
        if not count:
            return gettext("The new version is stored. No page offers this file yet.")
        return ngettext(
            "The new version is in force. %(count)s page shows it.",
            "The new version is in force. %(count)s pages show it.",
            count,
        ) % {"count": count}
