"""Which files are taken in, by their first bytes; the extension has to agree.

Not on the list, each for a reason: DOC, XLS and PPT (macros in a format of its own that cannot be looked through safely),
ZIP (nobody sees what is in it before it is unpacked, on a telephone not even then), SVG and HTML (programs in disguise).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

_OFFICE = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A type of file. ``family``: how it is read (pdf, office, odf, rtf, plain, picture)."""

    extension: str
    media_type: str
    family: str


ALLOWED: dict[str, Kind] = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf", "pdf"),
        Kind("docx", _OFFICE + "wordprocessingml.document", "office"),
        Kind("xlsx", _OFFICE + "spreadsheetml.sheet", "office"),
        Kind("pptx", _OFFICE + "presentationml.presentation", "office"),
        Kind("odt", _ODF + "text", "odf"),
        Kind("ods", _ODF + "spreadsheet", "odf"),
        Kind("odp", _ODF + "presentation", "odf"),
        Kind("rtf", "application/rtf", "rtf"),
        Kind("txt", "text/plain", "plain"),
        Kind("csv", "text/csv", "plain"),
        Kind("ics", "text/calendar", "plain"),
        Kind("jpg", "image/jpeg", "picture"),
        Kind("jpeg", "image/jpeg", "picture"),
        Kind("png", "image/png", "picture"),
    )
}

HEAD = 4096  # bytes that tell a file's family
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"\x7fELF",
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
    *(b"#!", b"L\0\0\0\x01\x14\x02\0", b"dex\n", b"\0asm"),
)
PROGRAM_NAMES = re.compile(
    r"\.(exe|dll|com|scr|pif|bat|cmd|ps1|psm1|vbs?|vbe|jse?|wsf|wsh|hta|jar|msi|msp|lnk|cpl|reg|chm|sh|py|php|apk|app)$",
    re.IGNORECASE,
)
_WEB_PAGE = re.compile(
    rb"\A(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!--.{0,1000}?-->\s*)*(?:<!doctype\s+(?:html|svg)|<(?:html|svg|head|body|script|iframe|meta|\?php)\b)",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def extension_of(name: str) -> str:
    """Extension of a file name in small letters, without its dot."""
    return PurePath(name).suffix.lower().lstrip(".")


def allowed_extensions(only: Iterable[str] | None = None) -> list[str]:
    """Extensions that are taken in, in order; ``only``: what a site narrows them to (unknown ones are left out)."""
    narrowed = None if not only else {each.lower() for each in only}
    return sorted(each for each in ALLOWED if narrowed is None or each in narrowed)


def is_program(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` is one that a machine runs. “MZ” begins words, too."""
    return head.startswith(PROGRAMS) or (head.startswith(b"MZ") and b"\0" in head)


def family_of(head: bytes) -> str:
    """What the first bytes (:data:`HEAD` of them) say a file is: a family of :class:`Kind`, ``archive`` or a refusal.

    ``archive``: a ZIP, which may be an office file; ``program``, ``web_page``, ``legacy_office``, ``unknown_type`` are codes
    of refusals.
    """
    if is_program(head):
        return "program"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "archive"
    if head.startswith(OLE):
        return "legacy_office"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "picture"
    if _WEB_PAGE.match(head.removeprefix(_MARKS[0])):
        return "web_page"
    if head.startswith(_MARKS) or b"\0" not in head:
        return "plain"
    return "unknown_type"
