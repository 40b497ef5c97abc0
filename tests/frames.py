"""Room for the frames of deep calls: what they cost without it is no part of what is tested."""

from collections.abc import Callable
from typing import Any

ROOM_FOR_FRAMES = 1 << 17  # slots of 8 bytes


def in_one_room(act: Callable[..., Any], *args: Any) -> Any:
    """Call ``act`` with room for all frames of the calls below it.

    CPython keeps frames in pieces of 16 KB. A loop whose calls cross from one piece into the next asks the system for
    the next piece, and gives it back, at every turn: a fifth of a test's time. One large frame makes one large piece.
    """
    return act(*args)


in_one_room.__code__ = in_one_room.__code__.replace(co_stacksize=ROOM_FOR_FRAMES)
