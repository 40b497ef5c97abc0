"""Logs without keys: what opens a draft stands in addresses, and addresses stand in logs.

A host puts the filter to its handlers::

    "filters": {"tokens": {"()": "wagtail_newsroom.news.traffic.scrubbing.TokenFilter"}}
"""

import logging
import re

# A parameter or a header that names it, the address of a shared draft, and a signed token wherever it stands.
_TOKENS = re.compile(
    r"(?<=preview=)[^\s&\"'<>]+|(?<=Preview )[A-Za-z0-9._~+/-]{20,}"
    r"|(?<=/)(?=[^/\s]*[A-Z])[A-Za-z0-9_-]{43}(?=[/\s\"'?]|$)"
    r"|\b[PFD][A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"
)


class TokenFilter(logging.Filter):
    """Write ``…`` in the place of every preview token and of the key of every shared draft."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        clean = _TOKENS.sub("…", text)
        if clean != text:
            record.msg, record.args = clean, ()
        return True
