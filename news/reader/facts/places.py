"""Step 5a: where it takes place, and whether it is online."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from wagtail_newsroom.news.reader.text.normalise import fold, squeeze, trim
from wagtail_newsroom.news.reader.text.page import Page
from wagtail_newsroom.news.reader.text.vocabulary import CITIES, EVENT_NOUN, EVENT_VERB, NOT_EVENT_ONLINE, ONLINE, PAST

# A house as it is named after "w" and "na", the same in the nominative, and its gender for the adjectives that follow.
HOUSES: dict[str, tuple[str, str]] = {
    "uniwersytecie": ("uniwersytet", "m"), "politechnice": ("politechnika", "f"), "akademii": ("akademia", "f"), "urzędzie": ("urząd", "m"), "domu": ("dom", "m"),
    "bibliotece": ("biblioteka", "f"), "teatrze": ("teatr", "m"), "filharmonii": ("filharmonia", "f"), "ratuszu": ("ratusz", "m"), "pałacu": ("pałac", "m"), "pałacyku": ("pałacyk", "m"), "zamku": ("zamek", "m"),
    "świetlicy": ("świetlica", "f"), "ośrodku": ("ośrodek", "m"), "szkole": ("szkoła", "f"), "instytucie": ("instytut", "m"), "kinie": ("kino", "n"), "kinoteatrze": ("kinoteatr", "m"), "hali": ("hala", "f"),
    "starostwie": ("starostwo", "n"), "restauracji": ("restauracja", "f"), "hotelu": ("hotel", "m"), "sali": ("sala", "f"), "auli": ("aula", "f"), "klubie": ("klub", "m"), "parku": ("park", "m"), "galerii": ("galeria", "f"),
    "inkubatorze": ("inkubator", "m"), "wydziale": ("wydział", "m"), "budynku": ("budynek", "m"), "ministerstwie": ("ministerstwo", "n"), "siedzibie": ("siedziba", "f"), "kościele": ("kościół", "m"), "dworze": ("dwór", "m"),
    "dworku": ("dworek", "m"), "gmachu": ("gmach", "m"), "kawiarni": ("kawiarnia", "f"), "karczmie": ("karczma", "f"), "przedszkolu": ("przedszkole", "n"), "zespole": ("zespół", "m"), "remizie": ("remiza", "f"), "pracowni": ("pracownia", "f"),
    "stadionie": ("stadion", "m"), "amfiteatrze": ("amfiteatr", "m"), "fabryce": ("fabryka", "f"), "wyższej": ("wyższa", "f"), "pensjonacie": ("pensjonat", "m"), "leśnictwie": ("leśnictwo", "n"), "spółdzielni": ("spółdzielnia", "f"),
    "fundacji": ("fundacja", "f"), "izbie": ("izba", "f"), "agencji": ("agencja", "f"), "delegaturze": ("delegatura", "f"), "oddziale": ("oddział", "m"), "komendzie": ("komenda", "f"), "szpitalu": ("szpital", "m"), "zakładzie": ("zakład", "m"),
    "kuchni": ("kuchnia", "f"), "stołówce": ("stołówka", "f"), "holu": ("hol", "m"), "ogrodzie": ("ogród", "m"), "czytelni": ("czytelnia", "f"), "parafii": ("parafia", "f"), "skansenie": ("skansen", "m"), "młynie": ("młyn", "m"),
    "katedrze": ("katedra", "f"), "bazylice": ("bazylika", "f"), "schronisku": ("schronisko", "n"), "arenie": ("arena", "f"), "kompleksie": ("kompleks", "m"), "nadleśnictwie": ("nadleśnictwo", "n"), "kolegium": ("kolegium", "n"),
    "filii": ("filia", "f"), "sądzie": ("sąd", "m"), "starej": ("stara", "f"), "nowej": ("nowa", "f"),
}  # fmt: skip
_FOLDED_HOUSES = {fold(key): value for key, value in HOUSES.items()}
_SAME = (
    "centrum muzeum gimnazjum liceum kuratorium technikum audytorium studio planetarium obserwatorium hospicjum".split()
)
_NOMINATIVE = sorted(
    {fold(word) for word, _gender in HOUSES.values()}
    | {"hala", "plac", "rynek", "rynku", "placu", "osp", "gok", "mok", "mdk", "ok", "ngo"},
    key=len,
    reverse=True,
)
_ENGLISH = "hotel library university hall centre center museum theatre theater school college institute town hall city hall room office building church palace castle house brewery"
_ADDRESS = r"(?:ul\.|ulic[aey]|al\.|alei|aleje|pl\.|plac[ue]?|os\.|osiedle|rynek|rynku)"
_LOCATIVE = "|".join(sorted([*_FOLDED_HOUSES, *_SAME], key=len, reverse=True))
# An adjective or two may stand before the house: "w Leśnym Centrum Edukacji", "w Miejskiej Bibliotece".
_ADJECTIVE = r"(?:[a-z]{2,18}(?:ym|im|ej)\s){0,2}"
_IN_PLACE = re.compile(
    rf"\b(?:w|we|na|przy|do)\s+(?P<place>{_ADJECTIVE}(?:{_LOCATIVE}|sp nr|mck|gok|mok|{_ADDRESS})\b)"
)
_PLAIN = re.compile(
    rf"(?:[,–|\n(-]|^|r\.|\d\d,|\x00\)?|[.;]\s)\s*(?:w |i |@ )?(?P<place>(?:[a-z]{{2,18}}\s){{0,1}}(?:{'|'.join(_NOMINATIVE)}|{'|'.join(_SAME)})\b|{_ADDRESS})"
)
_PLAIN_ENGLISH = re.compile(
    r"(?:\bat|\bin|\bvenue:|,(?!\s+(?:at|in)\b)|\n|–|-)\s+(?:the\s+)?(?P<place>(?:[a-z’']+\s){0,4}(?:"
    + "|".join(sorted(_ENGLISH.split(), key=len, reverse=True))
    + r")\b)"
)
_LABEL = re.compile(
    r"(?:^|\n|[.;|]\s|\t)[ \t•*–-]*(?:miejsce(?: i adres)?(?: (?!i (?:data|termin|czas)|zamieszk|pracy|urodz|parking)[a-z]{3,16}){0,2}|gdzie|lokalizacja|adres(?: spotkania| wydarzenia| konferencji)?|venue|where|location|place)"
    r"\s?[?:–|\t-][ \t?:|–-]*(?P<below>\n\s*)?"
)
_BOTH_LABEL = re.compile(
    r"\b(?:data i miejsce|termin i miejsce|czas i miejsce|miejsce i (?:data|termin|czas)|kiedy i gdzie|date and (?:venue|place))(?: \w{3,14})?\s?[?:–-]\s*\n?\s*"
)
_CUT = re.compile(
    r"[ ,(–-]*(?:\bgodz|\bo godz|\bw godz|\bo \d{1,2}[.:]|\bw dniu\b|\bw dniach\b|\bdnia\b|\bw terminie|\bktor|\bodb(?:edzie|yl|eda|ywa)|\bw ramach|\bzaprasz|\bpoczatek|\brozpocz|\bstart\b|\b(?:oraz|i|lub|albo|and|or) (?:on-?line|zdalnie|virtual)|\bw celu\b|\bpod haslem|\bpt\.|\bpn\.|\bpod nazwa|"
    r"\bzgloszenia|\bna temat|\bspotka(?:nie|l[aioy])\b|\bwezm[ai]|\bzostal|\bkiedy\b|\btermin\b|\bdata:|\bfrom \d|\bat \d|\bon \x00|\bwhich\b|\bwhere\b|\borgani[sz]|\btel\b|\btel\.|\be-?mail|\bhttps?:|\bwww\.|\bwstep\b|\bkontakt\b|\brejestracj|\bjest\b|\bbedzie|\bsa\b|\bmieszcz|\bwyklad(?:u|y|ow)?\b|\bod \d|\bdo \x00|\bw \x00|\bprowadz|\bpoprowadz|\bspotykamy|\bprogram\b|\bto\b|\bgdzie\b|\bi konferencj|\bna (?:szkoleni|spotkani|konferencj|warsztat|seminari|debat|wyklad|uroczyst)|\bod godz|\bodbyw|\bdla\b|\baby\b|\bzeby\b|\bi rozmawia|\bpo raz\b|\bwraz\b|\bz okazji\b|\bz udzialem\b|\bzorganizowan|\bseminarium\b|\bkonferencj[aei]\b|\bszkoleni(?:e|a|u|em)\b|\bwarsztat(?:y|ow|ach)\b)"
    r"|\x00|(?<![a-z]\.)\d{1,2}[.:]\d\d|\s[–-]\s(?!sala|aula|hall|room|budynek|wejscie|pietro|parter)(?=[a-z]{2,} |\x00|zapisy|wstep)|[!?;](?=\s|$)|\)(?=\s*[.,]?\s*$)|\n"
)
_FULL_STOP = re.compile(r"\.(?=\s|$)")
_SHORTENED = re.compile(
    r"\b(?:ul|al|pl|os|im|sw|dr|nr|prof|gen|woj|pow|ks|gm|bp|abp|p|pok|s|lok|m|r|mjr|marsz|plk|hr|(?:ul|al|pl|im|gen|ks|sw)\. ?[a-z])$"
)
_ON_LINE_ONLY = re.compile(
    r"^(?:on-?line|zdaln|platform|zoom|ms teams|microsoft teams|teams|internet|webinar|clickmeeting|google|spotkanie online|wydarzenie online|link|formula online|w formule online|w formie online|forma online|virtual)"
)


MOST_VERBS = 100
_CAPITAL = r"[A-ZĄĆĘŁŃÓŚŹŻ]\w+"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the text names it, in the nominative where the rule is plain (then ``inferred``)."""

    words: str
    start: int
    end: int
    inferred: bool = False


def find_place(page: Page, period: tuple[int, int] | None, avoid: tuple[int, int] | None) -> Place | None:
    """Return the venue: what a label names, else what stands in the sentence of the period, else in one of an event."""
    return _labelled(page, avoid) or _near_period(page, period, avoid) or _in_prose(page, avoid)


def _labelled(page: Page, avoid: tuple[int, int] | None) -> Place | None:
    for label in _LABEL.finditer(page.folded):
        if avoid and avoid[0] <= label.start() < avoid[1]:
            continue
        if place := _cut(page, label.end(), labelled=True):
            return place
    for label in _BOTH_LABEL.finditer(page.folded):
        at = label.end()
        line_end = page.line(at)[1]
        ends = [period.end for period in page.periods if at <= period.start < line_end] + [
            hours.end for hours in page.hours if at <= hours.start < line_end
        ]
        start = max(ends, default=at)
        lead = re.match(
            r"(?:\s*\(?[a-z]+\)?)?[\s,.;)–-]*(?:r\.|roku)?[\s,.;)–-]*(?:w |na )?", page.folded[start:line_end]
        )
        if place := _cut(page, start + (lead.end() if lead else 0), labelled=True):
            return place
    return None


def _near_period(page: Page, period: tuple[int, int] | None, avoid: tuple[int, int] | None) -> Place | None:
    if period is None:
        return None
    start, end = page.sentence(period[0])
    line_start, line_end = page.line(period[0])
    for first, last in (
        (period[0], max(end, line_end)),
        (period[1], min(len(page.text), line_end + 120)),
        (min(start, line_start), period[0]),
    ):
        if avoid and first < avoid[1] and last > avoid[0]:
            first, last = (first, avoid[0]) if first < avoid[0] else (avoid[1], last)
        if first < last and (place := _first_place(page, first, last)):
            return place
    return _town_with_address(page, period[1])


_TOWN = re.compile(
    rf"[\s,;.]{{0,4}}(?:(?:in|w|we)\s)?(?P<place>(?P<town>{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}) \((?P<inside>{_CAPITAL}[^()\n]{{3,120}})\))"
)


def _town_with_address(page: Page, at: int) -> Place | None:
    """``…, 10 a.m., Katowice (Rondo Sztuki, Rondo Ziętka 1)``: right after the period a town, its address in brackets."""
    match = _TOWN.match(page.text, at)
    if not match:
        return None
    known = match["town"] in CITIES.values()
    numbered = re.search(r",[^,]* \d{1,4}[a-zA-Z]?$", match["inside"])
    return Place(squeeze(match["place"]), *match.span("place")) if known or numbered else None


def _in_prose(page: Page, avoid: tuple[int, int] | None) -> Place | None:
    for verb in [
        *islice(EVENT_VERB.finditer(page.folded), MOST_VERBS),
        *islice(PAST.finditer(page.folded), MOST_VERBS),
    ]:
        if avoid and avoid[0] <= verb.start() < avoid[1]:
            continue
        start, end = page.sentence(verb.start())
        of_event = EVENT_NOUN.search(page.folded[start:end]) or PAST.search(page.folded[verb.start() : end])
        if of_event and (place := _first_place(page, verb.start(), end)):
            return place
    return None


def _first_place(page: Page, start: int, end: int) -> Place | None:
    stretch = page.dated[start:end]
    addresses = re.compile(rf"{_ADDRESS}")
    found = [
        match for pattern in (_IN_PLACE, _PLAIN, _PLAIN_ENGLISH) if (match := _usable(pattern, page, stretch, start))
    ]
    if found:
        match = min(found, key=lambda each: each.start("place"))
        at = start + match.start("place")
        if pattern_is_address := addresses.match(match["place"]):
            at = start + match.start("place") if pattern_is_address else at
        return _cut(page, at, labelled=False)
    return _city(page, start, end)


def _usable(pattern: re.Pattern[str], page: Page, stretch: str, offset: int) -> re.Match[str] | None:
    for match in pattern.finditer(stretch):
        at = offset + match.start("place")
        word = page.text[at : at + 1]
        if word.isupper() or re.search(
            r"(?:^|\s)(?:sal[aie]|aul|swietlic|ratusz|siedzib|budynk|hotel|ul\b|al\b|pl\b|os\b|kawiarn|remiz|restaurac|bibliotec|rynku|kuchni|holu|stolow|hali|czytelni|kosciel)",
            match["place"],
        ):
            if pattern is _PLAIN_ENGLISH and not word.isupper():
                continue
            if page.folded.count('"', page.sentence(at)[0], at) % 2:
                continue  # within the name of the event: „RODO w szkole”
            if re.match(r"(?:szkol\w{1,2} (?:letni|zimow|tanc|rodzic|ucz)|forum)", page.folded[at : at + 30]):
                continue
            if re.search(
                r"\b(?:zaprasza|organizuje|zwiazku|ramach|imieniu|partnerstwie|wspolpracy|organizator\w*|invites)\W*$",
                page.folded[max(0, at - 26) : at],
            ):
                continue
            if (
                re.match(
                    r"[^.\n]{0,90}\b(?:zaprasza|organizuje|serdecznie|informuje|oglasza|invites|oraz zaprasza)\b",
                    page.folded[at : at + 140],
                )
                and pattern is not _IN_PLACE
            ):
                continue
            return match
    return None


def _city(page: Page, start: int, end: int) -> Place | None:
    for match in re.finditer(r"\bw(?:e)?\s+([a-z]{3,}(?:\s[a-z]{3,})?)", page.folded[start:end]):
        at = start + match.start(1)
        if not page.text[at].isupper():
            continue
        for stem, name in CITIES.items():
            if match.group(1).startswith(fold(stem)):
                last = at + len(match.group(1) if " " in stem else match.group(1).split()[0])
                return Place(name, at, last, inferred=True)
    return None


def _cut(page: Page, start: int, *, labelled: bool) -> Place | None:
    """The words of a place from a position: to the next hour, date, verb, the end of the sentence or of the line."""
    limit = min(len(page.text), start + 260)
    stretch = page.dated[start:limit]
    cut = _CUT.search(stretch)
    while (
        cut
        and cut.group() == "\n"
        and re.search(r",\s*$", stretch[: cut.start()])
        and re.match(rf"\s*(?:{_ADDRESS}|sala|aula|\d\d-\d{{3}})", stretch[cut.end() :])
    ):
        cut = _CUT.search(stretch, cut.end())
    end = cut.start() if cut else len(stretch)
    for full_stop in _FULL_STOP.finditer(stretch[:end]):
        if not _SHORTENED.search(stretch[: full_stop.start()]):
            end = full_stop.start()
            break
    first, last = trim(page.text, start, start + end, " \t\n,;:.–-|(•")
    words = squeeze(page.text[first:last])
    if words.count("(") > words.count(")"):
        last = first + page.text[first:last].rindex("(")
        first, last = trim(page.text, first, last, " \t\n,;:.–-|")
        words = squeeze(page.text[first:last])
    folded = fold(words)
    if sum(letter.isalpha() for letter in words) < 3 or _ON_LINE_ONLY.match(folded) or len(words) > 200:
        return None
    if labelled and re.match(r"(?:w |we |na )(?=\S)", folded):
        skip = folded.index(" ") + 1
        words, first = words[skip:], first + skip
    named = nominative(words)
    return Place(named, first, last, inferred=named != words)


_ENDINGS = {
    "m": (("skim", "ski"), ("ckim", "cki"), ("dzkim", "dzki"), ("ym", "y"), ("im", "i")),
    "f": (("skiej", "ska"), ("ckiej", "cka"), ("ej", "a")),
    "n": (("skim", "skie"), ("ckim", "ckie"), ("ym", "e"), ("im", "ie")),
}


def nominative(words: str) -> str:
    """``Uniwersytecie Jesionowym`` becomes ``Uniwersytet Jesionowy``; what follows stays as it is."""
    parts = words.split(" ")
    at = next(
        (
            index
            for index, part in enumerate(parts[:3])
            if (bare := fold(part.rstrip(","))) in _FOLDED_HOUSES or bare in _SAME
        ),
        None,
    )
    if at is None or not all(re.search(r"(?:ym|im|ej)$", part) for part in parts[:at]):
        return words
    named = parts[at].rstrip(",")
    comma = parts[at][len(named) :]
    house, gender = _FOLDED_HOUSES.get(fold(named), (named.lower(), "n"))
    if fold(named) == fold(house) and at == 0 and gender != "n":
        return words
    if fold(named) not in _SAME:
        parts[at] = (house.capitalize() if named[0].isupper() else house) + comma
    for index in [*range(at), *range(at + 1, at + 1 if comma else len(parts))]:
        part = parts[index]
        core = part.rstrip(",")
        ending = next(
            ((old, new) for old, new in _ENDINGS[gender] if core.endswith(old) and len(core) > len(old) + 2), None
        )
        if not ending or not core.isalpha():
            if index > at:
                break
            continue
        parts[index] = core[: -len(ending[0])] + ending[1] + part[len(core) :]
        if index > at and part.endswith(","):
            break
    return " ".join(parts)


def find_online(page: Page, avoid: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Return where the text says that the event is online; a form or a registration online is not the event."""
    for match in ONLINE.finditer(page.folded):
        before = page.folded[max(0, match.start() - 40) : match.start()]
        if NOT_EVENT_ONLINE.search(before) or (avoid and avoid[0] <= match.start() < avoid[1]):
            continue
        if re.match(r"on-?line", match.group()) and re.match(
            r"[ -]?(?:formularz|rejestracj|zgloszen|registration|form\b|application|ankiet|sklep|platnos)",
            page.folded[match.end() : match.end() + 20],
        ):
            continue
        if match.group().startswith("zdaln") and re.match(
            r"\w* (?:prac|nauk|naucz)", page.folded[match.start() : match.end() + 12]
        ):
            continue
        return match.span()
    return None
