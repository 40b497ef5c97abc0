"""Pages of the reference site that are no news: home, standard pages, contact, search."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from wagtail_newsroom.galleries.listings.galleries import first_photos, latest_gallery
from wagtail_newsroom.galleries.models import GalleryIndexPage
from wagtail_newsroom.news.blocks import StoryField
from wagtail_newsroom.news.listings.filters import site_of
from wagtail_newsroom.news.listings.front import front_items
from wagtail_newsroom.news.models import EventIndexPage, NewsIndexPage, SearchPageMixin
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.site_tree import child_of_type

LATEST_ITEMS = 5
UPCOMING_EVENTS = 4
GALLERY_PHOTOS = 8


class HomePage(ManagedPageMixin, Page):
    """The front door: one featured item, what comes, what is new, the latest gallery."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    featured = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("featured page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the latest news item."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        PageChooserPanel("featured", ["newsroom.NewsPage", "newsroom.EventPage"]),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    api_fields = [ListedField("lead")]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **self.front(request)}

    def front(self, request: HttpRequest) -> dict[str, Any]:
        """Context of the home page: ``featured``, ``latest``, ``upcoming``, ``gallery`` and the lists they come from."""
        site = site_of(request)
        items = front_items(
            self,
            site,
            chosen=self.featured_id,
            newest_count=LATEST_ITEMS + UPCOMING_EVENTS + 1,
            coming_count=UPCOMING_EVENTS,
        )
        stories = [item for item in items.newest if not item.is_event]
        featured = items.chosen or next(iter(stories or items.newest), None)
        shown = {item.pk for item in [*items.upcoming, *([featured] if featured else [])]}
        gallery = latest_gallery(self, site)
        return {
            "featured": featured,
            "latest": [item for item in items.newest if item.pk not in shown][:LATEST_ITEMS],
            "upcoming": items.upcoming,
            "gallery": gallery,
            "gallery_photos": first_photos(gallery, GALLERY_PHOTOS) if gallery else [],
            "news_index": child_of_type(self, NewsIndexPage, site),
            "event_index": child_of_type(self, EventIndexPage, site),
            "gallery_index": child_of_type(self, GalleryIndexPage, site),
        }


class StandardPage(ManagedPageMixin, Page):
    """A page that stays: about us, privacy."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    body = StoryField(verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    api_fields = [ListedField("lead"), APIField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class ContactPage(ManagedPageMixin, Page):
    """How to reach the organisation; address and hours come from the site texts."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    body = StoryField(verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    api_fields = [ListedField("lead"), APIField("body")]
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/contact_page.html"

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class SearchPage(SearchPageMixin, Page):
    """Where visitors search the site."""

    parent_page_types = ["home.HomePage"]

    class Meta:
        verbose_name = _("search page")
        verbose_name_plural = _("search pages")
