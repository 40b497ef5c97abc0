"""Copies: a copy takes the language of its place."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from wagtail_newsroom.news.publishing.copying.languages import language_at

Method = Callable[..., Any]


def in_language_of_place(copy_page: Method) -> Method:
    """The pages below go with it: each is copied by itself, below the copy of the page above."""

    def copied(action: Any, page: Page, to: Any = None, update_attrs: Any = None, *args: Any, **kwargs: Any) -> Any:
        locale = None if to is None or "locale" in (update_attrs or {}) else language_at(page, to)
        if locale is not None:
            update_attrs = {**(update_attrs or {}), "locale": locale}
        return copy_page(action, page, to, update_attrs, *args, **kwargs)

    return copied
