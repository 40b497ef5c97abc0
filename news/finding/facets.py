"""What results may be narrowed by, and how many each choice leaves: counted of what is public, by the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.finding.chosen import ChosenPages
from wagtail_newsroom.news.finding.files import FoundFile, narrowed
from wagtail_newsroom.news.finding.item_types import FILES, item_types
from wagtail_newsroom.news.finding.pages import FoundPages
from wagtail_newsroom.news.models import Topic


@dataclass(frozen=True)
class Choice:
    """A value, what it is called, and how many results have it while the other choices stay."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """``name``: of the parameter; ``label``: of the filter."""

    name: str
    label: Any
    choices: list[Choice]


@dataclass(frozen=True)
class Facets:
    """``total``: how many results there are as the question asks; ``everything``: of all types."""

    total: int
    everything: int
    type: Facet
    topic: Facet
    year: Facet
    kind: Facet

    def __iter__(self) -> Any:
        return iter((self.type, self.topic, self.year, self.kind))


def facets_of(pages: FoundPages | ChosenPages, files: list[FoundFile]) -> Facets:
    """``files``: all that match, narrowed by the words alone."""
    asked = pages.question
    counted = pages.by_type_and_year()
    for each in narrowed(files, asked.without("year", "kind")):
        counted[FILES, each.year] += 1
    year = str(asked.year) if asked.year else ""
    types = _sums((name, number) for (name, of_year), number in counted.items() if year in ("", of_year))
    asked_types = asked.without("kind").asked_types
    of_kind = narrowed(files, asked.without("year")) if asked.kind else []
    years = (
        Counter(each.year for each in of_kind)
        if asked.kind
        else _sums((of_year, number) for (name, of_year), number in counted.items() if name in asked_types)
    )
    total = years[year] if year else years.total()
    kinds = Counter(each.kind for each in narrowed(files, asked.without("kind")) if each.kind)
    return Facets(
        total=total,
        everything=types.total(),
        type=Facet("type", _("Type"), [Choice(n, str(t.label), types[n]) for n, t in item_types().items() if types[n]]),
        topic=Facet("topic", _("Topic"), _topics(pages, files)),
        year=Facet("year", _("Year"), [Choice(y, y, years[y]) for y in sorted(years, reverse=True) if y]),
        kind=Facet(
            "kind",
            _("Kind of file"),
            [Choice(v, str(label), kinds[v]) for v, label in AttachmentKind.choices if kinds[v]]
            if asked.asks_for_files
            else [],
        ),
    )


def _sums(numbers: Iterable[tuple[str, int]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, number in numbers:
        found[name] += number
    return found


def _topics(pages: FoundPages | ChosenPages, files: list[FoundFile]) -> list[Choice]:
    """Topics by their names in the language that is searched."""
    asked = pages.question
    numbers: Counter[Any] = Counter(dict(pages.by_topic()))
    for each in narrowed(files, asked.without("topics")) if asked.asks_for_files else ():
        numbers.update(each.topics)
    named: Mapping[Any, tuple[str, str]] = {
        topic.translation_key: (topic.slug, topic.name)
        for topic in Topic.objects.filter(translation_key__in=numbers.keys(), locale=asked.locale_id)
    }
    choices = [Choice(*named[key], number) for key, number in numbers.items() if key in named]
    return sorted(choices, key=lambda each: (-each.count, each.label))
