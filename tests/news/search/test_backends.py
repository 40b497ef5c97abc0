"""Search in the database: the same rows in the same order on SQLite and PostgreSQL, whatever form a word has."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.query import MATCH_ALL, And, Boost, Not, Or, Phrase, PlainText
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    TopicFactory,
    VenueFactory,
    make_attachment,
    make_site,
)
from tests.standing import planted_for_many, read_again
from wagtail_newsroom.news.models import Attachment, EventPage, NewsPage, Topic
from wagtail_newsroom.news.search import objects
from wagtail_newsroom.news.search.questions import Question
from wagtail_newsroom.news.search.ranking import points_together
from wagtail_newsroom.news.search.system_checks import check_index, rows_of_others
from wagtail_newsroom.news.search.words import asked
from wagtail_newsroom.news.search.words.asking import FEWEST_FOR_ONE_MISSING

pytestmark = [pytest.mark.services, pytest.mark.django_db]

LONG = "Zapraszamy do udziału w spotkaniu, które odbędzie się w siedzibie urzędu i potrwa cały dzień. " * 10


def plant() -> dict[str, Page]:
    """Stories whose names say what they are found by."""
    site = make_site()

    def story(title: str, lead: str = "Co nowego.", words: str = "") -> NewsPage:
        body = [("paragraph", f"<p>{words}</p>")] if words else []
        return NewsPageFactory(parent=site["news"], title=title, lead=lead, body=body)

    return {
        "other": story("Nabór wniosków", "Dofinansowanie dla organizacji.", LONG),
        "late": story("Wieści z powiatu", words=LONG + "Na koniec o usługach społecznych."),
        "early": story("Raport roczny", "Usług społecznych było więcej.", "Usługi społeczne rosną. " + LONG),
        "title": story("Usługi społeczne w Łodzi", words=LONG),
        "event": EventPageFactory(
            parent=site["events"],
            title="Konferencja OWES-ów",
            venue=VenueFactory(name="Dom Pracy Twórczej", city="Wąbrzeźno"),
        ),
    }


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with planted_for_many(django_db_blocker, tmp_path_factory.mktemp("search")) as planting:
        yield planting(plant)


@pytest.fixture
def pages(planted: dict[str, Page], db: None) -> dict[str, Page]:
    return read_again(planted)


def titles(results: Any) -> list[str]:
    return [each.title for each in results]


@pytest.mark.parametrize(
    "text",
    ["usługi społeczne", "usługi społeczne w Łodzi, spotkanie, raport", "usługi Łodzi", "raport", '"usługi" Łodzi'],
)
def test_points_of_each_word_are_together_those_of_all(pages: dict[str, Page], text: str) -> None:
    question = asked(text, "pl")
    backend, is_loose = get_search_backend(), len(question.needed) >= FEWEST_FOR_ONE_MISSING
    told = [f"points_{number}" for number in range(len(question.groups))]
    together = {}
    for pk, *row in backend.found_by_group(Page.objects.all(), Question(question)).values_list("pk", *told):
        held = {group: each for group, each in zip(question.groups, row, strict=True) if each is not None}
        if question.is_answered_by(held):
            together[pk] = points_together(held, question.groups, any_of=is_loose)
    ranked = backend.ranked_among(Page.objects.all(), Question(question))

    assert together
    assert together == dict(ranked.values_list("pk", "points"))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("usługi społeczne", ["title", "early", "late"]),
        ("usługom społecznym", ["title", "early", "late"]),
        ("uslug spolecznych", ["title", "early", "late"]),
        ('"usługi społeczne"', ["title", "early"]),
        ("lodz", ["title"]),
        ("usługi Łódź", ["title"]),
        ("owesu", ["event"]),
        ("wąbrzeźnie", ["event"]),
        ("dofinansowań organizacjom", ["other"]),
        ("usługi kosmiczne", []),
        ('"społeczne usługi"', []),
        ("", []),
        ("?!", []),
        ('"', []),
        ("\0", []),
        ("😀", []),
    ],
)
def test_pages_are_found_in_the_order_of_what_they_say(pages: dict[str, Page], question: str, found: list[str]) -> None:
    assert titles(Page.objects.all().search(question)) == [pages[name].title for name in found]


def test_every_kind_of_query_is_answered(pages: dict[str, Page]) -> None:
    services, lodz = PlainText("usług społecznych"), PlainText("łódź")

    def found(query: Any, **options: Any) -> set[str]:
        results = NewsPage.objects.all().search(query, **options)
        assert results.count() == len(results)
        return {name for name, page in pages.items() if page.title in titles(results)}

    assert found(services) == {"title", "early", "late"}
    assert found(And([services, lodz])) == found(services & lodz) == {"title"}
    assert found(Or([lodz, PlainText("nabory")])) == {"title", "other"}
    assert found(And([services, Not(lodz)])) == {"early", "late"}
    assert found(Not(services)) == {"other"}
    assert found(Or([Not(services), lodz])) == {"other", "title"}
    assert found(Boost(services, 2)) == {"title", "early", "late"}
    assert found(Phrase("usługi społeczne")) == {"title", "early"}
    assert found(PlainText("nabory łodzi", operator="or")) == {"title", "other"}
    assert found("nabory łodzi", operator="or") == {"title", "other"}
    assert found(MATCH_ALL) == {"title", "early", "late", "other"}
    assert found(Not(MATCH_ALL)) == set()
    assert found(And([services, PlainText("?!")])) == {"title", "early", "late"}
    assert found(services, fields=["title"]) == {"title"}
    assert found(services, fields=["body"]) == {"title", "early", "late"}
    assert found(services, fields=["title", "lead"]) == {"title", "early", "late"}
    assert found(Question(asked("łodzi nabory", "pl"), any_of=True)) == {"title", "other"}


def test_beginnings_and_other_forms_are_completed(pages: dict[str, Page]) -> None:
    for typed in ("usł", "uslugi spo", "usług społecznych", "usługom", "lodz", "społeczne w"):
        assert titles(Page.objects.all().autocomplete(typed)) == ["Usługi społeczne w Łodzi"], typed
    assert titles(Page.objects.all().autocomplete("konferencję")) == ["Konferencja OWES-ów"]
    assert titles(Page.objects.all().autocomplete("konf owe")) == []
    assert titles(Page.objects.all().autocomplete("powiaty")) == ["Wieści z powiatu"]


def test_results_are_counted_faceted_sliced_and_put_in_another_order(pages: dict[str, Page]) -> None:
    stories = NewsPage.objects.all()
    results = stories.search("usługi społeczne")
    assert results.facet("kind") == {pages["title"].kind: 3}
    assert [results.count(), results[1:].count(), results[:2].count()] == [3, 2, 2]
    assert titles(results[1:3]) == [pages["early"].title, pages["late"].title]
    by_title = stories.order_by("title").search("usługi społeczne", order_by_relevance=False)
    assert titles(by_title) == sorted(titles(results))
    scores = [page.points for page in results.annotate_score("points")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
    among = Page.objects.filter(pk__in=results.get_queryset().order_by().values("pk"))
    assert among.count() == 3
    assert titles(stories.filter(title__startswith="Raport").search("usługi")) == ["Raport roczny"]


def test_a_row_is_ranked_once_whatever_is_found(pages: dict[str, Page]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(Page.objects.all().search("usługi społeczne"))
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert list(Page.objects.all().search("?")) == []
    assert len(queries) == 0


def test_saved_row_is_found_and_a_deleted_one_gone_at_once(pages: dict[str, Page]) -> None:
    page = pages["late"]
    page.title = "Zebranie wiejskie"
    page.save()
    assert titles(Page.objects.all().search("zebrania wiejskiego")) == ["Zebranie wiejskie"]
    assert titles(Page.objects.all().search("wieściami")) == []
    page.delete()
    assert titles(Page.objects.all().search("zebrania")) == []


def test_files_and_rows_are_found_by_their_texts_in_their_own_language(db: None) -> None:
    document = make_attachment("Regulamin", content=b"Zasady przyznawania mikrodotacji")
    assert list(Attachment.objects.all().search("mikrodotacje zasada")) == [document]
    english = Locale.objects.get_or_create(language_code="en")[0]
    topic = TopicFactory(name="Meetings", locale=english)
    assert list(get_search_backend().search("meeting", Topic)) == [topic]


def test_event_is_found_by_its_day_however_it_is_written(pages: dict[str, Page]) -> None:
    event = pages["event"]
    day = event.start_date
    for typed in (f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}"):
        assert titles(EventPage.objects.all().search(typed)) == [event.title], typed


@pytest.mark.parametrize(
    "typed", ["a" * 100_000, "słowo " * 3_000, "' OR 1=1 --", "a AND NOT b", '\\"', "x\0y", "}{:*^"]
)
def test_bad_input_gets_an_answer(pages: dict[str, Page], typed: str) -> None:
    assert titles(Page.objects.all().search(typed)) == []
    assert titles(Page.objects.all().autocomplete(typed)) == []


def test_all_rows_are_read_and_written_anew_at_once(pages: dict[str, Page]) -> None:
    index = get_search_backend().get_index_for_model(NewsPage)
    stories = list(NewsPage.get_indexed_objects())
    with CaptureQueriesContext(connection) as queries:
        index.add_items(NewsPage, stories)
    assert len(queries) <= 3  # languages, topics, one statement that writes
    assert titles(Page.objects.all().search("lodz")) == ["Usługi społeczne w Łodzi"]


def test_many_objects_at_once_are_indexed_as_each_by_itself(pages: dict[str, Page]) -> None:
    together = objects.indexed_objects(list(NewsPage.objects.order_by("pk")))
    apart = [next(objects.indexed_objects([page])) for page in NewsPage.objects.order_by("pk")]
    assert [(str(each.title), str(each.body)) for each in together] == [
        (str(each.title), str(each.body)) for each in apart
    ]
    assert "odbedzie" in str(apart[0].body)


def test_rows_of_another_dictionary_are_noticed(pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch) -> None:
    index = get_search_backend().get_index_for_model(NewsPage)
    assert check_index(None, databases=["default"]) == []
    with monkeypatch.context() as another:
        another.setattr(objects, "version_token", lambda: "xqvother")
        index.add_items(NewsPage, [pages["title"], pages["late"]])
    assert check_index(None) == []
    assert [message.id for message in check_index(None, databases=["default"])] == ["newsroom.W057"]
    assert rows_of_others() == 2
    index.add_items(NewsPage, [pages["title"], pages["late"]])
    assert rows_of_others() == 0


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_update_index_says_how_far_it_is_where_somebody_watches(pages: dict[str, Page]) -> None:
    watched, unwatched = Terminal(), StringIO()
    call_command("update_index", chunk_size=3, stdout=watched, no_color=True)
    call_command("update_index", stdout=unwatched)
    lines = watched.getvalue().replace("\r", "\n").splitlines()
    counts = [line.rpartition(" ")[2] for line in lines if line.startswith("newsroom.NewsPage ")]

    assert counts == ["3/4", "4/4"]
    assert "4/4" not in unwatched.getvalue()
    assert rows_of_others() == 0
