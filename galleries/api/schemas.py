"""What the API says of galleries."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import PageLink, TopicLink
from wagtail_newsroom.news.api.v1.schemas.images import Image
from wagtail_newsroom.news.api.v1.schemas.pages import Display, PageParts, PageSummary


class GalleryPhoto(Schema):
    """A photo in a gallery, with what is said about it there. It has a page of its own."""

    path: str = Field(description="Of the photo's own page.", examples=["/galerie/warsztaty/foto/8/"])
    url: str = Field(description="The same, absolute.")
    image: Image


class GallerySummary(PageSummary):
    """A gallery in a list."""

    type: Literal["gallery"]
    lead: str
    date: dt.date = Field(description="When the photos were taken, or published.")
    place: str
    topics: list[TopicLink] = Field(description="Those of what the gallery is about.")
    photo_count: int = Field(description="Photos that are shown.")
    image: Image | None = Field(description="The cover: the chosen one, else the first photo.")
    display: Display


class GalleryItem(GallerySummary, PageParts):
    """A whole gallery."""

    about: PageLink | None = Field(description="The event or the news item that the photos belong to.")
    photos: list[GalleryPhoto] = Field(description="In the editor's order, each once.")


class GalleryBlockValue(Schema):
    """A gallery in the middle of a text, whole. A gallery without a photo is left out."""

    id: int
    title: str
    path: str = Field(examples=["/galerie/warsztaty/"])
    url: str
    photo_count: int
    photos: list[GalleryPhoto]
