"""What news and events share. One concrete base page, so that both sort, page and filter in one query.

Every such page can carry contacts, attachments, related pages and corrections: see ``rows.py``.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Count, F, Q, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from rest_framework.fields import CharField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.api import APIField
from wagtail.images import get_image_model_string
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet
from wagtail.search import index

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.forms import StoryForm
from wagtail_newsroom.news.models.files.attachments import AttachmentRow, attachment_row, shown_documents
from wagtail_newsroom.news.models.files.form_closing import mark_closed_forms
from wagtail_newsroom.news.models.pages.localised import localised, localised_pages
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin, link_to_list
from wagtail_newsroom.news.models.pages.rows import Correction, PageContact
from wagtail_newsroom.news.panels import OriginalPanel, SeveralFilesPanel
from wagtail_newsroom.news.registry import ListedField
from wagtail_newsroom.news.serializers import (
    ProjectsField,
    PublicAttachmentsField,
    PublicImageField,
    PublicPagesField,
    RowsField,
)
from wagtail_newsroom.news.signals import story_stored
from wagtail_newsroom.news.validators import validate_alt_text, validate_not_future
from wagtail_newsroom.news.visibility import is_public_file, public_pages
from wagtail_newsroom.news.wording import events as event_wording

# Behind every id: what a page counts as that is not stored yet.
LAST = 2**31 - 1
# How alike a related page is that an editor chose: more than any other.
CHOSEN = 2**62
# More projects and topics than these are not compared.
COUNTED = 99
# More than there are days: a score is the likeness, then the day.
DAYS = 10_000_000


def likeness() -> Combinable:
    """How alike two pages are, of what :meth:`NewsroomPage.compared` says: same event, then projects, then topics shared."""
    # In a function each: Django takes a sum for nothing once one part of it can count nothing.
    event, projects, topics = (Least(F(name), COUNTED) for name in ("same_event", "same_projects", "same_topics"))
    return (event * 100 + projects) * 100 + topics


class NewsroomPage(ManagedPageMixin, Page):
    """A news item or an event. Never created as such."""

    lead = models.TextField(
        _("lead"),
        max_length=400,
        blank=False,
        default="",
        help_text=_("What it is about, in one or two sentences. At most 400 characters."),
    )
    date = models.DateField(
        _("publication date"),
        default=timezone.localdate,
        validators=[validate_not_future],
        db_index=True,
        help_text=_("Shown to readers. It may lie back, never ahead: to publish later, schedule the page."),
    )
    byline = LineField(_("signed by"), max_length=200, blank=True)
    lead_image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("lead photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_image_alt = LineField(
        _("what the lead photo shows"),
        max_length=255,
        blank=True,
        help_text=_("One sentence for people who do not see it. Empty: the photo's own description."),
    )
    topics = ParentalManyToManyField("newsroom.Topic", verbose_name=_("topics"), blank=True, related_name="pages")
    projects = ParentalManyToManyField("newsroom.Project", verbose_name=_("projects"), blank=True, related_name="pages")
    change_note = models.TextField(
        _("note on a major update"),
        max_length=500,
        blank=True,
        help_text=_("Readers see it above the text. For example: A third workshop was added."),
    )
    archived_on = models.DateField(
        _("archival since"),
        null=True,
        blank=True,
        help_text=_("Marks the page as archival content, true on that day."),
    )

    what_panels = [*Page.content_panels, FieldPanel("lead")]
    picture_panel = MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_image_alt")], heading=_("Lead photo"))
    filing_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("date"), FieldPanel("byline")]),
            FieldPanel("topics", widget=CheckboxSelectMultiple),
            FieldPanel("projects", widget=CheckboxSelectMultiple),
        ],
        heading=_("Date, author, topics"),
    )
    attachment_panels = [
        HelpPanel(content=_("Each file is shown with its type, size and date. Drag to change the order.")),
        SeveralFilesPanel(
            "attachments", "attachment", kind="documents", heading=_("Files to download"), label=_("File")
        ),
        OriginalPanel(heading=_("The original this was made from")),
    ]
    contact_panels = [
        InlinePanel("contacts", heading=_("Who can be asked"), label=_("Contact")),
        InlinePanel(
            "related_links",
            heading=_("Related pages"),
            label=_("Page"),
            help_text=_("Free places are filled up automatically."),
        ),
    ]
    update_panels = [
        FieldPanel("change_note"),
        InlinePanel(
            "corrections",
            heading=_("Corrections"),
            label=_("Correction"),
            help_text=_("Shown above the text for good."),
        ),
        FieldPanel("archived_on"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("byline"),
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.FilterField("date"),
    ]
    api_fields = [
        ListedField("lead"),
        ListedField("date"),
        ListedField("byline"),
        APIField("lead_image", serializer=PublicImageField()),
        APIField("lead_image_alt_text", serializer=CharField(source="public_lead_image_alt")),
        APIField("topics", serializer=RowsField(["pk", "name", "slug"], source="localised_topics")),
        APIField("projects", serializer=ProjectsField(source="shown_projects")),
        ListedField("change_note"),
        ListedField("archived_on"),
        APIField(
            "contacts",
            serializer=RowsField(["name", "role", "organisation", "email", "phone"], source="shown_contacts"),
        ),
        APIField("attachments", serializer=PublicAttachmentsField(source="attachment_rows")),
        APIField("related", serializer=PublicPagesField(source="related_items")),
        APIField("corrections"),
    ]
    base_form_class = StoryForm
    is_creatable = False
    is_event = False
    previewed_by: Any = None  # the user who looks at a draft; nobody on the public page
    shown_at: dt.datetime | None = None  # the moment that a preview pretends it is; none on the public page

    class Meta:
        verbose_name = _("news item or event")
        verbose_name_plural = _("news and events")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.lead_image_alt:
            try:
                validate_alt_text(self.lead_image_alt, title=self.title)
            except ValidationError as error:
                raise ValidationError({"lead_image_alt": error}) from error

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        story_stored.send(sender=type(self), page=self)

    save.alters_data = True  # type: ignore[attr-defined]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        self.previewed_by = request.user
        return super().serve_preview(request, mode_name)

    @property
    def now(self) -> dt.datetime:
        """The moment at which the page is shown. All that changes with time by itself asks here."""
        return self.shown_at or timezone.now()

    @property
    def lead_image_alt_text(self) -> str:
        """What the lead photo shows: as said for this page, else the photo's own description; never its title."""
        return self.lead_image_alt or (self.lead_image.description if self.lead_image else "")

    @property
    def public_lead_image_alt(self) -> str:
        """As :attr:`lead_image_alt_text`, for the API: empty where the public may not see the photo."""
        return self.lead_image_alt_text if self.lead_image and is_public_file(self.lead_image) else ""

    @property
    def parent_link(self) -> dict[str, str] | None:
        """Title and address of the list that this page belongs to."""
        return link_to_list(self)

    @cached_property
    def shown_contacts(self) -> list[PageContact]:
        """Contacts whose time has not run out."""
        today = timezone.localdate(self.now)
        return [
            contact
            for contact in self.contacts.all()
            if (contact.shown_until or self.contacts_until() or today) >= today
        ]

    def contacts_until(self) -> dt.date | None:
        """Last day on which contacts without a date of their own are shown; ``None``: for as long as the page is."""
        return None

    @cached_property
    def attachment_rows(self) -> list[AttachmentRow]:
        """The files of this page that the public may read, each in its current version, in the editor's order."""
        rows = [row for row in self.attachments.select_related("attachment") if row.attachment is not None]
        shown = shown_documents((row.attachment for row in rows), self.previewed_by)
        self.mark_closed_forms(shown.values())
        return [
            self.describe_attachment(shown[row.attachment_id], row.label) for row in rows if row.attachment_id in shown
        ]

    def mark_closed_forms(self, documents: Iterable[Any]) -> None:
        """Tell the files which of them closed with the registration of their event; events know that of their own."""
        mark_closed_forms(documents, self.now)

    def describe_attachment(self, document: Any, label: str = "") -> AttachmentRow:
        """Describe one file of this page; events add when a form closes."""
        return attachment_row(document, label=label)

    @property
    def localised_topics(self) -> list[Any]:
        """Topics in this page's language."""
        return localised(self.topics.all(), self.locale_id)

    @property
    def topics_shown(self) -> list[dict[str, str]]:
        """Topics in this page's language with the address of the list that they filter."""
        parent = self.get_parent()
        return [
            {"name": topic.name, "slug": topic.slug, "url": f"{parent.url}?topic={topic.slug}"}
            for topic in self.localised_topics
        ]

    @property
    def shown_projects(self) -> list[Any]:
        """Projects in this page's language, whose funding statement and logo strip the page prints."""
        return localised(self.projects.select_related("logo_strip"), self.locale_id)

    @property
    def shown_corrections(self) -> list[Correction]:
        """Corrections, latest first."""
        return sorted(self.corrections.all(), key=lambda correction: correction.date, reverse=True)

    @property
    def card_notes(self) -> list[event_wording.StateLine]:
        """What a card says beside the rest: that the item is archival content, that something was corrected."""
        notes = [event_wording.archived_line(self.archived_on)] if self.archived_on else []
        corrected = [correction.date for correction in self.corrections.all()]
        return [*notes, *([event_wording.corrected_line(max(corrected))] if corrected else [])]

    @cached_property
    def pages_about(self) -> list[registry.PagesAbout]:
        """Public pages that other apps say belong to this one (its galleries, with the app that ships), in groups."""
        return registry.pages_about(self)

    @cached_property
    def related_items(self) -> list[Page]:
        """Pages chosen by hand, then earlier pages of the same event, projects and topics, then the nearest earlier ones.

        Public pages only, none twice, never this page; at most ``RELATED_ITEMS``, more where chosen by hand.
        """
        ids = [pk for pk, _score in self.related_ranks()]
        specific = {page.pk: page for page in Page.objects.filter(pk__in=ids).specific()}
        return [specific[pk] for pk in ids if pk in specific]

    def related_ranks(self, public: Callable[[Site | None], PageQuerySet] | None = None) -> list[tuple[int, int]]:
        """Ids of :attr:`related_items`, each with its score: :data:`CHOSEN` by hand, else by likeness, then by its day.

        ``public``: gives the public stories of a site, where somebody asks for many pages and keeps them.
        """
        site = self.get_site()
        order = [link.target_id for link in self.related_links.all() if link.target_id and link.target_id != self.pk]
        ranks = [(page.pk, CHOSEN) for page in self._chosen_pages(order, site)]
        missing = setting("RELATED_ITEMS") - len(ranks)
        if missing > 0:
            earlier = (public or public_stories)(site).filter(self.earlier_ones())
            similar = self.compared(earlier).exclude(pk__in={pk for pk, _score in ranks} | {self.pk})
            rows = similar.annotate(likeness=likeness()).order_by("-likeness", "-date", "-pk")
            ranks += [
                (pk, near * DAYS + date.toordinal())
                for pk, near, date in rows.values_list("pk", "likeness", "date")[:missing]
            ]
        return ranks

    def _chosen_pages(self, order: list[int], site: Site | None) -> list[Page]:
        """Public pages chosen by hand, in the editor's order and in this page's language where it exists."""
        if not order:
            return []
        targets = Page.objects.filter(pk__in=order).order_by(Case(*[When(pk=pk, then=n) for n, pk in enumerate(order)]))
        return [page for page in localised_pages(targets, self.locale_id, site) if page.pk != self.pk]

    def earlier_ones(self) -> Q:
        """Condition on pages: earlier, in this language. Related are these alone: so a new page changes none before it."""
        return Q(locale_id=self.locale_id) & (Q(date__lt=self.date) | Q(date=self.date, pk__lt=self.pk or LAST))

    def later_ones(self) -> Q:
        """Condition on pages: they are those for which this one is an earlier one."""
        return Q(locale_id=self.locale_id) & (Q(date__gt=self.date) | Q(date=self.date, pk__gt=self.pk or LAST))

    def compared(self, pages: PageQuerySet) -> PageQuerySet:
        """Add what ``pages`` share with this one: ``same_event`` (0 or 1), ``same_projects``, ``same_topics``."""
        topics = [topic.translation_key for topic in self.topics.all()]
        projects = [project.translation_key for project in self.projects.all()]
        return pages.annotate(
            same_event=Count("pk", filter=self.same_event_condition(), distinct=True),
            same_projects=Count("projects", filter=Q(projects__translation_key__in=projects), distinct=True),
            same_topics=Count("topics", filter=Q(topics__translation_key__in=topics), distinct=True),
        )

    def same_event_condition(self) -> Q:
        """Condition for pages that belong to the same event as this one, which holds in both directions."""
        return Q(pk__in=[])


def public_stories(site: Site | None) -> PageQuerySet:
    """News items, events and what else stands on their base that anybody may read on ``site``."""
    return public_pages(NewsroomPage.objects.all(), site)
