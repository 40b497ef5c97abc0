"""Licences under which pictures are published: from what is printed to where the licence can be read."""

import re

CREATIVE_COMMONS = re.compile(r"\bCC[ -](BY(?:-(?:SA|ND|NC|NC-SA|NC-ND))?)[ -](\d\.\d)\b", re.IGNORECASE)
ZERO = re.compile(r"\bCC[ -]?0[ -]?(\d\.\d)?\b", re.IGNORECASE)


def licence_url(licence: str) -> str:
    """Where the text of ``licence`` (“CC BY-SA 4.0”, “CC0 1.0”) stands; empty for one that names no Creative Commons licence
    with its version."""
    if found := CREATIVE_COMMONS.search(licence):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if found := ZERO.search(licence):
        return f"https://creativecommons.org/publicdomain/zero/{found[1] or '1.0'}/"
    return ""
