"""Spreadsheets that leave the admin, Wagtail's own reports among them."""

from collections.abc import Callable
from typing import Any

from wagtail_newsroom.news.admin.lists.exports import plain_cell

Function = Callable[..., Any]


def without_formulas(preprocess: Function) -> Function:
    """Write every value so that the program which opens the file takes it for text."""

    def written(view: Any, field: str, value: Any, export_format: str) -> Any:
        return plain_cell(preprocess(view, field, value, export_format))

    return written
