"""The form of a row (a person, a venue, a topic): the second of two editors is asked there, too.

Most rows have no versions, so that an older form would overwrite for good. The address to which the form is sent says
which state of the row it was made from.

Public: other apps may import from here. :class:`NewerRowMixin` stands before Wagtail's view.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log_registry

MADE_FROM = "made_from"
SHOWN = 300  # letters of a text that the message repeats


class NewerRowMixin:
    """Saves no form that was made from an older state of the row, unless its person has seen what somebody else wrote."""

    # What the view it is mixed into brings.
    request: HttpRequest
    model: type[Model]
    object: Any
    produced_error_code: str
    produced_error_message: Any

    _asked = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # the view's
        stays = self.request.method == "POST" and not self._asked
        mark = self.request.GET.get(MADE_FROM, "") if stays else f"{state_of(self._stored())}.{time.time()}"
        context["action_url"] = f"{context['action_url']}?{urlencode({MADE_FROM: mark})}"
        return context

    def is_valid(self, form: Any) -> bool:
        if not super().is_valid(form):  # type: ignore[misc]  # the view's
            return False
        stored = self._stored()
        others = self._saved_by_others(stored)
        if others is None:
            return True
        self._asked = True
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = _what_differs(form, stored, others.user)
        return False

    def _saved_by_others(self, stored: Any) -> Any:
        """What the log says of the last change by somebody else since the form was opened; none where the row is as it was."""
        state, _dot, moment = self.request.GET.get(MADE_FROM, "").partition(".")
        try:
            opened = datetime.fromtimestamp(float(moment), tz=UTC)
        except (ValueError, OverflowError, OSError):
            return None
        if constant_time_compare(state, state_of(stored)):
            return None
        logs = log_registry.get_logs_for_instance(stored).filter(timestamp__gt=opened)
        return logs.exclude(user=self.request.user).select_related("user").first()

    def _stored(self) -> Any:
        return self.model._default_manager.get(pk=self.object.pk)


def state_of(row: Model) -> str:
    """A short mark of all that the row's own columns and its lists of others say; it tells nothing of them."""
    columns = [(field.name, field.value_to_string(row)) for field in row._meta.concrete_fields]
    lists = [
        (field.name, sorted(str(pk) for pk in getattr(row, field.name).values_list("pk", flat=True)))
        for field in row._meta.many_to_many
    ]
    return salted_hmac("newsroom.state_of_a_row", repr([columns, lists]), algorithm="sha256").hexdigest()[:32]


def _what_differs(form: Any, stored: Any, person: Any) -> Any:
    name = get_user_display_name(person) if person else gettext("Somebody")
    text = gettext(
        "%(name)s saved this after you opened it. Nothing is overwritten: the form holds what you typed, and it is not saved yet. "
        "Save it once more to put yours in the place of theirs."
    )
    lines = format_html_join("", "<li>{}: {}</li>", _differing(form, stored))
    return format_html("{}<p>{}</p><ul>{}</ul>", text % {"name": name}, gettext("Theirs:"), lines)


def _differing(form: Any, stored: Any) -> Iterator[tuple[str, str]]:
    """Label and stored text of each plain field whose stored value is not what was typed."""
    columns = {field.name for field in stored._meta.concrete_fields}
    for name in form.fields:
        if name in columns and form.cleaned_data.get(name) != getattr(stored, name):
            yield form[name].label, Truncator(str(getattr(stored, name))).chars(SHOWN)
