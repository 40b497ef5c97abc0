"""A door for rows that every page shows though no page names them: a menu, a footer, the texts of a site."""

from typing import Any

from wagtail_newsroom.news.registry.shelves import Shelf, model_label

_everywhere: Shelf[bool] = Shelf("register_shown_everywhere", "what every page shows")


def register_shown_everywhere(label: str) -> None:
    """Say that rows of the model ``label`` (``"menus.Menu"``) are public though no page names them, with their files.

    Of other rows (snippets) the public sees what a public page names; settings of sites are public anyway. A model with
    drafts shows what is live. Files of rows that are not shown are nobody's to read.
    """
    _everywhere.put(True, label.lower())


def is_shown_everywhere(model: type[Any]) -> bool:
    """Tell whether rows of ``model`` were registered so, or those of a class above it."""
    return bool(next(_everywhere.along(model, model_label), False))
