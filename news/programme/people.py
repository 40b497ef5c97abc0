"""Step 4: who speaks, as whom, for whom. A name is never made up: it stands in the text as it is given here.

A person is known by a first name on the list, by a title before the name, or by a role or an organisation right
after it. ``read_people`` reads a stretch that should hold people only; ``split`` parts a session's words into
title and people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from news.programme.normalise import fold, squeeze
from news.programme.vocabulary import EVENT_NOUN, FIRST_NAMES, ORGANISATION, ROLES, SURNAME, TITLES

_UPPER = "A-ZĄĆĘŁŃÓŚŹŻÄÖÜÉÈÁŠČŽÇŐ"
_WORD = rf"(?:[{_UPPER}][\w’']*(?:-[{_UPPER}][\w’']*)?)"
_TITLE = re.compile(rf"(?:{TITLES})(?:[ \t]*[,.][ \t]*|[ \t]+|(?<=\.))")
_NAME = re.compile(
    rf"(?P<first>[{_UPPER}]\.|{_WORD})(?P<rest>(?:[ \t]+(?:[{_UPPER}]\.|{_WORD})|[ \t]*[-–][ \t]*(?=[{_UPPER}]\w+(?:ska|cka|wicz)\b){_WORD}|[ \t](?:de|von|van|der|di|da|la|le|del|zu)(?=[ \t])){{1,4}})"
)
_SEPARATOR = re.compile(r"[ \t]*(?:[,;/&\n•|]|\bi\b|\boraz\b|\band\b|\ba także\b|[ \t][-–][ \t])[ \t]*")
_LABEL = re.compile(
    r"(?:\b(?P<moderator>moderator(?:ka|zy|rzy|s)?|moderacja|moderuje|moderuja|moderated by|chair(?:ed by|person)?)|\b(?:prowadzenie|prowadzi|prowadza|prowadzacy|prowadzaca|prowadzacy/a|prelegen(?:t|ci|tka|tki)|prelekcja|wykladowc(?:a|y)|wyklad|mowc(?:a|y)|"
    r"trener(?:ka|zy|rzy)?|ekspert(?:ka|ki|ci)?|eksperci|referent(?:ka)?|referuje|panelis(?:ta|ci|tka|tki)|uczestnicy(?: panelu| debaty| dyskusji)?|udzial biora|goscie|gosc|gosc specjalny|w panelu|z udzialem|wystapienie|autor(?:ka|zy)?|"
    r"speakers?|panel+ists?|presenters?|presented by|led by|facilitators?|trainers?|lecturers?|hosts?|hosted by|guests?|participants|with|by))[ \t]*(?:\([a-z/ ]{1,12}\)[ \t]*)?(?P<colon>[:–-])?[ \t\n•–-]*"
)
_QUOTED = re.compile(r"^[\s,:–-]*[\"„“”«']+(?P<title>.+?)[\"”“»']*[\s.,;]*$", re.DOTALL)
_DASH = re.compile(r"(?:[ \t]+[-–]+[ \t]*|(?<=[^\d\s])[-–][ \t]+|(?<=[\"”“)])[-–])")
_NO_NAME = frozenset(
    "unia unii europejski krajowy narodowy polska polski urzad sala aula hotel dom plac park ulica centrum fundacja stowarzyszenie grupa sesja panel blok warsztat dzien program projekt rzeczpospolita".split()
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the text names them; positions are those of the string that was read, until they are shifted."""

    name: str
    role: str | None = None
    organisation: str | None = None
    start: int = 0
    end: int = 0
    shared: bool = False  # the organisation stands only after a later name of the same list

    def shifted(self, by: int) -> Person:
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a name stands: with the titles before it, and without."""

    start: int
    name_start: int
    end: int
    certain: bool


def name_at(text: str, at: int, folded: str | None = None) -> Found | None:
    """Return the name that begins at a position, if one does."""
    folded = fold(text) if folded is None else folded
    start = at
    titles = 0
    while titles < 7 and (title := _TITLE.match(folded, at)):
        at = title.end()
        titles += 1
    match = _NAME.match(text, at)
    if not match:
        return None
    words = list(re.finditer(rf"[{_UPPER}]\.|{_WORD}|de|von|van|der|di|da|la|le|del|zu", match.group()))
    first = fold(words[0].group())
    oblique = words[0].group().endswith(("ą", "ę"))  # "z Anną Nowak": spoken of, not speaking
    known = not oblique and (first.rstrip(".") in FIRST_NAMES or first.split("-")[0] in FIRST_NAMES)
    initial = first.endswith(".")
    if (
        not known
        and not initial
        and (
            oblique
            or len(words) < 2
            or first in _NO_NAME
            or ORGANISATION.match(first)
            or ROLES.match(first)
            or EVENT_NOUN.match(first)
        )
    ):
        return None
    surname = _surname_index(words)
    if surname is None:
        return None
    family = fold(words[surname].group())
    if (
        family in _NO_NAME
        or (ORGANISATION.match(family) and not known)
        or (ORGANISATION.match(family) and len(family) > 5 and surname == 1 and len(words) > 2)
    ):
        return None
    if re.fullmatch(r"[IVX]+", words[surname].group()) or (
        len(words) > surname + 1 and re.fullmatch(r"[IVX]{1,4}", words[surname + 1].group())
    ):
        return None
    end = at + words[surname].end()
    second = re.match(rf"[ \t]*[-–][ \t]*({_WORD})", text[end : end + 40])
    if (
        second
        and known
        and SURNAME.search(fold(second.group(1)))
        and fold(words[surname].group()).endswith(("a", "k", "o", "z", "c", "j", "r", "l", "n", "i", "y"))
        and not _DASH.match(text, end)
    ):
        end += second.end()
    if family.endswith("ego") and first in _ALSO_GENITIVE:
        return None
    certain = (known and (len(words[surname].group()) > 1)) or (titles > 0 and not known and first not in _NO_NAME)
    if initial and titles == 0:
        certain = False
    return Found(start, at, end, bool(certain))


def _surname_index(words: list[re.Match[str]]) -> int | None:
    """Which of the words is the family name: the second, unless that is another first name, an initial or a particle."""
    index = 1
    while index < len(words) and (words[index].group().endswith(".") or words[index].group().islower()):
        index += 1
    if index >= len(words):
        return None
    if fold(words[index].group()) in FIRST_NAMES and index + 1 < len(words):
        following = words[index + 1].group()
        if not ORGANISATION.match(fold(following)) and not following.endswith(".") and not following.islower():
            index += 1
    return index


def is_person(text: str, at: int = 0, folded: str | None = None) -> Found | None:
    """A name, certain by itself or by the role or organisation that follows it."""
    folded = fold(text) if folded is None else folded
    found = name_at(text, at, folded)
    if not found or found.certain:
        return found
    after = folded[found.end : found.end + 60]
    following = re.match(r"[ \t]*[,(–-][ \t]*", after)
    if following and (ROLES.match(after, following.end()) or ORGANISATION.match(after, following.end())):
        return found
    return None


def read_people(text: str, role: str | None = None) -> list[Person]:
    """Read a list of people with their roles and organisations; empty unless the text begins with a person."""
    folded = fold(text)
    at = len(text) - len(text.lstrip(" \t\n•*–-:,;"))
    people: list[Person] = []
    lead = _role_before_name(text, folded, at)
    if lead:
        role, at = lead
    while at < len(text):
        found = is_person(text, at, folded)
        if not found:
            break
        following = _next_person(text, folded, found.end)
        end = following.start if following else len(text)
        own, organisation = _attributes(text[found.end : end])
        people.append(
            Person(squeeze(text[found.name_start : found.end]), own or role, organisation, found.name_start, found.end)
        )
        if not following:
            break
        lead = _role_before_name(text, folded, following.start)
        at = lead[1] if lead else following.start
        role = lead[0] if lead else None
    return _share_organisations(text, people)


def _role_before_name(text: str, folded: str, at: int) -> tuple[str, int] | None:
    """``Wójt Gminy Jan Nowak``: a role that ends where a certain name begins."""
    if not ROLES.match(folded, at):
        return None
    for word in re.finditer(r"[ \t,–-]+(?=\S)", text[at : at + 140]):
        position = at + word.end()
        found = name_at(text, position, folded)
        if found and found.certain and not re.search(r"\b(?:im|imienia)\.?$", folded[at : at + word.start()]):
            return squeeze(text[at : at + word.start()]).rstrip(" ,:–-"), position
    return None


def _next_person(text: str, folded: str, at: int) -> Found | None:
    for separator in _SEPARATOR.finditer(text, at):
        position = separator.end()
        found = name_at(text, position, folded)
        if found and found.certain:
            return found
        lead = (
            _role_before_name(text, folded, position)
            if separator.group().strip() in {"", ";", "\n", "i", "oraz", "and", "/", "•"}
            else None
        )
        if lead:
            return Found(position, lead[1], lead[1], certain=True)
    return None


_TOLD = re.compile(r"^(?P<name>[^()–]+?)(?:\s+–\s+(?P<role>.+?))?(?:\s+\((?P<organisation>.+)\))?$")


def read_told(text: str) -> list[Person]:
    """Read a list where the text says that it holds people, known names or not: ``Anna Nowak – prezes (Fundacja Most); Jan Lis``."""
    people: list[Person] = []
    for piece in re.finditer(r"[^;\n]+", text):
        words = piece.group().strip(" \t•*.,")
        if sum(letter.isalpha() for letter in words) < 2:
            continue
        start = piece.start() + piece.group().index(words)
        told = _TOLD.match(words)
        if told and "," not in told["name"] and not _TITLE.match(fold(words)):
            role, organisation = (squeeze(told[key]) if told[key] else None for key in ("role", "organisation"))
            people.append(Person(squeeze(told["name"]), role, organisation, start, start + len(told["name"])))
            continue
        known = read_people(words)
        if known:
            people += [person.shifted(start) for person in known]
        else:
            name, _comma, rest = words.partition(",")
            own, organisation = _attributes(rest)
            people.append(Person(squeeze(name), own, organisation, start, start + len(name)))
    return people


_PIECES = re.compile(r"[,;()\n|\t]|[ \t][-–][ \t]")


def _attributes(text: str) -> tuple[str | None, str | None]:
    """Part the words after a name into a role and an organisation."""
    text = re.sub(r"[ \t,;]*\b(?:i|oraz|and)[ \t]*$", "", text)
    roles: list[str] = []
    organisations: list[str] = []
    for piece in _PIECES.split(text):
        words = squeeze(piece).strip(" .–-:/&•*")
        if not any(letter.isalpha() for letter in words):
            continue
        folded = fold(words)
        if organisations and (not ROLES.match(folded) or folded[:1].isdigit()):
            organisations.append(words)
        elif ROLES.match(folded) or (words[0].islower() and not ORGANISATION.match(folded)):
            roles.append(words)
        else:
            organisations.append(words)
    return ", ".join(roles) or None, ", ".join(organisations) or None


def _share_organisations(text: str, people: list[Person]) -> list[Person]:
    """``Anna Nowak, Jan Lis Fundacja Most``: both are of the organisation that follows the last of them."""
    shared = list(people)
    for index in range(len(people) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        between = text[here.end : after.start]
        if (
            not here.role
            and not here.organisation
            and not after.role
            and after.organisation
            and re.fullmatch(rf"[\s,]*(?:(?:i|oraz|and|&)\s*)?(?:(?:{TITLES})[\s,]*){{0,5}}", fold(between))
        ):
            shared[index] = replace(here, organisation=after.organisation, shared=True)
    return shared


@dataclass(frozen=True, slots=True)
class Split:
    """A session's words: where its title stands, and its people."""

    start: int
    end: int
    people: tuple[Person, ...] = ()


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
        people = read_people(text[label.end() :], role=role)
        if people:
            end = label.start()
            return Split(
                0, len(text[:end].rstrip(" \t\n,;(–-.|")), tuple(person.shifted(label.end()) for person in people)
            )
    return None


def _after_dash(text: str, folded: str) -> Split | None:
    for dash in reversed(list(_DASH.finditer(text))):
        if not text[: dash.start()].strip() or (name_at(text, 0, folded) and _only_attributes(text[: dash.start()])):
            continue
        if is_person(text, dash.end(), folded) or _role_before_name(text, folded, dash.end()):
            people = read_people(text[dash.end() :])
            if people and _named_only(text[dash.end() :], people):
                return Split(0, dash.start(), tuple(person.shifted(dash.end()) for person in people))
    return None


def _named_only(text: str, people: list[Person]) -> bool:
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
    dashes = list(_DASH.finditer(text, found.end))
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
            sign.group().strip() in {"", ":", "”", '"', "?", "!"} and _role_before_name(text, folded, sign.end())
        ):
            people = read_people(text[sign.end() :])
            if people:
                end = sign.start() + (1 if sign.group()[0] in '?!”"' else 0)
                return Split(0, end, tuple(person.shifted(sign.end()) for person in people))
    return None


_ALSO_GENITIVE = frozenset(
    "stanislawa miroslawa boguslawa jaroslawa wieslawa zdzislawa bronislawa henryka franciszka jozefa daniela gabriela ludwika czeslawa mieczyslawa waclawa slawomira kazimiera juliana mariana romana wladyslawa adriana karola".split()
)


def _may_be_genitive(name: str) -> bool:
    """ "Recital – utwory Henryka Dudy": a man spoken of may look like a woman speaking."""
    first, last = fold(name).split()[0], fold(name).split()[-1]
    return (
        first in _ALSO_GENITIVE
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
