"""Downloads where there is a virus scanner: nothing leaves the house before it is clean."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wagtail_newsroom.news.documents.clamd import ScannerError
from wagtail_newsroom.news.publishing.files.inspection import is_clean

RETRY_AFTER = 120  # seconds


def hold_back(document: Any) -> HttpResponse | None:
    """What stands in the place of a file that is not clean, or that nobody could scan; ``None``: it may be served."""
    try:
        if is_clean(document):
            return None
    except ScannerError:
        text = _("This file waits for the virus scanner, which does not answer. Please try again in a few minutes.")
        return _plain(text, 503, {"Retry-After": str(RETRY_AFTER)})
    except OSError:
        return None  # the file is missing: the view that serves it says so
    return _plain(_("The virus scanner found a virus in this file. It is not given out."), 403, {})


def _plain(text: str, status: int, headers: dict[str, str]) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8", headers=headers)
    answer["Cache-Control"] = "no-store"
    return answer
