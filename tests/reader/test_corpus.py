"""The figures that the reader must hold on the corpus, and what it must never do there."""

from __future__ import annotations

import pytest

from tests.reader.corpus import Case, load
from tests.reader.report import measure
from wagtail_newsroom.news.reader import read_text

ALL = [*load("held_back"), *load("worked_on")]


def test_corpus_has_texts_enough() -> None:
    assert len(ALL) >= 120
    assert len(load("held_back")) >= 40
    assert len({case.name for case in ALL}) == len(ALL)
    street, unseen = load("street"), load("unseen")
    assert len(street) >= 100
    assert len(unseen) >= 60
    assert len({case.text for case in [*street, *unseen, *ALL]}) == len(street) + len(unseen) + len(ALL)


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("programme lines", 0.97),
        ("event_start", 0.98),
        ("registration_deadline", 0.95),
        ("speakers", 0.95),
        ("venue", 0.9),
        ("attachments", 0.95),
        ("all", 0.95),
    ],
)
def test_field_is_read_at_least_so_well(field: str, least: float) -> None:
    scores, _invented = measure(ALL)

    assert scores[field].f1 >= least, "\n".join(scores[field].misses)


def test_nothing_is_invented() -> None:
    _scores, invented = measure(ALL)

    assert invented == []


@pytest.mark.parametrize("case", ALL, ids=str)
def test_every_value_stands_where_it_says(case: Case) -> None:
    reading = read_text(case.text, published=case.published)
    single = [
        getattr(reading, name)
        for name in (
            "title",
            "event_start",
            "event_end",
            "venue",
            "audience",
            "registration_deadline",
            "registration_url",
            "online",
        )
    ]
    values = [
        value for value in [*single, *reading.contact_names, *reading.contact_emails, *reading.contact_phones] if value
    ]

    assert reading.source == case.text
    for value in values:
        assert 0 <= value.start < value.end <= len(case.text)
    for session in reading.agenda:
        assert 0 <= session.start < session.end <= len(case.text)
        assert session.start <= session.title.start < session.title.end <= session.end
        for person in session.people:
            assert 0 <= person.start < person.end <= len(case.text)
    for warning in reading.warnings:
        assert 0 <= warning.start <= warning.end <= len(case.text)
