"""What items point to, each kind from one place. Earlier ones may want of later ones."""

from wagtail_newsroom.news.api.v1.gathering import Source
from wagtail_newsroom.news.api.v1.reading.files import files
from wagtail_newsroom.news.api.v1.reading.images import images
from wagtail_newsroom.news.api.v1.reading.links import page_links
from wagtail_newsroom.news.api.v1.reading.projects import projects
from wagtail_newsroom.news.api.v1.reading.speakers import speakers

SOURCES: dict[str, Source] = {
    "project": projects,
    "person": speakers,
    "page": page_links,
    "document": files,
    "image": images,
}
