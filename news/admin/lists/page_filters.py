"""How an editor narrows a list of pages: by state, kind, topic, date, language and page owner.

Every filter is a condition on rows, never a join, so that no page stands in a list twice.

Public: other apps may import from here.
"""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, MultipleContentTypeFilter, WagtailFilterSet
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, get_page_content_types

from wagtail_newsroom.news.admin.lists.conditions import PageState, in_state, in_time, is_mine, registration_is
from wagtail_newsroom.news.enums import EventKind, EventStatus, NewsKind, RegistrationKind
from wagtail_newsroom.news.models import EventPage, NewsPage, Project, Topic
from wagtail_newsroom.news.switches import REGISTRATION, is_on

ANY = pgettext_lazy("filter of a list", "All")


def choice(label: Any, choices: Any, method: str) -> django_filters.ChoiceFilter:
    """A filter with one answer, shown as radio buttons, that calls ``method`` of its filter set."""
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, empty_label=ANY, widget=forms.RadioSelect
    )


def date_range(label: Any, **options: Any) -> django_filters.DateFromToRangeFilter:
    """A filter from a day to a day, both inclusive."""
    return django_filters.DateFromToRangeFilter(label=label, widget=DateRangePickerWidget, **options)


def _once_for_all_languages(model: type[models.Model]) -> Any:
    """Rows of a translatable list in the site's first language: one translation stands for all."""
    code = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    return lambda request: model._default_manager.filter(locale__language_code=code)


class PageFilters(WagtailFilterSet):
    """What every list of pages offers; the language is added by Wagtail where there are several."""

    state = choice(pgettext_lazy("of a page", "State"), PageState.choices, "filter_state")
    whose = choice(_("Whose"), [("mine", _("Mine"))], "filter_whose")

    class Meta:
        model = Page
        fields: list[str] = []

    def filter_state(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(in_state(value))

    def filter_whose(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(is_mine(self.request.user))


class TypedPageFilters(PageFilters):
    """For lists of pages of all kinds."""

    content_type = MultipleContentTypeFilter(
        label=_("Kind"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(PageFilters.Meta):
        pass


class TopicFilters(PageFilters):
    """For news and events."""

    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"), queryset=_once_for_all_languages(Topic), method="filter_translations", empty_label=ANY
    )
    project = django_filters.ModelChoiceFilter(
        label=_("Project"), queryset=_once_for_all_languages(Project), method="filter_translations", empty_label=ANY
    )

    class Meta(PageFilters.Meta):
        pass

    def filter_translations(self, pages: Any, name: str, value: Any) -> Any:
        """Pages with the topic or the project, whatever their language."""
        through = getattr(pages.model, f"{name}s").through
        has_it = through.objects.filter(
            newsroompage=OuterRef("pk"), **{f"{name}__translation_key": value.translation_key}
        )
        return pages.filter(Exists(has_it))


class NewsFilters(TopicFilters):
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=NewsKind.choices, empty_label=ANY, widget=forms.RadioSelect
    )
    date = date_range(_("Publication date"))

    class Meta(PageFilters.Meta):
        model = NewsPage


class EventFilters(TopicFilters):
    when = choice(
        _("When"),
        [
            ("ahead", pgettext_lazy("events", "Upcoming")),
            ("today", pgettext_lazy("events", "Today")),
            ("past", pgettext_lazy("events", "Past")),
            ("owing", _("Past, and owe a report")),
        ],
        "filter_when",
    )
    start_date = date_range(_("First day"))
    registration_is = choice(
        _("Registration"),
        [
            ("open", pgettext_lazy("registration", "Open")),
            ("closing", _("Closes today")),
            ("closed", pgettext_lazy("registration", "Closed")),
            ("none", RegistrationKind.NONE.label),
        ],
        "filter_registration",
    )
    status = django_filters.ChoiceFilter(
        label=_("Goes ahead?"), choices=EventStatus.choices, empty_label=ANY, widget=forms.RadioSelect
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=EventKind.choices, empty_label=ANY, widget=forms.RadioSelect
    )

    class Meta(PageFilters.Meta):
        model = EventPage

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_on(REGISTRATION):
            del self.filters["registration_is"]

    def filter_when(self, events: Any, name: str, value: str) -> Any:
        return events.filter(in_time(value, timezone.now()))

    def filter_registration(self, events: Any, name: str, value: str) -> Any:
        return events.filter(registration_is(value, timezone.now()))
