"""Types of a host: trainings in the newsroom's calendar, news with a place, galleries with a donor.

The part between the two lines of dashes stands in docs/extending.md word for word; a test compares.
"""

# --- docs/extending.md ---
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.registry import ListedField


class CertificateMixin(models.Model):
    certificate = models.CharField("certificate", max_length=200, blank=True)

    class Meta:
        abstract = True


class TrainingPage(CertificateMixin, EventPage):
    trainer = models.CharField("trainer", max_length=200, blank=True)
    hours = models.PositiveSmallIntegerField("hours", null=True, blank=True)

    training_panel = MultiFieldPanel(["trainer", "hours", FieldPanel("certificate")], heading="Training")
    content_panels = [*EventPage.content_panels, training_panel]
    search_fields = [*EventPage.search_fields, index.SearchField("trainer")]
    api_fields = [*EventPage.api_fields, ListedField("trainer"), ListedField("hours")]

    class Meta:
        verbose_name = "training"
        verbose_name_plural = "trainings"


# --- docs/extending.md ---

from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.tabs import Tab, Tabs


class OurNewsPage(NewsPage):
    """A news item with a district, in a tab of its own, and a template of its own."""

    district = models.CharField("district", max_length=100, blank=True)

    district_panels = [FieldPanel("district")]
    edit_handler = Tabs.of(NewsPage).with_tab(Tab("District", "district_panels"))
    api_fields = [*NewsPage.api_fields, ListedField("district")]

    class Meta:
        verbose_name = "local news item"
        verbose_name_plural = "local news items"


class DonatedGalleryPage(GalleryPage):
    """A gallery whose photos somebody gave."""

    donor = models.CharField("donor", max_length=200, blank=True)

    content_panels = [*GalleryPage.content_panels, FieldPanel("donor")]
    api_fields = [*GalleryPage.api_fields, ListedField("donor")]

    class Meta:
        verbose_name = "donated gallery"
        verbose_name_plural = "donated galleries"
