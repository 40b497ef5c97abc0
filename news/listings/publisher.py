"""Who publishes a site, as every page of it says: facts, texts and logo, read at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.freshness import remembered
from wagtail_newsroom.news.images.renditions import LOGO
from wagtail_newsroom.news.models import NewsroomSettings, SiteTexts
from wagtail_newsroom.news.models.snippets.settings import name_of
from wagtail_newsroom.news.once import once
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries

_QUERIES = PreparedQueries()
_NOW = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the query hangs on no moment
FACTS = (
    *("email", "phone", "accessible_formats_email", "bip_url", "facebook_url", "youtube_url", "linkedin_url"),
    *("logo_id", "texts_id"),
)
TEXTS = ("organisation_name", "tagline", "address", "opening_hours", "feeds_title", "footer_text")


@dataclass(frozen=True)
class Publisher:
    """``facts``: as they are stored for the site; ``texts``: by the code of their language; ``logo``: the image, with its size."""

    facts: NewsroomSettings
    texts: dict[str, SiteTexts]
    logo: Any

    def texts_in(self, language: str) -> SiteTexts:
        """The texts in ``language``, else in the site's first language, else in any."""
        known = self.texts
        return known.get(language) or known.get(settings.LANGUAGE_CODE) or next(iter(known.values()), SiteTexts())


def publisher_of(site: Site | None) -> Publisher:
    """What is known of the publisher of ``site``. One query, two with a logo."""
    if site is None:
        return Publisher(NewsroomSettings(), {}, None)
    key = ("publisher", site.pk)
    found: Publisher = once(key, lambda: remembered(key, lambda: _read(site)))
    return found


def feed_title(page: Page, site: Site | None) -> str:
    """What the feed or the calendar of the list ``page`` is called: “Centrum Wspólna Sprawa – Wydarzenia”."""
    texts = publisher_of(site).texts_in(page.locale.language_code)
    return f"{texts.feeds_title or name_of(site, texts)} – {page.title}"


def _read(site: Site) -> Publisher:
    row = _QUERIES.rows("publisher", _asked, _NOW, [site.pk])[0]
    known = row["fact_rows"][0] if row["fact_rows"] else {}
    written = sorted(row["text_rows"], key=lambda each: -each["pk"])
    if known.get("texts_id"):
        written = [each for each in written if each["key"] == known["key"]]
    return Publisher(
        facts=NewsroomSettings(site=site, **{name: known[name] for name in FACTS if name in known}),
        texts={each["language"]: SiteTexts(**{name: each[name] for name in TEXTS}) for each in written},
        logo=_logo(known.get("logo_id")),
    )


def _asked(now: dt.datetime, sites: Sequence[int]) -> QuerySet[Any]:
    facts = NewsroomSettings.objects.filter(site=OuterRef("pk")).order_by()
    return (
        Site.objects.filter(pk__in=sites)
        .order_by()
        .values(
            fact_rows=JsonRows(facts, key="texts__translation_key", **{name: name for name in FACTS}),
            text_rows=JsonRows(
                SiteTexts.objects.order_by(),
                pk="pk",
                key="translation_key",
                language="locale__language_code",
                **{name: name for name in TEXTS},
            ),
        )
    )


def _logo(pk: int | None) -> Any:
    """The logo with the size in which pages show it."""
    if pk is None:
        return None
    model = get_image_model()
    size = (
        model.get_rendition_model()._default_manager.filter(image=pk, filter_spec=LOGO).select_related("image").first()
    )
    if size is None:
        return model._default_manager.filter(pk=pk).first()
    size.image.prefetched_renditions = [size]
    return size.image
