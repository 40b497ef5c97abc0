"""What the reader of one file collects: dangers that refuse it, findings, hidden data, its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

MOST_TEXT = 100_000  # characters that search gets
MOST_NAMES = 5
LONGEST_LINE = 20_000
_ELEVEN = re.compile(r"(?<![\d.,])\d{11}(?![\d]|[.,]\d)")
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_CENTURIES = {0: 1900, 20: 2000}

# Which findings keep people from reading a file; the others are untidy.
SERIOUS = frozenset(
    {
        *("untagged", "scan", "scanned_pages", "no_language", "no_extraction", "figures_without_alt"),
        *("tables_without_header", "no_headings", "slides_without_title", "picture"),
    }
)


@dataclass
class Report:
    """Filled by the readers, sent as JSON from the child to the server."""

    extension: str = ""
    pages: int | None = None
    language: str = ""
    title: str = ""
    dangers: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    hidden: dict[str, dict[str, Any]] = field(default_factory=dict)
    checked: bool = False  # whether accessibility was looked at to the end
    pieces: list[str] = field(default_factory=list)
    line: str = ""
    length: int = 0
    national_ids: set[str] = field(default_factory=set)

    def danger(self, code: str) -> None:
        """Something for which the file is refused."""
        if code not in self.dangers:
            self.dangers.append(code)

    def finding(self, code: str) -> None:
        """Something that keeps people from reading the file, or reading it well."""
        if code not in self.findings:
            self.findings.append(code)

    def hide(self, code: str, name: str = "", *, count: int = 1) -> None:
        """Something in the file that its reader does not see, but may find; ``name``: whom or what it names."""
        entry = self.hidden.setdefault(code, {"count": 0})
        entry["count"] += count
        name = " ".join(name.split())[:80]
        names = entry.setdefault("names", []) if name else []
        if name and name not in names and len(names) < MOST_NAMES:
            names.append(name)

    def read(self, text: str) -> None:
        """Take in text for search; numbers that look like a PESEL are looked for in all of it, line by line."""
        self.line += text  # a program may cut a number into pieces
        if "\n" in text or len(self.line) > LONGEST_LINE:
            self.end_line()
        if self.length < MOST_TEXT:
            self.pieces.append(text[: MOST_TEXT - self.length])
            self.length += len(text)

    def end_line(self) -> None:
        """Look through the line that was read."""
        self.national_ids.update(found for found in _ELEVEN.findall(self.line) if is_pesel(found))
        self.line = ""

    def as_dict(self) -> dict[str, Any]:
        """What JSON can say of it."""
        self.end_line()
        hidden = dict(self.hidden)
        if self.national_ids:
            hidden["national_ids"] = {"count": len(self.national_ids)}
        return {
            "extension": self.extension,
            "pages": self.pages,
            "language": self.language[:35],
            "title": " ".join(self.title.split())[:255],
            "dangers": self.dangers,
            "findings": self.findings,
            "hidden": hidden,
            "checked": self.checked,
            "text": re.sub(r"[ \t]+", " ", re.sub(r"\s*\n\s*", "\n", "".join(self.pieces))).replace("\0", "").strip(),
        }


def is_pesel(digits: str) -> bool:
    """Tell whether eleven digits are a PESEL of somebody born between 1900 and today: date and check digit hold."""
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return False
    numbers = [int(digit) for digit in digits]
    if (10 - sum(a * b for a, b in zip(_WEIGHTS, numbers, strict=False)) % 10) % 10 != numbers[10]:
        return False
    month = int(digits[2:4])
    century = _CENTURIES.get(month - month % 20)
    if century is None:
        return False
    try:
        born = date(century + int(digits[:2]), month % 20, int(digits[4:6]))
    except ValueError:
        return False
    return born <= date.today()  # noqa: DTZ011  (a day more or less is nothing here)
