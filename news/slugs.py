"""Parts of addresses: slugs from titles in any alphabet (“Żółta łódź” becomes ``zolta-lodz``), and queries.

Public: other apps may import from here.
"""

from urllib.parse import urlsplit, urlunsplit

from anyascii import anyascii
from django.utils.text import slugify


def ascii_slug(text: str, max_length: int = 100) -> str:
    """Return ``text`` as an ASCII slug of at most ``max_length`` characters, cut between words."""
    slug = slugify(anyascii(text))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rsplit("-", 1)[0][:max_length]


def with_query(address: str, query: str) -> str:
    """``address`` with ``query`` (without its question mark) behind what it has of its own."""
    if not query:
        return address
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query="&".join(filter(None, [parts.query, query]))))
