"""Requests for accessible versions on the desk of those who answer them, the most urgent first."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext

from wagtail_newsroom.news.admin.desk.lines import Line, QueryPanel, day_name
from wagtail_newsroom.news.admin.desk.queries import FirstRows, first_rows
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.publishing.access_requests.flood import flood
from wagtail_newsroom.news.publishing.access_requests.handling import may_answer


def flood_words() -> str:
    """That a flood of requests goes on, and how much of it is alike; empty on an ordinary day."""
    found = flood()
    if found is None:
        return ""
    words = gettext("A flood of requests goes on: %(number)d within a day, %(alike)d of them say the same.")
    return words % {"number": found.number, "alike": found.alike}


class RequestsPanel(QueryPanel):
    name, icon = "requests", "mail"

    def heading(self) -> str:
        return pgettext("on the desk", "Requests for an accessible version")

    def hint(self) -> str:
        # A flood leaves that many open: an ordinary desk asks nothing.
        if self.found.total >= setting("ACCESS_REQUESTS_PER_DAY") and (words := flood_words()):
            return words
        if not self.overdue:
            return gettext("Answer within 7 days, or tell the person why it takes longer.")
        return ngettext("%(count)s is overdue.", "%(count)s are overdue.", self.overdue) % {"count": self.overdue}

    @cached_property
    def overdue(self) -> int:
        """How many are overdue, all of them counted."""
        late = sum(row.days_left < 0 for row in self.found.rows)
        # The most urgent come first: only where all lines are late can there be more.
        return AccessRequest.objects.overdue().count() if late == len(self.found.rows) < self.found.total else late

    def find(self) -> FirstRows:
        if not may_answer(self.user):
            return FirstRows()
        return first_rows(AccessRequest.objects.open().with_deadline().order_by("deadline", "pk"))

    def line(self, row: AccessRequest) -> Line:
        late = row.days_left < 0
        when = gettext("overdue since %(when)s") if late else gettext("due %(when)s")
        return Line(
            title=str(row),
            url=reverse("newsroom_requests_modeladmin_inspect", args=[row.pk]),
            when=when % {"when": day_name(row.last_day)},
            notes=[str(row.get_kind_display()), str(row.get_wished_form_display())],
            tone="alarm" if late else "",
        )

    def all_url(self) -> str:
        return f"{reverse('newsroom_requests_modeladmin_index')}?state=open"
