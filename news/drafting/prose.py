"""The prose of an invitation: what is left once its programme, contacts, headings and signatures are taken out.

Nothing is written here: the lead and the paragraphs are sentences of the text, word by word.
"""

import re
from dataclasses import dataclass
from typing import Any

from wagtail_newsroom.news.reader.reading import Reading
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze

LONGEST_LEAD = 400
FEWEST_WORDS = 8  # fewer on a line, and it is a heading, a label or a signature
_SENTENCE_END = re.compile(r"[.!?…](?:[)\"”»])?\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ„“\"])")
_SHORTENED = re.compile(
    r"(?:\b(?:ul|al|pl|os|im|sw|dr|nr|prof|gen|ks|godz|tel|np|tzw|ok|hab|mgr|inz|woj|pow|m\.in|pt|pn|r|br|str|mr|mrs|ms|no|st|e\.g|i\.e)|\b[a-z])\.$"
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;](?:[)\"”»])?$")
_LABELLED = re.compile(
    r"(?:termin|data|miejsce|kiedy|gdzie|czas|kontakt|program|agenda|organizator\w*|partner\w*|zalaczniki?|pliki|opublikowano|dodano"
    r"|date|venue|when|where|time|contact|organi[sz]er|attachments?|published|posted|wiecej informacji)\b[^.]{0,30}:"
)
_GREETING = re.compile(
    r"(?:szanown\w+|drodzy|drogie|dear|witamy|dzien dobry|z powazaniem|pozdrawiam\w*|z wyrazami|kind regards|best regards|yours|do zobaczenia)\b"
)


@dataclass(frozen=True)
class Stretch:
    """Words of the text and where they stand in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Prose:
    """``lead`` is ``None`` where no sentence is clearly there."""

    lead: Stretch | None
    paragraphs: tuple[Stretch, ...]


def prose_of(reading: Reading) -> Prose:
    """Return the lead, and the paragraphs that follow it."""
    paragraphs = _paragraphs(reading)
    if not paragraphs:
        return Prose(None, ())
    first, *others = paragraphs
    lead, rest = _first_sentences(first)
    if lead is None:
        return Prose(None, tuple(paragraphs))
    return Prose(lead, tuple([rest, *others] if rest else others))


def _paragraphs(reading: Reading) -> list[Stretch]:
    found: list[Stretch] = []
    taken = _taken(reading)
    for paragraph in _lines_joined(reading.source):
        folded = fold(paragraph.text)
        if (
            len(paragraph.text.split()) < FEWEST_WORDS
            or not re.search(r"[.!?…]", paragraph.text)
            or _LABELLED.match(folded)
            or _GREETING.match(folded)
            or "\t" in reading.source[paragraph.start : paragraph.end]
            or any(start < paragraph.end and paragraph.start < end for start, end in taken)
            or _is_title(folded, reading)
        ):
            continue
        if not any(fold(paragraph.text) == fold(before.text) for before in found):
            found.append(paragraph)
    return found


def _taken(reading: Reading) -> list[tuple[int, int]]:
    """Stretches that belong elsewhere: the programme, whom to ask, files."""
    contacts = [*reading.contact_emails, *reading.contact_phones, *reading.contact_names]
    each: list[Any] = [*reading.agenda, *contacts, *reading.attachments]
    return [(one.start, one.end) for one in each if one.end > one.start]


def _is_title(folded: str, reading: Reading) -> bool:
    return reading.title is not None and folded.strip(" .") == fold(reading.title.value).strip(" .")


def _lines_joined(source: str) -> list[Stretch]:
    """Lines; those that a mail program broke in the middle of a sentence are one again."""
    joined: list[Stretch] = []
    at, broken = 0, False
    for line in source.split("\n"):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        at += len(line) + 1
        words = squeeze(line)
        if not words:
            broken = False
            continue
        before = joined[-1] if joined else None
        if before and broken and (words[0].islower() or words[0].isdigit() or words[0] in '(„"“'):
            joined[-1] = Stretch(f"{before.text} {words}", before.start, end)
        else:
            joined.append(Stretch(words, start, end))
        broken = len(words) > 40 and not _ENDS_SENTENCE.search(words)
    return joined


def _first_sentences(paragraph: Stretch) -> tuple[Stretch | None, Stretch | None]:
    """As many whole sentences as a lead holds, and what is left of the paragraph."""
    text = paragraph.text
    if len(text) <= LONGEST_LEAD:
        return paragraph, None
    cut = 0
    for end in _SENTENCE_END.finditer(text):
        if end.end() > LONGEST_LEAD:
            break
        if not _SHORTENED.search(fold(text[: end.start() + 1])):
            cut = end.end()
    if not cut:
        return None, None
    return (
        Stretch(text[:cut].rstrip(), paragraph.start, paragraph.end),
        Stretch(text[cut:], paragraph.start, paragraph.end),
    )
