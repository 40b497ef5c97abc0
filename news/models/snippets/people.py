"""People, organisations and the clauses about personal data: written once, chosen many times."""

from typing import Any

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import RevisionMixin, TranslatableMixin
from wagtail.search import index

from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models.typed_texts import TypedTextMixin
from wagtail_newsroom.news.validators import validate_alt_text


class Organisation(TypedTextMixin, TranslatableMixin, index.Indexed, models.Model):
    """An organisation that organises, hosts, funds or sends speakers."""

    name = LineField(_("name"), max_length=255)
    url = WebLinkField(_("website"), blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_alt = LineField(
        _("what the logo says"),
        max_length=255,
        blank=True,
        validators=[validate_alt_text],
        help_text=_("For example: Logo of the Open Gate Foundation."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_alt")]),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    api_fields = [APIField("name"), APIField("url"), APIField("logo"), APIField("logo_alt")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(TypedTextMixin, TranslatableMixin, index.Indexed, models.Model):
    """Somebody who speaks at events or can be asked."""

    name = LineField(pgettext_lazy("of a person", "name"), max_length=200)
    role = LineField(_("role"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = LineField(_("phone"), max_length=40, blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")]),
        MultiFieldPanel(
            [FieldPanel("email"), FieldPanel("phone")],
            heading=_("For colleagues only, never published from here"),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale_id"),
    ]
    api_fields = [APIField("name"), APIField("role"), APIField("organisation")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class InformationClause(TypedTextMixin, RevisionMixin, TranslatableMixin, index.Indexed, models.Model):
    """What people are told when their data is collected (GDPR, article 13).

    A change of its words raises ``version`` by one; the history in the admin keeps the words of each version. It is
    changed and deleted by people who may publish, whether a page shows it or not.
    """

    newsroom_legal_text = True

    title = LineField(_("title"), max_length=200)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    text = RichTextField(_("text"), features=["bold", "ol", "ul", "link"])

    panels = [FieldPanel("title"), FieldPanel("text")]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("locale_id"),
    ]
    api_fields = [APIField("title"), APIField("version"), APIField("text")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("information clause")
        verbose_name_plural = _("information clauses")
        ordering = ["title", "-version"]

    def __str__(self) -> str:
        return gettext("%(title)s (version %(version)s)") % {"title": self.title, "version": self.version}

    def save(self, *args: Any, **kwargs: Any) -> None:
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if stored is not None and (stored.title, stored.text) != (self.title, self.text):
            self.version = stored.version + 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        super().save(*args, **kwargs)
