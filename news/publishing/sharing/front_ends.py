"""Where drafts are seen on another front end: the addresses of ``PREVIEW_URLS``, filled in for a page."""

import string
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from django.apps import apps
from django.core import checks
from django.core.checks import CheckMessage, register
from wagtail.models import Page

from wagtail_newsroom.news.conf import preview_url, setting
from wagtail_newsroom.news.registry.changes import change_word

PLACEHOLDERS = ("token", "type", "id", "locale", "path")
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
EXAMPLE = "https://front.example.org/preview?token={token}&type={type}&id={id}"


def front_end_address(page: Page, token: str) -> str:
    """Where a draft of ``page`` is seen on another front end with ``token``; empty where ``PREVIEW_URLS`` names none."""
    model = page.specific_class
    address = preview_url(model) if model else ""
    if not address:
        return ""
    filled = {
        "token": token,
        "type": change_word(model),
        "id": str(page.pk),
        "locale": page.locale.language_code,
        "path": _path_of(page),
    }
    return address.format_map(
        {name: quote(value, safe="/" if name == "path" else "") for name, value in filled.items()}
    )


def _path_of(page: Page) -> str:
    parts = page.get_url_parts()
    return str(parts[2]) if parts and parts[2] else ""


@register("newsroom")
def check_preview_urls(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E061: an address at which no draft could be previewed; newsroom.E062: one for a type that is not there."""
    addresses = setting("PREVIEW_URLS")
    if not isinstance(addresses, dict):
        return []  # newsroom.E004 says so
    found: list[CheckMessage] = [
        checks.Error(
            f'NEWSROOM["PREVIEW_URLS"][{label!r}] is {address!r}: {problem}.',
            hint=f"Write an address like {EXAMPLE!r}; placeholders are {', '.join(PLACEHOLDERS)}.",
            id="newsroom.E061",
        )
        for label, address in addresses.items()
        for problem in problems_of(address)
    ]
    return found + [
        checks.Error(
            f'NEWSROOM["PREVIEW_URLS"] has an address for {label!r}, which is no type of page.',
            hint='Write it as "newsroom.EventPage"; "*" stands for all types that are not named.',
            id="newsroom.E062",
        )
        for label in addresses
        if label != "*" and not _is_page_type(label)
    ]


def problems_of(address: Any) -> Iterator[str]:
    """What is wrong with an address of ``PREVIEW_URLS``, in words."""
    try:
        names = [
            (name, spec, conversion)
            for _text, name, spec, conversion in string.Formatter().parse(str(address))
            if name is not None
        ]
        parts = urlsplit(str(address))
        host = parts.hostname or ""
    except ValueError:
        yield "it cannot be read"
        return
    if parts.scheme != "https" and not (
        parts.scheme == "http" and (host in THIS_MACHINE or host.endswith(".localhost"))
    ):
        yield "it is neither https nor on this machine"
    if not host or "{" in parts.netloc or "@" in parts.netloc:
        yield "its host is not plain"
    if [each for each in names if each[0] not in PLACEHOLDERS or each[1] or each[2]]:
        yield "it has an unknown placeholder"
    if "token" not in [name for name, _spec, _conversion in names]:
        yield "it has no {token}"


def _is_page_type(label: Any) -> bool:
    try:
        return issubclass(apps.get_model(label), Page)
    except (LookupError, ValueError, AttributeError):
        return False
