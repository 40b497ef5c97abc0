"""Addresses that a story may link to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 2000
_MAIL = re.compile(r"mailto:[^\s@<>\"']{1,100}@[^\s@<>\"']{1,200}", re.IGNORECASE)


def safe_link(address: str) -> str:
    """Return an http, https or mailto address as it may be linked, empty for any other."""
    address = address.strip()
    if len(address) > LONGEST or re.search(r"[\x00-\x20\x7f<>\"\\]", address):
        return ""
    if address.lower().startswith("mailto:"):
        return address if _MAIL.fullmatch(address) else ""
    try:
        parts = urlsplit(address)
        return address if parts.scheme.lower() in {"http", "https"} and parts.hostname and parts.port != 0 else ""
    except ValueError:  # a port beyond 65535, an odd bracket
        return ""
