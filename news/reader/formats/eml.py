"""E-mails: the body as text (or HTML), the subject, the date sent, and the names of the files that came along."""

from __future__ import annotations

import email
import email.policy
from datetime import date
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from wagtail_newsroom.news.reader.errors import ReadError
from wagtail_newsroom.news.reader.formats.extracted import Extracted
from wagtail_newsroom.news.reader.formats.html import extract_html

MOST_PARTS = 100


def extract_eml(data: bytes) -> Extracted:
    """Return the text of an e-mail. Files that came with it are named, not opened."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if sum(1 for _part, _count in zip(message.walk(), range(MOST_PARTS + 1), strict=False)) > MOST_PARTS:
            raise ReadError("suspicious")
        return _read(message)
    except ReadError:
        raise
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise ReadError("broken") from error


def _read(message: EmailMessage) -> Extracted:
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    text = _content(plain) if plain else ""
    enclosed = tuple(
        name for part in message.walk() if (name := part.get_filename()) and part.get_content_maintype() != "image"
    )
    if rich and len(text.strip()) < 40:
        found = extract_html(_content(rich))
        text, enclosed = found.text, (*enclosed, *found.enclosed)
    subject = " ".join(str(message.get("subject", "")).split()) or None
    return Extracted(text, subject=subject, enclosed=enclosed, sent=_sent(message))


def _content(part: MIMEPart) -> str:
    content = part.get_content()
    return content if isinstance(content, str) else ""


def _sent(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date() if message["date"] else None
    except (ValueError, TypeError, IndexError):
        return None
