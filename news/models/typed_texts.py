"""What people type or paste, without the signs that nobody sees: a page with them is no valid HTML, a feed no XML.

Public: other apps may import from here.
"""

import re
from typing import Any

from django.db import models

from wagtail_newsroom.news.fields import LineField

# Control characters but the tabulator and the ends of lines (ISO 6429), and the two separators of Unicode.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


class TypedTextMixin:
    """A row that people type: whatever checks it takes such signs out first. A text on one line is refused with them."""

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        take_out_unseen(self)
        super().full_clean(*args, **kwargs)  # type: ignore[misc]  # the model's


def take_out_unseen(row: Any) -> None:
    """Take control characters out of the texts of ``row``, as far as they are loaded."""
    for field in row._meta.concrete_fields:
        text = row.__dict__.get(field.attname)
        is_typed = isinstance(field, models.CharField | models.TextField) and not isinstance(field, LineField)
        if is_typed and isinstance(text, str) and UNSEEN.search(text):
            setattr(row, field.attname, UNSEEN.sub("", text))
