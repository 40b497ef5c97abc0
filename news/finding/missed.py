"""What is told editors of searches that found nothing: the words, where they say nothing about a person."""

from wagtail_newsroom.news.finding.find import Found
from wagtail_newsroom.news.models import LONGEST_MISSED
from wagtail_newsroom.news.search.words.persons import may_name_somebody

# As many digits may be a telephone number, or that of a person.
MOST_DIGITS = 5


def missed_words(found: Found) -> str:
    """The words to keep of a search that found nothing, or of which a word stands nowhere on the site; else nothing.

    Folded. Nothing is kept of a search that was narrowed, or that may hold an address, a long number or a name.
    """
    question = found.question
    text = question.text
    if question.is_narrowed or found.corrected or (found.total and not found.left_out):
        return ""
    if "@" in text or sum(sign.isdigit() for sign in text) > MOST_DIGITS or may_name_somebody(text):
        return ""
    words = " ".join(question.words.surfaces)
    return words if len(words) <= LONGEST_MISSED else ""
