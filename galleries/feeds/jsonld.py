"""A gallery to search engines: schema.org's ImageGallery with its photos."""

from typing import Any
from urllib.parse import urljoin

from wagtail_newsroom.galleries.models import GalleryPage, GalleryPhoto
from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.registry import Surroundings, without_empty


def gallery_data(page: GalleryPage, around: Surroundings) -> dict[str, Any]:
    """Describe a gallery and the first ``FEED_ITEMS`` of the photos that the public may see."""
    about = page.about_page
    return without_empty(
        {
            "@type": "ImageGallery",
            "@id": f"{around.url}#gallery",
            "name": page.title,
            "description": page.lead,
            "url": around.url,
            "datePublished": page.date.isoformat() if page.date else "",
            "contentLocation": {"@type": "Place", "name": page.place} if page.place else None,
            "inLanguage": around.language,
            "publisher": around.publisher,
            "about": {"@type": "Thing", "name": about.title, "url": about.full_url} if about else None,
            "image": [_photo(photo, around) for photo in page.shown_photos[: setting("FEED_ITEMS")]],
        }
    )


def _photo(photo: GalleryPhoto, around: Surroundings) -> dict[str, Any]:
    image = photo.photo
    return without_empty(
        {
            "@type": "ImageObject",
            "contentUrl": urljoin(around.url, image.file.url),
            "url": urljoin(around.url, photo.url),
            "width": image.width,
            "height": image.height,
            "description": photo.alt_text,
            "caption": photo.caption,
            "creditText": getattr(image, "credit", ""),
        }
    )
