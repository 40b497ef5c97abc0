"""Reviews of pages in the admin: who looks after a page and when, the list of what is due, and pages gone stale."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.utils import get_user_display_name, get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.admin.dates import TypedDateInput
from wagtail_newsroom.news.admin.lists.page_filters import TypedPageFilters, choice
from wagtail_newsroom.news.admin.lists.pages import (
    AFTER,
    BEFORE,
    TYPE,
    DayColumn,
    NewsroomIndexView,
    PageListOnly,
    owner_name,
)
from wagtail_newsroom.news.admin.menu.places import REVIEWS, STALE, SUBMENU_HOOK
from wagtail_newsroom.news.models import PageReview
from wagtail_newsroom.news.publishing.approval.reviews import DONE, SET, end_review, is_stale, mark_reviewed, set_review
from wagtail_newsroom.news.wording import dates


class ReviewForm(forms.ModelForm):
    """Who looks after a page, when next, and how often."""

    class Meta:
        model = PageReview
        fields = ["page_owner", "due_on", "every_months"]
        widgets = {"due_on": TypedDateInput}

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_edit = policy_registry.get_by_type(Page).users_with_permission_for_instance("change", page)
        page_owner: Any = self.fields["page_owner"]
        page_owner.queryset = may_edit.order_by("last_name", "first_name", "username")
        page_owner.label_from_instance = get_user_display_name
        page_owner.help_text = gettext("Gets an e-mail on the day. People who may change the page.")

    def clean_due_on(self) -> dt.date:
        due_on: dt.date = self.cleaned_data["due_on"]
        if "due_on" in self.changed_data and due_on < timezone.localdate():
            raise forms.ValidationError(gettext("This day has passed. Choose today or a later day."))
        return due_on


class ReviewView(WagtailAdminTemplateMixin, FormView):
    """The form on one page's review."""

    form_class = ReviewForm
    template_name = "newsroom_admin/lists/reviews/form.html"
    page_title = _("Review")
    header_icon = "rotate"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = page_to_review(request, kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def review(self) -> PageReview | None:
        return PageReview.objects.filter(page=self.page).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "page": self.page, "instance": self.review}

    def get_initial(self) -> dict[str, Any]:
        """Whoever opens the form first is offered as the one who looks after the page."""
        return {} if self.review else {"page_owner": self.request.user.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "review": self.review,
            "page": self.page,
            "next": self.next_url(),
            "media": context["form"].media,
        }

    def next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def form_valid(self, form: ReviewForm) -> HttpResponse:
        said = form.cleaned_data
        set_review(self.page, said["page_owner"], said["due_on"], said["every_months"], user=self.request.user)
        messages.success(
            self.request, gettext("The next review is on %(day)s.") % {"day": dates.plain_date(said["due_on"])}
        )
        return redirect(self.next_url())


def page_to_review(request: HttpRequest, page_id: int) -> Page:
    """The page, where the person may change it; raises as Wagtail's own views do where not."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


@require_POST
def review_done(request: HttpRequest, page_id: int) -> HttpResponse:
    """Note that the page was looked at."""
    page = page_to_review(request, page_id)
    had_review = PageReview.objects.filter(page=page.pk).exists()
    following = mark_reviewed(page, request.user)
    if following:
        text = gettext("Reviewed. The next time is %(day)s.") % {"day": dates.plain_date(following.due_on)}
        messages.success(request, text)
    elif had_review:
        messages.success(request, gettext("Reviewed."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@require_POST
def review_end(request: HttpRequest, page_id: int) -> HttpResponse:
    """Let nobody be reminded of the page any more."""
    page = page_to_review(request, page_id)
    end_review(page, user=request.user)
    messages.success(request, gettext("Nobody is reminded of this page any more."))
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[page.pk]))


class KeeperFilters(TypedPageFilters):
    due = choice(
        pgettext_lazy("of a review", "Due"),
        [("now", pgettext_lazy("of a review", "Now")), ("later", pgettext_lazy("of a review", "Later"))],
        "filter_due",
    )
    page_owner = choice(_("Looked after by"), [("me", _("Me")), ("nobody", _("Nobody"))], "filter_page_owner")

    class Meta(TypedPageFilters.Meta):
        pass

    def filter_due(self, pages: Any, name: str, value: str) -> Any:
        today = timezone.localdate()
        due = {"newsroom_review__due_on__lte": today} if value == "now" else {"newsroom_review__due_on__gt": today}
        return pages.filter(**due)

    def filter_page_owner(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(newsroom_review__page_owner=self.request.user if value == "me" else None)


class ReviewColumn(BaseColumn):
    """Button for the form on the page's review, and one to say that it is done."""

    cell_template_name = "newsroom_admin/lists/reviews/cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        review = getattr(instance, "newsroom_review", None)
        return {
            **context,
            "review": review,
            "may_edit": instance.permissions_for_user(context["request"].user).can_edit(),
            "next": context["request"].path.replace("/results/", "/"),
        }


def page_owner_name(page: Any) -> str:
    """Who looks after the page."""
    review = getattr(page, "newsroom_review", None)
    return get_user_display_name(review.page_owner) if review and review.page_owner else ""


PAGE_OWNER = Column(
    "page_owner",
    label=_("Looked after by"),
    accessor=page_owner_name,
    sort_key="newsroom_review__page_owner__last_name",
)
LAST_PUBLISHED = DateColumn("last_published_at", label=_("Last published"), sort_key="last_published_at")


class ReviewsIndexView(NewsroomIndexView):
    page_title = _("Pages to review")
    related = ("owner", "newsroom_review__page_owner")
    default_ordering = "newsroom_review__due_on"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(newsroom_review__isnull=False)


class ReviewsListing(PageListOnly):
    """Pages that somebody looks after, the most overdue first."""

    index_view_class = ReviewsIndexView
    menu_label = _("Pages to review")
    icon = "rotate"
    menu_hook = SUBMENU_HOOK
    menu_order = REVIEWS
    filterset_class = KeeperFilters
    list_export = ["title", "newsroom_review.due_on", "newsroom_review.page_owner", "last_published_at", "full_url"]
    export_headings = {
        "newsroom_review.due_on": _("Next review"),
        "newsroom_review.page_owner": _("Looked after by"),
        "last_published_at": _("Last published"),
        "full_url": _("Address"),
    }
    ordering = "newsroom_review__due_on"
    columns = [
        *BEFORE,
        TYPE,
        DayColumn(
            "due_on", label=_("Next review"), accessor="newsroom_review.due_on", sort_key="newsroom_review__due_on"
        ),
        PAGE_OWNER,
        LAST_PUBLISHED,
        AFTER[-1],
        ReviewColumn("review", label=_("Review")),
    ]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("pages/<int:page_id>/", ReviewView.as_view(), name="set"),
            path("pages/<int:page_id>/done/", review_done, name="done"),
            path("pages/<int:page_id>/end/", review_end, name="end"),
        ]


class StaleIndexView(NewsroomIndexView):
    page_title = _("Stale pages")
    related = ("owner", "newsroom_review__page_owner")
    default_ordering = "last_published_at"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().filter(is_stale())


class StaleListing(PageListOnly):
    """Public pages that nobody has published anew for long, the oldest first."""

    index_view_class = StaleIndexView
    menu_label = _("Stale pages")
    icon = "history"
    menu_hook = SUBMENU_HOOK
    menu_order = STALE
    filterset_class = TypedPageFilters
    list_export = ["title", "page_type_display_name", "owner", "last_published_at", "full_url"]
    export_headings = {
        "page_type_display_name": _("Kind"),
        "last_published_at": _("Last published"),
        "full_url": _("Address"),
    }
    ordering = "last_published_at"
    columns = [
        *BEFORE,
        TYPE,
        Column("owner", label=_("Created by"), accessor=owner_name, sort_key="owner__last_name"),
        PAGE_OWNER,
        LAST_PUBLISHED,
        PageStatusColumn("status", label=pgettext_lazy("of a page", "State"), sort_key="live"),
        ReviewColumn("review", label=_("Review")),
    ]


def review_button(page: Page, user: Any, next_url: str | None) -> list[Button]:
    """The button among a page's actions: when it is looked at next, or that nobody does."""
    if page.is_root() or not page.permissions_for_user(user).can_edit():
        return []
    review = PageReview.objects.filter(page=page.pk).first()
    label = gettext("Review: %(day)s") % {"day": dates.plain_date(review.due_on)} if review else gettext("Review…")
    url = reverse("newsroom_reviews:set", args=[page.pk])
    return [Button(label, url=url, icon_name="rotate", priority=60)]


def register_review_actions(actions: Any) -> None:
    """Names of what happened, for a page's history."""
    actions.register_action(SET, _("Set review"), _("The next review was set or taken away"))
    actions.register_action(DONE, _("Review"), _("The page was reviewed"))
