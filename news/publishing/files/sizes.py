"""Sizes of pictures that lack some: made by the queue, never by a request.

Photos of the newsroom have theirs made after the upload (``galleries/publishing/sizes.py``). Here is what is left: an image
model that knows nothing of that, and sizes that came into the list after the upload. A visitor's request writes nothing,
so that it cannot ask for what it misses: the scheduler looks for it instead.

Public: other apps may import from here.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task
from wagtail.images import get_image_model

from wagtail_newsroom.news.images.renditions import all_specs, lacking_sizes
from wagtail_newsroom.news.publishing.changes.funnels import record_files
from wagtail_newsroom.news.publishing.tasks import enqueue, has_workers, unfinished
from wagtail_newsroom.news.visibility import is_public_file, is_withdrawn, public_files

# Pictures that one look of the scheduler puts into the queue: what a few minutes can make, so that other work gets its turn.
AT_ONCE = 50


def listen_to_images() -> None:
    """Listen to images being stored whose model has no sizes made after the upload."""
    model = get_image_model()
    if not hasattr(model, "sizes_ready"):
        post_save.connect(want_sizes, sender=model, dispatch_uid="newsroom_want_sizes")


def want_sizes(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A picture that the public sees was changed: its file, or what its cut sizes lie around."""
    if not raw and has_workers() and is_public_file(instance):
        enqueue(make_image_sizes, instance.pk)


def queue_missing_sizes() -> int:
    """Have the missing sizes of up to :data:`AT_ONCE` pictures made that the public sees; return how many pictures.

    Each is put into the queue once: what waits there, and what failed for good, is left out. A site without a queue has
    them made at once, by the scheduler. Which ones come first is left to chance, so that a picture that cannot be made
    is in nobody's way where no queue remembers it.
    """
    model = get_image_model()
    images = model._default_manager.exclude(pk__in=[pk for (pk,) in unfinished(make_image_sizes)])
    if hasattr(model, "sizes_ready") and has_workers():
        images = images.filter(sizes_ready=True)  # the others wait since their upload
    ids = list(lacking_sizes(public_files(images)).order_by("?").values_list("pk", flat=True)[:AT_ONCE])
    for pk in ids:
        enqueue(make_image_sizes, pk)
    return len(ids)


@task()
def make_image_sizes(image_id: int) -> None:
    """Make the sizes that an image lacks. One that is gone or withdrawn is no failure."""
    image = get_image_model()._default_manager.filter(pk=image_id).first()
    if image is not None and not is_withdrawn(image) and not image.is_svg():
        image.get_renditions(*all_specs())
        mark_ready(image)


def mark_ready(image: Any) -> None:
    """Say that the sizes of ``image`` are there, unless its file or focal point was changed meanwhile.

    What its model has no field for is not kept; that it changed for the public is recorded all the same.
    """
    found = {"sizes_ready": True, "color": getattr(image, "color", "")}
    kept = {name: value for name, value in found.items() if hasattr(type(image), name)}
    used = ("file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
    rows = type(image)._default_manager.filter(pk=image.pk)
    as_used = rows.filter(**{name: getattr(image, name) for name in used})
    with transaction.atomic():
        if as_used.update(**kept) if kept else as_used.exists():
            record_files(rows)
    for name, value in kept.items():
        setattr(image, name, value)
