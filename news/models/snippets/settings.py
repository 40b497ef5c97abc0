"""Who publishes this site: facts per site, texts per language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import Site, TranslatableMixin

from wagtail_newsroom.news.fields import LineField, WebLinkField
from wagtail_newsroom.news.models.typed_texts import TypedTextMixin


@register_setting(icon="home")
class NewsroomSettings(BaseSiteSetting):
    """Facts about the publishing body that are the same in every language."""

    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    texts = models.ForeignKey(
        "newsroom.SiteTexts",
        verbose_name=_("texts"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Name, address and other texts, in any one language: its translations are found. Empty: the first ones."
        ),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = LineField(_("phone"), max_length=40, blank=True)
    accessible_formats_email = models.EmailField(
        _("e-mail for accessible formats"),
        blank=True,
        help_text=_("Who answers when somebody cannot read a file."),
    )
    access_clause = models.ForeignKey(
        "newsroom.InformationClause",
        verbose_name=_("clause beside requests for accessible versions"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Empty: a clause made from the facts on this page. Have it checked by your data protection officer."
        ),
    )
    bip_url = WebLinkField(_("Public Information Bulletin (BIP)"), blank=True)
    facebook_url = WebLinkField("Facebook", blank=True)
    youtube_url = WebLinkField("YouTube", blank=True)
    linkedin_url = WebLinkField("LinkedIn", blank=True)

    panels = [
        FieldPanel("texts"),
        FieldPanel("logo"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        FieldPanel("accessible_formats_email"),
        FieldPanel("access_clause"),
        FieldPanel("bip_url"),
        MultiFieldPanel(
            [FieldPanel("facebook_url"), FieldPanel("youtube_url"), FieldPanel("linkedin_url")],
            heading=_("Social media"),
        ),
    ]

    class Meta:
        verbose_name = _("newsroom")

    @classmethod
    def for_site(cls, site: Site | None) -> "NewsroomSettings":
        """The facts of ``site``; empty ones that are not stored where nobody gave any.

        Wagtail would store a row, and a visitor who reads a page writes nothing.
        """
        if site is None:
            raise cls.DoesNotExist("There are no facts about no site.")
        found: NewsroomSettings | None = cls.base_queryset().filter(site=site).first()
        return found or cls(site=site)

    @property
    def social(self) -> list[dict[str, str]]:
        """Links to social media that are filled in, with their labels."""
        names = {"facebook_url": "Facebook", "youtube_url": "YouTube", "linkedin_url": "LinkedIn"}
        return [{"label": label, "url": getattr(self, field)} for field, label in names.items() if getattr(self, field)]


class SiteTexts(TypedTextMixin, TranslatableMixin, models.Model):
    """Texts about the publishing body, one row per language (site settings cannot exist per language)."""

    organisation_name = LineField(_("name of the organisation"), max_length=200)
    tagline = LineField(_("tagline"), max_length=200, blank=True)
    address = models.TextField(_("address"), blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True)
    feeds_title = LineField(_("title of feeds and calendars"), max_length=200, blank=True)
    footer_text = models.TextField(_("sentence in the footer"), blank=True)

    panels = [
        FieldPanel("organisation_name"),
        FieldPanel("tagline"),
        FieldRowPanel([FieldPanel("address"), FieldPanel("opening_hours")]),
        FieldPanel("footer_text"),
        FieldPanel("feeds_title"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site texts")
        verbose_name_plural = _("site texts")

    def __str__(self) -> str:
        return self.organisation_name


def site_texts(site: Site | None, language: str) -> SiteTexts:
    """Texts about the publisher of ``site`` in ``language``, else in the site's first language, else in any."""
    facts = NewsroomSettings.for_site(site) if site is not None else NewsroomSettings()
    written = SiteTexts.objects.select_related("locale").order_by("-pk")
    if facts.texts is not None:
        written = written.filter(translation_key=facts.texts.translation_key)
    rows = {texts.locale.language_code: texts for texts in written}
    return rows.get(language) or rows.get(settings.LANGUAGE_CODE) or next(iter(rows.values()), SiteTexts())


def name_of(site: Site | None, texts: SiteTexts) -> str:
    """What the publisher is called: as written in its texts, else the site's own name."""
    return texts.organisation_name or (site.site_name if site else "") or settings.WAGTAIL_SITE_NAME


def organisation_name(site: Site | None, language: str) -> str:
    """Who publishes ``site``, in ``language``."""
    return name_of(site, site_texts(site, language))
