"""What an index has of an object: each value of each of its search fields, of whatever model, read once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, Manager, prefetch_related_objects
from django.utils import timezone
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, FilterField, RelatedFields, SearchField
from modelsearch.utils import get_content_type_pk
from wagtail.models import Page

from wagtail_newsroom.news.search.languages import Languages
from wagtail_newsroom.news.search.streams import StreamTexts
from wagtail_newsroom.news.search.version import version_token
from wagtail_newsroom.news.search.words.dates import keys_of_date
from wagtail_newsroom.news.search.words.entries import BREAK, Entry
from wagtail_newsroom.news.search.words.terms import tokens_of


class Column:
    """One column of an index: words in their order, and tokens that stand beside them."""

    def __init__(self, words: list[str], tokens: Iterable[str]) -> None:
        self.words = words
        self.tokens = list(dict.fromkeys(tokens))

    def __str__(self) -> str:
        return " ".join([*self.words, *self.tokens])


class WordsIndexMixin:
    """For an index of modelsearch: objects are written by their words, and points count no averages over all titles."""

    def add_items(self, model: Any, objs: Sequence[Any]) -> None:
        """Write the objects into the index, all in one go."""
        if objs and model.get_search_fields():
            self.write(get_content_type_pk(model), objs)

    def write(self, content_type: int, objs: Sequence[Any]) -> None:
        """Store what there is of ``objs``, which are of one model."""
        raise NotImplementedError  # each database has its own

    def _refresh_title_norms(self, full: bool = False) -> None:
        pass


def indexed_objects(instances: Sequence[Any]) -> Iterator["IndexedObject"]:
    """What an index has of ``instances``, which are all of one model."""
    fields = instances[0].get_search_fields()
    if len(instances) > 1:  # one alone may be in somebody's hands, who is not to find old rows with it later
        prefetch_related_objects(instances, *_relations(type(instances[0]), fields))
    languages, streams = Languages(instances), StreamTexts(instances)
    for instance in instances:
        yield IndexedObject(instance, languages.of(instance), fields, streams)


def _relations(model: type[Any], fields: Iterable[Any]) -> list[str]:
    """Names of the relations to rows whose words are indexed with an object: modelsearch reads them one by one."""
    named = [each.field_name for each in fields if isinstance(each, RelatedFields)]
    return [name for name in named if _is_read_at_once(model._meta.get_field(name))]


def _is_read_at_once(relation: Any) -> bool:
    """Not the rows of a cluster, which stand in its object."""
    return bool(relation.many_to_many or (relation.many_to_one and relation.concrete))


class IndexedObject:
    """The columns of one object. Beside its title stands what its other texts are about: see ``ranking``."""

    def __init__(self, instance: Any, language: str, fields: Sequence[Any], streams: StreamTexts) -> None:
        self.pk = force_str(instance.pk)
        titles: list[str] = []
        texts: list[str] = []
        beginnings: list[str] = []
        dates: list[dt.date] = []
        for field in fields:
            dates += _dates(instance, field)
            for leaf, text in _texts(instance, field, streams):
                if isinstance(leaf, AutocompleteField):
                    beginnings.append(text)
                else:
                    (titles if leaf.field_name == "title" else texts).append(text)
        title, body, autocomplete = Entry(titles, language), Entry(texts, language), Entry(beginnings, language)
        keys = [key for date in dates for key in keys_of_date(date)]
        self.title = Column(title.surfaces, [*title.tokens, *body.strong_tokens])
        self.body = Column(body.surfaces, [*body.tokens, *tokens_of(keys)])
        self.whole = Column([*title.surfaces, BREAK, *body.surfaces], [*title.tokens, *self.body.tokens])
        self.autocomplete = Column(autocomplete.surfaces, [*autocomplete.tokens, version_token()])


def _texts(instance: Any, field: Any, streams: StreamTexts) -> Iterator[tuple[Any, str]]:
    """Each search field with its text, down the relations that the model names."""
    if isinstance(field, SearchField | AutocompleteField):
        if text := _flat(streams.value(instance, field)):
            yield field, text
    elif isinstance(field, RelatedFields):
        related = field.get_value(instance)
        if isinstance(related, Manager):
            related = list(related.all())
        elif callable(related):
            related = related()
        for each in related if isinstance(related, list) else [related]:
            if each is not None:
                for leaf in field.fields:
                    yield from _texts(each, leaf, streams)


def _flat(value: Any) -> str:
    """One text of a value: of lists, StreamFields and dictionaries that of all their parts."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, dict):
        return "\n".join(filter(None, map(_flat, value.values())))
    if isinstance(value, list | tuple | set):
        return "\n".join(filter(None, map(_flat, value)))
    return force_str(value)


def _dates(instance: Any, field: Any) -> Iterator[dt.date]:
    """The days of an event or a document by which lists are filtered; not when a row was made or published."""
    if not isinstance(field, FilterField):
        return
    try:
        column = field.get_field(type(instance))
    except FieldDoesNotExist:
        return
    if not isinstance(column, DateField) or column.model is Page or column.auto_now or column.auto_now_add:
        return
    value = field.get_value(instance)
    if isinstance(value, dt.datetime):
        yield (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    elif isinstance(value, dt.date):
        yield value
