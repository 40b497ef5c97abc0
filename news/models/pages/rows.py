"""Rows of a page, each with its place among the others: whom to ask, which files, what else to read, what was wrong."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from wagtail_newsroom.news.fields import LineField
from wagtail_newsroom.news.models.typed_texts import TypedTextMixin
from wagtail_newsroom.news.validators import validate_not_future


class Row(TypedTextMixin, Orderable):
    """A row of a page or a bundle. Saved without a place, it comes last: databases sort such rows as they like."""

    sort_order: int | None

    class Meta(Orderable.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.sort_order is None:
            self.sort_order = self._last_place() + 1
        super().save(*args, **kwargs)

    def _last_place(self) -> int:
        parent = next(field for field in self._meta.fields if isinstance(field, ParentalKey))
        beside = type(self)._base_manager.filter(**{parent.attname: getattr(self, parent.attname)})
        last: int | None = beside.aggregate(last=models.Max("sort_order"))["last"]
        return -1 if last is None else last


def add_last(rows: Any, row: Row) -> None:
    """Add ``row`` to the child relation ``rows`` of a page, behind those that are there, stored or not."""
    row.sort_order = max((each.sort_order or 0 for each in rows.all()), default=-1) + 1
    rows.add(row)


def rows_from_data(model: type[Row], data: list[dict[str, Any]]) -> list[Row]:
    """The rows of a version, without those that refer to something deleted since.

    As modelcluster reads them, which asks the database about each reference of each row: here one query for each kind.
    For rows that go with whatever they refer to (``CASCADE``), as ours do.
    """
    kept = data
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey):
            named = [field.target_field.to_python(row.get(field.name)) for row in kept]
            known = set(
                field.related_model._default_manager.filter(pk__in={*named} - {None}).values_list("pk", flat=True)
            )
            kept = [row for row, pk in zip(kept, named, strict=True) if pk is None or pk in known]
    return [model_from_serializable_data(model, row, check_fks=False) for row in kept]


class PageContact(Row):
    """Somebody to ask about a page. A name alone is a signature."""

    page = ParentalKey("newsroom.NewsroomPage", related_name="contacts", on_delete=models.CASCADE)
    name = LineField(pgettext_lazy("of a person", "name"), max_length=200)
    role = LineField(_("role"), max_length=200, blank=True)
    organisation = LineField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = LineField(_("phone"), max_length=40, blank=True)
    shown_until = models.DateField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("Empty: on events until 90 days after the event, elsewhere for good."),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone"), FieldPanel("shown_until")]),
    ]

    class Meta(Row.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name


class PageAttachment(Row):
    """A file that a page offers, in the editor's order."""

    page = ParentalKey("newsroom.NewsroomPage", related_name="attachments", on_delete=models.CASCADE)
    attachment = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("file"),
        on_delete=models.CASCADE,
        related_name="newsroom_page_attachments",
    )
    label = LineField(_("words of the link"), max_length=255, blank=True, help_text=_("Empty: the file's title."))

    panels = [FieldPanel("attachment"), FieldPanel("label")]

    class Meta(Row.Meta):
        verbose_name = _("file of a page")
        verbose_name_plural = _("files of pages")

    def __str__(self) -> str:
        return self.label or str(self.attachment)


class RelatedPage(Row):
    """A page chosen by hand under “You may also be interested in”."""

    page = ParentalKey("newsroom.NewsroomPage", related_name="related_links", on_delete=models.CASCADE)
    target = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("target")]

    class Meta(Row.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("related pages")

    def __str__(self) -> str:
        return str(self.target)


class Correction(Row):
    """What was wrong and what is right, shown above the text for good."""

    page = ParentalKey("newsroom.NewsroomPage", related_name="corrections", on_delete=models.CASCADE)
    date = models.DateField(_("date"), default=timezone.localdate, validators=[validate_not_future])
    was = models.TextField(_("what was wrong"), max_length=500)
    now = models.TextField(_("what is right"), max_length=500)

    panels = [FieldPanel("date"), FieldRowPanel([FieldPanel("was"), FieldPanel("now")])]
    api_fields = [APIField("date"), APIField("was"), APIField("now")]

    class Meta(Row.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return self.now
