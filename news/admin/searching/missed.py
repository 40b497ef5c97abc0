"""The register of what visitors searched for and did not find, with the way to recommend something for it."""

from typing import Any

from django.apps import apps
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_newsroom.news.admin.menu.places import MISSED, SUBMENU_HOOK
from wagtail_newsroom.news.delivery.counting import flush
from wagtail_newsroom.news.finding.promotions import PROMOTIONS
from wagtail_newsroom.news.models import MissedSearch
from wagtail_newsroom.news.publishing.missed_searches import shown_searches

MAY_RECOMMEND = "wagtailsearchpromotions.add_searchpromotion"


def last_day(search: Any) -> str:
    """The last day on which the words were missed."""
    return date_format(search.last, "SHORT_DATE_FORMAT")


class MissedSearches(generic.IndexView):
    """Words that were missed on three different days, the most frequent first; a click on one recommends something."""

    page_title = _("Searched and not found")
    default_ordering = "-searches"
    results_template_name = "newsroom_admin/searching/missed_results.html"
    is_searchable = False

    @cached_property
    def may_recommend(self) -> bool:
        """Whether the person may recommend results, and the project has Wagtail's app for it."""
        return apps.is_installed(PROMOTIONS) and self.request.user.has_perm(MAY_RECOMMEND)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)(
                "text", label=_("Words"), sort_key="text", get_url=self.url_to_recommend
            ),
            Column("language", label=_("Language"), sort_key="language"),
            NumberColumn("searches", label=_("Searches"), sort_key="searches"),
            NumberColumn("days", label=_("Days"), sort_key="days"),
            Column(last_day, label=_("Last time"), sort_key="last"),
        ]

    def get_base_queryset(self) -> Any:
        flush()
        return shown_searches()

    def url_to_recommend(self, search: MissedSearch) -> str | None:
        """Where something is recommended for these words."""
        return reverse("newsroom_missed_searches:recommend", args=[search.pk]) if self.may_recommend else None

    def get_add_url(self) -> None:
        """Visitors make the rows."""

    def get_edit_url(self, instance: MissedSearch) -> str | None:
        return self.url_to_recommend(instance)

    def get_list_more_buttons(self, instance: MissedSearch) -> list[MenuItem]:
        recommend, forget = self.url_to_recommend(instance), self.get_delete_url(instance)
        buttons = [MenuItem(_("Recommend a result"), url=recommend, icon_name="pick", priority=10)] if recommend else []
        return [*buttons, *([MenuItem(_("Forget"), url=forget, icon_name="bin", priority=30)] if forget else [])]


class ForgetMissedSearch(generic.DeleteView):
    """The words were seen to, or mean nothing."""

    page_title = _("Forget")
    confirmation_message = _("The words go from this list. They come back when visitors miss them on three days again.")

    def get_usage_url(self) -> None:
        """Nothing refers to such words."""


class MissedSearchViewSet(ModelViewSet):
    """For those who publish."""

    model = MissedSearch
    name = "newsroom_missed_searches"
    icon = "search"
    menu_label = _("Searched and not found")
    menu_hook = SUBMENU_HOOK
    menu_order = MISSED
    form_fields = ["text"]
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = MissedSearches
    delete_view_class = ForgetMissedSearch

    def register_admin_url_finder(self) -> None:
        """A row has no page of its own."""

    def get_urlpatterns(self) -> list[Any]:
        patterns = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("forget/<int:pk>/", self.delete_view, name="delete"),
        ]
        if apps.is_installed(PROMOTIONS):
            from wagtail_newsroom.news.admin.searching.recommending import Recommend

            patterns.append(path("recommend/<int:pk>/", Recommend.as_view(), name="recommend"))
        return patterns
