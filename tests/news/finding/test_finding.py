"""What visitors find: pages and files that everybody may read, counted as they are listed, with the words marked."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    PersonFactory,
    SearchPageFactory,
    StandardPageFactory,
    TopicFactory,
    add_photos,
    agenda_day,
    attach,
    make_attachment,
    make_photo,
    private_collection,
    restrict,
)
from tests.standing import Tree
from wagtail_newsroom.news.finding import covering
from wagtail_newsroom.news.finding.find import Found, find
from wagtail_newsroom.news.finding.questions import Question, read
from wagtail_newsroom.news.finding.suggesting import suggestions

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = timezone.localdate()


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


@pytest.fixture
def search(tree: dict[str, Page]) -> Page:
    return SearchPageFactory(parent=tree["home"])


def ask(text: str, **narrowed: Any) -> Found:
    polish = Locale.get_default()
    words = read(text, polish.language_code)
    return find(Question(words, polish.pk, polish.language_code, **narrowed), Site.objects.get(), 0, 50)


def titles(found: Found) -> list[str]:
    return [hit.title.text for hit in found.hits]


def counts(found: Found, name: str) -> dict[str, int]:
    facet = getattr(found.facets, name)
    return {choice.value: choice.count for choice in facet.choices}


@pytest.fixture
def orchard(tree: dict[str, Page]) -> dict[str, Page]:
    """Pages of several types, years and topics about an orchard, and a file in which the word stands."""
    topic = TopicFactory(name="Ogrody", slug="ogrody")
    news = NewsPageFactory(parent=tree["news"], title="Sadzimy jabłonie", date=dt.date(2024, 5, 6))
    event = EventPageFactory(parent=tree["events"], title="Wspólne sadzenie", lead="Sadzimy jabłonie nad rzeką.")
    past = EventPageFactory(
        parent=tree["events"], title="Sadzimy jabłonie po raz pierwszy", start_date=dt.date(2023, 4, 1)
    )
    for page in (news, event):
        page.topics = [topic]
        page.save_revision().publish()
    file = make_attachment(
        "Instrukcja", name="instrukcja.txt", content="Kiedy sadzimy jabłonie? Jesienią.".encode(), kind="regulations"
    )
    attach(news, file)
    return {
        "news": news,
        "event": event,
        "past": past,
        "gallery": GalleryPageFactory(parent=tree["galleries"], title="Sadzimy jabłonie na zdjęciach"),
        "page": StandardPageFactory(parent=tree["home"], title="O sadzie", lead="Tu sadzimy jabłonie."),
    }


def test_pages_of_all_types_and_files_are_found_together(orchard: dict[str, Page]) -> None:
    found = ask("sadzimy jabłonie")

    assert sorted(titles(found)) == sorted([*(page.title for page in orchard.values()), "Instrukcja"])
    assert found.total == 6
    assert counts(found, "type") == {"news": 1, "events": 2, "attachments": 1, "galleries": 1, "pages": 1}


def test_word_inside_a_file_says_so_and_leads_to_file_and_page(orchard: dict[str, Page]) -> None:
    (hit,) = ask("jesienią").hits

    assert hit.file is not None
    assert hit.offered_by is not None
    assert hit.offered_by.pk == orchard["news"].pk
    assert hit.excerpt.parts == [("Kiedy sadzimy jabłonie? ", False), ("Jesienią", True), (".", False)]


def test_every_count_is_what_its_choice_lists(orchard: dict[str, Page]) -> None:
    for narrowed in ({}, {"types": ("events",)}, {"year": 2024}, {"topics": ("ogrody",)}, {"types": ("attachments",)}):
        found = ask("sadzimy jabłonie", **narrowed)
        assert found.total == len(found.hits), narrowed
        for name, key in (("type", "types"), ("topic", "topics"), ("year", "year"), ("kind", "kind")):
            for value, count in counts(found, name).items():
                chosen = value if name == "kind" else int(value) if name == "year" else (value,)
                other = ask("sadzimy jabłonie", **{**narrowed, key: chosen})
                assert (other.total, len(other.hits)) == (count, count), (narrowed, name, value)


def test_topic_finds_the_files_of_its_pages(orchard: dict[str, Page]) -> None:
    assert sorted(titles(ask("jabłonie", topics=("ogrody",)))) == sorted(
        [orchard["news"].title, orchard["event"].title, "Instrukcja"]
    )


def test_what_is_to_come_stands_before_what_is_over_and_that_is_marked(tree: dict[str, Page]) -> None:
    days = (TODAY - dt.timedelta(days=400), TODAY + dt.timedelta(days=20))
    for number, day in enumerate(days):
        EventPageFactory(parent=tree["events"], title="Kiermasz ogrodniczy", slug=f"kiermasz-{number}", start_date=day)

    assert [hit.is_over for hit in ask("kiermasz").hits] == [False, True]


def test_nothing_that_strangers_may_not_read_is_found_counted_suggested_or_known(
    tree: dict[str, Page], django_capture_on_commit_callbacks: Any
) -> None:
    word = "zqsekretny"
    shut = {
        "draft": NewsPageFactory(parent=tree["news"], title=f"{word} szkic", live=False),
        "private": NewsPageFactory(parent=tree["news"], title=f"{word} prywatny"),
        "expired": NewsPageFactory(parent=tree["news"], title=f"{word} miniony"),
        "shows a file": NewsPageFactory(parent=tree["news"], title="Pokazuje plik z szuflady"),
    }
    restrict(shut["private"])
    Page.objects.filter(pk=shut["expired"].pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = tree["home"].copy_for_translation(english)
    home.save_revision().publish()
    news = tree["news"].copy_for_translation(english)
    news.save_revision().publish()
    foreign = NewsPageFactory(parent=news, title=f"{word} foreign", locale=english)
    offers = {
        "draft": (shut["draft"], {}),
        "private": (shut["private"], {}),
        "collection": (shut["shows a file"], {"collection": private_collection()}),
        "foreign": (foreign, {}),
    }
    for name, (page, fields) in offers.items():
        file = make_attachment(f"{word} {name}", name=f"{name}.txt", content=f"{word} w pliku".encode(), **fields)
        page.attachments.add(page.attachments.model(attachment=file))
        revision = page.save_revision()
        if name != "draft":
            revision.publish()
    make_attachment(f"{word} nigdzie", name="nigdzie.txt", content=f"{word} w pliku".encode())

    found, site, polish = ask(word), Site.objects.get(), Locale.get_default()
    request = Client().get("/").wsgi_request

    assert (found.total, found.hits, found.facets.everything) == (0, [], 0)
    assert [counts(found, name) for name in ("type", "topic", "year", "kind")] == [{}, {}, {}, {}]
    assert ask("zqsekretni").corrected == ""
    assert suggestions("zqsek", site, polish.pk, request) == []


def test_misspelt_word_finds_what_the_site_calls_nearly_so(orchard: dict[str, Page]) -> None:
    found = ask("jabłoine")

    assert found.corrected == "jabłonie"
    assert found.total == 6
    assert ask("zupełnie inne słowa").corrected == ""


def test_suggestions_are_titles_that_begin_so(tree: dict[str, Page], orchard: dict[str, Page]) -> None:
    request = Client().get("/").wsgi_request

    found = suggestions("instr", Site.objects.get(), Locale.get_default().pk, request)

    assert [(each.title, each.type) for each in found] == [("Instrukcja", "Pliki")]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "!?",
            '"',
            '"""',
            '\\"',
            "a\0b",
            "x" * 100_000,
            "😀",
            "\u202eabc",
            "שלום",
            "NOT AND OR (",
            "a* NEAR b",
        ),
        *("' OR 1=1 --", "%", "title:x", "<script>", "-", "^", "{}", "jabłonie OR", "\ud7ff"),
    ],
)
def test_odd_words_get_an_answer(search: Page, client: Client, typed: str) -> None:
    for query in ({"q": typed}, {"q": "a", "topic": typed, "year": typed, "type": typed, "kind": typed, "page": typed}):
        answers = [client.get(search.url, query), client.get(f"{search.url}suggestions.json", query)]
        assert [answer.status_code for answer in answers] == [200, 200]


def test_search_page_is_no_result_and_no_search_engine_lists_it(search: Page, client: Client) -> None:
    answer = client.get(search.url, {"q": "szukaj"})

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert ask("szukaj").hits == []
    assert search.url not in client.get("/sitemap.xml").content.decode()


def test_box_stands_on_missing_pages_only_where_there_is_a_search_page(tree: dict[str, Page], client: Client) -> None:
    before = client.get("/nie-ma-takiej/").content.decode()
    search = SearchPageFactory(parent=tree["home"])
    after = client.get("/nie-ma-takiej/").content.decode()

    assert 'role="search"' not in before
    assert f'action="{search.url}"' in after


def test_one_search_asks_as_often_of_twelve_results_as_of_three(
    search: Page, tree: dict[str, Page], client: Client
) -> None:
    asked = {}
    for number in (1, 2, 9):
        for place in range(number):
            slug = f"czeresnie-{number}-{place}"
            NewsPageFactory(parent=tree["news"], title="Czereśnie", slug=slug, body=[("paragraph", "<p>Słodkie.</p>")])
            EventPageFactory(parent=tree["events"], title="Czereśnie", slug=slug)
        client.get(search.url, {"q": "czereśnie"})
        with CaptureQueriesContext(connection) as captured:
            client.get(search.url, {"q": "czereśnie"})
        asked[number] = len(captured)
    assert asked[9] <= asked[2]


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("jabłoń", ["jabłonie"]),
        ("jablonie", ["jabłonie"]),
        ("wspólne jabłonie nad rzekami", ["jabłonie", "rzeką"]),
        ('"jabłonie nad rzeką"', ["jabłonie nad rzeką"]),
    ],
)
def test_words_are_found_and_marked_in_whatever_form(orchard: dict[str, Page], typed: str, marked: list[str]) -> None:
    hit = next(hit for hit in ask(typed).hits if hit.page is not None and hit.page.pk == orchard["event"].pk)

    assert [text for text, is_marked in hit.excerpt.parts if is_marked] == marked


def test_words_that_nothing_holds_together_are_left_out_and_named(orchard: dict[str, Page]) -> None:
    found = ask("jabłonie hipopotam")

    assert (found.left_out, found.corrected) == (("hipopotam",), "")
    assert found.total == 6


def test_page_holds_what_its_files_hold_and_says_what_it_lacks(orchard: dict[str, Page]) -> None:
    whole = {hit.title.text: hit.lacks for hit in ask("jabłonie jesienią").hits if hit.page}
    parts = {hit.title.text: hit.lacks for hit in ask("jabłonie rzeka jesień").hits if hit.page}

    assert whole["Sadzimy jabłonie"] == ()
    assert (parts["Sadzimy jabłonie"], parts["Wspólne sadzenie"]) == (("rzeka",), ("jesień",))


def test_answer_to_a_whole_question_is_about_it_and_need_not_hold_all_of_its_words(tree: dict[str, Page]) -> None:
    long = "Zarząd przyjął plan pracy na cały rok, a po przerwie mówiono o sprawach bieżących. " * 40
    passing = f"<p>{long}Umowa, podatek, wolontariusz i ubezpieczenie.</p>"
    about = StandardPageFactory(
        parent=tree["home"], title="Ubezpieczenie wolontariusza", lead="Ubezpieczenie wolontariusza płaci gmina."
    )
    holding = StandardPageFactory(parent=tree["home"], title="Sprawozdanie", body=[("paragraph", passing)])
    words = "wolontariusz ubezpieczenie umowa podatek"

    assert [hit.page.pk for hit in ask(words).hits] == [holding.pk, about.pk]
    assert [hit.page.pk for hit in ask(f"czy {words}?").hits] == [about.pk, holding.pk]


def test_words_are_weighed_by_all_pages_where_more_hold_one_than_are_looked_at(
    orchard: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    polish, site = Locale.get_default(), Site.objects.get()
    question = Question(read("jabłonie sadzimy rzeka", "pl"), polish.pk, "pl")
    monkeypatch.setattr(covering, "LEAST_SHARE", 0.1)
    whole = covering.covered(question, site, []).points
    monkeypatch.setattr(covering, "MOST_PAGES", 3)
    part = covering.covered(question, site, []).points

    assert len(part) == 3 < len(whole)
    assert part.items() <= whole.items()


def test_speakers_and_topics_are_found_and_what_stands_beside_a_hidden_photo_is_not(tree: dict[str, Page]) -> None:
    speaker = PersonFactory(name="Halina Wrona", role="badaczka")
    session = {"title": "Wykład", "speakers": [{"type": "item", "value": {"person": speaker.pk}, "id": "a"}]}
    hidden = make_photo("Sala", collection=private_collection())
    event = EventPageFactory(
        parent=tree["events"],
        title="Zjazd",
        agenda=json.dumps([agenda_day(session)]),
        body=json.dumps([{"type": "image", "value": {"image": hidden.pk, "caption": "Zqpodpis"}}]),
    )
    event.topics = [TopicFactory(name="Pszczelarstwo")]
    event.save_revision().publish()
    gallery = GalleryPageFactory(parent=tree["galleries"], title="Zdjęcia")
    add_photos(gallery, make_photo("Zqukryte", collection=hidden.collection))

    assert [titles(ask(text)) for text in ("Haliny Wrony", "pszczelarstwa")] == [["Zjazd"], ["Zjazd"]]
    assert [ask(text).total for text in ("Zqpodpis", "Zqukryte")] == [0, 0]
