"""The version of a page that readers see, where its own was deleted."""

from typing import Any

from wagtail.models import Revision


def kept_as_it_is(live: Any) -> Revision:
    """What readers see of the page ``live`` as a version, where its own was deleted: beside its drafts, not above them."""
    return Revision.objects.create(
        content_object=live,
        base_content_type=live.get_base_content_type(),
        content=live.serializable_data(),
        created_at=live.last_published_at or live.latest_revision_created_at,
        object_str=str(live),
    )
