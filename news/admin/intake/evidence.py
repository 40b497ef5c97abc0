"""Evidence for each field of a review: the words that it was read from, how it was inferred, what is doubtful."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext

from wagtail_newsroom.news.admin.intake.marks import Place, mark_source, quoted
from wagtail_newsroom.news.drafting.proposals import EventProposal, SourceSpan
from wagtail_newsroom.news.reader.reading import Reading, ReadingWarning


@dataclass
class Evidence:
    """``mark``: id of the words in the original; empty where there are none."""

    quote: str = ""
    mark: str = ""
    why: str = ""
    warnings: list["Doubt"] = field(default_factory=list)


@dataclass
class Doubt:
    """A warning, with links to its words and to the field it concerns; ``choices`` are values to take at a press."""

    code: str
    message: str
    mark: str = ""
    about: str = ""
    choices: list[dict[str, str]] = field(default_factory=list)


class Evidences:
    """Evidence by field, and the marked text. Keys: names of fields, ``contacts-0-email``, ``sessions-3``."""

    def __init__(self, reading: Reading, proposal: EventProposal) -> None:
        self.reading = reading
        found = dict(all_found(proposal))
        self.doubts = [self._doubt(warning, found) for warning in reading.warnings]
        places = [Place(key, each.start, each.end, f"#id_{field_of(key)}") for key, each in found.items()]
        for number, warning in enumerate(reading.warnings):
            if warning.end > warning.start:
                places.append(Place(f"doubt-{number}", warning.start, warning.end, ""))
        self.html, marks = mark_source(reading.source, places)
        self.by_key: dict[str, Evidence] = {
            key: Evidence(
                quote=quoted(reading.source, each.start, each.end) if each.end > each.start else "",
                mark=marks.get(key, ""),
                why=str(each.why),
            )
            for key, each in found.items()
        }
        for number, doubt in enumerate(self.doubts):
            doubt.mark = marks.get(f"doubt-{number}", "")
            if doubt.about:
                self.of(doubt.about).warnings.append(doubt)

    def of(self, key: str) -> Evidence:
        return self.by_key.setdefault(key, Evidence())

    def _doubt(self, warning: ReadingWarning, found: dict[str, SourceSpan]) -> Doubt:
        language = (get_language() or "en")[:2]
        return Doubt(
            code=warning.code,
            message=warning.message(language),
            about=concerned(warning, found),
            choices=hours_to_take(warning) if warning.code == "hours_disagree" else [],
        )


def all_found(proposal: EventProposal) -> Iterable[tuple[str, SourceSpan]]:
    """Everything that was found, by key."""
    yield from proposal.found.items()
    for number, contact in enumerate(proposal.contacts):
        for name, found in contact.found.items():
            yield f"contacts-{number}-{name}", found
    for number, line in enumerate(proposal.lines):
        yield f"sessions-{number}", SourceSpan(line.start, line.end, " ".join(str(why) for why in line.why))


def field_of(key: str) -> str:
    """The field to which the words of ``key`` lead."""
    return f"{key}-title" if key.startswith("sessions-") else key


DATES = ("start_date", "end_date", "deadline_date")
CONCERNS = {
    "hours_disagree": "start_time",
    "no_event": "start_date",
    "email_hidden": "contacts",
    "deadline_after_event": "deadline_date",
}
LINE_CODES = {"end_missing", "end_before_start", "day_unknown", "day_outside_event"}
DATE_CODES = {"year_inferred", "year_missing", "weekday_disagrees"}


def concerned(warning: ReadingWarning, found: dict[str, SourceSpan]) -> str:
    """The field beside which a warning stands; empty where it is about the whole text."""
    if warning.code in CONCERNS:
        return CONCERNS[warning.code]
    if warning.code in LINE_CODES:
        same = (key for key, each in found.items() if key.startswith("sessions-") and each.start == warning.start)
        return next(same, "sessions")
    if warning.code in DATE_CODES:
        near = (key for key in DATES if key in found and _touch(found[key], warning))
        return next(near, "start_date" if warning.code == "year_missing" else "")
    return ""


def _touch(found: SourceSpan, warning: ReadingWarning) -> bool:
    return found.start < warning.end and warning.start < found.end


def hours_to_take(warning: ReadingWarning) -> list[dict[str, str]]:
    """The hours of the programme and those of the text, each to be taken at a press."""
    choices = []
    for key, label in (
        ("stated", gettext("Take the hours of the invitation: %(hours)s")),
        ("programme", gettext("Take the hours of the programme: %(hours)s")),
    ):
        start, _dash, end = str(warning.params.get(key, "")).partition("–")
        values = {"start_time": start if start != "…" else "", "end_time": end}
        if key == "programme":
            values["check_in_from"] = ""
        choices.append({"label": label % {"hours": warning.params.get(key, "")}, "taken": json.dumps(values)})
    return choices
