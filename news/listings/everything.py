"""All that is public on a site, for doors that show every kind: the APIs, the sitemap."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.visibility import public_files, public_pages


def every_public_page(site: Site | None) -> PageQuerySet:
    """Every public page of ``site`` and of its translations."""
    return public_pages(Page.objects.all(), site)


def only_public_pages(pages: QuerySet[Any], site: Site | None) -> QuerySet[Any]:
    """The public ones of ``pages``, by their ids: search backends cannot read the conditions themselves."""
    return pages.filter(pk__in=every_public_page(site).values("pk"))


def only_public_files(files: QuerySet[Any], site: Site | None = None) -> QuerySet[Any]:
    """The public ones of ``files`` (images or documents), by their ids, for the same reason."""
    return files.filter(pk__in=public_files(files, site).values("pk"))
