"""News items and their list."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.api import APIField
from wagtail.search import index

from wagtail_newsroom.news.blocks import StoryField
from wagtail_newsroom.news.enums import NewsKind, label_of
from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.models.events.events import EventPage
from wagtail_newsroom.news.models.pages.localised import localised_pages
from wagtail_newsroom.news.models.pages.pages import ListPage
from wagtail_newsroom.news.models.pages.shared import NewsroomPage
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.serializers import PublicPagesField
from wagtail_newsroom.news.tabs import Tab, Tabs
from wagtail_newsroom.news.wording import dates


class NewsIndexPage(ListPage):
    """The list of news. Events that are announced stand among them."""

    subpage_types = ["newsroom.NewsPage"]
    template = "newsroom/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(NewsroomPage):
    """A news item, a report, a recruitment or a notice."""

    kind = models.CharField(_("kind"), max_length=20, choices=NewsKind.choices, default=NewsKind.NEWS)
    body = StoryField(verbose_name=_("text"), blank=True)
    about_event = models.ForeignKey(
        "newsroom.EventPage",
        verbose_name=_("about the event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
        help_text=_("A report belongs to its event: each page then links to the other."),
    )
    happened_on = models.DateField(
        _("happened on"), null=True, blank=True, help_text=_("Only where no event is chosen.")
    )
    place = LineField(_("place"), max_length=200, blank=True)

    content_panels = [
        *NewsroomPage.what_panels,
        FieldPanel("kind"),
        FieldPanel("body"),
        NewsroomPage.picture_panel,
    ]
    context_panels = [
        NewsroomPage.filing_panel,
        MultiFieldPanel(
            [
                PageChooserPanel("about_event", "newsroom.EventPage"),
                FieldRowPanel([FieldPanel("happened_on"), FieldPanel("place")]),
            ],
            heading=_("What it is about"),
        ),
    ]
    edit_handler = Tabs(
        Tab(_("What"), "content_panels"),
        Tab(_("Date and context"), "context_panels"),
        Tab(_("Attachments"), "attachment_panels"),
        Tab(_("Contact"), "contact_panels"),
        Tab(_("Updates"), "update_panels"),
        Tab(_("Address"), "promote_panels", "settings_panels"),
    )
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("kind"),
    ]
    api_fields = [
        *NewsroomPage.api_fields,
        ListedField("kind"),
        APIField("body"),
        APIField("about_event", serializer=PublicPagesField(source="shown_events")),
        ListedField("happened_on"),
        ListedField("place"),
    ]
    parent_page_types = ["newsroom.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom/news_page.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def kicker(self) -> str:
        """What kind of item it is and since when: “Relacja · 8 grudnia 2026”."""
        return f"{label_of(NewsKind, self.kind)} · {dates.plain_date(self.date)}"

    @property
    def shown_event(self) -> Any:
        """The event this item is about, where the public may see it; else ``None``."""
        return next(iter(self.shown_events), None)

    @cached_property
    def shown_events(self) -> list[Any]:
        """The event this item is about as a list of one; empty where there is none or it is not public."""
        if self.about_event_id is None:
            return []
        return localised_pages(EventPage.objects.filter(pk=self.about_event_id), self.locale_id, self.get_site())

    @property
    def happened_text(self) -> str:
        """When and where it happened, where no event says so."""
        parts = [dates.plain_date(self.happened_on) if self.happened_on else "", self.place]
        return ", ".join(part for part in parts if part)

    def same_event_condition(self) -> Q:
        if self.about_event is None:
            return super().same_event_condition()
        event = self.about_event.translation_key
        return Q(translation_key=event) | Q(newspage__about_event__translation_key=event)
