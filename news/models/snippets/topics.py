"""Topics, and projects with the strip that their funders require."""

from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.images import get_image_model_string
from wagtail.models import Locale, TranslatableMixin
from wagtail.search import index

from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models.pages.localised import localised
from wagtail_newsroom.news.models.typed_texts import TypedTextMixin
from wagtail_newsroom.news.slugs import ascii_slug
from wagtail_newsroom.news.validators import validate_alt_text

SLUG_TAKEN = _("Another topic in this language has this slug. Change the name or the slug.")


class Topic(TypedTextMixin, TranslatableMixin, index.Indexed, models.Model):
    """What items are about. One topic in several languages shares its ``translation_key``; filters use that."""

    name = LineField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, blank=True, help_text=_("Made from the name when left empty."))
    description = models.TextField(_("description"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    api_fields = [APIField("name"), APIField("slug"), APIField("description")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="newsroom_topic_slug_per_locale",
                violation_error_message=SLUG_TAKEN,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or ascii_slug(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # forwarded as it came

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or ascii_slug(self.name)
        if not self.slug:
            raise ValidationError({"slug": _("No slug can be made of this name. Type one in letters a to z.")})
        # The admin's forms leave the language out, and Django then leaves out the constraint on it.
        if Topic.objects.filter(slug=self.slug, locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": SLUG_TAKEN})

    def copy_for_translation(self, locale: Locale, exclude_fields: list[str] | None = None) -> "Topic":
        """As Wagtail, with a slug that no other topic of that language has."""
        made: Topic = super().copy_for_translation(locale, exclude_fields=exclude_fields)
        taken = set(
            Topic.objects.filter(locale=locale, slug__startswith=self.slug[:110]).values_list("slug", flat=True)
        )
        numbered = (f"{self.slug[:110]}-{number}" for number in count(2))
        made.slug = next(slug for slug in chain([self.slug], numbered) if slug not in taken)
        return made


class Project(TypedTextMixin, TranslatableMixin, index.Indexed, ClusterableModel):
    """A funded project. Each of its items prints the funding statement and the unaltered logo strip."""

    name = LineField(_("name"), max_length=255)
    number = LineField(_("number"), max_length=80, blank=True)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    value = LineField(
        _("value"),
        max_length=60,
        blank=True,
        help_text=_("As it is to be printed, with the currency."),
    )
    grant = LineField(
        _("grant"),
        max_length=60,
        blank=True,
        help_text=_("As it is to be printed, with the currency."),
    )
    funding_statement = models.TextField(
        _("funding statement"),
        blank=True,
        help_text=_("The sentence that the funder's rules ask for, word for word."),
    )
    logo_strip = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo strip"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("One picture with all marks, as the funder supplies it. It is never cropped or recoloured."),
    )
    logo_strip_alt = LineField(
        _("what the logo strip says"),
        max_length=400,
        blank=True,
        validators=[validate_alt_text],
        help_text=_("Name the marks from left to right."),
    )
    url = WebLinkField(_("website"), blank=True)
    partners = ParentalManyToManyField(
        "newsroom.Organisation", verbose_name=_("partners"), blank=True, related_name="projects"
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldRowPanel([FieldPanel("value"), FieldPanel("grant")]),
        FieldPanel("partners"),
        MultiFieldPanel(
            [
                FieldPanel("funding_statement"),
                FieldPanel("logo_strip"),
                FieldPanel("logo_strip_alt"),
            ],
            heading=_("Printed with every item of the project"),
        ),
        FieldPanel("url"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    api_fields = [
        APIField("name"),
        APIField("number"),
        APIField("starts_on"),
        APIField("ends_on"),
        APIField("value"),
        APIField("grant"),
        APIField("funding_statement"),
        APIField("logo_strip"),
        APIField("logo_strip_alt"),
        APIField("url"),
        APIField("partners"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def partners_shown(self) -> list[Any]:
        """Partners in the project's language."""
        return localised(self.partners.all(), self.locale_id)

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The project ends before it starts. Correct one of the two dates.")})
