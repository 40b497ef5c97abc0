"""Consultations in the admin: their list, the register of answers, an item of the menu, a panel of the desk."""

from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdmin

from tests.third_party.models import Answer, ConsultationPage
from wagtail_newsroom.news.admin.desk.lines import Line, QueryPanel, edit_url, listing_url, title_of
from wagtail_newsroom.news.admin.desk.queries import FirstRows, editable, first_rows
from wagtail_newsroom.news.admin.lists.page_filters import PageFilters, date_range
from wagtail_newsroom.news.admin.lists.pages import AFTER, BEFORE, DayColumn, NewsroomListing
from wagtail_newsroom.news.admin.lists.registers import GuardedHistoryView
from wagtail_newsroom.news.admin.menu.places import REGISTERS


class ConsultationFilters(PageFilters):
    closes_on = date_range("Open until")

    class Meta(PageFilters.Meta):
        model = ConsultationPage


class ConsultationListing(NewsroomListing):
    model = ConsultationPage
    menu_label = "Consultations"
    new_label = "New consultation"
    icon = "comment"
    filterset_class = ConsultationFilters
    list_export = ["title", "question", "closes_on", "status_string", "full_url"]
    columns = [*BEFORE, DayColumn("closes_on", label="Open until", sort_key="closes_on"), *AFTER]


class AnswerAdmin(ModelAdmin):
    model = Answer
    base_url_path = "consultations_answers"
    menu_label = "Answers"
    menu_icon = "comment"
    menu_order = REGISTERS + 1
    list_display = ["__str__", "page"]
    list_select_related = ["page"]
    history_view_class = GuardedHistoryView  # modeladmin's own asks nobody for a right


def guide() -> MenuItem:
    """Where the office reads how to consult."""
    return MenuItem("How to consult", "https://example.org/consulting/", icon_name="help", order=90)


class OpenPanel(QueryPanel):
    """Consultations that are open, for those who may change them."""

    name, icon = "consultations", "comment"

    def heading(self) -> str:
        return "Open consultations"

    def find(self) -> FirstRows:
        mine = ConsultationPage.objects.filter(live=True, closed=False, pk__in=editable(self.user).values("pk"))
        return first_rows(mine.order_by("closes_on", "pk"))

    def line(self, row: ConsultationPage) -> Line:
        return Line(title=title_of(row), url=edit_url(row.pk))

    def all_url(self) -> str:
        return listing_url("consultations")
