"""Tags: short names of what an answer was made of. An answer is out of date once a change carries one of its tags.

``news:12`` an object; ``list:news:pl`` the items of a kind in a language; ``topic:5``, ``project:3`` … the items of a topic or
project, and the row itself; ``site`` what stands on every page.

Public: other apps may import from here.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.models import Page, TranslatableMixin

from wagtail_newsroom.news.registry.changes import change_word, changed_types


def tags_of(instance: Any) -> set[str]:
    """Every tag of ``instance`` as it is now: its own, those of its lists, and those of the sets that it is in."""
    return set(_tags(instance))


def own_tag(instance: Any) -> str:
    """The tag of one object: ``news:12``."""
    return f"{change_word(type(instance)) or instance._meta.model_name}:{instance.pk}"


def list_tag(word: str, language: str) -> str:
    """The tag of all items of a kind in a language: ``list:news:pl``."""
    return f"list:{word}:{language}" if language else f"list:{word}"


def tags_of_rows(rows: Iterable[Any]) -> set[str]:
    """Tags of translatable rows (topics, venues) in every language: pages fall back from one to another."""
    rows = [row for row in rows if row is not None]
    if not rows:
        return set()
    model = type(rows[0])
    keys = {row.translation_key for row in rows}
    ids = model._default_manager.filter(translation_key__in=keys).order_by().values_list("pk", flat=True)
    return {f"{change_word(model)}:{pk}" for pk in {*ids, *(row.pk for row in rows)}}


def _tags(instance: Any) -> Iterator[str]:
    locale = getattr(instance, "locale", None)
    language = locale.language_code if locale is not None else ""
    for kind in changed_types(type(instance)):
        yield f"{kind.word}:{instance.pk}"
        yield list_tag(kind.word, language)
        if kind.tags is not None:
            yield from kind.tags(instance)
    if isinstance(instance, TranslatableMixin) and not isinstance(instance, Page):
        yield from tags_of_rows([instance])
