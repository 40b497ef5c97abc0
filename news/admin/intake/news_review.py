"""Step 2 for a news item: the original next to the story as it was understood, then a draft."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Collection

from wagtail_newsroom.news.admin.intake.evidence import Evidence
from wagtail_newsroom.news.admin.intake.marks import Place, mark_source, quoted
from wagtail_newsroom.news.admin.intake.news_forms import KINDS, NewsReviewForm, PartForm
from wagtail_newsroom.news.admin.intake.purposes import read_invitation
from wagtail_newsroom.news.admin.intake.review import ReviewView, lists_in_language_of
from wagtail_newsroom.news.drafting.agenda import clipped
from wagtail_newsroom.news.drafting.news import NewsFacts, create_news
from wagtail_newsroom.news.drafting.photos import collections_to_add_to, thumbnail, trouble_of
from wagtail_newsroom.news.drafting.story import AS_PARAGRAPH, Choice, chosen_parts, list_html, paragraph_html
from wagtail_newsroom.news.enums import NewsKind
from wagtail_newsroom.news.models import NewsPage
from wagtail_newsroom.news.reader import ReadError
from wagtail_newsroom.news.reader.reading import Reading, Value
from wagtail_newsroom.news.reader.story.parts import ItemList, Paragraph, Part, Picture, Run, Story

FACTS = ("news_list", "title", "kind", "lead", "lead_act", "happened_on", "place", "collection")
LEAST_SESSIONS = 2  # fewer lines of a programme, and an hour may be told in any text
IN_REPORT = _("The text reads as a report. Check whether this is what it reports on.")


@dataclass
class PartRow:
    """A part as it is shown: ``html`` for text and lists, ``trouble`` for a picture that cannot be taken over."""

    part: Part
    form: PartForm | None
    kind: Any
    name: str
    html: SafeString | str = ""
    thumbnail: str = ""
    trouble: str = ""


class NewsReviewView(ReviewView):
    """Each part with what becomes of it; “Create draft” makes the news item once."""

    purpose_name = "news"
    template_name = "newsroom_admin/intake/news_review.html"
    step_title = _("Review")
    made_already = _("The draft has been made of this text already. Here it is.")
    unreadable = _("The file cannot be read any more. Bring the text in again, or paste it.")

    # --- what was read ---------------------------------------------------------------------------

    @property
    def story(self) -> Story:
        story: Story = self.understood
        return story

    @cached_property
    def reading(self) -> Reading | None:
        """Dates and places of the text; ``None`` where the reader of invitations cannot take it."""
        try:
            return self.original.read_with(read_invitation)
        except (ReadError, OSError):
            return None

    @cached_property
    def is_report(self) -> bool:
        return self.reading is not None and any(warning.code == "report" for warning in self.reading.warnings)

    @cached_property
    def day(self) -> dt.date | None:
        """The day that the text tells of."""
        told = self.reading.event_start if self.reading else None
        return dt.date.fromisoformat(told.value[:10]) if told else None

    @cached_property
    def happened(self) -> dict[str, Value[str]]:
        """Day and place of what a report tells of, as far as it lies behind."""
        if self.reading is None or not self.is_report or (self.day and self.day > timezone.localdate()):
            return {}
        told = {"happened_on": self.reading.event_start, "place": self.reading.venue}
        return {name: value for name, value in told.items() if value}

    def other_purpose(self) -> str:
        """An event, where the text tells of something ahead and has a programme."""
        ahead = self.day is not None and self.day >= timezone.localdate()
        lines = len(self.reading.agenda) if self.reading else 0
        return "event" if ahead and not self.is_report and lines >= LEAST_SESSIONS else ""

    @cached_property
    def troubles(self) -> dict[int, str]:
        """Why pictures cannot be taken over, by the number of their part; empty text where they can."""
        pictures = {number: part for number, part in enumerate(self.story.parts) if isinstance(part, Picture)}
        if pictures and not self.collections:
            closed = gettext("You may not add photos to any collection: “%(name)s” is left out.")
            return {number: closed % {"name": picture.name} for number, picture in pictures.items()}
        return {number: trouble_of(picture) for number, picture in pictures.items()}

    @cached_property
    def collections(self) -> list[Collection]:
        return collections_to_add_to(self.request.user)

    # --- forms -----------------------------------------------------------------------------------

    def review_form(self, data: Any = None) -> NewsReviewForm:
        lists = self.purpose.lists_for(self.request.user)
        told = {name: value.value for name, value in self.happened.items()}
        initial = {
            "news_list": lists_in_language_of(self.story.text, lists)[0].pk,
            "title": self.story.title,
            "kind": NewsKind.REPORT if self.is_report else NewsKind.NEWS,
            "lead": self.story.lead,
            "happened_on": told.get("happened_on", "")[:10] or None,
            "place": clipped(told.get("place"), 200),
            "collection": self.collections[0].pk if self.collections else None,
        }
        return NewsReviewForm(
            data,
            initial=initial,
            lists=lists,
            collections=self.collections,
            with_lead=bool(self.story.lead),
            with_photos=any(not trouble for trouble in self.troubles.values()),
        )

    def part_forms(self, data: Any = None) -> dict[int, PartForm]:
        return {
            number: PartForm(data, prefix=f"part-{number}", part=part)
            for number, part in enumerate(self.story.parts)
            if not self.troubles.get(number)
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.review_form(), forms=self.part_forms()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, forms = self.review_form(request.POST), self.part_forms(request.POST)
        if all([form.is_valid(), *(each.is_valid() for each in forms.values())]):
            try:
                return self.create(form, forms)
            except ValidationError as error:
                form.add_error(None, error.messages)
        return self.render_to_response(self.get_context_data(form=form, forms=forms), status=400)

    def create(self, form: NewsReviewForm, forms: dict[int, PartForm]) -> HttpResponse:
        fields = form.page_fields
        numbers = sorted(forms)
        parts: list[Part] = [self.story.parts[number] for number in numbers]
        choices = [forms[number].choice for number in numbers]
        if form.cleaned_data.get("lead_act") == AS_PARAGRAPH:
            parts, choices = [Paragraph((Run(self.story.lead),)), *parts], [Choice(), *choices]
            fields["lead"] = "" if fields["lead"] == self.story.lead else fields["lead"]
        facts = NewsFacts(fields, chosen_parts(parts, choices), form.cleaned_data.get("collection"))
        page: NewsPage = create_news(self.original, form.cleaned_data["news_list"].specific, self.request.user, facts)
        messages.success(
            self.request, gettext("The draft is ready. Look through it, then have it checked, or publish it.")
        )
        for trouble in (each for each in self.troubles.values() if each):
            messages.warning(self.request, trouble)
        return redirect("wagtailadmin_pages:edit", page.pk)

    # --- the page --------------------------------------------------------------------------------

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, forms = kwargs["form"], kwargs.pop("forms")
        source = self.reading.source if self.reading else self.story.text
        places = [Place(name, value.start, value.end, f"#id_{name}") for name, value in self.happened.items()]
        marked, ids = mark_source(source, places)
        evidence = {
            name: Evidence(quoted(source, value.start, value.end), ids.get(name, ""), str(IN_REPORT))
            for name, value in self.happened.items()
        }
        return {
            **super().get_context_data(**kwargs),
            "source": marked,
            "has_errors": bool(form.errors or any(each.errors for each in forms.values())),
            "facts": [(form[name], evidence.get(name)) for name in FACTS if name in form.fields],
            "rows": [self.row(number, part, forms.get(number)) for number, part in enumerate(self.story.parts)],
        }

    def row(self, number: int, part: Part, form: PartForm | None) -> PartRow:
        row = PartRow(part, form, KINDS[type(part)], type(part).__name__.lower(), trouble=self.troubles.get(number, ""))
        if isinstance(part, Paragraph):
            row.html = mark_safe(paragraph_html(part.runs))  # the words are escaped there
        elif isinstance(part, ItemList):
            row.html = mark_safe(list_html(part.items))  # the words are escaped there
        elif isinstance(part, Picture) and not row.trouble:
            row.thumbnail = thumbnail(part)
        return row
