"""Preflight: one list in plain words of what is wrong with a page before it is submitted or published.

Checks come through :func:`news.registry.register_preflight_check`. A finding blocks only what is unlawful or broken;
a publisher may override the rest with a reason that is kept.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding stops the publication or only warns."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """Something that a check found.

    ``code``: stable name of the kind of finding (``alt_missing``); ``message``: cause and remedy in the reader's
    language; ``field``: name of the form field it stands at (``lead_image_alt``), empty where it concerns the page.
    """

    code: str
    severity: Severity
    message: str
    field: str = ""
