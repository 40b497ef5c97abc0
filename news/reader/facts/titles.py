"""Step 5d: what it is called and whom it is for."""

from __future__ import annotations

import re

from wagtail_newsroom.news.reader.agenda.line_heads import PROGRAMME, head_of
from wagtail_newsroom.news.reader.text.normalise import fold, squeeze, trim
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import EVENT_NOUN, REGISTRATION

_NAVIGATION = re.compile(
    r"^(?:aktualnos|wyniki wyszuk|brak wynikow|strona glowna|menu|szukaj|home\b|news\b|search|please ensure|javascript|przejdz do|drukuj|opublikowan|data (?:publ|dod|opubl)|dodano|autor|udostepnij|moze cie|wydarzenia$|kategori|tagi|skip to|cookie|a a a|zmien rozmiar|bip\b|kontrast|jestes tutaj|powrot|szanown|drodzy|dear|od:|do:|data:|temat:|wyslano|from:|to:|sent:|termin|miejsce|data\b|godz|kiedy|gdzie|when|where|date|venue|zalacznik|zgloszenia|kontakt|dzien dobry|witam|organizator|galeria|trasa:)"
)
_CALLED = re.compile(
    r"\b(?:pt\.?|pn\.?|pod nazwa|pod tytulem|pod haslem|zatytulowan\w{1,3}|na temat|entitled|titled|called)[\s:]{1,4}(?=[\"A-Za-z])"
)
_FOR = re.compile(
    r"\b(?:(?:adresowan[aeyi]|skierowan[aeyi]|przeznaczon[aeyi]|kierowan[aeyi]|dedykowan[aeyi])(?: (?:jest|sa|byl[aoy]?))?(?: (?:w szczegolnosci|przede wszystkim|glownie))? (?:do|dla)|(?:zaprasza(?:my)?|zaproszenie)(?: serdecznie)?(?= (?:przedstawiciel|pracownik|wszystkich (?:mieszk|zaint)|mieszka|nauczyciel|rodzic|senior|organizacj|samorzad|dyrektor|uczni|student|lider|osoby|mlodzi)[^\n]{0,260}? (?:do udzialu|na\b|do wziecia))"
    r"|(?:konferencj|spotkani|szkoleni|warsztat|seminari|webinar|kurs|wizyt|forum|debat|dyzur|zajec)\w{0,5}(?: (?!jest|sa |zaplan|odb|bedz|zosta)[a-z-]{3,18}){0,3} dla(?= [a-z]{3,})|(?:intended|aimed|designed|meant) (?:for|at)|aimed at)\s+"
)
_FOR_LABEL = re.compile(
    r"(?:^|\n)[\s•*–-]*(?:dla kogo|adresaci|odbiorcy|grupa docelowa|uczestnicy(?: (?:spotkania|szkolenia|konferencji))?|audience|who (?:is it for|should attend)|for whom)\s?[?:–-][\s?:–-]*"
)
_FOR_END = re.compile(
    r"\n|[.;!?](?=\s|$)|,? (?:dotycz[aą]c|w zakresie|ktor|pt\.|pn\.|w dniu|w dniach|odbedzie|odbyl|do udzialu|na temat|poswiecon|realizowan|organizowan|w ramach|do wziecia|pod haslem|, that|which|who\b)|(?<=[a-z]) na (?=konferencj|spotkani|szkoleni|warsztat|wizyt|seminari|webinar|debat|kurs)|\x00|[:(]"
)


# What kind of event it is, alone on a line: "KONFERENCJA", "Seminarium naukowe"; its name may follow in quotation marks.
_KIND_ALONE = re.compile(r"(?:[a-z-]+ ){0,2}[a-z-]+")
_INVITATION = re.compile(r"(?:zaproszenie|invitation)$")
_QUOTED = re.compile(r'\s*"[^"\n]{2,120}(?:\n[^"\n]{2,120})?"[ \t.]*(?=\n|$)')


def find_title(page: Page, subject: str | None = None, avoid: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Return where the title stands: the best of the first lines, else what the prose calls the event.

    ``avoid`` is the stretch of the programme's sessions: what one of them is called is not the event's name.
    """
    best: tuple[int, tuple[int, int]] | None = None
    folded_lines = [page.folded[start:end].strip() for start, end in page.lines]
    filled = [index for index, line in enumerate(folded_lines) if line][:14]
    if avoid:  # a title stands above the programme; below it only where nothing stands above
        above = [index for index in filled if page.lines[index][1] <= avoid[0]]
        filled = above or [index for index in filled if page.lines[index][0] >= avoid[1]]
    wanted = fold(subject).strip() if subject else None
    for rank, index in enumerate(filled):
        line = folded_lines[index]
        if (
            _NAVIGATION.match(line)
            or not 6 <= len(line) <= 240
            or head_of(page, *page.lines[index])
            or "@" in line
            or (PROGRAMME.match(line) and not EVENT_NOUN.search(line))
        ):
            continue
        score = -rank
        score += 5 if EVENT_NOUN.search(line) else 0
        score += 2 if _CALLED.search(line) or '"' in line else 0
        score += 4 if folded_lines.count(line) > 1 else 0
        score += 3 if wanted and line == wanted else 0
        score -= 5 if line.endswith((".", ",", ":")) and not line.endswith("r.") else 0
        score -= 4 if len(line) > 170 else 0
        score -= 3 if "\x00" in page.masked[slice(*page.lines[index])] and len(line) < 45 else 0
        if page.text[page.lines[index][0] :].lstrip()[:1].islower():
            score -= 4
        if best is None or score > best[0]:
            start, end = trim(page.text, *page.lines[index], " \t•*–-#")
            if page.text[end - 1] == "." and not page.folded[:end].endswith(("r.", "...")) and end - start > 1:
                end -= 1
            best = (score, (start, end))
    if best:
        best = (best[0], _with_quoted_name(page, best[1]))
    called = _called(page, avoid)
    if best and (best[0] < -8 or (best[1][1] - best[1][0] > 75 and page.text[best[1][1] : best[1][1] + 1] == ".")):
        best = None  # prose, not a title
    plain = (
        best
        and not EVENT_NOUN.search(page.folded[slice(*best[1])])
        and page.folded.count(page.folded[slice(*best[1])]) < 3
    )
    if best and not (called and plain) and (best[0] >= -3 or not called):
        return best[1]
    return called


_QUOTED_NAME = re.compile(EVENT_NOUN.pattern + r'[^.\n"]{0,60}"(?P<name>[^"\n]{6,200})"')


def _with_quoted_name(page: Page, title: tuple[int, int]) -> tuple[int, int]:
    """``KONFERENCJA`` and ``„Miasto”`` on the line below are one title."""
    start, end = title
    if _kind_alone(page.folded[start:end]):
        below = _QUOTED.match(page.folded, end)
        return (start, start + len(page.folded[start : below.end()].rstrip(" \t.\n"))) if below else title
    index = page.line_index(start)
    quoted = _QUOTED.match(page.folded, page.lines[index][0])
    index = next((other for other in range(index - 1, -1, -1) if not page.blank(other)), index)
    above = trim(page.text, *page.lines[index], " \t•*–-#:")
    if quoted and _kind_alone(page.folded[slice(*above)]):
        return above[0], above[0] + len(page.folded[above[0] : quoted.end()].rstrip(" \t.\n"))
    return title


def _kind_alone(folded: str) -> bool:
    return bool(_KIND_ALONE.fullmatch(folded) and (EVENT_NOUN.search(folded) or _INVITATION.match(folded)))


def _called(page: Page, avoid: tuple[int, int] | None = None) -> tuple[int, int] | None:
    for match in _CALLED.finditer(page.folded):
        if avoid and avoid[0] <= match.start() < avoid[1]:
            continue
        at = match.end()
        if page.folded[at] == '"':
            close = page.folded.find('"', at + 1, at + 240)
            if close > 0:
                return at + 1, close
        end = re.search(r"[.\n]|, ktor|\x00|, odb", page.masked[at : at + 220])
        if end and end.start() > 5:
            return trim(page.text, at, at + end.start(), ' ,;"')
    for quoted in _QUOTED_NAME.finditer(page.folded):
        if not (avoid and avoid[0] <= quoted.start() < avoid[1]):
            return quoted.span("name")
    return None


def find_audience(page: Page, avoid: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return where the text says whom the event is for."""
    for pattern in (_FOR_LABEL, _FOR):
        for match in pattern.finditer(page.folded):
            if avoid and avoid[0] <= match.start() < avoid[1]:
                continue
            at = match.end()
            end = _FOR_END.search(page.masked, at, at + 320)
            last = end.start() if end else min(len(page.text), at + 320)
            start, stop = trim(page.text, at, last, " \t\n,–-")
            words = squeeze(page.folded[start:stop])
            if 4 <= len(words) <= 300 and not REGISTRATION.match(words):
                return start, stop
    return None
