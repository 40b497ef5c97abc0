"""What a link to a page looks like where it is shared: Open Graph (ogp.me) and Twitter's card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import to_locale

# Facebook knows languages with their territory only.
TERRITORIES = {"pl": "pl_PL", "en": "en_GB", "uk": "uk_UA", "de": "de_DE"}


@dataclass(frozen=True)
class Picture:
    """A public picture by its absolute address; ``alt`` says what it shows."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Meta:
    """One meta element. ``key``: ``property`` (Open Graph) or ``name`` (Twitter)."""

    key: str
    name: str
    content: str


def locale_of(language: str) -> str:
    """“pl_PL” for “pl”."""
    return TERRITORIES.get(language) or to_locale(language)


def sharing_meta(
    page: Any,
    *,
    url: str,
    title: str,
    description: str,
    site_name: str,
    language: str,
    other_languages: Sequence[str] = (),
    picture: Picture | None = None,
) -> list[Meta]:
    """Return the meta elements of ``page``, whose absolute address is ``url``. Nothing empty is among them."""
    is_article = hasattr(page, "byline") and not page.is_event
    published = page.first_published_at if is_article else None
    facts = [
        ("og:type", "article" if is_article else "website"),
        ("og:title", title),
        ("og:description", description),
        ("og:url", url),
        ("og:site_name", site_name),
        ("og:locale", locale_of(language)),
        *(("og:locale:alternate", locale_of(other)) for other in other_languages),
        ("article:published_time", published.isoformat(timespec="seconds") if published else ""),
        (
            "article:modified_time",
            page.last_published_at.isoformat(timespec="seconds") if is_article and page.last_published_at else "",
        ),
    ]
    if picture is not None:
        facts += [
            ("og:image", picture.url),
            ("og:image:width", str(picture.width)),
            ("og:image:height", str(picture.height)),
            ("og:image:alt", picture.alt),
        ]
    found = [Meta("property", name, content) for name, content in facts if content]
    return [*found, Meta("name", "twitter:card", "summary_large_image" if picture else "summary")]
