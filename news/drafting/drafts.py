"""A page made of an original: one draft, with its first version and its log entry."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.log_actions import log
from wagtail.models import Page

from wagtail_newsroom.news.models import Original
from wagtail_newsroom.news.publishing.copying.copies import free_slug
from wagtail_newsroom.news.slugs import ascii_slug

CREATED = "newsroom.created_from_original"


def check_may_create(model: type[Page], parent: Any, user: Any) -> None:
    """Raise ``PermissionDenied`` where ``user`` may not make a page of ``model`` under ``parent``."""
    if not parent.permissions_for_user(user).can_add_subpage() or not model.can_create_at(parent):
        raise PermissionDenied


def locked_original(original: Original) -> Original:
    """The row as it stands now, held until the transaction ends: one original makes one page."""
    return Original.objects.select_for_update().get(pk=original.pk)


def add_draft(page: Any, parent: Any, user: Any, original: Original) -> None:
    """Add the unsaved ``page`` under ``parent`` as a draft of ``user``, and tie ``original`` to it.

    Raises ``ValidationError`` where not even a draft can be saved.
    """
    page.slug = free_slug(ascii_slug(page.title), parent)
    page.locale, page.owner = parent.locale, user
    page.live, page.has_unpublished_changes = False, True
    parent.add_child(instance=page)
    page.save_revision(user=user, clean=False)
    log(
        instance=page,
        action=CREATED,
        user=user,
        content_changed=True,
        data={"original": original.pk, "name": original.name},
    )
    original.page = page
    original.save(update_fields=["page", "named_files"])
