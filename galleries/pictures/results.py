"""What is found out about a picture: taken in, with its facts, or refused, with the reason."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# What a visitor's browser shows, and what a telephone makes (HEIC, kept as JPEG).
ALLOWED = ("JPEG", "PNG", "WebP", "AVIF", "HEIC", "GIF")


class Reason(StrEnum):
    """Why a file is refused. The details that come with each stand in brackets."""

    EMPTY = "empty"
    NOT_A_PICTURE = "not_a_picture"  # (found: what it is, empty where nobody knows)
    KIND_NOT_ALLOWED = "kind_not_allowed"  # (found)
    TOO_MANY_BYTES = "too_many_bytes"  # (bytes)
    TOO_MANY_PIXELS = "too_many_pixels"  # (width, height)
    ENDLESS = "endless"
    TOO_LONG = "too_long"  # (frames, seconds)
    TRUNCATED = "truncated"
    BROKEN = "broken"
    TOO_HEAVY = "too_heavy"


@dataclass(frozen=True)
class Limits:
    """How much a picture may be. ``run_seconds``: WCAG 2.2.2 lets nothing move longer without a way to stop it."""

    pixels: int = 100_000_000
    bytes: int = 40 * 1024 * 1024
    frames: int = 250
    run_seconds: float = 5.0


@dataclass(frozen=True)
class Facts:
    """What the file said about itself, read before that was taken out. Empty where it said nothing."""

    credit: str = ""
    licence: str = ""
    taken_on: dt.date | None = None


@dataclass(frozen=True)
class CleanPicture:
    """A picture without hidden data, upright.

    ``name``: the given one with the extension of what it now is; ``kind``: ``jpeg``, ``png``, ``webp``, ``avif`` or
    ``gif``; ``sha256``: of the bytes as they were uploaded; ``re_encoded``: whether its pixels were written anew.
    """

    content: bytes
    name: str
    kind: str
    width: int
    height: int
    sha256: str
    facts: Facts = field(default_factory=Facts)
    re_encoded: bool = False


class RefusedError(Exception):
    """The file is not taken in, for ``reason``; ``details`` are numbers and names for the message."""

    def __init__(self, reason: Reason, **details: Any) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details = details


def check_pixels(width: int, height: int, limits: Limits) -> None:
    """Refuse more pixels than may be decoded, before anything is decoded; and a picture without any."""
    if width < 1 or height < 1:
        raise RefusedError(Reason.BROKEN)
    if width * height > limits.pixels:
        raise RefusedError(Reason.TOO_MANY_PIXELS, width=width, height=height)


def check_animation(frames: int, seconds: float, loops: int, area: int, limits: Limits) -> None:
    """Refuse what runs for ever, too long or in too many frames. ``loops``: 0 for ever; ``area``: pixels of a frame."""
    if frames < 2:
        return
    if loops == 0:
        raise RefusedError(Reason.ENDLESS)
    if frames > limits.frames or seconds * loops > limits.run_seconds:
        raise RefusedError(Reason.TOO_LONG, frames=frames, seconds=round(seconds * loops, 1))
    if frames * area > limits.pixels:
        raise RefusedError(Reason.TOO_LONG, frames=frames, seconds=round(seconds * loops, 1))
