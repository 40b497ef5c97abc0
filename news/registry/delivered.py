"""Doors to the delivery API (``/api/v1/``): page types with lists of their own, blocks, fields, and what items point to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import QuerySet

from wagtail_newsroom.news.registry.shelves import Shelf, model_label


class Wanting(Protocol):
    """What is wanted for one answer: see :class:`wagtail_newsroom.news.api.v1.gathering.Wanted`."""

    def add(self, kind: str, pk: Any) -> None:
        """Want one object; ``None`` and the empty string are nothing."""


class BlockForm(Protocol):
    """How the delivery API shows a block of a story. It reads what is stored, never a value of Wagtail's blocks.

    ``schema``: of the block's ``value``, a :class:`ninja.Schema`.
    """

    schema: type[Any]

    def wants(self, value: Any, wanted: Wanting) -> None:
        """Say what the stored ``value`` points to."""

    def read(self, value: Any, found: Any) -> dict[str, Any] | None:
        """Return the value as the API shows it; ``None`` leaves the block out."""


@dataclass(frozen=True)
class DeliveredType:
    """A page type with lists and items of its own.

    ``word``: the ``type`` of its items (``"gallery"``), the same as that of its changes; ``address``: below ``/api/v1/``
    (``"galleries"``); ``page_type``: label of the model, types below it included; ``reading``: a
    :class:`wagtail_newsroom.news.api.v1.reading.pages.PageReading`, made once the models are there.
    """

    word: str
    address: str
    page_type: str
    reading: Callable[[], Any]


@dataclass(frozen=True)
class DeliveredFields:
    """Fields that a type below one of ours adds, shown under ``extra``.

    ``word``: ``type`` within ``extra``; ``schema``: of the fields; ``columns``: of the model, read in one query for all
    rows of an answer; ``read``: from the columns of one row, the fields. ``points_to``: those columns that hold ids, with
    the kind of what they lead to (``{"trainer_id": "person"}``): ``read`` gets what the API shows of it, or ``None``.
    """

    word: str
    schema: type[Any]
    columns: tuple[str, ...]
    read: Callable[[Mapping[str, Any]], dict[str, Any]]
    points_to: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DeliveredLinks:
    """Pages that belong to pages of a type, as a list of links in their items: the ``galleries`` of an event.

    ``name``: of the list; ``description``: for the document; ``pages``: called with the answer, returns the public pages
    in their order, as a query within that of the page that they belong to, whose columns it names by ``OuterRef``
    (``translation_key``, ``locale_id``). It is kept and asked again: of the answer it may depend on the site, its tree, the
    moment and the day alone.
    """

    name: str
    description: str
    pages: Callable[[Any], QuerySet[Any]]


_types: Shelf[DeliveredType] = Shelf("register_delivered_type", "the delivered type")
_blocks: Shelf[BlockForm] = Shelf("register_block_form", "the form of the block")
_fields: Shelf[DeliveredFields] = Shelf("register_delivered_fields", "the delivered fields of")
_links: Shelf[tuple[str, DeliveredLinks]] = Shelf("register_delivered_links", "the delivered links")
_sources: Shelf[Callable[..., dict[Any, Any]]] = Shelf("register_source", "the source of")


def register_delivered_type(delivered: DeliveredType) -> None:
    """Give a page type lists and items of its own in the delivery API."""
    _types.put(delivered, delivered.word)


def delivered_types() -> dict[str, DeliveredType]:
    """The registered types by their words."""
    return _types.named()


def register_block_form(name: str, form: BlockForm) -> None:
    """Say how the delivery API shows the story block ``name`` that was registered by ``register_story_block``."""
    _blocks.put(form, name)


def block_forms() -> dict[str, BlockForm]:
    """The registered forms by the names of their blocks."""
    return _blocks.named()


def register_delivered_fields(page_type: str, fields: DeliveredFields) -> None:
    """Show fields of a type below one of ours (``"trainings.TrainingPage"``) under ``extra``.

    Without it, those are shown that the type adds to ``api_fields`` and that are plain columns.
    """
    _fields.put(fields, page_type.lower())


def delivered_fields(model: type[Any]) -> DeliveredFields | None:
    """What is registered for ``model``, or for the nearest type above it."""
    return next(iter(_fields.along(model, model_label)), None)


def register_delivered_links(page_type: str, links: DeliveredLinks) -> None:
    """Add a list of links to the items of a type and of those below it (``"newsroom.EventPage"``)."""
    _links.put((page_type.lower(), links), f"{page_type.lower()}.{links.name}")


def delivered_links(model: type[Any]) -> list[DeliveredLinks]:
    """What is registered for ``model`` and for the types above it."""
    labels = {model_label(each) for each in model.__mro__}
    return [links for label, links in _links.items() if label in labels]


def register_source(kind: str, source: Callable[..., dict[Any, Any]]) -> None:
    """Say where objects of ``kind`` come from that blocks and items point to.

    ``source``: called once an answer with the wanted keys, the answer, and what is wanted of kinds that come later; returns
    what the API shows of each that the public may see, by its key.
    """
    _sources.put(source, kind)


def sources() -> dict[str, Callable[..., dict[Any, Any]]]:
    """The registered sources by kind."""
    return _sources.named()
