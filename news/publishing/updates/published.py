"""Which version of a page readers saw last."""

from typing import Any

from wagtail.models import PageLogEntry, Revision

# What the history says where a version went out. Live changes stand there too, but change neither title nor address.
PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled", "newsroom.brought_back")


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


def kept_as_it_is(live: Any) -> Revision:
    """What readers see of the page ``live`` as a version, where its own was deleted: beside its drafts, not above them."""
    return Revision.objects.create(
        content_object=live,
        base_content_type=live.get_base_content_type(),
        content=live.serializable_data(),
        created_at=live.last_published_at or live.latest_revision_created_at,
        object_str=str(live),
    )
