"""What items point to, each kind from one place. Earlier ones may want of later ones."""

from wagtail_newsroom.news.api.v1.gathering import Source
from wagtail_newsroom.news.api.v1.reading.files import files
from wagtail_newsroom.news.api.v1.reading.images import images

SOURCES: dict[str, Source] = {"document": files, "image": images}
