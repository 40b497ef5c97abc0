"""Making a shared draft of a page's HTML: the bar around it."""

from html.parser import HTMLParser


class _Landmarks(HTMLParser):
    """Finds where the head ends and where the body starts and ends, as offsets into the text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.head_end = self.body_start = self.body_end = -1
        self.feed(text)
        self.close()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body" and self.body_start < 0:
            self.body_start = self._offset() + len(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "head" and self.head_end < 0:
            self.head_end = self._offset()
        elif tag == "body":
            self.body_end = self._offset()


def put_around(text: str, *, head: str, above: str, below: str) -> str:
    """Put ``head`` at the end of the head of a page, ``above`` and ``below`` at both ends of its body.

    A text without a body is a fragment: what belongs around it goes around it.
    """
    found = _Landmarks(text)
    if found.body_start < 0:
        return f"{head}{above}{text}{below}"
    end = found.body_end if found.body_end >= found.body_start else len(text)
    text = f"{text[: found.body_start]}{above}{text[found.body_start : end]}{below}{text[end:]}"
    start = found.head_end if 0 <= found.head_end <= found.body_start else found.body_start
    return text[:start] + head + text[start:]
