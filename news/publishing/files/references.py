"""What a published page refers to: the ground on which :mod:`wagtail_newsroom.news.visibility` decides about files."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from wagtail_newsroom.news.publishing.files.versions import remember_files_of


@receiver(page_published)
def index_references(instance: Page, **kwargs: Any) -> None:
    """Read the references of a page again once it is published.

    Wagtail reads them when the page is saved, which is before the rows that an edit took away (a photo of a
    gallery, a file of an event) are deleted: what they referred to would stay public until the next edit.
    """
    with transaction.atomic():
        ReferenceIndex.create_or_update_for_object(instance)
        remember_files_of(instance)
