"""What tags, classes and styles say about the words in them: bold, a list of Word's, a lead, the navigation of a page."""

from __future__ import annotations

import re

from wagtail_newsroom.news.reader.story.parts import BOLD, ITALIC, SUBSCRIPT, SUPERSCRIPT

_ALWAYS_APART = set(
    "script style head template noscript svg nav select button object iframe textarea menu dialog aside math".split()
)
# Only what encloses its content: an odd <p hidden> without an end would take the rest of the text along.
_MAY_BE_APART = set("div section ul ol table form header footer span".split())
_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|okruszki|footer|stopka|sidebar|cookies?|share|sharing|social|pagination|comments?|skip-?links?|related)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"}
_CLASSES = {
    "lead": re.compile(
        r"(?:^|[\s_-])(?:lead|lid|intro|standfirst|excerpt|subtitle|wstep|MsoSubtitle)(?:$|[\s_-])", re.IGNORECASE
    ),
    "title": re.compile(r"(?:^|\s)(?:title|entry-title|page-title|MsoTitle)(?:$|\s)", re.IGNORECASE),
    "caption": re.compile(r"(?:^|\s)(?:caption|wp-caption-text|MsoCaption)(?:$|\s)", re.IGNORECASE),
    "quote": re.compile(r"(?:^|\s)(?:quote|pullquote|MsoQuote|MsoIntenseQuote|Cytat\w{0,12})(?:$|\s)", re.IGNORECASE),
}
_WORD_LIST = re.compile(r"mso-list:\s{0,3}l\d{1,4}\s{1,3}level(\d)")


def is_apart(tag: str, told: dict[str, str], *, inside_quote: bool = False) -> bool:
    """Tell whether what stands in this tag is no part of the text."""
    if tag in _ALWAYS_APART or (tag == "footer" and not inside_quote):
        return True
    if tag == "span" and "mso-list" in told.get("style", "") and "ignore" in told["style"].lower():
        return True  # the bullet that Word writes before a line of a list
    if tag not in _MAY_BE_APART:
        return False
    return (
        told.get("role", "").lower() in _ROLES
        or "hidden" in told
        or told.get("aria-hidden", "").lower() == "true"
        or bool(
            re.search(
                r"display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all", told.get("style", "")[:2000], re.IGNORECASE
            )
        )
        or (tag != "span" and bool(_NAVIGATION.search(f"{told.get('class', '')[:500]} {told.get('id', '')[:100]}")))
    )


def class_says(name: str, told: dict[str, str]) -> bool:
    """Tell whether the classes call this a ``lead``, ``title``, ``caption`` or ``quote``."""
    return bool(_CLASSES[name].search(told.get("class", "")[:500]))


def word_list(told: dict[str, str]) -> int:
    """The depth of a paragraph that Word made a line of a list; 0 for any other."""
    found = _WORD_LIST.search(told.get("style", "")[:2000])
    return max(1, min(int(found[1]), 3)) if found else 0


def marks_of(tag: str, told: dict[str, str], marks: frozenset[str]) -> frozenset[str]:
    """The marks of words inside this tag, within words that have ``marks``."""
    style = told.get("style", "")[:2000].lower().replace(" ", "")
    if tag in {"b", "strong"} or re.search(r"font-weight:(?:bold|[6-9]00)", style):
        marks |= {BOLD}
    if re.search(r"font-weight:(?:normal|[1-4]00)", style):
        marks -= {BOLD}
    if tag in {"i", "em"} or "font-style:italic" in style:
        marks |= {ITALIC}
    if "font-style:normal" in style:
        marks -= {ITALIC}
    if tag == "sup" or "vertical-align:super" in style:
        marks |= {SUPERSCRIPT}
    if tag == "sub" or "vertical-align:sub" in style.replace("vertical-align:super", ""):
        marks |= {SUBSCRIPT}
    return marks
