"""What the newsroom's small forms about one page have in common."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from wagtail_newsroom.news.admin.overtaken import overtaken
from wagtail_newsroom.news.publishing.schedule.claims import claim
from wagtail_newsroom.news.publishing.shown import (
    FIELD,
    OvertakenError,
    Shown,
    check_shown,
    last_act,
    public_version,
    seal,
)


class PageFormView(WagtailAdminTemplateMixin, FormView):
    """A form about the page ``pk``: checked for this very page, by the live version."""

    template_name = "newsroom_admin/page_actions/form.html"
    intro: Any = ""
    submit_label: Any = ""
    page: Any
    user: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.user: Any = request.user
        self.page = self.find_page()

    def find_page(self) -> Any:
        """The live version of the page."""
        return get_object_or_404(Page, pk=self.kwargs["pk"]).specific

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            self.check_page()
        except ValidationError as error:
            if request.method == "POST":
                return overtaken(request, [*error.messages, last_act(self.page)], self.back_url)
            for message in error.messages:
                messages.error(request, message)
            return redirect(self.back_url)
        return super().dispatch(request, *args, **kwargs)

    def check_page(self) -> None:
        """Raise ``PermissionDenied`` or ``Http404``, or a ``ValidationError`` that is shown in the place of the form."""

    @property
    def bound_pages(self) -> list[Any]:
        """The pages to which something is done."""
        return [self.page]

    def shown(self) -> list[Shown]:
        """What the form shows, in its state: on that it is done, and on nothing that came since."""
        return [public_version(page) for page in self.bound_pages]

    @property
    def back_url(self) -> str:
        """Where to go when it is done or given up."""
        if next_url := get_valid_next_url_from_request(self.request):
            return str(next_url)
        if self.page.permissions_for_user(self.user).can_edit():
            return reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return reverse("wagtailadmin_home")

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": self.back_url, "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, own, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "intro": self.intro,
            "submit_label": self.submit_label or self.get_page_title(),
            "back_url": self.back_url,
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
            # What was typed is sent again for what was shown first.
            "shown": kwargs.get("shown") or self.request.POST.get(FIELD) or seal(self.shown()),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        """Act; an error of the action stands beside its field, and what was typed is kept."""
        try:
            if "preview" in self.request.POST:
                return self.preview(form)
            with transaction.atomic():
                claim(Page.objects.filter(pk__in=[page.pk for page in self.bound_pages]), touch="expire_at", wait=True)
                check_shown(self.request.POST.get(FIELD, ""), self.shown())
                return self.action(form)
        except OvertakenError as error:
            return self.overtaken(form, error)
        except ValidationError as error:
            self.tell(form, error)
            return self.form_invalid(form)

    def overtaken(self, form: Any, error: OvertakenError) -> HttpResponse:
        """Show the form again with what was typed, beside what is there now; or why there is no form any more."""
        self.page = self.find_page()
        try:
            self.check_page()
        except ValidationError as now:
            return overtaken(self.request, [*error.messages, *now.messages], self.back_url)
        form.add_error(None, error.messages)
        context = self.get_context_data(form=form, shown=seal(self.shown()))
        return self.render_to_response(context, status=409)

    def action(self, form: Any) -> HttpResponse:
        """Do it and lead on."""
        raise NotImplementedError

    def preview(self, form: Any) -> HttpResponse:
        """Show the form again with what would happen."""
        return self.render_to_response(self.get_context_data(form=form, **self.what_happens(form)))

    def what_happens(self, form: Any) -> dict[str, Any]:
        """Context of the preview. Raises ``ValidationError`` as :meth:`action` does."""
        return {}

    def tell(self, form: Any, error: ValidationError, beside: dict[str, str] | None = None) -> None:
        """Put each message of ``error`` beside its field; what belongs to no field of the form, above it by name."""
        if not hasattr(error, "error_dict"):
            form.add_error(None, error)
            return
        for name, found in error.error_dict.items():
            field = (beside or {}).get(name, name)
            if field in form.fields:
                form.add_error(field, found)
            else:
                form.add_error(None, [f"{self.label_of(name)}: {message}" for one in found for message in one.messages])

    def label_of(self, name: str) -> str:
        """What editors call the field ``name`` of the page."""
        try:
            return str(self.page._meta.get_field(name).verbose_name).capitalize()
        except FieldDoesNotExist:
            return self.get_page_subtitle()
