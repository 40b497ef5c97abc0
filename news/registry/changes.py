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

    ``word``: what the log, the API and tags call it; ``tags``: from an object, further tags of the sets it is in.
    """

    word: str
    tags: Tags | None = None


_types: Shelf[ChangedType] = Shelf("register_change_type", "the word for")
_listeners: list[Callable[[str], None]] = []


def register_change_type(label: str, word: str, *, tags: Tags | None = None) -> None:
    """Record changes of the model ``label`` (``"newsroom.NewsPage"``) and of its subclasses as changes of a ``word``.

    ``tags``: takes the object, returns tags of what shows it beside its own list (``["event:7"]``). A page type without a
    word of its own is what its base is, a ``page`` at last. Raises :class:`RegistrationError` where the model has a word
    already, and once words were asked for.
    """
    label = label.lower()
    _types.put(ChangedType(word, tags), label)
    for tell in _listeners:
        tell(label)


def changed_types(model: type[Any]) -> Iterator[ChangedType]:
    """What is registered for ``model`` and the classes that it is made of, the nearest first."""
    return _types.along(model, model_label)


def change_word(model: type[Any]) -> str:
    """The word for ``model``; empty where its changes are not recorded."""
    return next((each.word for each in changed_types(model)), "")


def for_each_change_type(tell: Callable[[str], None]) -> None:
    """Call ``tell`` with the label (in small letters) of each model that is registered, now and later."""
    _listeners.append(tell)
    for label in [entry.name for entry in _types.entries.values()]:  # open still: apps that come later are told too
        tell(label)
