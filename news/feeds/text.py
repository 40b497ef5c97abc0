"""Text on its way into a format of lines: nothing that was typed adds a line or a control character."""

import re
from typing import Any

LINE_BREAKS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters but line feeds and tabs, halves of pairs, and code points that XML forbids.
UNWRITTEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: Any) -> str:
    """Return ``text`` with every kind of line break as a line feed, and without other control characters but tabs."""
    return UNWRITTEN.sub("", LINE_BREAKS.sub("\n", str(text or "")))


def one_line(text: Any) -> str:
    """Return ``text`` on one line, with single spaces."""
    return " ".join(plain(text).split())
