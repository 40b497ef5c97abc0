"""What a story is made of: neutral parts, in the order of the text. Every word in them is a word of the text."""

from __future__ import annotations

from dataclasses import dataclass, field

BOLD, ITALIC, SUPERSCRIPT, SUBSCRIPT = "bold", "italic", "superscript", "subscript"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words with the same look. ``link`` is a safe address (http, https, mailto) or empty; a line break is ``\\n``."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""


Runs = tuple[Run, ...]


def words_of(runs: Runs) -> str:
    """The words of ``runs`` without their look."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2–4; levels follow each other without a gap."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs

    @property
    def text(self) -> str:
        return words_of(self.runs)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list; ``depth`` counts from 1."""

    runs: Runs
    depth: int = 1
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class ItemList:
    items: tuple[Item, ...]

    @property
    def text(self) -> str:
        return "\n".join(words_of(item.runs) for item in self.items)


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words; ``who`` and ``role`` only where the text tells them."""

    text: str
    who: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of equally long rows. ``header`` is empty where the text has none; ``inferred``: its first row was taken for one."""

    header: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: str = ""
    inferred: bool = False

    @property
    def text(self) -> str:
        lines = [self.caption, "\t".join(self.header)]
        lines += ["\t".join(words_of(cell) for cell in row) for row in self.rows]
        return "\n".join(line for line in lines if line.strip())


# Why a picture stands in the text and cannot be taken over.
REMOTE, MISSING, FORMAT, TOO_LARGE, TOO_MANY = "remote", "missing", "format", "too_large", "too_many"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture. ``alt`` is what the file says, a suggestion only; ``trouble`` tells why ``data`` is empty, ``address`` where a remote one stands."""

    name: str
    data: bytes = b""
    alt: str = ""
    caption: str = ""
    address: str = ""
    trouble: str = ""

    @property
    def text(self) -> str:
        return self.caption


Part = Heading | Paragraph | ItemList | Quote | Table | Picture


@dataclass(frozen=True, slots=True)
class Story:
    """A text as a story. ``lead`` is its first paragraph where that reads as a standfirst, and then not among ``parts``."""

    title: str = ""
    lead: str = ""
    parts: tuple[Part, ...] = field(default_factory=tuple)

    @property
    def pictures(self) -> list[Picture]:
        return [part for part in self.parts if isinstance(part, Picture)]

    @property
    def text(self) -> str:
        """All words, part by part."""
        return "\n\n".join(words for words in [self.title, self.lead, *(_text(part) for part in self.parts)] if words)


def _text(part: Part) -> str:
    if isinstance(part, Quote):
        return "\n".join(each for each in (part.text, part.who, part.role) if each)
    return part.text
