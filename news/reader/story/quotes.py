"""Quotes: words in „…” with a dash and a name behind them, and paragraphs in a quote's own style."""

from __future__ import annotations

import re

from wagtail_newsroom.news.reader.story.blocks import CITE, Block
from wagtail_newsroom.news.reader.story.parts import Quote

_CAPITAL = r"[A-ZĄĆĘŁŃÓŚŹŻ]"
_TITLES = r"(?:(?:prof\.|dr|hab\.|inż\.|mgr|ks\.|arch\.|płk|gen\.)\s{1,2}){0,4}"
_NAME = rf"{_TITLES}{_CAPITAL}[\w'’-]{{1,30}}(?:\s{{1,2}}(?:{_CAPITAL}\.|{_CAPITAL}[\w'’-]{{1,30}})){{1,3}}"
_VERB = (
    r"(?:(?:mówi|mówił|mówiła|powiedział|powiedziała|podkreśla|podkreślił|podkreśliła|dodaje|dodał|dodała|"
    r"zaznacza|zaznaczył|zaznaczyła|wyjaśnia|said|says|explains|adds)\s{1,2})?"
)
_TOLD = re.compile(
    rf"^[„“\"»«](?P<text>[^\n]{{2,3000}}?)[”\"“«»][.,]?\s{{0,3}}\n?[–—-]\s{{1,3}}{_VERB}(?P<who>{_NAME})(?:\s{{0,2}}[,(]\s{{0,2}}(?P<role>[^\n„”\"]{{2,200}}?)\)?)?\.?$"
)
_FROM = re.compile(
    rf"^(?:[–—-]\s{{0,3}})?{_VERB}(?P<who>{_NAME})(?:\s{{0,2}}[,(]\s{{0,2}}(?P<role>[^\n]{{2,200}}?)\)?)?\.?$"
)
_MARKS = '„“"”»«'
LONGEST_NAME = 200


def spoken_quote(words: str) -> Quote | None:
    """A paragraph that is one person's words in quotation marks and, behind a dash, who said them."""
    if len(words) > 3500 or words[:1] not in _MARKS:
        return None
    found = _TOLD.match(words)
    if not found or (re.search(r"[”\"“»«]", found["text"].strip()[:-1]) and words[:1] == '"'):
        return None
    return Quote(found["text"].strip(), _line(found["who"]), _line(found["role"] or ""))


def marked_quote(lines: list[Block]) -> Quote:
    """The paragraphs of a quote's own style; the last one is who said it where it reads so."""
    words = [block.text for block in lines if block.text]
    cited = lines[-1].kind == CITE if lines else False
    only = spoken_quote("\n".join(words))
    if only:
        return only
    if len(words) == 1 and "\n" in words[0]:
        words = words[0].split("\n")
    if len(words) > 1:
        last = _line(words[-1])
        found = attribution(last, needs_dash=not cited)
        if found:
            return Quote(_bare("\n".join(words[:-1])), *found)
        if cited and len(last) <= LONGEST_NAME:
            return Quote(_bare("\n".join(words[:-1])), last.lstrip("–—- "))
    return Quote(_bare("\n".join(words)))


def attribution(line: str, *, needs_dash: bool = True) -> tuple[str, str] | None:
    """Who said it and as whom, where a short line says just that: “– Anna Nowak, dyrektorka”."""
    if len(line) > LONGEST_NAME or (needs_dash and line[:1] not in "–—-"):
        return None
    found = _FROM.match(line)
    return (_line(found["who"]), _line(found["role"] or "")) if found else None


def _line(words: str) -> str:
    return " ".join(words.split())


def _bare(words: str) -> str:
    """The words without the marks around them, where they open and close the whole and stand nowhere else."""
    if len(words) > 2 and words[0] in _MARKS and words[-1] in _MARKS and not set(words[1:-1]) & set(_MARKS):
        return words[1:-1].strip()
    return words
