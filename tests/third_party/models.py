"""A consultation, the list of them, and what was answered."""

from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.search import index

from wagtail_newsroom.news.blocks import StoryField
from wagtail_newsroom.news.models import ListPage, NewsroomPage, PageFilesMixin
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.tabs import Tab, Tabs


class ConsultationIndexPage(ListPage):
    """The list of consultations."""

    subpage_types = ["consultations.ConsultationPage"]
    template = "consultations/consultation_index_page.html"


class ConsultationPage(PageFilesMixin, NewsroomPage):
    """A question to the public, open until a day."""

    question = models.CharField("question", max_length=300, blank=True)
    body = StoryField(verbose_name="text", blank=True)
    closes_on = models.DateField("open until", null=True, blank=True)
    closed = models.BooleanField("closed", default=False)
    about = models.ForeignKey(
        "wagtailcore.Page", verbose_name="about", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    is_creatable = True
    content_panels = [
        *NewsroomPage.what_panels,
        FieldPanel("question"),
        FieldPanel("body"),
        FieldPanel("closes_on"),
        PageChooserPanel("about", "newsroom.EventPage"),
    ]
    edit_handler = Tabs(
        Tab("Consultation", "content_panels"),
        Tab("Attachments", "attachment_panels"),
        Tab("Address", "promote_panels", "settings_panels"),
    )
    search_fields = [*NewsroomPage.search_fields, index.SearchField("question"), index.SearchField("body")]
    api_fields = [
        *NewsroomPage.api_fields,
        ListedField("question"),
        ListedField("closes_on"),
        APIField("body"),
    ]
    parent_page_types = ["consultations.ConsultationIndexPage"]
    subpage_types: list[str] = []
    template = "consultations/consultation_page.html"

    class Meta:
        verbose_name = "consultation"
        verbose_name_plural = "consultations"

    @property
    def kicker(self) -> str:
        """What stands above its title in lists."""
        return "Consultation"


class Answer(models.Model):
    """What somebody answered."""

    page = models.ForeignKey(ConsultationPage, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField("text", max_length=400)

    class Meta:
        verbose_name = "answer"
        verbose_name_plural = "answers"

    def __str__(self) -> str:
        return f"Answer {self.pk}"
