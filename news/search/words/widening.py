"""Where nothing is found that has all of the words: which of them to leave out."""

from collections.abc import Callable

from wagtail_newsroom.news.search.words.asking import Asked, Group


def widened(question: Asked, count: Callable[[Asked], int]) -> tuple[Asked, tuple[str, ...]]:
    """The question with fewest words left out for which something is found, and these words as they were typed.

    ``count`` tells how much is found by a question, among what the person may see. What stands nowhere goes first; then
    the word that says least (a verb before a noun), of equals the rarest. The empty question where nothing helps.
    """
    dropped: list[Group] = []
    counts = {group: count(question.only(group)) for group in question.needed}
    for group in [group for group, number in counts.items() if not number]:
        dropped.append(group)
        question = question.without(group)
    while len(question.needed) > 1 and not count(question):
        worth = {group: (group.weight, counts[group]) for group in question.needed}
        found = {group: count(question.without(group)) for group in sorted(worth, key=worth.__getitem__)}
        group = next((group for group, number in found.items() if number), next(iter(found)))
        dropped.append(group)
        question = question.without(group)
    return question, tuple(group.typed for group in dropped)
