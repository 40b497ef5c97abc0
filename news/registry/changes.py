"""What changes for the public: the words and tags of types, and what changes with time alone.

Each is looked up along the MRO: a subclass of a type is what its base is, and says only what it adds.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wagtail_newsroom.news.registry.shelves import Shelf, model_label

Tags = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class ChangedType:
    """How changes of a model are recorded.

    ``word``: what the log, the API and tags call it; ``tags``: from an object, further tags of the sets it is in;
    ``on_cards``: whether cards and short entries of pages that name it show it, and not those pages alone.
    """

    word: str
    tags: Tags | None = None
    on_cards: bool = True


_types: Shelf[ChangedType] = Shelf("register_change_type", "the word for")
_lists: Shelf[Tags] = Shelf("register_shown_sets", "the sets shown by")
_listeners: list[Callable[[str], None]] = []


def register_change_type(label: str, word: str, *, tags: Tags | None = None, on_cards: bool = True) -> None:
    """Record changes of the model ``label`` (``"newsroom.NewsPage"``) and of its subclasses as changes of a ``word``.

    ``tags``: takes the object, returns tags of what shows it beside its own list (``["event:7"]``); what a page names by a
    foreign key shows it without being said. ``on_cards``: ``False`` where only pages that name a row show it, and no
    card of theirs in lists or beside other pages. A page type without a word of its own is what its base is, a ``page`` at
    last. Raises :class:`RegistrationError` where the model has a word
    already, and once words were asked for.
    """
    label = label.lower()
    _types.put(ChangedType(word, tags, on_cards), label)
    for tell in _listeners:
        tell(label)


def register_shown_sets(label: str, tags: Tags) -> None:
    """Say which sets pages of the model ``label`` show, beside the pages below them: ``["list:news:pl"]``.

    ``tags``: takes the page. It is asked of every live page of the type at every change: a type of a few pages, without
    queries. Lists above an item, home pages among them, need not say so.
    """
    _lists.put(tags, label.lower())


def shown_sets() -> dict[str, Tags]:
    """What is registered, by the label of the page type in small letters."""
    return _lists.named()


def changed_types(model: type[Any]) -> Iterator[ChangedType]:
    """What is registered for ``model`` and the classes that it is made of, the nearest first."""
    return _types.along(model, model_label)


def change_word(model: type[Any]) -> str:
    """The word for ``model``; empty where its changes are not recorded."""
    return next((each.word for each in changed_types(model)), "")


def shows_on_cards(model: type[Any]) -> bool:
    """Whether a card of a page that names a row of ``model`` may show it; so in doubt."""
    return next((each.on_cards for each in changed_types(model)), True)


def for_each_change_type(tell: Callable[[str], None]) -> None:
    """Call ``tell`` with the label (in small letters) of each model that is registered, now and later."""
    _listeners.append(tell)
    for label in [entry.name for entry in _types.entries.values()]:  # open still: apps that come later are told too
        tell(label)


def change_words() -> list[str]:
    """Every word that the log of changes may hold, in the order of the alphabet."""
    return sorted({each.word for each in _types.items()})
