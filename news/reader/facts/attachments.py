"""Step 5c: what comes with the text: attachments with their kinds, and the address of the form for registration."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wagtail_newsroom.news.reader.agenda.line_heads import PROGRAMME, head_of
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import REGISTRATION

INVITATION, PROGRAMME_KIND, REGULATIONS, FORM, OTHER = "invitation", "programme", "regulations", "form", "other"
# The earliest keyword decides: "Formularz … do regulaminu" is a form.
_KEYWORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (INVITATION, re.compile(r"zaprosz|invitation")),
    (PROGRAMME_KIND, re.compile(r"program(?!ow|u? operacyjn|ie|u rozwoj)|agenda|harmonogram|programme|schedule|porzadek obrad|plan (?:spotk|szkol|konf|wizyt)")),
    (REGULATIONS, re.compile(r"regulamin|regulations|terms(?: and|_and| of)|zasady (?:udzialu|uczest|rekrut|nabor)|rules")),
    (FORM, re.compile(r"formularz|formular\b|karta[ _](?:zgl|ucz)|kart[ay] zgl|zgloszenie|zgloszeniow|ankiet|deklaracj|wniosek|application|form\b|form_|registration|booking|questionnaire|form[ _-]?zgl")),
    (OTHER, re.compile(r"zalacznik|klauzul|prezentacj|plakat|mapa|mapka|ulotk|folder|oswiadczeni|informacja|komunikat|pismo|list[_ ]|lista|uchwal|instrukcj|poster|leaflet|map\b|presentation|privacy|attachment|ogloszeni|zgoda|rodo|dojazd|karta|umowa|oferta|wzor|statut|sprawozdani|protokol|raport|report|minutes|brochure|broszur|consent|guide|logo|zdjeci|img|skan|rozdzielnik")),
)  # fmt: skip
_FILE = re.compile(
    r"(?P<name>[^\n\t|/\\<>\"]{1,120}?)\.(?P<ext>pdf|docx?|odt|rtf|xlsx?|ods|pptx?|odp|zip|jpe?g|png)\b", re.IGNORECASE
)
_HEADING = re.compile(
    r"^[\s•*–-]*(?:zalacznik[i]?|do pobrania|pliki(?: do pobrania)?|dokumenty(?: do pobrania)?|materialy(?: do pobrania)?|attachments?|downloads?|files|documents|w zalaczeniu|zalaczamy)(?: do pobrania)?\s?[:.]?\s*$"
)
_INLINE = re.compile(r"^[\s•*–-]*(?:zalaczniki|w zalaczeniu|attachments|do pobrania)\s?:\s*(?P<list>\S.*)$")
_NAVIGATION = re.compile(
    r"(?:(?:powrot do|wroc do|pobierz|drukuj|czytaj wiecej|wiecej|back to|download|nastepn[ay]|poprzedni[ay]|otworz|zobacz|udostepnij|przejdz do)\b.*|[→←»«›‹↓⇩]+.*)$"
)
_DETAILS = re.compile(
    r"\s*[(\[]?\s*(?:(?:pdf|docx?|odt|rtf|xlsx?|format|plik|rozmiar|file|size)[\s,:;.]*)*(?:\d+(?:[.,]\d+)?\s?(?:kb|mb|kib|mib|b|kB))?[\s,;]*(?:\d+ (?:stron\w*|pages?))?\s*[)\]]?\s*$"
)
_NUMBERED = re.compile(r"^(?:zalacznik(?:i)?|zal\.?|attachment|annex)(?: nr)?\.? ?\d{1,2}[a-z]?[\s.:–)-]+")
_STARTS = re.compile(
    r"^(?:zaprosz|program\b|program_|agenda|harmonogram|regulamin|formularz|karta[ _]|ankieta|deklaracja[ _](?:ucz|udz|przy)|klauzul|zalacznik|zgloszenie_|wniosek|plakat|oswiadczeni|invitation|programme\b|regulations|terms|application form|registration form|form_|mapa|instrukcja|prezentacj|wzor|zgoda|informacja o przetwarzaniu|obowiazek informacyjny)"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]{}|\\^]{3,400}", re.IGNORECASE)
_FORM_URL = re.compile(
    r"form|zapis|zglos|rejestr|regist|sign|apply|join|webankieta|ankiet|evenea|eventbrite|evently|bit\.ly|conrego|zarejestr|rsvp|nabor|webinar|ticket|booking"
)
_ELSEWHERE = re.compile(
    r"facebook|youtube|youtu\.be|twitter|instagram|linkedin|x\.com|maps\.|google\.\w+/maps|goo\.gl/maps|mapa|\.(?:pdf|docx?|jpg|png|odt|zip)$|zoom\.us/j|teams\.microsoft|meet\.google|deklaracja-dost|rodo|polityka|privacy"
)
_POSTFIX = ".,;:!?)]}»”\"'"


@dataclass(frozen=True, slots=True)
class Paper:
    """An attachment that the text names."""

    title: str
    kind: str
    start: int
    end: int


def kind_of_paper(title: str) -> str:
    """Return the kind by the earliest keyword in a title or a file name."""
    folded = fold(title).replace("_", " ").replace("-", " ")
    hits = [(match.start(), kind) for kind, pattern in _KEYWORDS if (match := pattern.search(folded))]
    numbered = _NUMBERED.match(folded)
    if numbered:
        later = [
            (match.start() + numbered.end(), kind)
            for kind, pattern in _KEYWORDS[:-1]
            if (match := pattern.search(folded[numbered.end() :]))
        ]
        hits = later or hits
    return min(hits)[1] if hits else OTHER


def clean_title(words: str) -> str:
    """Take navigation, sizes, file endings and underscores off a name."""
    folded = fold(words)
    cut = _NAVIGATION.search(folded)
    if cut and cut.start() > 3:
        words = words[: cut.start()]
    words = re.sub(r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|pptx?|odp|zip|jpe?g|png)\b.*$", "", words, flags=re.IGNORECASE)
    details = _DETAILS.search(fold(words))
    if details and details.start() > 3 and re.search(r"[(\[]|\d\s?[km]b", details.group()):
        words = words[: details.start()]
    words = re.sub(r"^[\s•*–-]*\d{1,2}[.)]\s+", "", words)
    return squeeze(words.replace("_", " ")).strip(" •*–-;,:|.→")


def find_attachments(page: Page, avoid: tuple[int, int] | None) -> list[Paper]:
    """Return the attachments in their order: under a heading, with a file's ending, or alone near the end."""
    filled = [index for index in range(len(page.lines)) if not page.blank(index)]
    if not filled:
        return []
    attachments: dict[str, Paper] = {}
    listed = False
    tail = set(filled[-14:]) & set(filled[3:])
    for index in filled:
        start, end = page.lines[index]
        line, folded = page.text[start:end], page.folded[start:end]
        if (avoid and avoid[0] <= start < avoid[1]) or head_of(page, start, end):
            listed = False
            continue
        if _HEADING.match(folded):
            listed = True
            continue
        inline = _INLINE.match(folded)
        if inline and not _URL.search(line):
            at = start + inline.start("list")
            for piece in re.finditer(r"[^,;]+", page.text[at:end]):
                _keep(attachments, page.text, at + piece.start(), at + piece.end())
            continue
        files = list(_FILE.finditer(line)) if len(line) < 400 else []
        if files and not _URL.search(line):
            for match in files:
                _keep(attachments, page.text, start + match.start(), start + match.end())
            continue
        stripped = folded.strip(" \t•*–-")
        if (
            listed
            and len(stripped) < 160
            and not _ends_like_prose(stripped)
            and not re.match(
                r"(?:kontakt|powrot|organizator|partner|zapraszamy|liczba|galeria|tagi|udostepnij|drukuj|metryka|autor|data)",
                stripped,
            )
        ):
            _keep(attachments, page.text, start, end)
            continue
        listed = False
        if index in tail and _stands_alone(page, stripped, index):
            _keep(attachments, page.text, start, end)
    return list(attachments.values())


def _ends_like_prose(folded: str) -> bool:
    return (len(folded) > 90 and folded.endswith(".")) or bool(re.search(r"[!?]$", folded))


def _stands_alone(page: Page, stripped: str, index: int) -> bool:
    if not _STARTS.match(stripped) or len(stripped) > 170 or "@" in stripped or "http" in stripped:
        return False
    named = _NAVIGATION.sub("", stripped).strip()
    if named.endswith((".", "!", "?", ":")) and not named.endswith(("r.", "_.")):
        return False
    if PROGRAMME.match(stripped) and (len(stripped.split()) < 2 or _hours_follow(page, index)):
        return False
    return (
        not re.search(
            r"\b(?:jest|znajduje|mozna|nalezy|prosimy|dostepn|zapraszamy|odbedzie|przyjmowan|do dnia|na adres|ktor|is available|please|prosze|wypeln|opublikowan)",
            stripped,
        )
        and not re.match(r"(?:zaproszenie na|program) .*[\"]$", stripped)
    ) or "_" in stripped


def _hours_follow(page: Page, index: int) -> bool:
    return any(head_of(page, *page.lines[below]) for below in range(index + 1, min(index + 5, len(page.lines))))


def _keep(attachments: dict[str, Paper], text: str, start: int, end: int) -> None:
    words = text[start:end]
    lead = len(words) - len(words.lstrip(" \t•*–-"))
    title = clean_title(words)
    if sum(letter.isalpha() for letter in title) >= 3:
        attachments.setdefault(fold(title), Paper(title, kind_of_paper(title), start + lead, end))


@dataclass(frozen=True, slots=True)
class Address:
    """The address of the form for registration."""

    url: str
    start: int
    end: int


def find_registration(page: Page) -> Address | None:
    """Return the address that the words around it, or its own, call the way to register."""
    best: tuple[int, Address] | None = None
    for match in _URL.finditer(page.text):
        url = match.group().rstrip(_POSTFIX)
        folded = fold(url)
        start, end = page.sentence(match.start())
        around = page.folded[max(start, match.start() - 220) : match.start()]
        after = page.folded[match.end() : min(end, match.end() + 80)]
        line_above = page.folded[max(0, start - 120) : start] if len(around.strip()) < 12 else ""
        score = 0
        if REGISTRATION.search(around):
            score = 3
        elif REGISTRATION.search(line_above):
            score = 2
        elif REGISTRATION.search(after):
            score = 1
        if _FORM_URL.search(folded.split("//")[-1].partition("/")[2] or folded):
            score += 2
        elif _FORM_URL.search(folded):
            score += 1
        if _ELSEWHERE.search(folded) and not REGISTRATION.search(around):
            score = 0
        if re.search(r"\b(?:regulamin|klauzul|polityk|transmisj|relacj)\w* [^.]{0,30}$", around):
            score -= 2
        if score >= 2 and (best is None or score > best[0]):
            best = (score, Address(url, match.start(), match.start() + len(url)))
    return best[1] if best else None
