"""In which coding an answer is sent: the best that the client takes and this installation can make."""

import gzip
import importlib
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

IDENTITY = ""
# Below that the headers weigh more than what is saved.
LEAST = 600
# Kept bytes are compressed once and sent often.
GZIP_LEVEL, BROTLI_QUALITY, ZSTD_LEVEL = 7, 6, 9
_TEXTS = (
    *("text/", "application/json", "application/problem+json", "application/xml", "application/atom+xml"),
    *("image/svg+xml", "application/x-ndjson", "application/javascript", "application/ld+json"),
)


def is_compressible(media_type: str, length: int) -> bool:
    """Whether compressing an answer of this type and length (bytes) is worth it."""
    return length >= LEAST and media_type.startswith(_TEXTS)


@cache
def codings() -> dict[str, Callable[[bytes], bytes]]:
    """Names of codings, the best first, and what encodes. Brotli and zstd where their packages are installed."""
    found: dict[str, Callable[[bytes], bytes]] = {}
    if (brotli := _optional("brotli")) is not None:
        found["br"] = lambda body: bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if (zstandard := _optional("zstandard")) is not None:
        found["zstd"] = lambda body: bytes(zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(body))
    found["gzip"] = lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0)
    return found


def _optional(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


@lru_cache(maxsize=512)
def best_coding(accepted: str) -> str:
    """The best of our codings that ``accepted`` (an ``Accept-Encoding``) takes; ``IDENTITY`` where it takes none."""
    wishes: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            wishes[name] = float(quality)
        except ValueError:
            wishes[name] = 0.0
    anything = wishes.get("*", 0.0)
    plain = wishes.get("identity", 0.0)
    wanted = {name: wishes.get(name, anything) for name in codings()}
    best = max(wanted, key=lambda name: wanted[name])  # of equals the first
    return best if wanted[best] > 0 and wanted[best] >= plain else IDENTITY
