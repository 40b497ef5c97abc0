"""`make read-report`: how well the corpus is read, field by field, and what was missed.

A value counts as found if it equals the expectation (words: apart from spaces, dashes, quotes and case; venues: apart from
the endings of inflected words). ``invented`` counts values where the text says nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.reader.corpus import LISTS, SINGLE, Case, load
from wagtail_newsroom.news.reader import read_text

CHECKED_IF_GIVEN = {"title", "audience"}


@dataclass
class Score:
    """Counts of one field."""

    right: int = 0
    wrong: int = 0  # read, but not expected so
    missed: int = 0  # expected, but not read so
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def plain(words: Any) -> Any:
    if not isinstance(words, str):
        return words
    return re.sub(r"[\s\"“”„'’»«–—-]+", " ", words).strip(" .,;:").casefold()


def stems(words: Any) -> Any:
    if not isinstance(words, str):
        return words
    from wagtail_newsroom.news.reader.text.normalise import fold

    return [word[:3] for word in re.findall(r"\w+", fold(words))]


def compare(case: Case, scores: dict[str, Score], invented: list[str]) -> None:
    got = read_text(case.text, published=case.published).as_json()
    want = case.expected
    for name in SINGLE:
        if name in CHECKED_IF_GIVEN and name not in case.given:
            continue
        same = stems if name == "venue" else plain
        _one(scores.setdefault(name, Score()), case, name, want[name], got[name], same(want[name]) == same(got[name]))
        if want[name] is None and got[name] is not None and name != "all_day":
            invented.append(f"{case}: {name} = {got[name]!r}")
    for name in LISTS:
        key = (lambda words: re.sub(r"\D", "", words)) if name == "contact_phones" else plain
        _many(
            scores.setdefault(name, Score()),
            case,
            name,
            [key(each) for each in want[name]],
            [key(each) for each in got[name]],
            invented,
        )
    _many(
        scores.setdefault("attachments", Score()),
        case,
        "attachments",
        [(plain(each["title"]), each["kind"]) for each in want["attachments"]],
        [(plain(each["title"]), each["kind"]) for each in got["attachments"]],
        invented if not want["attachments"] else None,
    )
    _many(
        scores.setdefault("programme lines", Score()),
        case,
        "line",
        [_line(each) for each in want["programme"]],
        [_line(each) for each in got["programme"]],
        invented if not want["programme"] else None,
    )
    _many(scores.setdefault("speakers", Score()), case, "speaker", _speakers(want), _speakers(got), None)
    _many(scores.setdefault("roles and organisations", Score()), case, "people", _people(want), _people(got), None)
    _many(
        scores.setdefault("days, tracks, kinds", Score()),
        case,
        "day/track/kind",
        [_where(each) for each in want["programme"]],
        [_where(each) for each in got["programme"]],
        None,
    )
    codes = {warning["code"] for warning in got["warnings"]}
    score = scores.setdefault("warnings", Score())
    for code in want["warnings"]:
        _one(score, case, "warning", code, code if code in codes else None, code in codes)


def _line(line: dict[str, Any]) -> tuple[Any, ...]:
    return line["start"], line["end"], plain(line["title"])


def _where(line: dict[str, Any]) -> tuple[Any, ...]:
    return line["start"], line["day"], plain(line["track"]), line["kind"]


def _speakers(reading: dict[str, Any]) -> list[Any]:
    return [(line["start"], plain(name)) for line in reading["programme"] for name in line["speakers"]]


def _people(reading: dict[str, Any]) -> list[Any]:
    return [
        (plain(each["name"]), plain(each["role"]), plain(each["organisation"]))
        for line in reading["programme"]
        for each in line["people"]
    ]


def _one(score: Score, case: Case, name: str, want: Any, got: Any, same: bool) -> None:
    if want is None and got is None:
        return
    if same:
        score.right += 1
        return
    score.wrong += got is not None
    score.missed += want is not None
    score.misses.append(f"{case}: {name}: expected {want!r}, read {got!r}")


def _many(score: Score, case: Case, name: str, want: list[Any], got: list[Any], invented: list[str] | None) -> None:
    left = list(got)
    for each in want:
        if each in left:
            left.remove(each)
            score.right += 1
        else:
            score.missed += 1
            score.misses.append(f"{case}: {name}: missed {each!r}")
    for each in left:
        score.wrong += 1
        score.misses.append(f"{case}: {name}: read {each!r}")
        if invented is not None and not want:
            invented.append(f"{case}: {name} = {each!r}")


def measure(cases: Iterable[Case]) -> tuple[dict[str, Score], list[str]]:
    """Return the score of each field and the values that were invented."""
    scores: dict[str, Score] = {}
    invented: list[str] = []
    for case in cases:
        compare(case, scores, invented)
    total = Score()
    for score in scores.values():
        total.right, total.wrong, total.missed = (
            total.right + score.right,
            total.wrong + score.wrong,
            total.missed + score.missed,
        )
    return {**scores, "all": total}, invented


def show(part: str, *, misses: bool = True) -> None:
    cases = load(part)
    scores, invented = measure(cases)
    write = sys.stdout.write
    write(f"\n{part}: {len(cases)} texts\n{'field':28}{'precision':>10}{'recall':>10}{'F1':>10}{'values':>8}\n")
    for name, score in scores.items():
        write(f"{name:28}{score.precision:10.3f}{score.recall:10.3f}{score.f1:10.3f}{score.right + score.missed:8}\n")
    write(f"invented values: {len(invented)}\n")
    if misses:
        for line in [*invented, *(line for score in scores.values() for line in score.misses)]:
            write(f"  {line}\n")


if __name__ == "__main__":
    # Of what nobody has looked at the scores alone are told, unless it is asked for by its name.
    for part in sys.argv[1:] or ["unseen", "street", "held_back", "worked_on"]:
        show(part, misses=bool(sys.argv[1:]) or part not in {"unseen", "street"})
