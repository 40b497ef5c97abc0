"""“Create from this”: forms that make drafts of an event, a series of them, a report, or another news item."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from wagtail_newsroom.news.admin.dates import TypedDateInput
from wagtail_newsroom.news.admin.page_actions.change_forms import EARLIEST, LATEST, validate_near
from wagtail_newsroom.news.admin.page_actions.page_views import PageFormView
from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.publishing.copying.copies import (
    MOST_PAGES,
    copy_news,
    create_series,
    may_create_from,
    series_errors,
    translations_to_copy,
)
from wagtail_newsroom.news.publishing.copying.reports import create_report, list_for_report, report_title
from wagtail_newsroom.news.switches import REGISTRATION, is_on
from wagtail_newsroom.news.validators import validate_single_line
from wagtail_newsroom.news.wording import dates

LINE = re.compile(r"^(?P<day>\S+?)[.,;:]?(?:\s+[-–—]?\s*(?P<title>.*))?$")
POLISH_DAY = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")

EVERY = {
    "day": _("every day"),
    "week": _("every week"),
    "fortnight": _("every two weeks"),
    "month": _("every month"),
}


def read_day(text: str) -> dt.date | None:
    """“12.03.2027” or “2027-03-12”; ``None`` for what is no day, or no day of our time."""
    try:
        if found := POLISH_DAY.match(text):
            day, month, year = map(int, found.groups())
            read = dt.date(year, month, day)
        else:
            read = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return read if EARLIEST <= read <= LATEST else None


def read_lines(text: str) -> tuple[list[tuple[int, dt.date, str]], list[str]]:
    """Dates with titles, one a line: ``(number of the line, day, title)``, and what could not be read."""
    rows, unread = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = LINE.match(line.strip())
        day = read_day(found["day"]) if found else None
        if day is None or found is None:
            unread.append(
                gettext(
                    "Line %(number)s, “%(line)s”: no date at its beginning. Write it as 12.03.2027, then the title."
                )
                % {"number": number, "line": line.strip()[:80]}
            )
            continue
        rows.append((number, day, (found["title"] or "").strip()))
    return rows, unread


def repeated(first: dt.date, every: str, count: int) -> Iterator[dt.date]:
    """``count`` days from ``first`` on; a month without that day gives its last one."""
    for number in range(count):
        if every == "month":
            month = first.month - 1 + number
            year, month = first.year + month // 12, month % 12 + 1
            yield dt.date(year, month, min(first.day, calendar.monthrange(year, month)[1]))
        else:
            yield first + number * dt.timedelta(days={"day": 1, "week": 7, "fortnight": 14}[every])


class CreateEventsForm(forms.Form):
    """Either a first day, perhaps repeated, or a list of days with titles."""

    first_day = forms.DateField(
        label=_("First day"), required=False, widget=TypedDateInput(), validators=[validate_near]
    )
    title = forms.CharField(
        label=_("Title"), max_length=255, required=False, validators=[validate_single_line],
        help_text=_("Empty: as it is called now."),
    )  # fmt: skip
    count = forms.IntegerField(
        label=_("How many"),
        initial=1,
        min_value=1,
        max_value=MOST_PAGES,
        required=False,
        help_text=_("Each becomes a page of its own."),
    )
    every = forms.ChoiceField(label=_("How often"), choices=list(EVERY.items()), initial="week", required=False)
    lines = forms.CharField(
        label=_("Or: dates with titles"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, for example: 12.03.2027 District meeting in Zalesie."),
    )
    keep_hours = forms.BooleanField(label=_("Keep the hours"), required=False, initial=True)
    keep_registration_link = forms.BooleanField(
        label=_("Keep the address of the registration form"),
        required=False,
        help_text=_("Only where all of them use one form."),
    )
    with_translations = forms.BooleanField(label=_("Create the translations too"), required=False)

    def __init__(self, *args: Any, page: Any, translations: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.numbers: list[int] = []
        if not translations:
            del self.fields["with_translations"]
        if not page.registration_link or not is_on(REGISTRATION):
            del self.fields["keep_registration_link"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        first, text = cleaned.get("first_day"), cleaned.get("lines", "").strip()
        if bool(first) == bool(text):
            message = (
                _("There is a first day and a list. Keep one of the two.")
                if first
                else _("Give a first day, or a list of dates below.")
            )
            self.add_error("first_day", message)
            return cleaned
        if first:
            days = list(repeated(first, cleaned.get("every") or "week", cleaned.get("count") or 1))
            rows = [(number, day, cleaned.get("title", "")) for number, day in enumerate(days, start=1)]
            field = "first_day"
        else:
            rows, unread = read_lines(text)
            field = "lines"
            for unreadable in unread:
                self.add_error(field, unreadable)
        if len(rows) > MOST_PAGES:
            too_many = _("At most %(most)s pages can be created at once. Create them in parts.")
            self.add_error(field, ValidationError(too_many, params={"most": MOST_PAGES}))
            return cleaned
        self._check_rows(rows, field)
        cleaned["rows"] = [(day, title) for _number, day, title in rows]
        return cleaned

    def _check_rows(self, rows: list[tuple[int, dt.date, str]], field: str) -> None:
        """Say of each line what is wrong with it."""
        too_long = {
            n: _("The title is too long. Keep it under 255 characters.") for n, r in enumerate(rows) if len(r[2]) > 255
        }
        found: dict[int, Any] = series_errors(self.page, [(day, title) for _number, day, title in rows])
        for index, error in {**{n: ValidationError(text) for n, text in too_long.items()}, **found}.items():
            number, day, _title = rows[index]
            for message in error.messages:
                where = (
                    gettext("Line %(number)s (%(day)s): %(message)s")
                    if field == "lines"
                    else gettext("%(day)s: %(message)s")
                )
                self.add_error(field, where % {"number": number, "day": dates.plain_date(day), "message": message})

    @property
    def options(self) -> dict[str, bool]:
        """What :func:`create_series` is told beside the dates."""
        return {
            "keep_hours": self.cleaned_data["keep_hours"],
            "keep_registration_link": self.cleaned_data.get("keep_registration_link", False),
            "with_translations": self.cleaned_data.get("with_translations", False),
        }


class TitleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=255, validators=[validate_single_line])


class CreateFromView(PageFormView):
    """Drafts made of an event or a news item."""

    page_title = _("Create from this")
    header_icon = "copy"

    def check_page(self) -> None:
        if not isinstance(self.page, EventPage | NewsPage):
            raise Http404
        if not may_create_from(self.page, self.user):
            raise PermissionDenied
        self.intro = (
            _("A new draft beside this event: its programme, people and files, with new dates and nothing of its past.")
            if isinstance(self.page, EventPage)
            else _("A new draft beside this one, dated today, without its corrections and notes.")
        )

    def get_form_class(self) -> Any:
        return CreateEventsForm if isinstance(self.page, EventPage) else TitleForm

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.page.title} if isinstance(self.page, NewsPage) else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if isinstance(self.page, EventPage):
            kwargs |= {"page": self.page, "translations": translations_to_copy(self.page, self.user)}
        return kwargs

    def what_happens(self, form: Any) -> dict[str, Any]:
        if not isinstance(self.page, EventPage):
            return {}
        length = self.page.end_date - self.page.start_date if self.page.end_date and self.page.start_date else None
        rows = [
            {"title": title or self.page.title, "when": dates.plain_dates(day, day + length if length else None)}
            for day, title in form.cleaned_data["rows"]
        ]
        return {"planned": rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "previews": isinstance(self.page, EventPage)}

    def action(self, form: Any) -> HttpResponse:
        if isinstance(self.page, NewsPage):
            made: list[Any] = [copy_news(self.page, self.user, title=form.cleaned_data["title"])]
        else:
            rows = form.cleaned_data["rows"]
            made = list(
                create_series(
                    self.page, self.user, [day for day, _ in rows], [title for _, title in rows], **form.options
                )
            )
        return created(self.request, made)


class ReportView(PageFormView):
    """The draft of a report on an event."""

    page_title = _("Create a report")
    header_icon = "doc-full"
    form_class = TitleForm
    intro = _("A draft among the news that belongs to this event, with its topics and projects.")

    def check_page(self) -> None:
        if not isinstance(self.page, EventPage):
            raise Http404
        if not may_create_from(self.page, self.user):
            raise PermissionDenied
        if not list_for_report(self.page).permissions_for_user(self.user).can_add_subpage():
            raise PermissionDenied

    def get_initial(self) -> dict[str, Any]:
        return {"title": report_title(self.page)}

    def action(self, form: Any) -> HttpResponse:
        return created(self.request, [create_report(self.page, self.user, title=form.cleaned_data["title"])])


def created(request: HttpRequest, pages: list[Any]) -> HttpResponse:
    """Lead to the draft, or to the list of all drafts that were created."""
    count = len(pages)
    messages.success(
        request, ngettext("%(count)s draft was created.", "%(count)s drafts were created.", count) % {"count": count}
    )
    if count == 1:
        return redirect("wagtailadmin_pages:edit", pages[0].pk)
    return redirect(f"{reverse('newsroom_created')}?{urlencode({'id': [page.pk for page in pages]}, doseq=True)}")


class CreatedView(WagtailAdminTemplateMixin, TemplateView):
    """The drafts that a series became, each with its link."""

    page_title = _("Created drafts")
    header_icon = "copy"
    template_name = "newsroom_admin/page_actions/created.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ids = [pk for pk in self.request.GET.getlist("id")[: MOST_PAGES * 4] if pk.isdecimal() and len(pk) < 19]
        user: Any = self.request.user
        pages = Page.objects.filter(pk__in=ids).order_by("path").defer_streamfields().specific()
        mine = [page for page in pages if page.permissions_for_user(user).can_edit()]
        return {**super().get_context_data(**kwargs), "drafts": mine}
