"""Pictures under ``/media/``: only those that the public may see, never documents by their path.

A host's own files lie in folders of their own and stay the host's::

    path("media/<newsroom_media:path>", serve_media)
"""

import mimetypes
import posixpath
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import register_converter
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from wagtail_newsroom.news.caching import PRIVATE, PUBLIC, is_known_visitor, keep
from wagtail_newsroom.news.views.files.stored import StoredFile, file_answer, validators_of
from wagtail_newsroom.news.visibility import is_public_file, may_read, may_work_with

# Where Wagtail and the newsroom put documents, photos, their sizes, the originals of drafts, portraits, and what waits.
FOLDERS = frozenset({"documents", "images", "original_images", "originals", "avatar_images", "wagtail_uploads"})
SVG = "image/svg+xml"
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", SVG})
# A drawing may style itself; opened by its address it is no page of the site, and runs nothing.
POLICY, POLICY_OF_SVG = "default-src 'none'", "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class GuardedMedia:
    """The path of a stored document or photo. Every other file is the host's: Django goes on to the next pattern."""

    regex = ".+"

    def to_python(self, value: str) -> str:
        top = posixpath.normpath(value).lstrip("/").partition("/")[0]
        if top.casefold() not in guarded_folders():
            raise ValueError(f"{value} is in no folder that the newsroom guards.")
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(GuardedMedia, "newsroom_media")


def guarded_folders() -> frozenset[str]:
    """First parts of the paths of documents and photos, those of a host's own models too."""
    models = (get_image_model(), get_image_model().get_rendition_model(), get_document_model())
    named = {_place_of(model).strip("/").partition("/")[0].casefold() for model in models}
    return (FOLDERS | named) - {""}


@cache
def _place_of(model: type[Any]) -> str:
    """Where a file of ``model`` would be stored; empty where that hangs on the row, which then has to say so itself."""
    names = {field.name for field in model._meta.fields}
    row = model(**{"collection": None} if "collection" in names else {})  # its default asks the database
    try:
        return str(model._meta.get_field("file").generate_filename(row, "a.jpg"))
    except (
        AttributeError,
        TypeError,
        ValueError,
        ObjectDoesNotExist,
    ):  # the host's method looks at a row: there is none
        return ""


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve the original or a size of an image.

    Readable by anybody where a public page shows the image from an unrestricted collection; else by people who may work
    with this very image, and by members who pass the restrictions under which it is shown. For everybody else it does
    not exist (404), whatever validators they send.
    Portraits of accounts are for people who work in the admin.
    """
    image = find_image(posixpath.normpath(path))
    if image is None:
        if is_portrait(posixpath.normpath(path)) and works_in_the_admin(request):
            return picture_response(path, PRIVATE)
        raise Http404("There is no such picture.")
    public = is_public_file(image)
    if not public and not may_work_with(request, image) and not may_read(request, image):
        raise Http404("There is no such picture.")
    if public:
        keep(request)
    return picture_response(path, PUBLIC if public else PRIVATE, request)


serve_media.guards_media = True  # type: ignore[attr-defined]  # what the system check looks for; a decorator of the host keeps it


def picture_response(path: str, cache_control: str, request: HttpRequest | None = None) -> HttpResponseBase:
    """The picture stored at ``path``, whatever the visitor may: whoever calls this has asked. 404 for other files.

    With ``request`` that of a picture that anybody may have: 304 to who has it already, and parts of it.
    """
    kind = mimetypes.guess_type(path)[0] or ""
    if kind not in PICTURES:
        raise Http404("This kind of file is not served here.")
    try:
        stream = default_storage.open(path)
    except OSError as error:
        raise Http404("The file of this picture is missing.") from error
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY_OF_SVG if kind == SVG else POLICY,
        "Cache-Control": cache_control,
        **validators_of(stream, default_storage),
    }
    if request is None or cache_control == PRIVATE:
        return StoredFile(stream, content_type=kind, headers=headers)
    return file_answer(request, stream, headers, content_type=kind)


def find_image(path: str) -> Any:
    """Return the image whose original or size is stored at ``path``; ``None`` where there is none."""
    if "\0" in path:  # no file is called so, and PostgreSQL refuses to look
        return None
    model = get_image_model()
    if image := model.objects.filter(file=path).first():
        return image
    rendition = model.get_rendition_model().objects.filter(file=path).select_related("image").first()
    return rendition.image if rendition else None


def is_portrait(path: str) -> bool:
    """Tell whether the picture of an account is stored at ``path``."""
    return "\0" not in path and UserProfile.objects.filter(avatar=path).exists()


def works_in_the_admin(request: HttpRequest) -> bool:
    """Tell whether the visitor is signed in and may enter the admin. Nobody without a session is asked."""
    return is_known_visitor(request) and request.user.has_perm("wagtailadmin.access_admin")
