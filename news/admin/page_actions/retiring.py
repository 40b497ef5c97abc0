"""Taking public pages down: one form in place of every view that Wagtail has for it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.action_menu import UnpublishMenuItem
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from wagtail_newsroom.news.admin.page_actions.page_views import PageFormView
from wagtail_newsroom.news.admin.page_actions.usage import usage_of
from wagtail_newsroom.news.models import NewsroomPage, Retirement
from wagtail_newsroom.news.models.pages.retired import is_retirable
from wagtail_newsroom.news.publishing.shown import FIELD
from wagtail_newsroom.news.publishing.updates.retiring import (
    bring_back,
    check_may_retire,
    may_retire,
    retire_page,
    what_forbids_deletion,
)
from wagtail_newsroom.news.validators import validate_web_link
from wagtail_newsroom.news.visibility import public_pages

MOST_PAGES = 100


class PublicPageChooser(AdminPageChooser):
    """Shows the titles of public pages only, whatever number was sent."""

    def get_instance(self, value: Any) -> Any:
        pk = getattr(value, "pk", value)
        if not str(pk or "").isdecimal():
            return None
        found = public_pages(Page.objects.filter(pk=pk)).first()
        return found.specific if found else None

    def get_display_title(self, instance: Any) -> str:
        return str(instance.title)


class RetireForm(forms.Form):
    reason = forms.CharField(
        label=_("Explanation for readers"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever follows an old link sees it. For example: The call was withdrawn on 12 March."),
    )
    redirect_page = forms.ModelChoiceField(
        label=_("Or the page that replaces it"),
        required=False,
        queryset=Page.objects.none(),
        widget=PublicPageChooser(),
        help_text=_("Whoever follows an old link is led there, for good."),
        error_messages={"invalid_choice": _("Readers may not see that page. Choose a public one.")},
    )
    redirect_url = forms.URLField(
        label=_("Or an address elsewhere"), required=False, assume_scheme="https", validators=[validate_web_link]
    )
    seen = forms.BooleanField(
        label=_("I have seen what uses this"),
        error_messages={"required": _("Look at what uses it and would lead nowhere, then tick this.")},
    )

    def __init__(self, *args: Any, is_used: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["redirect_page"].queryset = public_pages(Page.objects.all())  # type: ignore[attr-defined]
        if not is_used:
            del self.fields["seen"]


class RetireView(PageFormView):
    """Retire the pages of the address (``?id=…``), with one answer for all of them, or none."""

    page_title = _("Retire")
    header_icon = "download"
    template_name = "newsroom_admin/page_actions/retire.html"
    form_class = RetireForm
    intro = _("The page leaves the site. Its address goes on answering whoever comes by an old link.")

    def find_page(self) -> Any:
        for known in ("pages", "used"):
            self.__dict__.pop(known, None)
        return self.pages[0]

    @property
    def bound_pages(self) -> list[Any]:
        return self.pages

    @cached_property
    def pages(self) -> list[Any]:
        """The pages, in the order of the tree."""
        ids = [pk for pk in self.request.GET.getlist("id")[:MOST_PAGES] if pk.isdecimal() and len(pk) < 19]
        found = list(Page.objects.filter(pk__in=ids).order_by("path").specific())
        if not found:
            raise Http404
        return found

    def check_page(self) -> None:
        for page in self.pages:
            if not page.permissions_for_user(self.user).can_publish():
                raise PermissionDenied
        for page in self.pages:
            check_may_retire(page, self.user)

    def get_page_subtitle(self) -> str:
        return ", ".join(str(page.get_admin_display_title()) for page in self.pages[:3])

    @cached_property
    def used(self) -> list[dict[str, Any]]:
        """Each page with what uses it and how many live pages stand below it."""
        return [
            {
                "page": page,
                "usage": usage_of(page, self.user),
                "below": page.get_descendants().live().count(),
                "retired": Retirement.objects.filter(page=page.pk).exists(),
            }
            for page in self.pages
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_used": any(each["usage"].count for each in self.used)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.page
        archive = len(self.pages) == 1 and isinstance(page, NewsroomPage) and page.live and not page.archived_on
        return {
            **super().get_context_data(**kwargs),
            "used": self.used,
            "action_url": f"{reverse('newsroom_retire')}?{urlencode({'id': self.ids}, doseq=True)}",
            "archive_url": reverse("newsroom_change", args=[page.pk, "archive"]) if archive else "",
        }

    @property
    def ids(self) -> list[int]:
        return [page.pk for page in self.pages]

    def action(self, form: Any) -> HttpResponse:
        typed = {name: form.cleaned_data[name] for name in ("reason", "redirect_page", "redirect_url")}
        # Whoever was shown what readers of a retired page are told replaces it.
        replace = bool(self.request.POST.get(FIELD))
        with transaction.atomic():
            for page in self.pages:
                retire_page(page, self.user, replace=replace, **typed)
        count = len(self.pages)
        text = ngettext("%(count)s page was retired.", "%(count)s pages were retired.", count) % {"count": count}
        messages.success(self.request, text)
        return redirect(self.back_url)


class BringBackView(PageFormView):
    """Publish a retired page again, as it was."""

    page_title = _("Bring back")
    header_icon = "undo"
    form_class = forms.Form
    intro = _("The page is published again as readers last saw it. Its explanation or redirect ends.")

    def check_page(self) -> None:
        if not self.page.permissions_for_user(self.user).can_publish():
            raise PermissionDenied
        if self.page.live or not Retirement.objects.filter(page=self.page.pk).exists():
            raise ValidationError(gettext("This page is not retired."))

    def action(self, form: Any) -> HttpResponse:
        page = bring_back(self.page, self.user)
        messages.success(self.request, gettext("“%(title)s” is public again.") % {"title": page.title})
        return redirect(self.back_url)


# Wagtail's own doors lead here


def retire_url(pages: list[Any], next_url: str = "") -> str:
    """Address of the form that retires ``pages``."""
    query: dict[str, Any] = {"id": [page.pk for page in pages]}
    return (
        f"{reverse('newsroom_retire')}?{urlencode({**query, **({'next': next_url} if next_url else {})}, doseq=True)}"
    )


class RetiringUnpublishMixin:
    """For Wagtail's view: instead of unpublishing a page of ours, ask what its readers are told."""

    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if may_retire(self.object, request.user):
            return redirect(retire_url([self.object]))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view's


def ask_before_deleting(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A page that was public is retired first, and then deleted by administrators only; so is what lies below it."""
    return _refuse_deletion(request, [page])


def ask_before_bulk_action(request: HttpRequest, action: str, objects: Any, view: Any) -> HttpResponse | None:
    """As above, for several pages at once."""
    if action not in ("unpublish", "delete") or not issubclass(view.model, Page):
        return None
    if action == "delete":
        return _refuse_deletion(request, list(objects))
    retirable = [page for page in objects if is_retirable(page)]
    return redirect(retire_url(retirable, view.next_url)) if retirable else None


def _refuse_deletion(request: HttpRequest, pages: list[Any]) -> HttpResponse | None:
    unanswered, refusal = what_forbids_deletion(request.user, pages)
    if not refusal:
        return None
    messages.error(request, refusal)
    asked = [page for page in unanswered if page.permissions_for_user(request.user).can_publish()]
    if asked:
        return redirect(retire_url(asked[:MOST_PAGES]))
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


class RetireMenuItem(UnpublishMenuItem):
    """“Retire” in the place of “Unpublish” among the actions of the editor."""

    label = _("Retire")

    def is_shown(self, context: Any) -> bool:
        if context["view"] != "edit" or context["locked_for_user"]:
            return False
        return may_retire(context["page"], context["request"].user)

    def get_url(self, context: Any) -> str:
        return retire_url([context["page"]])


def lead_to_retiring(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Replace “Unpublish” in the editor's actions of pages of ours."""
    page = context.get("page")
    if page is None or not is_retirable(page):
        return
    menu_items[:] = [
        RetireMenuItem(order=item.order) if isinstance(item, UnpublishMenuItem) else item for item in menu_items
    ]
