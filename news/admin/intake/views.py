"""Bringing a text in, and getting back what was brought."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_newsroom.news.admin.intake.forms import IntakeForm
from wagtail_newsroom.news.admin.intake.purposes import PURPOSES, PurposeMixin
from wagtail_newsroom.news.models import Original


class IntakeView(PurposeMixin, WagtailAdminTemplateMixin, FormView):
    """Step 1: a file or a text, for people who may make such a page somewhere."""

    template_name = "newsroom_admin/intake/bring.html"
    form_class = IntakeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.purpose.is_open_to(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "purpose": self.purpose}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "intro": self.purpose.intro, "purpose": self.purpose}

    def form_valid(self, form: Any) -> HttpResponse:
        original = form.keep(user=self.request.user, purpose=self.purpose_name)
        return redirect(self.purpose.review_url(original))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


class ChangePurposeView(View):
    """What was brought in as one thing is another: the same text, reviewed anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        original = get_object_or_404(Original, pk=kwargs["original_id"], user=request.user, page=None)
        purpose = PURPOSES.get(request.POST.get("purpose", ""))
        if purpose is None or not purpose.is_open_to(request.user):
            raise Http404
        original.purpose = purpose.name
        original.save(update_fields=["purpose"])
        return redirect(purpose.review_url(original))


class OriginalView(View):
    """The file itself: for whoever brought it in until something is made of it, then for people who may edit the page.

    It is never shown, only downloaded, whatever it is.
    """

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        original = Original.objects.select_related("page").filter(pk=kwargs["original_id"]).first()
        if original is None or not may_read(original, request.user):
            raise Http404(_("There is no such original."))
        try:
            stream = original.file.open("rb")
        except (OSError, ValueError) as error:  # gone, or never stored
            raise Http404(_("The file of this original is missing.")) from error
        answer = FileResponse(
            stream, as_attachment=True, filename=original.name, content_type="application/octet-stream"
        )
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'"
        answer["Cache-Control"] = "private, no-store"
        return answer


def may_read(original: Original, user: Any) -> bool:
    """Whether ``user`` may have the file."""
    if original.page is None:
        return original.user_id == user.pk
    return bool(original.page.permissions_for_user(user).can_edit())
