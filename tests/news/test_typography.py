"""Polish typography: what belongs together stays on one line, and markup stays what it is."""

import pytest
from django.utils import translation
from django.utils.safestring import mark_safe

from wagtail_newsroom.news.templatetags.newsroom import typo, typo_html

GLUE = "\u00a0"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("spotkanie w Lipogrodzie i okolicy", f"spotkanie w{GLUE}Lipogrodzie i{GLUE}okolicy"),
        ("W sali, o godz. 9:30", f"W{GLUE}sali, o{GLUE}godz.{GLUE}9:30"),
        ("12 marca 2027", f"12{GLUE}marca 2027"),
        ("ul. Długa 7", f"ul.{GLUE}Długa 7"),
        ("taki sam", "taki sam"),
    ],
)
def test_short_words_and_numbers_stay_with_what_follows(text: str, kept: str) -> None:
    with translation.override("pl"):
        assert typo(text) == kept


def test_english_text_is_left_alone() -> None:
    with translation.override("en"):
        assert typo("a room in a house") == "a room in a house"


def test_text_is_escaped_once() -> None:
    with translation.override("pl"):
        assert typo("<b> w domu & obok") == f"&lt;b&gt; w{GLUE}domu &amp; obok"
        assert typo(mark_safe("<b> w domu</b>")) == f"<b> w{GLUE}domu</b>"


def test_rich_text_keeps_its_markup() -> None:
    with translation.override("pl"):
        html = typo_html('<p title="w domu">Spotkanie w domu <a href="/w domu/">w Lipogrodzie</a></p>')
    assert html == f'<p title="w domu">Spotkanie w{GLUE}domu <a href="/w domu/">w{GLUE}Lipogrodzie</a></p>'
