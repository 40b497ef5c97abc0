"""In the child process: work on the pictures that are asked for.

Nothing that a hostile picture does to a decoder reaches the process that serves the site: answers are JSON and pictures,
never Python's objects.
"""

import io
from typing import IO, Any

from wagtail_newsroom.galleries.pictures import Limits, Order, Reason, RefusedError, clean_picture, make_sizes
from wagtail_newsroom.news.sandbox import serve

IDLE_SECONDS = 120


def work(source: IO[bytes], answer: IO[bytes]) -> None:
    """Answer until the end of ``source``, or until nobody asks for a while."""
    serve(source, answer, reply, idle=IDLE_SECONDS)


def reply(head: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Do what is asked: ``clean`` a picture or make ``sizes`` of it."""
    try:
        limits = Limits(**head["limits"])
        if head["act"] == "sizes":
            made = make_sizes(blob, [Order.from_data(order) for order in head["orders"]], limits)
            return {"color": made.color}, made.files
        found = clean_picture(io.BytesIO(blob), head["name"], limits)
        facts = found.facts
        return {
            "name": found.name,
            "kind": found.kind,
            "width": found.width,
            "height": found.height,
            "sha256": found.sha256,
            "re_encoded": found.re_encoded,
            "credit": facts.credit,
            "licence": facts.licence,
            "taken_on": facts.taken_on.isoformat() if facts.taken_on else None,
        }, [found.content]
    except RefusedError as error:
        return {"refused": error.reason.value, "details": error.details}, []
    except MemoryError:
        return {"refused": Reason.TOO_HEAVY.value, "details": {}}, []
    except Exception:  # noqa: BLE001  (whatever a decoder may do with what no decoder expects)
        return {"refused": Reason.BROKEN.value, "details": {}}, []
