"""Why a picture is not taken in, in words: the file, the reason, and what is allowed."""

import datetime as dt
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from wagtail_newsroom.galleries.pictures import Limits, Reason, RefusedError
from wagtail_newsroom.galleries.pictures.results import ALLOWED
from wagtail_newsroom.news.wording import dates

NAME_SHOWN = 80


def photo_refusal(error: RefusedError, name: str, limits: Limits) -> str:
    """One message for the editor, in the active language."""
    allowed = allowed_words(limits)
    what = _("“%(name)s” was not added: %(reason)s") % {"name": _shown(name), "reason": _reason(error, limits)}
    return f"{what} {allowed}"


def allowed_words(limits: Limits) -> str:
    """Which pictures are taken in."""
    return _("Allowed: %(kinds)s, up to %(megapixels)s megapixels and %(size)s.") % {
        "kinds": ", ".join(ALLOWED),
        "megapixels": _number(limits.pixels / 1_000_000),
        "size": filesizeformat(limits.bytes),
    }


def withdrawn_refusal(name: str, when: dt.datetime) -> str:
    """Why a file that was withdrawn does not come in again, by whatever door. The reason of the withdrawal stays closed."""
    return _(
        "“%(name)s” was not added: the consent to publish this very photo was withdrawn on %(day)s. Choose another photo."
    ) % {"name": _shown(name), "day": dates.plain_date(timezone.localdate(when))}


def _reason(error: RefusedError, limits: Limits) -> str:
    details = error.details
    if error.reason == Reason.TOO_MANY_PIXELS and details.get("width"):
        return _("it is %(width)s × %(height)s pixels, %(megapixels)s megapixels. Save it smaller.") % {
            "width": details["width"],
            "height": details["height"],
            "megapixels": _number(details["width"] * details["height"] / 1_000_000),
        }
    if error.reason == Reason.TOO_MANY_BYTES:
        return _("the file is too big (%(size)s). Save it smaller.") % {"size": filesizeformat(details.get("bytes", 0))}
    if error.reason == Reason.TOO_LONG:
        return _(
            "the animation has %(frames)s frames and runs for %(seconds)s s; %(limit)s s is the longest. Shorten it, or add a still picture."
        ) % {
            "frames": details.get("frames"),
            "seconds": _number(details.get("seconds", 0)),
            "limit": _number(limits.run_seconds),
        }
    if error.reason in (Reason.KIND_NOT_ALLOWED, Reason.NOT_A_PICTURE) and details.get("found"):
        if error.reason == Reason.KIND_NOT_ALLOWED:
            return _("it is a picture of a kind that is not taken in (%(kind)s). Save it as JPEG or PNG.") % {
                "kind": details["found"]
            }
        return _("it is no picture, whatever its name says (%(kind)s).") % {"kind": _kind(details["found"])}
    return {
        Reason.EMPTY: _("the file is empty."),
        Reason.TOO_MANY_PIXELS: _("it has too many pixels. Save it smaller."),
        Reason.ENDLESS: _(
            "the animation never stops. Let it run once and for %(limit)s s at most, or add a still picture."
        )
        % {"limit": _number(limits.run_seconds)},
        Reason.TRUNCATED: _(
            "the file ends too early: a part of the picture is missing. Copy it from the camera again."
        ),
        Reason.BROKEN: _(
            "the picture is damaged and cannot be read. Open it in a program for pictures and save it anew."
        ),
        Reason.TOO_HEAVY: _("reading it takes too much time or memory. Save it smaller, as JPEG."),
    }.get(error.reason, _("it is no picture."))


def _kind(found: str) -> str:
    """What a file is, for people; names of formats stay."""
    return {"program": _("a program"), "document": _("a document"), "film": _("a film")}.get(found, found)


def _number(value: Any) -> str:
    return number_format(round(float(value), 1), decimal_pos=None if float(value) % 1 else 0)


def _shown(name: str) -> str:
    visible = "".join(letter for letter in name if letter.isprintable())
    return visible if len(visible) <= NAME_SHOWN else f"{visible[: NAME_SHOWN - 1]}…"
