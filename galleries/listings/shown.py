"""How galleries are shown where others show them: as a card in lists, as a field of an event in the API."""

from typing import Any

from wagtail.api import APIField

from wagtail_newsroom.galleries.finders import galleries_about
from wagtail_newsroom.news.registry import Card
from wagtail_newsroom.news.serializers import PublicPagesField


class GalleriesField(PublicPagesField):
    """The public galleries about a page."""

    def get_attribute(self, instance: Any) -> Any:
        return galleries_about(instance)


def _rows(galleries: Any) -> Any:
    return galleries.with_photo_count().with_photos()


GALLERIES_FIELD = APIField("galleries", serializer=GalleriesField())
GALLERY_CARD = Card("newsroom_galleries/components/gallery_card.html", rows=_rows)
