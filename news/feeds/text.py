"""Text on its way into a format of lines: nothing that was typed adds a line or a control character."""

import re
import unicodedata
from typing import Any

LINE_BREAKS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def plain(text: Any) -> str:
    """Return ``text`` with every kind of line break as a line feed, and without other control characters but tabs."""
    lines = LINE_BREAKS.sub("\n", str(text or ""))
    return "".join(each for each in lines if each in "\n\t" or _is_written(each))


def _is_written(character: str) -> bool:
    """No control character, half of a pair, or code point that XML forbids."""
    return character not in "\ufffe\uffff" and unicodedata.category(character) not in ("Cc", "Cs")


def one_line(text: Any) -> str:
    """Return ``text`` on one line, with single spaces."""
    return " ".join(plain(text).split())
