"""Venues: a place with its address and how to get in."""

from urllib.parse import quote

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import TranslatableMixin
from wagtail.search import index

from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.models.typed_texts import TypedTextMixin


class Venue(TypedTextMixin, TranslatableMixin, index.Indexed, models.Model):
    """A place where events happen. Coordinates in degrees (WGS 84)."""

    name = LineField(_("name"), max_length=200)
    hall = LineField(_("hall"), max_length=200, blank=True, help_text=_("For example: Hall C, second floor."))
    street = LineField(_("street and number"), max_length=200, blank=True)
    postal_code = LineField(_("postal code"), max_length=12, blank=True)
    city = LineField(_("city"), max_length=120, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    access = models.TextField(
        _("getting there and in"),
        blank=True,
        help_text=_("Entrance, lift, parking, stop, where a guide dog is welcome."),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("hall")]),
        MultiFieldPanel(
            [FieldPanel("street"), FieldRowPanel([FieldPanel("postal_code"), FieldPanel("city")])],
            heading=_("Address"),
        ),
        FieldPanel("access"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")], heading=_("Coordinates")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("city"),
        index.AutocompleteField("name"),
        index.AutocompleteField("city"),
        index.FilterField("locale_id"),
    ]
    api_fields = [
        APIField("name"),
        APIField("hall"),
        APIField("street"),
        APIField("postal_code"),
        APIField("city"),
        APIField("latitude"),
        APIField("longitude"),
        APIField("access"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["city", "name"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.hall, self.city) if part)

    @property
    def address(self) -> str:
        """Street, postal code and city on one line."""
        town = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (self.street, town) if part)

    @property
    def map_url(self) -> str:
        """Address of a map that shows this place (OpenStreetMap); empty where nothing is known."""
        if self.latitude is not None and self.longitude is not None:
            return f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}#map=17/{self.latitude}/{self.longitude}"
        if self.street and self.city:
            return f"https://www.openstreetmap.org/search?query={quote(self.address)}"
        return ""
