"""What somebody asks for: words, and what the answers are narrowed by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wagtail_newsroom.news.enums import AttachmentKind
from wagtail_newsroom.news.finding.item_types import FILES, item_types
from wagtail_newsroom.news.search.languages import languages_of_site
from wagtail_newsroom.news.search.words import Asked, asked

LONGEST = 200  # characters of the words; more is cut off
NO_SIGNS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
IS_YEAR = re.compile(r"(?:19|2[01])[0-9]{2}").fullmatch
IS_SLUG = re.compile(r"[-\w]{1,120}").fullmatch


@dataclass(frozen=True)
class Question:
    """``words``: what was typed, as it was read; ``locale_id``, ``language``: of what is found. Empty ones narrow nothing.

    ``types``: names of :func:`item_types`; ``topics``: slugs, in whatever language; ``kind``: of files.
    """

    words: Asked
    locale_id: int
    language: str
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    year: int | None = None
    kind: str = ""

    @property
    def text(self) -> str:
        """What was typed."""
        return self.words.typed

    @property
    def page_types(self) -> list[str]:
        """Names of the types of pages that are asked for: none where a kind of files is."""
        return [name for name in self.asked_types if name != FILES]

    @property
    def asks_for_files(self) -> bool:
        """Whether files are among what is asked for."""
        return FILES in self.asked_types

    @property
    def asked_types(self) -> list[str]:
        """Names of the types that are asked for."""
        if self.kind:
            return [FILES]
        return [name for name in item_types() if not self.types or name in self.types]

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for more than words."""
        return bool(self.types or self.topics or self.year or self.kind)

    def with_words(self, words: Asked) -> "Question":
        """The same question with other words."""
        return replace(self, words=words)

    @property
    def plain(self) -> "Question":
        """The same question, narrowed by nothing."""
        return self.without("types", "topics", "year", "kind")

    def without(self, *names: str) -> "Question":
        """The same question, not narrowed by ``names``."""
        empty: dict[str, Any] = {"types": (), "topics": (), "year": None, "kind": ""}
        return replace(self, **{name: empty[name] for name in names})


def typed(text: str) -> str:
    """What was typed without what is no text, and not longer than anybody types."""
    return " ".join(NO_SIGNS.sub(" ", text[: 2 * LONGEST]).split())[:LONGEST].rstrip()


def read(text: str, language: str) -> Asked:
    """``text`` as a question of somebody who reads ``language``; files may be in the site's other languages."""
    return asked(typed(text), language, *languages_of_site())


def question_of(query: Mapping[str, str], locale_id: int, language: str) -> Question:
    """What an address asks; a value that nothing can have counts as not there."""
    kind, name, topic, year = (query.get(each, "") for each in ("kind", "type", "topic", "year"))
    return Question(
        words=read(query.get("q", ""), language),
        locale_id=locale_id,
        language=language,
        types=(name,) if name in item_types() else (),
        topics=(topic,) if IS_SLUG(topic) else (),
        year=int(year) if IS_YEAR(year) else None,
        kind=kind if kind in AttachmentKind.values else "",
    )
