"""Step 4a: who speaks, as whom, for whom. A name is never made up: the text has it as it is given here.

A person is known by a first name on the list, by a title before the name, or by a role or an organisation right
after it. ``read_people`` reads a stretch that should hold people only, ``read_people_list`` one of which the text says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from wagtail_newsroom.news.reader.text.normalise import fold, squeeze
from wagtail_newsroom.news.reader.text.vocabulary import EVENT_NOUN, FIRST_NAMES, ORGANISATION, ROLES, SURNAME, TITLES

_UPPER = "A-ZĄĆĘŁŃÓŚŹŻÄÖÜÉÈÁŠČŽÇŐ"
_WORD = rf"(?:[{_UPPER}][\w’']*(?:-[{_UPPER}][\w’']*)?)"
_TITLE = re.compile(rf"(?:{TITLES})(?:[ \t]*[,.][ \t]*|[ \t]+|(?<=\.))")
_NAME = re.compile(
    rf"(?P<first>[{_UPPER}]\.|{_WORD})(?P<rest>(?:[ \t]+(?:[{_UPPER}]\.|{_WORD})|[ \t]*[-–][ \t]*(?=[{_UPPER}]\w+(?:ska|cka|wicz)\b){_WORD}|[ \t](?:de|von|van|der|di|da|la|le|del|zu)(?=[ \t])){{1,4}})"
)
_SEPARATOR = re.compile(r"[ \t]*(?:[,;/&\n•|]|\bi\b|\boraz\b|\band\b|\ba także\b|[ \t][-–][ \t])[ \t]*")
DASH = re.compile(r"(?:[ \t]+[-–]+[ \t]*|(?<=[^\d\s])[-–][ \t]+|(?<=[\"”“)])[-–])")
# "…, paneliści: Jan Lis": a label within a list parts who was named before it from who is named after it.
_LABEL = re.compile(r"(?:[^\W\d]+[ \t]){0,2}[^\W\d]{3,}[ \t]?:[ \t\n]+")
_LABEL_AT_END = re.compile(rf"[ \t\n,;.–|•-]+{_LABEL.pattern}$|^{_LABEL.pattern}$")
_NO_NAME = frozenset(
    "unia unii europejski krajowy narodowy polska polski urzad sala aula hotel dom plac park ulica centrum fundacja stowarzyszenie grupa sesja panel blok warsztat dzien program projekt rzeczpospolita".split()
)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as the text names them; positions are those of the string that was read, until they are shifted."""

    name: str
    role: str | None = None
    organisation: str | None = None
    start: int = 0
    end: int = 0
    shared: bool = False  # the organisation stands only after a later name of the same list

    def shifted(self, by: int) -> NamedPerson:
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Where a name stands: with the titles before it, and without."""

    start: int
    name_start: int
    end: int
    certain: bool


def name_at(text: str, at: int, folded: str | None = None) -> NameSpan | None:
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
        and not DASH.match(text, end)
    ):
        end += second.end()
    if family.endswith("ego") and first in ALSO_GENITIVE:
        return None
    certain = (known and (len(words[surname].group()) > 1)) or (titles > 0 and not known and first not in _NO_NAME)
    if initial and titles == 0:
        certain = False
    return NameSpan(start, at, end, bool(certain))


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


def is_person(text: str, at: int = 0, folded: str | None = None) -> NameSpan | None:
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


def read_people(text: str, role: str | None = None) -> list[NamedPerson]:
    """Read a list of people with their roles and organisations; empty unless the text begins with a person."""
    folded = fold(text)
    at = len(text) - len(text.lstrip(" \t\n•*–-:,;"))
    people: list[NamedPerson] = []
    lead = role_before_name(text, folded, at)
    if lead:
        role, at = lead
    while at < len(text):
        found = is_person(text, at, folded)
        if not found:
            break
        following = _next_person(text, folded, found.end)
        end = following.start if following else len(text)
        own, organisation = _attributes(_LABEL_AT_END.sub("", text[found.end : end]))
        people.append(
            NamedPerson(
                squeeze(text[found.name_start : found.end]), own or role, organisation, found.name_start, found.end
            )
        )
        if not following:
            break
        lead = role_before_name(text, folded, following.start)
        at = lead[1] if lead else following.start
        role = lead[0] if lead else None
    return _share_organisations(text, people)


def role_before_name(text: str, folded: str, at: int) -> tuple[str, int] | None:
    """``Wójt Gminy Jan Nowak``: a role that ends where a certain name begins."""
    if not ROLES.match(folded, at):
        return None
    for word in re.finditer(r"[ \t,–-]+(?=\S)", text[at : at + 140]):
        position = at + word.end()
        found = name_at(text, position, folded)
        if found and found.certain and not re.search(r"\b(?:im|imienia)\.?$", folded[at : at + word.start()]):
            return squeeze(text[at : at + word.start()]).rstrip(" ,:–-"), position
    return None


def _next_person(text: str, folded: str, at: int) -> NameSpan | None:
    for separator in _SEPARATOR.finditer(text, at):
        position = separator.end()
        if label := _LABEL.match(text, position):
            position = label.end()
        found = name_at(text, position, folded)
        if found and found.certain:
            return found
        lead = (
            role_before_name(text, folded, position)
            if separator.group().strip() in {"", ";", "\n", "i", "oraz", "and", "/", "•"}
            else None
        )
        if lead:
            return NameSpan(position, lead[1], lead[1], certain=True)
    return None


_TOLD = re.compile(r"^(?P<name>[^()–]+?)(?:\s+–\s+(?P<role>.+?))?(?:\s+\((?P<organisation>.+)\))?$")


def read_people_list(text: str) -> list[NamedPerson]:
    """Read a list where the text says that it holds people, known names or not: ``Anna Nowak – prezes (Fundacja Most); Jan Lis``."""
    people: list[NamedPerson] = []
    for piece in re.finditer(r"[^;\n]+", text):
        words = piece.group().strip(" \t•*.,")
        if sum(letter.isalpha() for letter in words) < 2:
            continue
        start = piece.start() + piece.group().index(words)
        match = _TOLD.match(words)
        if match and "," not in match["name"] and not _TITLE.match(fold(words)):
            role, organisation = (squeeze(match[key]) if match[key] else None for key in ("role", "organisation"))
            people.append(NamedPerson(squeeze(match["name"]), role, organisation, start, start + len(match["name"])))
            continue
        known = read_people(words)
        if known:
            people += [person.shifted(start) for person in known]
        else:
            name, _comma, rest = words.partition(",")
            own, organisation = _attributes(rest)
            people.append(NamedPerson(squeeze(name), own, organisation, start, start + len(name)))
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


def _share_organisations(text: str, people: list[NamedPerson]) -> list[NamedPerson]:
    """``Anna Nowak, Jan Lis Fundacja Most``: both are of the organisation that follows the last of them.

    In brackets, ``Anna Nowak, Jan Lis (Fundacja Most)``, it is the last one's alone, or that of a pair joined by "i".
    """
    shared = list(people)
    in_brackets = False
    for index in range(len(people) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        between = text[here.end : after.start]
        if not after.shared:
            in_brackets = bool(re.match(r"\s*[(\[]", text[after.end :]))
        if (
            not here.role
            and not here.organisation
            and not after.role
            and after.organisation
            and re.fullmatch(rf"[\s,]*(?:(?:i|oraz|and|&)\s*)?(?:(?:{TITLES})[\s,]*){{0,5}}", fold(between))
            and not (in_brackets and (after.shared or not re.match(r"\s*(?:i|oraz|and|&)\s", between)))
        ):
            shared[index] = replace(here, organisation=after.organisation, shared=True)
    return shared


ALSO_GENITIVE = frozenset(
    "stanislawa miroslawa boguslawa jaroslawa wieslawa zdzislawa bronislawa henryka franciszka jozefa daniela gabriela ludwika czeslawa mieczyslawa waclawa slawomira kazimiera juliana mariana romana wladyslawa adriana karola".split()
)
