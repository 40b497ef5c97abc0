"""What was changed in an agenda that was public already: the history, and what readers see of it."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models.events.session_facts import SessionFacts


class ChangeKind(models.TextChoices):
    """What happened to a session."""

    MOVED = "moved", pgettext_lazy("of a session", "moved")
    CHANGED = "changed", pgettext_lazy("of a session", "changed")
    ADDED = "added", pgettext_lazy("of a session", "new")
    CANCELLED = "cancelled", pgettext_lazy("of a session", "cancelled")


class AgendaChange(models.Model):
    """One session of an event was changed by one publication. Kept for good; written by code alone.

    ``session``: id of its block; ``was`` and ``now``: :class:`~wagtail_newsroom.news.models.events.session_facts.SessionFacts` as JSON, empty
    for a session that was not there before, or is not any more; ``shown``: an editor did not take the notice away.
    """

    page = models.ForeignKey(
        "newsroom.EventPage", verbose_name=_("event"), on_delete=models.CASCADE, related_name="agenda_changes"
    )
    session = models.CharField(max_length=64)
    kind = models.CharField(_("what"), max_length=10, choices=ChangeKind.choices)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    shown = models.BooleanField(_("readers are told"), default=True)

    class Meta:
        verbose_name = _("change of a programme")
        verbose_name_plural = _("changes of programmes")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def before(self) -> SessionFacts | None:
        """The session as it was; ``None`` where it was not there."""
        return SessionFacts.from_json(self.was) if self.was else None

    @property
    def after(self) -> SessionFacts | None:
        """The session as it became; ``None`` where it went."""
        return SessionFacts.from_json(self.now) if self.now else None

    @property
    def title(self) -> str:
        """What the session is called."""
        facts = self.after or self.before
        return facts.title if facts else ""


def changes_since(now: dt.datetime) -> dt.datetime:
    """The moment since which changes are told at ``now`` (aware)."""
    return now - dt.timedelta(days=setting("AGENDA_CHANGES_SHOWN"))
