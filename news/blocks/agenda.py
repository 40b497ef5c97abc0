"""The programme of an event: days with their sessions and breaks.

Sessions are children of a stream, never of a list: each keeps its id through every edit, and page id + session id
is its address for calendars and other front ends. An end before its start belongs to the next day.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from wagtail_newsroom.news.enums import SessionKind
from wagtail_newsroom.news.visibility import is_public_file


class SpeakerValue(blocks.StructValue):
    """A speaker as shown: what was typed for this session wins over the person's own card."""

    @cached_property
    def shown(self) -> dict[str, str]:
        """Name, role and organisation as text; empty where nobody said."""
        return self.described(self.get("person"))

    def described(self, person: Any) -> dict[str, str]:
        """As :attr:`shown`, with ``person`` in the place of the chosen one: the same in another language, say."""
        known = {
            "name": person.name if person else "",
            "role": person.role if person else "",
            "organisation": person.organisation.name if person and person.organisation else "",
        }
        return {key: self.get(key) or known[key] for key in known}


class SpeakerBlock(blocks.StructBlock):
    person = SnippetChooserBlock(
        "newsroom.Person",
        required=False,
        label=_("Person"),
        help_text=_("Somebody from the list of people; or leave empty and type the name below."),
    )
    name = blocks.CharBlock(required=False, max_length=200, label=pgettext_lazy("of a person", "Name"))
    role = blocks.CharBlock(required=False, max_length=200, label=_("Role"))
    organisation = blocks.CharBlock(required=False, max_length=200, label=_("Organisation"))

    class Meta:
        icon = "user"
        label = _("Speaker")
        value_class = SpeakerValue
        label_format = "{name} {organisation}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.get("person") and not cleaned.get("name"):
            raise StructBlockValidationError(
                block_errors={"name": ValidationError(_("Type the speaker's name, or choose a person."))}
            )
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        """What is shown: of a chosen person the name, role and organisation too."""
        return [text for text in value.shown.values() if text]

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        person = value.get("person")
        return {**value.shown, "person": person.pk if person else None}


class SessionBlock(blocks.StructBlock):
    start = blocks.TimeBlock(required=False, label=_("Starts"), help_text=_("For example 10:15. May stay empty."))
    end = blocks.TimeBlock(required=False, label=_("Ends"))
    kind = blocks.ChoiceBlock(choices=SessionKind.choices, default=SessionKind.SESSION, label=_("Kind"))
    title = blocks.CharBlock(max_length=400, label=_("Title"))
    speakers = blocks.ListBlock(SpeakerBlock(), default=[], label=_("Speakers"))
    description = blocks.TextBlock(required=False, rows=3, label=_("Description"))
    room = blocks.CharBlock(required=False, max_length=120, label=_("Room"))
    track = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Track"),
        help_text=_("The name of one of this day's tracks; empty for sessions that everybody attends."),
    )
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("File")), default=[], label=_("Files"))

    class Meta:
        icon = "time"
        label = _("Session")
        label_format = "{start}–{end} {title}"
        description = _("A talk, a workshop, a visit, the registration, the opening, the closing")
        preview_value = {
            "start": "10:15",
            "end": "11:00",
            "title": "Jak zaplanować usługi bliżej ludzi",
        }
        preview_template = "newsroom/blocks/session_preview.html"

    api_keeps_fields = True

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        """The session with the ids of those of its files that the public may read."""
        shown = [file.pk for file in value["documents"] if file is not None and is_public_file(file)]
        return {**super().get_api_representation(value, context), "documents": shown}


class BreakBlock(blocks.StructBlock):
    start = blocks.TimeBlock(required=False, label=_("Starts"))
    end = blocks.TimeBlock(required=False, label=_("Ends"))
    title = blocks.CharBlock(max_length=200, label=_("Title"), help_text=_("For example: Coffee break"))

    class Meta:
        icon = "placeholder"
        label = _("Break")
        label_format = "{start}–{end} {title}"
        description = _("Coffee, lunch")
        preview_value = {"start": "11:00", "end": "11:15", "title": "Przerwa kawowa"}
        preview_template = "newsroom/blocks/session_preview.html"


class TrackBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("Name"), help_text=_("For example: Group A"))
    audience = blocks.CharBlock(required=False, max_length=200, label=_("For whom"))
    room = blocks.CharBlock(required=False, max_length=120, label=_("Room"))

    class Meta:
        icon = "list-ul"
        label = _("Track")
        label_format = "{name}"


class TracksBlock(blocks.StreamBlock):
    track = TrackBlock()

    class Meta:
        required = False
        label = _("Parallel tracks")


class DayBlock(blocks.StructBlock):
    date = blocks.DateBlock(required=False, label=_("Date"), help_text=_("Empty: the event's first day."))
    heading = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Heading"),
        help_text=_("For example: Day one. May stay empty."),
    )
    tracks = TracksBlock(
        help_text=_(
            "Only where groups run side by side on this day: name each group, then put its name at its sessions."
        )
    )
    sessions = blocks.StreamBlock(
        [("session", SessionBlock()), ("break", BreakBlock())],
        required=False,
        label=_("Programme of the day"),
    )

    class Meta:
        icon = "calendar-alt"
        label = _("Day")
        label_format = "{date} {heading}"
        description = _("One day of the programme with its sessions and breaks")
        preview_template = "newsroom/blocks/day_preview.html"

    def clean(self, value: Any) -> Any:
        """Check that each session names a track of this day, so that no session is lost between columns."""
        cleaned = super().clean(value)
        names = {track.value["name"].strip().casefold() for track in cleaned["tracks"]}
        errors: dict[int, Exception] = {}
        for index, child in enumerate(cleaned["sessions"]):
            track = (child.value.get("track") or "").strip()
            if track and track.casefold() not in names:
                known = ", ".join(track.value["name"] for track in cleaned["tracks"]) or gettext("none yet")
                errors[index] = StructBlockValidationError(
                    block_errors={
                        "track": ValidationError(
                            _(
                                "This day has no track “%(track)s”. Its tracks: %(known)s. Correct the name, or add the track above."
                            ),
                            params={"track": track, "known": known},
                        )
                    }
                )
        if errors:
            raise StructBlockValidationError(
                block_errors={"sessions": blocks.StreamBlockValidationError(block_errors=errors)}
            )
        return cleaned


class AgendaBlock(blocks.StreamBlock):
    day = DayBlock()

    class Meta:
        required = False
        label = _("Programme")
