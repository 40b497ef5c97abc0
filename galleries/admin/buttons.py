"""The ways to a gallery's photos: from its header and from the list of galleries."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.galleries.models import GalleryPage


def gallery_buttons(page: Page, user: Any) -> Iterator[Button]:
    """Add many photos to the gallery ``page``, and describe them."""
    if not isinstance(page, GalleryPage) or not page.pk or not page.permissions_for_user(user).can_edit():
        return
    add, describe = (reverse(f"newsroom_gallery_{name}", args=[page.pk]) for name in ("photos", "describe"))
    yield Button(_("Add many photos"), add, icon_name="upload", priority=42)
    yield Button(_("Describe the photos"), describe, icon_name="edit", priority=43)


def list_buttons(user: Any) -> list[Button]:
    """Begin a gallery with its photos. Asks for no single page; the form itself asks for a list to write in."""
    if not policy_registry.get_by_type(Page).user_has_permission(user, "add"):
        return []
    return [Button(_("New gallery from photos"), url=reverse("newsroom_gallery_new"), icon_name="upload", priority=45)]
