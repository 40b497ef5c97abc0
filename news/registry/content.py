"""Doors for content: blocks, cards, pages that belong to a page, what search engines are told, styles and scripts."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from wagtail_newsroom.news.registry.contracts import Card, PagesAbout, Surroundings
from wagtail_newsroom.news.registry.shelves import Shelf, model_label

if TYPE_CHECKING:
    from wagtail.blocks import Block
    from wagtail.models import Page

BlockFactory = Callable[[], "Block"]
PageFinder = Callable[["Page"], Iterable["Page"]]
StructuredData = Callable[[Any, Surroundings], dict[str, Any]]

_story_blocks: Shelf[BlockFactory] = Shelf("register_story_block", "the story block")
_cards: Shelf[tuple[str, Card]] = Shelf("register_card", "the card of")
_page_finders: Shelf[tuple[PageFinder, str, Any]] = Shelf("register_page_finder", "the page finder")
_structured_data: Shelf[StructuredData] = Shelf("register_structured_data", "the structured data of")
_stylesheets: Shelf[str] = Shelf("register_stylesheet", "the stylesheet")
_scripts: Shelf[str] = Shelf("register_script", "the script")


def register_story_block(name: str, factory: BlockFactory) -> None:
    """Offer a block in every story (the body of news and events).

    ``name``: the block's type in the stored data; ``factory``: called without arguments, returns the block.
    Registering a block changes no migration of the newsroom.
    """
    _story_blocks.put(factory, name)


def story_blocks() -> dict[str, BlockFactory]:
    """Return the registered story blocks by name."""
    return _story_blocks.named()


def register_card(page_type: str, card: Card) -> None:
    """Say how pages of a type are shown in lists, on the home page and among related pages.

    ``page_type``: label of the model (``"newsroom.EventPage"``). Types below it without a card of their own have the
    same; with none at all, the card of a news item.
    """
    _cards.put((page_type, card), page_type.lower())


def card_of(page_type: type[Any]) -> tuple[str, Card] | None:
    """Return the card of ``page_type``, or of the nearest type above it, with the label it was registered for."""
    return next(_cards.along(page_type, model_label), None)


def register_page_finder(finder: PageFinder, *, template: str = "", heading: Any = "") -> None:
    """Tell the newsroom how to find pages that belong to a given page (galleries of an event, say).

    ``finder``: takes a page, returns an iterable of public pages; called when the page is shown.
    ``template``: shows them as ``pages`` below a news item; ``heading``: stands above them where an event that is over
    lists what came of it. Without one or the other they are not shown there.
    """
    _page_finders.put((finder, template, heading), f"{finder.__module__}.{finder.__qualname__}")


def pages_about(page: "Page") -> list[PagesAbout]:
    """Return the public pages that registered apps say belong to ``page``, a group for each finder that found some."""
    found = [PagesAbout(list(finder(page)), template, heading) for finder, template, heading in _page_finders.items()]
    return [group for group in found if group.pages]


def register_structured_data(page_type: str, make: StructuredData) -> None:
    """Say what pages of a type are to search engines, in the words of schema.org (JSON-LD).

    ``page_type``: label of the model (``"newsroom.EventPage"``); ``make``: takes the page and what stands around it
    (:class:`wagtail_newsroom.news.registry.Surroundings`), returns an object with ``@type``, holding public facts only.
    """
    _structured_data.put(make, page_type.lower())


def structured_data(page_type: type[Any]) -> StructuredData | None:
    """Return what makes the structured data of pages of ``page_type`` or of a type above it; ``None`` without one."""
    return next(_structured_data.along(page_type, model_label), None)


def register_stylesheet(path: str) -> None:
    """Load a stylesheet (a static file) after the newsroom's own, on every page that the newsroom dresses."""
    _stylesheets.put(path, path)


def stylesheets() -> list[str]:
    """Return the registered stylesheets."""
    return _stylesheets.items()


def register_script(path: str) -> None:
    """Load a script (a static file, an ECMAScript module) on every page that the newsroom dresses."""
    _scripts.put(path, path)


def scripts() -> list[str]:
    """Return the registered scripts."""
    return _scripts.items()


def page_types_named() -> list[tuple[str, str, str]]:
    """Door, label and owner of everything that was registered for a type of page."""
    return [
        (shelf.door, entry.name, entry.owner)
        for shelf in (_cards, _structured_data)
        for entry in shelf.entries.values()
    ]


def card_templates() -> list[tuple[str, str, str]]:
    """Label, template and owner of each registered card."""
    return [(entry.name, entry.item[1].template, entry.owner) for entry in _cards.entries.values()]
