"""The form of a document: who is slower in putting another file in its place is told who was faster."""

from collections.abc import Callable
from typing import Any

from wagtail_newsroom.news.publishing.shown import OvertakenError


def telling_who_was_faster(form_valid: Callable[..., Any]) -> Callable[..., Any]:
    """Show the form again, with what was typed (409): nothing was stored."""

    def stored(view: Any, form: Any) -> Any:
        try:
            return form_valid(view, form)
        except OvertakenError as error:
            form.add_error("file", error.messages)
            view.produced_error_message = str(view.error_message)
            answer = view.form_invalid(form)
            answer.status_code = 409
            return answer

    return stored
