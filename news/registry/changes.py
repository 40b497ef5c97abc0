"""What changes for the public: the words and tags of types, and what changes with time alone.

Each is looked up along the MRO: a subclass of a type is what its base is, and says only what it adds.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Tags = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class ChangedType:
    """How changes of a model are recorded.

    ``word``: what the log, the API and tags call it; ``tags``: from an object, further tags of the sets it is in.
    """

    word: str
    tags: Tags | None = None


_types: dict[str, ChangedType] = {}
_listeners: list[Callable[[str], None]] = []


def register_change_type(label: str, word: str, *, tags: Tags | None = None) -> None:
    """Record changes of the model ``label`` (``"newsroom.NewsPage"``) and of its subclasses as changes of a ``word``.

    ``tags``: takes the object, returns tags of what shows it beside its own list (``["event:7"]``). A page type without a
    word of its own is what its base is, a ``page`` at last. Raises ``ValueError`` where the model has a word already.
    """
    label = label.lower()
    if label in _types:
        raise ValueError(f"Changes of {label} are recorded already, as {_types[label].word!r}.")
    _types[label] = ChangedType(word, tags)
    for tell in _listeners:
        tell(label)


def changed_types(model: type[Any]) -> Iterator[ChangedType]:
    """What is registered for ``model`` and the classes that it is made of, the nearest first."""
    for each in model.__mro__:
        meta = getattr(each, "_meta", None)
        if meta is not None and (found := _types.get(getattr(meta, "label_lower", ""))):
            yield found


def change_word(model: type[Any]) -> str:
    """The word for ``model``; empty where its changes are not recorded."""
    return next((each.word for each in changed_types(model)), "")


def for_each_change_type(tell: Callable[[str], None]) -> None:
    """Call ``tell`` with the label (in small letters) of each model that is registered, now and later."""
    _listeners.append(tell)
    for label in list(_types):
        tell(label)
