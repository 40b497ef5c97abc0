"""Pictures for an answer: any number of them in one query. No size is made here; what is missing is left out.

Public: other apps may import from here.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db.models import OuterRef, QuerySet
from django.utils.encoding import filepath_to_uri
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Wanted
from wagtail_newsroom.news.images.licences import licence_url
from wagtail_newsroom.news.images.renditions import CROPS, FORMATS, specs_of_crops
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries
from wagtail_newsroom.news.visibility import hidden_collections, showable_files

SPECS = specs_of_crops()
FOR_EVERY_BROWSER = ("jpeg", "webp", "avif")  # the one address is of the first of these that there is
# Sizes by crop, then by format, then by width: (address, height).
Sizes = dict[str, dict[str, dict[int, tuple[str, int]]]]
NO_SOURCES = dict.fromkeys(FORMATS)
FOCUS = ("focal_point_width", "focal_point_height", "focal_point_x", "focal_point_y")
STOCK = ("pk", "width", "height", "file", "description", *FOCUS)
OF_PHOTOS = ("credit", "licence", "color")  # of ``PhotoMixin``; a site's own image model may lack them
PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*").fullmatch  # a name that is its own address
CUT = Filter("fill-1x1")


def images(ids: set[int], answer: Answer, wanted: Wanted) -> dict[int, dict[str, Any]]:
    """Those of the pictures ``ids`` that a public page may show, by id, with the sizes that exist.

    What reaches a picture says that it is shown; its consent and its collection are asked here. ``alt`` is the
    picture's own and ``caption`` nothing: see :func:`as_used`.
    """
    answer.tags.update(f"photo:{pk}" for pk in ids)
    model = get_image_model()
    address = _addresses(model.get_rendition_model()._meta.get_field("file").storage, answer)

    def build(now: dt.datetime, some: Sequence[int]) -> QuerySet[Any]:
        return _photos(model, some)

    rows = _QUERIES.rows((model, hidden_collections()), build, answer.now, sorted(ids)) if ids else ()
    return {row["pk"]: _image(row, _sizes(row, address), answer) for row in rows}


_QUERIES = PreparedQueries()


def _photos(model: Any, ids: Sequence[int]) -> QuerySet[Any]:
    """The pictures with their sizes."""
    names = (*STOCK, *(name for name in OF_PHOTOS if hasattr(model, name)))
    sizes = model.get_rendition_model()._default_manager.filter(image_id=OuterRef("pk")).order_by()
    rows = JsonRows(sizes, spec="filter_spec", key="focal_point_key", width="width", height="height", name="file")
    return showable_files(model._default_manager.filter(pk__in=ids)).order_by().values(*names, size_rows=rows)


def as_used(
    image: dict[str, Any] | None, *, alt: str = "", decorative: bool = False, caption: str = "", credit: str = ""
) -> dict[str, Any] | None:
    """A picture of :func:`images` as one place uses it: what that place says counts before what the picture says.

    ``None`` stays ``None``: a picture that the public may not see.
    """
    if image is None:
        return None
    shown = "" if decorative else alt or image["alt"]
    credit = credit or image["credit"]
    return {**image, "alt": shown, "decorative": decorative, "caption": caption or None, "credit": credit}


def _sizes(photo: dict[str, Any], address: Callable[[str], str]) -> Sizes:
    """The sizes of a photo as it is now: cut ones around an earlier focal point are left out."""
    current = _focal_key(photo)
    found: Sizes = {}
    for size in photo["size_rows"]:
        if size["spec"] in SPECS and (not size["key"] or size["key"] == current):
            crop, kind = SPECS[size["spec"]]
            found.setdefault(crop, {}).setdefault(kind, {})[size["width"]] = (address(size["name"]), size["height"])
    return found


def _focal_key(row: dict[str, Any]) -> str:
    """By what Wagtail tells the cut sizes of one focal point from those of another."""
    return str(CUT.get_cache_key(_Focus(row)))


class _Focus:
    """A focal point as Wagtail's filters read it."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.__dict__ = row


def _addresses(storage: Any, answer: Answer) -> Callable[[str], str]:
    """What makes a file's name an absolute address. A storage that may sign each one is asked for each one."""
    # ``__class__``: Django's default storage stands behind a proxy that says whose it is.
    if storage.__class__.url is FileSystemStorage.url and storage.base_url is not None:
        base = answer.absolute(storage.base_url)
        return lambda name: base + (name if PLAIN(name) else filepath_to_uri(name).lstrip("/"))
    return lambda name: answer.absolute(storage.url(name))


def _image(row: dict[str, Any], sizes: Sizes, answer: Answer) -> dict[str, Any]:
    crops = {crop: _crop(sizes.get(crop)) for crop in CROPS}
    if row["file"].lower().endswith(".svg"):
        crops["original"] = _drawing(row, answer)
    original = crops["original"]
    licence = row.get("licence") or ""
    return {
        "id": row["pk"],
        "alt": row["description"] or "",
        "decorative": False,
        "caption": None,
        "credit": row.get("credit") or None,
        "licence": licence or None,
        "licence_url": licence_url(licence) or None if licence else None,
        "width": row["width"],
        "height": row["height"],
        "focal_point": _focal_point(row),
        "color": row.get("color") or None,
        "renditions": crops,
        "srcset": original["srcset"] if original else NO_SOURCES,
    }


def _focal_point(row: dict[str, Any]) -> dict[str, float] | None:
    if row["focal_point_x"] is None or row["focal_point_y"] is None or not (row["width"] and row["height"]):
        return None
    x, y = row["focal_point_x"] / row["width"], row["focal_point_y"] / row["height"]
    return {"x": round(min(x, 1.0), 4), "y": round(min(y, 1.0), 4)}


def _crop(formats: dict[str, dict[int, tuple[str, int]]] | None) -> dict[str, Any] | None:
    if not formats:
        return None
    kind = next(kind for kind in FOR_EVERY_BROWSER if kind in formats)
    width = max(formats[kind])
    url, height = formats[kind][width]
    return {
        "url": url,
        "width": width,
        "height": height,
        "format": kind,
        "srcset": {kind: _source_set(formats.get(kind)) for kind in FORMATS},
    }


def _source_set(sizes: dict[int, tuple[str, int]] | None) -> str | None:
    return ", ".join(f"{url} {width}w" for width, (url, _height) in sorted(sizes.items())) if sizes else None


def _drawing(row: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """An SVG has no sizes, and needs none: it is sharp at every width."""
    address = _addresses(get_image_model()._meta.get_field("file").storage, answer)
    return {
        "url": address(row["file"]),
        "width": row["width"],
        "height": row["height"],
        "format": "svg",
        "srcset": NO_SOURCES,
    }
