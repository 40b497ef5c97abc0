"""Step 4b: a session's words parted into its title and its people, one way of writing after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wagtail_newsroom.news.reader.agenda.people import (
    ALSO_GENITIVE,
    DASH,
    NamedPerson,
    is_person,
    name_at,
    read_people,
    role_before_name,
)
from wagtail_newsroom.news.reader.text.normalise import fold
from wagtail_newsroom.news.reader.text.vocabulary import FIRST_NAMES, ORGANISATION, ROLES

_LABEL = re.compile(
    r"(?:\b(?P<moderator>moderator(?:ka|zy|rzy|s)?|moderacja|moderuje|moderuja|moderated by|chair(?:ed by|person)?)|\b(?:prowadzenie|prowadzi|prowadza|prowadzacy|prowadzaca|prowadzacy/a|prelegen(?:t|ci|tka|tki)|prelekcja|wykladowc(?:a|y)|wyklad|mowc(?:a|y)|"
    r"trener(?:ka|zy|rzy)?|ekspert(?:ka|ki|ci)?|eksperci|referent(?:ka)?|referuje|panelis(?:ta|ci|tka|tki)|uczestnicy(?: panelu| debaty| dyskusji)?|udzial biora|goscie|gosc|gosc specjalny|w panelu|z udzialem|wystapienie|autor(?:ka|zy)?|"
    r"speakers?|panel+ists?|presenters?|presented by|led by|facilitators?|trainers?|lecturers?|hosts?|hosted by|guests?|participants|with|by))[ \t]*(?:\([a-z/ ]{1,12}\)[ \t]*)?(?P<colon>[:–-])?[ \t\n•–-]*"
)


@dataclass(frozen=True, slots=True)
class Split:
    """A session's words: where its title stands, and its people."""

    start: int
    end: int
    people: tuple[NamedPerson, ...] = ()


def split(text: str) -> Split:
    """Part ``TITLE – NAME ORG``, ``NAME (ORG), "TITLE"`` and their kin into title and people."""
    folded = fold(text)
    whole = Split(0, len(text))
    for way in (_labelled, _after_dash, _in_brackets, _name_first, _after_comma, _at_end):
        found = way(text, folded)
        if found and text[found.start : found.end].strip(" \t\n.,;:–-\"'„”“"):
            if way in (_after_dash, _labelled, _after_comma):
                return _once_more(text, found)
            return found
    return whole


def _once_more(text: str, found: Split) -> Split:
    """People may be named twice: ``TITLE – NAME – NAME``, ``TITLE – NAME, moderator: NAME``."""
    inner = split(text[found.start : found.end])
    if not inner.people:
        return found
    people = tuple(person.shifted(found.start) for person in inner.people)
    return Split(found.start + inner.start, found.start + inner.end, people + found.people)


def _labelled(text: str, folded: str) -> Split | None:
    for label in _LABEL.finditer(folded):
        if label.start() == 0 and not label["colon"]:
            continue
        if not label["colon"] and label.group().strip() not in {
            "prowadzenie",
            "prowadzi",
            "prowadza",
            "moderuje",
            "moderacja",
            "by",
            "with",
            "led by",
            "moderator",
            "presented by",
            "hosted by",
            "chaired by",
            "moderated by",
        }:
            continue
        role = text[label.start("moderator") : label.end("moderator")] if label["moderator"] else None
        stop = next(
            (other.start() for other in _LABEL.finditer(folded, label.end()) if other["colon"] == ":"), len(text)
        )
        people = [person.shifted(label.end()) for person in read_people(text[label.end() : stop], role=role)]
        if people:
            rest = _labelled(text[stop:], folded[stop:])
            people += [person.shifted(stop) for person in rest.people] if rest else []
            return Split(0, len(text[: label.start()].rstrip(" \t\n,;(–-.|")), tuple(people))
    return None


def _after_dash(text: str, folded: str) -> Split | None:
    for dash in reversed(list(DASH.finditer(text))):
        if not text[: dash.start()].strip() or (name_at(text, 0, folded) and _only_attributes(text[: dash.start()])):
            continue
        if is_person(text, dash.end(), folded) or role_before_name(text, folded, dash.end()):
            people = read_people(text[dash.end() :])
            if people and _named_only(text[dash.end() :], people):
                return Split(0, dash.start(), tuple(person.shifted(dash.end()) for person in people))
    return None


def _named_only(text: str, people: list[NamedPerson]) -> bool:
    """``– Jan Nowak opowie o lesie`` is a sentence about a person, not a person with an organisation."""
    after = fold(text[people[-1].end :]).lstrip()
    return not re.match(r"(?:opowie|przedstawi|mowi|i jej|i jego|and (?:his|her)|will|\d{4})\b", after)


def _only_attributes(text: str) -> bool:
    found = is_person(text, 0)
    return bool(found and re.match(r"\s*(?:$|[,(:;]|i\b|oraz\b|and\b|[-–])", text[found.end :]))


def _in_brackets(text: str, _folded: str) -> Split | None:
    match = re.search(r"[ \t]*[(\[](?P<inside>[^()\[\]]{4,200}(?:\([^()]{1,80}\)[^()]{0,40})?)[)\]][\s.,;]*$", text)
    if not match or match.start() == 0:
        return None
    inside = match["inside"]
    label = _LABEL.match(fold(inside))
    offset = label.end() if label else 0
    role = inside[label.start("moderator") : label.end("moderator")] if label and label["moderator"] else None
    people = read_people(inside[offset:], role=role)
    return (
        Split(0, match.start(), tuple(person.shifted(match.start("inside") + offset) for person in people))
        if people
        else None
    )


def _name_first(text: str, folded: str) -> Split | None:
    found = is_person(text, 0, folded)
    if not found:
        return None
    after = text[found.end :]
    if not re.match(r"\s*(?:$|[,(:;„\"“]|[-–]|i\s|oraz\s|and\s|&)", after) and not ORGANISATION.match(
        fold(after.lstrip())
    ):
        return None
    quoted = re.search(r"[,:]?[ \t]*[-–]?[ \t]*[\"„“”](?P<title>[^\n]{3,}?)[\"”“]?[ \t.;,]*$", after)
    if quoted and (before := after[: quoted.start()]).count("(") == before.count(")"):
        bracket = before.rfind(")")
        if bracket >= 0 and re.search(r"[^\W\d_]{3,}", before[bracket:]):  # NAME (ORG), Projekt „…”
            people = read_people(text[: found.end + bracket + 1])
            return Split(found.end + bracket + 1, len(text), tuple(people)) if people else None
        people = read_people(text[: found.end + quoted.start()])
        return (
            Split(found.end + quoted.start("title"), found.end + quoted.end("title"), tuple(people)) if people else None
        )
    dashes = list(DASH.finditer(text, found.end))
    colon = re.search(r":[ \t]+", after)
    if dashes:
        cut = dashes[0]
        if len(dashes) > 1 and (ORGANISATION.match(fold(text[cut.end() :])) or ROLES.match(fold(text[cut.end() :]))):
            cut = dashes[1]
        elif ROLES.match(fold(text[cut.end() :])) and len(dashes) == 1:
            return Split(0, len(text), tuple(read_people(text)))
        people = read_people(text[: cut.start()])
        return Split(cut.end(), len(text), tuple(people)) if people else None
    if colon:
        people = read_people(text[: found.end + colon.start()])
        return Split(found.end + colon.end(), len(text), tuple(people)) if people else None
    people = read_people(text)
    return Split(0, len(text), tuple(people)) if people else None


def _after_comma(text: str, folded: str) -> Split | None:
    for sign in re.finditer(r"[,.;:?!”\"][ \t]+|[\n\t]+", text):
        if sign.group()[0] == "." and re.search(r"\b(?:[a-z]{1,3}|prof|inz|lek)$", folded[: sign.start()]):
            continue
        if is_person(text, sign.end(), folded) or (
            sign.group().strip() in {"", ":", "”", '"', "?", "!"} and role_before_name(text, folded, sign.end())
        ):
            people = read_people(text[sign.end() :])
            if people:
                end = sign.start() + (1 if sign.group()[0] in '?!”"' else 0)
                return Split(0, end, tuple(person.shifted(sign.end()) for person in people))
    return None


def _may_be_genitive(name: str) -> bool:
    """ "Recital – utwory Henryka Dudy": a man spoken of may look like a woman speaking."""
    first, last = fold(name).split()[0], fold(name).split()[-1]
    return (
        first in ALSO_GENITIVE
        and last.endswith(("a", "ego", "y", "i"))
        and not last.endswith(("ska", "cka", "dzka", "owa", "na"))
    )


def _at_end(text: str, folded: str) -> Split | None:
    """``Powitanie uczestników Anna Nowak``: a certain name right at the end, after an ordinary word."""
    for space in re.finditer(r"(?<=[a-ząćęłńóśźż”\"])[ \t]+(?=[A-ZĄĆĘŁŃÓŚŹŻ])", text):
        before = folded[: space.start()]
        found = name_at(text, space.end(), folded)
        if (
            not found
            or not found.certain
            or fold(text[found.name_start :].split()[0]) not in FIRST_NAMES
            or _may_be_genitive(text[found.name_start : found.end])
        ):
            continue
        if re.search(
            r"\b(?:im|imienia|o|z|ze|pt|pn|ulic\w+|ul|the|of|for|with|and|i|do|od|dla|u|saint|sw)\.?$", before
        ):
            continue
        if re.match(r"\s*[.,;]?\s*$", text[found.end :]) or (
            is_person(text, space.end(), folded) and re.match(r"\s*[,(]", text[found.end :])
        ):
            people = read_people(text[space.end() :])
            if people:
                return Split(0, space.start(), tuple(person.shifted(space.end()) for person in people))
    return None
