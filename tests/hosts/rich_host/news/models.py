"""The agency's pages. Their names are those of the newsroom's, as they are on many sites."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page


class HomePage(Page):
    content_panels = Page.content_panels


class NewsIndexPage(Page):
    subpage_types = ["news.NewsPage", "news.EventPage"]


class NewsPage(Page):
    text = RichTextField(blank=True)
    picture = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    paper = models.ForeignKey(
        get_document_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [*Page.content_panels, FieldPanel("text"), FieldPanel("picture"), FieldPanel("paper")]


class EventPage(Page):
    place = models.CharField(max_length=200, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("place")]


class GalleryPage(Page):
    picture = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [*Page.content_panels, FieldPanel("picture")]


@register_setting
class AgencySettings(BaseSiteSetting):
    logo = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
