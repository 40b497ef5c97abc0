"""The sizes of a picture that a page offers, of those that there are: none is made, and nothing is asked where they are known.

Public: other apps may import from here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.encoding import filepath_to_uri
from wagtail.images.models import Filter

PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*").fullmatch  # a name that is its own address
CUT = Filter("fill-1x1")
FOR_EVERY_BROWSER = ("jpeg", "webp", "avif")


@dataclass(frozen=True)
class Size:
    """One file: its address and its pixels."""

    url: str
    width: int
    height: int


class ShownSizes:
    """``formats``: sizes by format, from narrow to wide, as browsers are offered them."""

    def __init__(self, formats: dict[str, list[Size]]) -> None:
        self.formats = formats

    @property
    def renditions(self) -> list[Size]:
        """All of them."""
        return [size for sizes in self.formats.values() for size in sizes]

    @cached_property
    def source_sets(self) -> dict[str, str]:
        """What stands in ``srcset``, by format; a width is named once."""
        return {kind: _source_set(sizes) for kind, sizes in self.formats.items() if sizes}

    @property
    def fallback(self) -> Size | None:
        """The one file for every browser; ``None`` where there is none at all."""
        kind = next((kind for kind in FOR_EVERY_BROWSER if self.formats.get(kind)), None)
        return self.formats[kind][-1] if kind else None


def _source_set(sizes: Sequence[Size]) -> str:
    told, before = [], None
    for size in sizes:
        if size.width != before:
            told.append(f"{size.url} {size.width}w")
        before = size.width
    return ", ".join(told)


def known_sizes(image: Any, specs: Iterable[str]) -> dict[str, Size]:
    """Those of ``specs`` that there are of ``image`` as it is now: cut ones around an earlier focal point are left out.

    One query, none where its sizes were read with it (``size_rows``: dicts of their columns, or prefetched).
    """
    specs = list(specs)
    rows = getattr(image, "size_rows", None)
    if rows is None:
        names = ("filter_spec", "focal_point_key", "file", "width", "height")
        known = image._get_prefetched_renditions()
        if known is not None:
            rows = [{**{name: getattr(row, name) for name in names}, "file": row.file.name} for row in known]
        else:
            rows = list(image.renditions.filter(filter_spec__in=specs).order_by().values(*names))
    current = str(CUT.get_cache_key(image))
    found = {row["filter_spec"]: row for row in rows if not row["focal_point_key"] or row["focal_point_key"] == current}
    address = _addresses(image.get_rendition_model()._meta.get_field("file").storage)
    return {
        spec: Size(address(found[spec]["file"]), found[spec]["width"], found[spec]["height"])
        for spec in specs
        if spec in found
    }


def _addresses(storage: Any) -> Callable[[str], str]:
    """What makes a file's name an address. A storage that may sign each one is asked for each one."""
    # ``__class__``: Django's default storage stands behind a proxy that says whose it is.
    if storage.__class__.url is FileSystemStorage.url and storage.base_url is not None:
        base = storage.base_url
        return lambda name: base + (name if PLAIN(name) else filepath_to_uri(name).lstrip("/"))
    return lambda name: str(storage.url(name))
