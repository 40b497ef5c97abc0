"""The pictures of a text as photos of the library: checked as an upload is, each stored once, none left where it fails."""

import base64
import io
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Self

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.log_actions import log
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.images.duplicates import Fingerprint, choosable_pictures, fingerprint, known_picture
from wagtail_newsroom.news.reader.story.parts import FORMAT, REMOTE, TOO_LARGE, TOO_MANY, Picture
from wagtail_newsroom.news.reader.story.pictures import LARGEST_PICTURE, MOST_PICTURES
from wagtail_newsroom.news.visibility import restricted_collections

THUMBNAIL = (260, 260)  # pixels
MOST_THUMBNAIL_PIXELS = 40_000_000  # larger ones are stored, and shown by their name only
BROKEN = (OSError, SyntaxError, ValueError, EOFError, MemoryError, Image.DecompressionBombError)


def collections_to_add_to(user: Any) -> list[Collection]:
    """The collections in which ``user`` may put photos, those that the public may see first."""
    policy = policy_registry.get_by_type(get_image_model())
    allowed = policy.collections_user_has_permission_for(user, "add").order_by("path")
    private = set(restricted_collections())
    return sorted(allowed, key=lambda each: each.pk in private)


def trouble_of(picture: Picture) -> str:
    """Why ``picture`` cannot become a photo, with the remedy; empty where it can."""
    name = picture.name or picture.address
    if picture.trouble == REMOTE and picture.address:
        return _("A picture stands at %(address)s. It is not fetched from there: upload it yourself.") % {
            "address": picture.address
        }
    if picture.trouble == FORMAT:
        return _(
            "The picture “%(name)s” is in a format that cannot be shown. Save it as JPEG or PNG and upload it."
        ) % {"name": name}
    if picture.trouble == TOO_LARGE:
        return _("The picture “%(name)s” is larger than %(limit)s MB. Make it smaller and upload it.") % {
            "name": name,
            "limit": LARGEST_PICTURE // (1024 * 1024),
        }
    if picture.trouble == TOO_MANY:
        return _("Only the first %(limit)s pictures are taken over. Upload “%(name)s” yourself.") % {
            "name": name,
            "limit": MOST_PICTURES,
        }
    if picture.trouble:
        return _("The picture “%(name)s” is not in the file. Upload it yourself.") % {"name": name}
    return _fault(picture)


def _fault(picture: Picture) -> str:
    """What the rules for uploads, and a look at its pixels, say against it."""
    try:
        WagtailImageField().clean(SimpleUploadedFile(_file_name(picture.name), picture.data))
        with Image.open(io.BytesIO(picture.data)) as image:
            image.draft("RGB", THUMBNAIL)
            image.load()
    except ValidationError as error:
        return f"{picture.name}: {' '.join(error.messages)}"
    except BROKEN:
        return _("The picture “%(name)s” is damaged and was left out. Upload a whole one.") % {"name": picture.name}
    return ""


def _file_name(name: str) -> str:
    """The name with the suffix that uploads of its format have."""
    path = PurePath(name or "picture")
    return f"{path.stem}.{path.suffix.lstrip('.').lower().replace('jpeg', 'jpg')}"


def thumbnail(picture: Picture) -> str:
    """A small JPEG of ``picture`` as a ``data:`` address for the review; empty where it cannot be shown."""
    try:
        with Image.open(io.BytesIO(picture.data)) as image:
            if image.width * image.height > MOST_THUMBNAIL_PIXELS:
                return ""
            image.draft("RGB", THUMBNAIL)
            small = ImageOps.exif_transpose(image)
            small.thumbnail(THUMBNAIL)
            if small.mode in {"P", "LA", "PA", "RGBA"}:
                ground = Image.new("RGB", small.size, "white")
                ground.paste(small.convert("RGBA"), mask=small.convert("RGBA").getchannel("A"))
                small = ground
            stream = io.BytesIO()
            small.convert("RGB").save(stream, "JPEG", quality=70)
    except BROKEN:
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(stream.getvalue()).decode('ascii')}"


class PhotoStore:
    """Photos that are made within a transaction: where that fails, the files that were stored go.

    New ones lie in ``collection`` under ``title`` and a number, their alternative text left to whoever knows what they show.
    """

    def __init__(self, user: Any, collection: Collection | None, title: str) -> None:
        self.user, self.collection, self.title = user, collection, title
        self.policy = policy_registry.get_by_type(get_image_model())
        self.stored: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None:
            for photo in (each for each in self.stored if each.file._committed):
                photo.file.storage.delete(photo.file.name)

    def take(self, pictures: Iterable[Picture]) -> dict[int, Any]:
        """Return the photo of each picture by the ``id()`` of the picture.

        Bytes that are in the library already, where the user may choose them, are that photo, and are not stored again.
        Raises ``PermissionDenied`` where the user may not add to the collection.
        """
        found: dict[int, Any] = {}
        taken: dict[Fingerprint, Any] = {}
        choosable = choosable_pictures(self.user)
        for number, picture in enumerate(pictures, start=1):
            mark = fingerprint([picture.data])
            if mark not in taken:
                known = known_picture(choosable, mark)
                taken[mark] = known if known is not None else self._store(picture, number)
            found[id(picture)] = taken[mark]
        return found

    def _store(self, picture: Picture, number: int) -> Any:
        allowed = self.policy.collections_user_has_permission_for(self.user, "add")
        if self.collection is None or self.collection not in allowed:
            raise PermissionDenied
        photo = get_image_model()(
            title=f"{self.title[:240]} – {number}",
            file=ContentFile(picture.data, name=_file_name(picture.name)),
            collection=self.collection,
            uploaded_by_user=self.user,
        )
        self.stored.append(photo)
        photo._set_image_file_metadata()
        photo.save()
        log(instance=photo, action="wagtail.create", user=self.user, content_changed=True)
        return photo
