"""Step 5b: whom to ask. E-mail addresses that a page hides are reported, never stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wagtail_newsroom.news.reader.agenda.people import is_person, name_at
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import FIRST_NAMES, IRREGULAR_NAMES, ROLES

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?: ?\[at\] ?| ?\(at\) ?|@)[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
HIDDEN = re.compile(
    r"\[email\s?(?:protected|chroniony)\]|\[e-?mail (?:ukryty|chroniony)\]|ten adres pocztowy jest chroniony|adres poczty elektronicznej jest chroniony|this email address is being protected"
)
_NOT_THE_EVENTS = re.compile(
    r"\b(?:inspektor\w* ochrony|ochron\w* danych|administrator\w* danych|iod@|iodo@|abi@|rodo@|data protection|unsubscribe|newsletter)"
)
_NUMBER = re.compile(r"(?<![\d./@\w-])(?:\+|00)?\(?\d{1,3}\)?(?:[ \-–/.]{0,2}\(?\d{1,4}\)?){2,6}(?![\d@])")
_NO_PHONE = re.compile(
    r"\b(?:nip|regon|krs|konto|kont[au]|rachun\w{0,4}|iban|pesel|nr sprawy|znak sprawy|isbn|issn|numer konta|fax|faks|poz|dz\.? ?u|rpls|rpo|nr umowy|umow[ay] nr|projekt nr|numer wniosku|meeting id|id spotkania|passcode|identyfikator)\W{0,12}(?:[a-z]{2}\W)?$"
)
_PHONE_CUE = re.compile(
    r"\b(?:tel|telefon\w*|kom|komork\w*|phone|call|mobile|pod nr|pod numer\w*|nr|numer\w*|fax|zadzwon|dzwoni\w*|infolini\w)\b[^\d\n]{0,30}$"
)
_TO_ASK = re.compile(
    r"\b(?:kontakt(?:ujac sie|owac sie|uj sie|ujcie sie|u)?(?: (?:z|w sprawie \w+(?: \w+)?))?|osob[aey] (?:do kontaktu|kontaktow[ae]|odpowiedzialn[ae])|informacj[iea] udziela(?:ja|)?|informacj[ie]|szczegolowych informacji udziela|dodatkowych informacji udziela|koordynator(?:ka|em)?(?: projektu)?|zgloszenia przyjmuje|pytania|"
    r"contact(?: person)?|for (?:more |further )?(?:information|details)|questions|queries|enquiries)\b(?: (?:prosimy|prosze|please))?(?: (?:o kontakt|kierowac|contact|to|do|with|z)\b)?(?: (?:z|do|pania|panem|pani|pan|paniami|panami)\b){0,2}[ \t:–\n-]{0,6}"
)
_CASES = (
    ("ską", "ska"),
    ("cką", "cka"),
    ("dzką", "dzka"),
    ("ową", "owa"),
    ("ną", "na"),
    ("skim", "ski"),
    ("ckim", "cki"),
    ("dzkim", "dzki"),
    ("ą", "a"),
    ("iem", ""),
    ("em", ""),
)


_INFLECTED = re.compile(
    r"(?:(?:dr|mgr|inż\.?|Panią|Panem|panią|panem|p\.)\s+){0,3}(?P<name>[A-ZĄĆĘŁŃÓŚŹŻ]\w+ [A-ZĄĆĘŁŃÓŚŹŻ]\w+(?:-[A-ZĄĆĘŁŃÓŚŹŻ]\w+)?)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something found, as the text writes it (or, for a name, in the nominative: ``inferred``)."""

    words: str
    start: int
    end: int
    inferred: bool = False


def find_emails(page: Page) -> list[Mention]:
    found: dict[str, Mention] = {}
    for match in _EMAIL.finditer(page.text):
        start, _end = page.sentence(match.start())
        around = page.folded[max(start, match.start() - 160) : match.end()]
        if _NOT_THE_EVENTS.search(around) or re.search(r"\.(?:png|jpe?g|pdf|docx?)$", match.group()):
            continue
        words = re.sub(r" ?[\[(]at[\])] ?", "@", match.group()).rstrip(".-_")
        found.setdefault(words.lower(), Mention(words, match.start(), match.end()))
    return list(found.values())


def find_hidden_emails(page: Page) -> list[tuple[int, int]]:
    return [match.span() for match in HIDDEN.finditer(page.folded)]


def find_phones(page: Page) -> list[Mention]:
    """Return phone numbers; numbers of accounts, taxes and registers are none. Loads ``phonenumbers`` where digits call for it."""
    masked = page.text
    for period in page.periods:
        masked = masked[: period.start] + " " * (period.end - period.start) + masked[period.end :]
    found: dict[str, Mention] = {}
    for match in _NUMBER.finditer(masked):
        words = match.group().strip(" -–/.")
        digits = re.sub(r"\D", "", words)
        before = page.folded[max(0, match.start() - 40) : match.start()]
        if not 7 <= len(digits) <= 13 or _NO_PHONE.search(before):
            continue
        if match.end() < len(masked) and masked[match.end() : match.end() + 2].strip()[:1].isdigit():
            continue
        cued = bool(_PHONE_CUE.search(before))
        previous = next((each for each in found.values() if 0 <= match.start() - each.end <= 12), None)
        if not cued and previous is None and not _looks_like_phone(words, digits):
            continue
        if _is_number(words, digits):
            found.setdefault(digits[-9:], Mention(squeeze(words), match.start(), match.start() + len(words)))
    return list(found.values())


def _looks_like_phone(words: str, digits: str) -> bool:
    """Without a word before it, a number must be grouped as phones are, or carry a country code."""
    return bool(
        words.startswith("+")
        or (
            len(digits) == 9
            and re.fullmatch(r"\d{3}[ -]\d{3}[ -]\d{3}|\(?\d{2}\)?[ -]\d{3}[ -]\d{2}[ -]\d{2}|\d{2} \d{7}", words)
        )
        or re.fullmatch(r"\(?0\d{2}\)?[ -]\d{3}[ -]\d{2}[ -]\d{2}", words)
    )


def _is_number(words: str, digits: str) -> bool:
    import phonenumbers

    if digits.startswith("0") and not digits.startswith("00") and len(digits) == 10:
        words = digits[1:]  # the old trunk form: 032 211 00 22
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(words, "PL"))
    except phonenumbers.NumberParseException:
        return False


def find_names(page: Page, reach: list[Mention], avoid: tuple[int, int] | None) -> list[Mention]:
    """Return the people to ask: those a label names, those beside a phone or an address, else who signed."""
    found: list[Mention] = []
    for label in _TO_ASK.finditer(page.folded):
        if avoid and avoid[0] <= label.start() < avoid[1]:
            continue
        found += _names_from(page, label.end())
    for each in reach:
        if avoid and avoid[0] <= each.start < avoid[1]:
            continue
        if name := _beside(page, each):
            found.append(name)
    if not found and (signed := _signature(page, avoid)):
        found.append(signed)
    unique: dict[str, Mention] = {}
    for name in sorted(found, key=lambda each: each.start):
        if not any(_within(name, other) for other in found):
            unique.setdefault(fold(name.words), name)
    return list(unique.values())


def _within(name: Mention, other: Mention) -> bool:
    """``Maria Rokosz`` within ``Jan Maria Rokosz`` is nobody else."""
    return other.start <= name.start and name.end <= other.end and other.end - other.start > name.end - name.start


def _names_from(page: Page, at: int) -> list[Mention]:
    names = []
    for _count in range(4):
        name = _plain_or_inflected(page, at)
        if not name:
            break
        names.append(name)
        following = re.match(
            r"\s*(?:[–-]?\s*(?:tel|kom)\.?[\s:]*[\d ()+-]{7,18})?(?:,|;|i|oraz|lub|bądź|and|or)\s+(?:z\s+)?",
            page.text[name.end : name.end + 50],
        )
        if not following:
            break
        at = name.end + following.end()
    return names


def _plain_or_inflected(page: Page, at: int) -> Mention | None:
    found = name_at(page.text[: at + 120], at, page.folded[: at + 120])
    if found and found.certain:
        return Mention(squeeze(page.text[found.name_start : found.end]), found.name_start, found.end)
    match = _INFLECTED.match(page.text, at)
    if not match:
        return None
    start, end = match.span("name")
    named = to_nominative(squeeze(match["name"]))
    return Mention(named, start, end, inferred=True) if named else None


def to_nominative(words: str) -> str | None:
    """``Dorotą Zielińską`` becomes ``Dorota Zielińska``; None where the first name is not known in any case."""
    first, _space, rest = words.partition(" ")
    folded = fold(first)
    if folded in IRREGULAR_NAMES:
        plain = IRREGULAR_NAMES[folded]
    else:
        tries = [first[:-1] + "a"] if first.endswith(("ą", "ę")) else []
        tries += [first[: -len(old)] for old in ("em", "iem", "owi", "a", "u") if first.endswith(old)]
        tries += [first[:-1] + "a"] if first.endswith(("y", "i")) else []
        tries += [first[:-1]] if first.endswith("i") else []
        plain = next((each for each in tries if fold(each) in FIRST_NAMES), "")
    if not plain:
        return None
    woman = plain.endswith("a")
    return f"{plain} {_surname(rest, woman=woman)}"


def _surname(words: str, *, woman: bool) -> str:
    if woman and words.endswith(("skiej", "ckiej", "dzkiej")):
        return words[:-3] + "a"
    for old, new in _CASES:
        if words.endswith(old) and (old.endswith("ą") == woman or old == "ą"):
            if old == "iem":
                return words[: -len(old)] if words.endswith("kiem") else words[:-2]
            return words[: -len(old)] + new
    if not woman and words.endswith(("skiego", "ckiego")):
        return words[:-3]
    return words


def _beside(page: Page, reach: Mention) -> Mention | None:
    """A name in the same line or the line above a phone or an address: ``Justyna Wilk, tel. …``, ``tel. … (Justyna Wilk)``."""
    start, end = page.line(reach.start)
    sentence_start, _sentence_end = page.sentence(reach.start)
    start = max(start, sentence_start, reach.start - 160)
    nearest: Mention | None = None
    for match in reversed(list(re.finditer(r"(?:^|(?<=[\s(:,–-]))(?=[A-ZĄĆĘŁŃÓŚŹŻ])", page.text[start : reach.start]))):
        found = name_at(page.text[: reach.start], start + match.start(), page.folded[: reach.start])
        if (
            found
            and found.certain
            and re.match(
                r"[\s,;:()–|-]*(?:[^.]|(?<=\btel)\.|(?<=\bkom)\.|(?<=\bnr)\.){0,110}$",
                page.folded[found.end : reach.start],
            )
        ):
            if nearest and found.end != nearest.end:
                break
            # "Ewa Olga Karta", not "Olga Karta"
            nearest = Mention(squeeze(page.text[found.name_start : found.end]), found.name_start, found.end)
    if nearest:
        return nearest
    after = re.match(r"[\s,;–-]*[(–-]?\s*(?=[A-ZĄĆĘŁŃÓŚŹŻ])", page.text[reach.end : min(end, reach.end + 12)])
    if after:
        found = name_at(page.text[:end], reach.end + after.end(), page.folded[:end])
        if found and found.certain:
            return Mention(squeeze(page.text[found.name_start : found.end]), found.name_start, found.end)
    index = page.line_index(reach.start)
    for above in (index - 1, index - 2, index - 3):
        if above < 0 or page.blank(above):
            break
        first, last = page.lines[above]
        found = name_at(
            page.text[:last],
            first + len(page.text[first:last]) - len(page.text[first:last].lstrip(" \t•*–-")),
            page.folded[:last],
        )
        if found and found.certain and len(page.text[found.end : last].strip()) < 60:
            return Mention(squeeze(page.text[found.name_start : found.end]), found.name_start, found.end)
    return None


def _signature(page: Page, avoid: tuple[int, int] | None) -> Mention | None:
    """A name alone on a line near the end, with a role or nothing below it."""
    filled = [index for index in range(len(page.lines)) if not page.blank(index)]
    if len(filled) < 4:
        return None
    for index in reversed(filled[-7:]):
        start, end = page.lines[index]
        if avoid and avoid[0] <= start < avoid[1]:
            return None
        lead = start + len(page.text[start:end]) - len(page.text[start:end].lstrip())
        found = is_person(page.text[:end], lead, page.folded[:end])
        if not found or not found.certain:
            continue
        rest = page.folded[found.end : end].strip(" ,–-")
        below = next((page.folded[slice(*page.lines[other])].strip() for other in filled if other > index), "")
        above = next(
            (page.folded[slice(*page.lines[other])].strip() for other in reversed(filled) if other < index), ""
        )
        if (not rest or ROLES.match(rest)) and (
            ROLES.match(below)
            or ROLES.match(rest)
            or re.match(r"(?:z (?:powaz|wyraz)|pozdraw|zaprasz|serdecznie|do zobacz|best|kind|yours|with)", above)
        ):
            return Mention(squeeze(page.text[found.name_start : found.end]), found.name_start, found.end)
    return None
