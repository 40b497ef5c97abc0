"""The forms of the review of a story: facts of the news item, and for each part what becomes of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Collection

from wagtail_newsroom.news.admin.intake.event_forms import CalendarField
from wagtail_newsroom.news.admin.intake.forms import DayInput
from wagtail_newsroom.news.admin.page_actions.change_forms import validate_near
from wagtail_newsroom.news.drafting.story import (
    ALL_ROWS,
    AS_HEADING,
    AS_PARAGRAPH,
    AS_QUOTE,
    DROP,
    KEEP,
    Choice,
    ways_of,
)
from wagtail_newsroom.news.enums import NewsKind
from wagtail_newsroom.news.reader.story.parts import Heading, ItemList, Paragraph, Part, Picture, Quote, Table
from wagtail_newsroom.news.validators import validate_alt_text, validate_single_line

KINDS = {
    Heading: pgettext_lazy("part of a story", "Heading"),
    Paragraph: pgettext_lazy("part of a story", "Paragraph"),
    ItemList: pgettext_lazy("part of a story", "List"),
    Quote: pgettext_lazy("part of a story", "Quote"),
    Table: pgettext_lazy("part of a story", "Table"),
    Picture: pgettext_lazy("part of a story", "Photo"),
}
WAYS = {
    AS_HEADING: KINDS[Heading],
    AS_PARAGRAPH: KINDS[Paragraph],
    AS_QUOTE: KINDS[Quote],
    ALL_ROWS: _("Table whose first row is no header"),
    DROP: _("Leave out"),
}


class NewsReviewForm(forms.Form):
    """Facts of the news item, each as the text has it until somebody corrects it. Only a title is needed."""

    news_list = CalendarField(label=_("List of news"), queryset=None, empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=255, validators=[validate_single_line])
    kind = forms.ChoiceField(label=_("Kind"), choices=NewsKind.choices)
    lead = forms.CharField(
        label=_("Lead"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is about, in one or two sentences. At most 400 characters."),
    )
    lead_act = forms.ChoiceField(
        label=_("The first paragraph"),
        required=False,
        choices=[(KEEP, _("Stands as the lead")), (AS_PARAGRAPH, _("Stays the first paragraph of the text"))],
    )
    happened_on = forms.DateField(
        label=_("When it happened"), required=False, widget=DayInput(), validators=[validate_near]
    )
    place = forms.CharField(
        label=_("Where it happened"), required=False, max_length=200, validators=[validate_single_line]
    )
    collection = forms.ModelChoiceField(
        label=_("Collection of the photos"), queryset=Collection.objects.none(), empty_label=None
    )

    def __init__(
        self,
        *args: Any,
        lists: Any,
        collections: Iterable[Collection],
        with_lead: bool,
        with_photos: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["news_list"].queryset = lists
        allowed = [each.pk for each in collections]
        fields["collection"].queryset = Collection.objects.filter(pk__in=allowed)
        if not with_lead:
            del self.fields["lead_act"]
        if not with_photos:
            del self.fields["collection"]

    @property
    def page_fields(self) -> dict[str, Any]:
        """What goes into the page's own fields."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "lead", "happened_on", "place")}


class PartForm(forms.Form):
    """What becomes of one part of the text."""

    act = forms.ChoiceField(label=_("Take it as"), required=False)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        act: Any = self.fields["act"]
        act.choices = [(way, KINDS[type(part)] if way == KEEP else WAYS[way]) for way in ways_of(part)]
        if isinstance(part, Quote):
            self.fields["who"] = _line(_("Who said it"), 200, part.who)
            self.fields["role"] = _line(_("As whom"), 200, part.role)
        if isinstance(part, Picture):
            self.fields["alt"] = _line(_("What the photo shows"), 255, "")
            self.fields["alt"].help_text = _(
                "One sentence for people who do not see it. It may wait until publication."
            )
            self.fields["decorative"] = forms.BooleanField(
                label=_("Decorative: it adds nothing to the text"), required=False
            )

    def clean_alt(self) -> str:
        alt: str = self.cleaned_data["alt"]
        validate_alt_text(alt)
        return alt

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decorative") and cleaned.get("alt"):
            self.add_error(
                "alt", ValidationError(_("A decorative photo has no description. Delete it, or take the tick away."))
            )
        return cleaned

    @property
    def choice(self) -> Choice:
        data = self.cleaned_data
        return Choice(
            data.get("act") or KEEP,
            alt=data.get("alt", ""),
            decorative=data.get("decorative", False),
            who=data.get("who"),
            role=data.get("role"),
        )


def _line(label: Any, longest: int, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=False, initial=initial[:longest], validators=[validate_single_line]
    )
