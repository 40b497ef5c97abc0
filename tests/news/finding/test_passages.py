"""Of a long text those parts are looked at in which the words may stand."""

from wagtail_newsroom.news.finding.passages import LONG, MOST, likely_passages
from wagtail_newsroom.news.search.words import asked

FILLING = "lorem ipsum dolor " * (100 * LONG // 18)


def test_the_part_with_the_words_comes_first_wherever_it_stands() -> None:
    text = f"{FILLING} Jesienią sadzimy jabłonie. {FILLING}"

    found = likely_passages(text, asked("jabłoń", "pl"))

    assert "jabłonie" in found[0]
    assert len(found) == MOST
    assert max(map(len, found)) <= LONG


def test_a_short_text_stays_whole() -> None:
    assert likely_passages("Sadzimy.", asked("jabłoń", "pl")) == ["Sadzimy."]
