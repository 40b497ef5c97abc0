"""Why something cannot be read, with a code and a message for the person who brought it."""

from __future__ import annotations

from typing import Any

from wagtail_newsroom.news.reader.messages import message


class ReadError(Exception):
    """A text or a file that cannot be read.

    ``code`` names the cause, ``message`` says it in Polish; ``in_language`` gives it in another language.
    """

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params = params
        self.message = message(code, params)
        super().__init__(self.message)

    def in_language(self, language: str) -> str:
        return message(self.code, self.params, language)
