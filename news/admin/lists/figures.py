"""Figures: how often the public read pages and downloaded their files in a period, by page and by project."""

import datetime as dt
from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.admin.lists.page_filters import ANY, TypedPageFilters, date_range
from wagtail_newsroom.news.admin.lists.pages import BEFORE, TYPE, NewsroomIndexView, PageListOnly
from wagtail_newsroom.news.admin.menu.places import FIGURES, SUBMENU_HOOK
from wagtail_newsroom.news.delivery.counting import flush
from wagtail_newsroom.news.listings.figures import project_figures, projects_once, with_figures
from wagtail_newsroom.news.models import NewsroomPage

VIEWS = NumberColumn("views", label=_("Views"), sort_key="views")
DOWNLOADS = NumberColumn("downloads", label=_("Downloads"), sort_key="downloads")
HEADINGS = {"views": _("Views"), "downloads": _("Downloads")}


class FigureFilters(TypedPageFilters):
    """Which pages are counted, and from which day to which."""

    period = date_range(pgettext_lazy("of figures", "Period"), method="leave")

    class Meta(TypedPageFilters.Meta):
        pass

    def leave(self, pages: Any, name: str, value: Any) -> Any:
        """The period narrows what is counted, not what is listed: a page that nobody read is told as well."""
        return pages

    @property
    def days(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day that are counted; ``None``: without end."""
        period = self.form.cleaned_data.get("period") if self.is_valid() else None
        first, last = (getattr(period, name, None) for name in ("start", "stop"))
        return first and timezone.localtime(first).date(), last and timezone.localtime(last).date()


class PageFigureFilters(FigureFilters):
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=lambda request: projects_once(), method="filter_project", empty_label=ANY
    )

    class Meta(FigureFilters.Meta):
        pass

    def filter_project(self, pages: Any, name: str, value: Any) -> Any:
        """Items of the project, in all languages."""
        has_it = NewsroomPage.projects.through.objects.filter(project__translation_key=value.translation_key)
        return pages.filter(pk__in=has_it.values("newsroompage"))


class FreshFiguresMixin:
    """A view of figures: what this process counted last is in them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        flush()
        return super().get(request, *args, **kwargs)  # type: ignore[misc]  # the view's


class FiguresIndexView(FreshFiguresMixin, NewsroomIndexView):
    page_title = _("Figures")
    default_ordering = "-views"

    def annotate_queryset(self, pages: Any) -> Any:
        return with_figures(super().annotate_queryset(pages), *self.filters.days)

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("newsroom_figures:projects")
        return [*super().header_buttons, HeaderButton(_("Projects"), url=url, icon_name="folder-open-inverse")]


class ProjectFiguresView(FreshFiguresMixin, ReportView):
    """Projects with the sums of their items: of those that the person may see in the admin, and that the filters leave."""

    page_title = _("Figures by project")
    header_icon = "order"
    index_url_name = "newsroom_figures:projects"
    index_results_url_name = "newsroom_figures:project_results"
    filterset_class = FigureFilters
    any_permission_required = FiguresIndexView.any_permission_required
    default_ordering = "-views"
    is_searchable = False
    columns = [
        TitleColumn("name", label=_("Project"), sort_key="name", get_url=lambda project: items_url(project)),
        NumberColumn("items", label=_("Pages"), sort_key="items"),
        VIEWS,
        DOWNLOADS,
    ]
    list_export = ["name", "number", "items", "views", "downloads"]
    export_headings = {"name": _("Project"), "items": _("Pages"), **HEADINGS}
    export_filename = "figures-by-project"

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Page)

    def get_filtered_queryset(self) -> Any:
        pages = self.permission_policy.explorable_instances(self.request.user)
        pages = self.filter_queryset(Page.objects.filter(pk__in=pages.order_by().values("pk")))
        return self.order_queryset(project_figures(pages, *self.filters.days))

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("newsroom_figures:index")
        return [HeaderButton(_("Pages"), url=url, icon_name="doc-full")]


def items_url(project: Any) -> str:
    """The figures of each of the project's items."""
    return f"{reverse('newsroom_figures:index')}?{urlencode({'project': project.pk})}"


class FiguresListing(PageListOnly):
    """Pages, those that were read most first."""

    index_view_class = FiguresIndexView
    menu_label = _("Figures")
    icon = "order"
    menu_hook = SUBMENU_HOOK
    menu_order = FIGURES
    filterset_class = PageFigureFilters
    list_export = ["title", "page_type_display_name", "views", "downloads", "full_url"]
    export_headings = {"page_type_display_name": _("Kind"), "full_url": _("Address"), **HEADINGS}
    export_filename = "figures"
    ordering = "-views"
    columns = [*BEFORE[1:], VIEWS, DOWNLOADS, TYPE]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("projects/", ProjectFiguresView.as_view(), name="projects"),
            path("projects/results/", ProjectFiguresView.as_view(results_only=True), name="project_results"),
        ]
