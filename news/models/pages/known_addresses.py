"""What readers know of a page: where they could come to it, and the version that they saw last."""

from typing import Any

from wagtail.models import PageLogEntry, Revision

# What the history says where a version went out. Live changes stand there too, but change neither title nor address.
PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled", "newsroom.brought_back")


def is_known(page: Any) -> bool:
    """Tell whether readers could come to ``page`` by the slug that it has."""
    if page.get_view_restrictions().exists():
        return False
    if page.live:
        return True
    published = last_published_revision(page)
    return published is not None and published.content["slug"] == page.slug


def last_published_revision(page: Any) -> Revision | None:
    """The version with the title and slug that readers knew last, also of a page that was taken down since.

    ``None`` where it is not known: the row of a page that is not public may hold what was written since.
    """
    if page.live:
        found: Revision | None = page.live_revision
        return found
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=PUBLICATIONS, revision_id__isnull=False)
    entry = entries.order_by("-timestamp", "-pk").first()
    return Revision.objects.filter(pk=entry.revision_id).first() if entry else None
