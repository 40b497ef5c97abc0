"""Requests for an accessible version of a page, a file or a photo (Act of 4 April 2019, article 18)."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_newsroom.news.conf import language_choices
from wagtail_newsroom.news.enums import AccessForm, RequestedKind, RequestState
from wagtail_newsroom.news.fields import LineField, WebLinkField

OPEN_STATES = (RequestState.RECEIVED, RequestState.EXTENDED)
# What says who asked, or was written by or to that person. Cleared some time after the request is closed.
PERSONAL = ("name", "email", "phone", "barrier", "extension_reason", "answer", "alternative", "answer_link")


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Requests for accessible versions."""

    def open(self) -> "AccessRequestQuerySet":
        """Those that wait for an answer."""
        return self.filter(state__in=OPEN_STATES)

    def with_deadline(self) -> Any:
        """With ``deadline``: the day on which the answer is due, extension included."""
        return self.annotate(deadline=models.functions.Coalesce("extended_until", "due_on"))

    def overdue(self, today: dt.date | None = None) -> "AccessRequestQuerySet":
        """Those whose answer was due before ``today`` and has not been given."""
        late: AccessRequestQuerySet = self.open().with_deadline().filter(deadline__lt=today or timezone.localdate())
        return late


class AccessRequest(models.Model):
    """What somebody cannot read or use, and how the office answers within the statutory time.

    What it is about is kept in words too (kind, id, title, address), so that the register stays whole when the page or
    file is deleted.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=RequestedKind.choices, default=RequestedKind.PAGE)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="newsroom_access_requests",
    )
    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("site"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    item_id = models.PositiveBigIntegerField(_("id of the page or file"), null=True, blank=True)
    title = LineField(_("title"), max_length=300)
    address = models.CharField(_("address"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True, choices=language_choices)

    barrier = models.TextField(_("what cannot be read or used"), max_length=4000, blank=True)
    wished_form = models.CharField(
        _("wished form"), max_length=20, choices=AccessForm.choices, default=AccessForm.MENDED
    )
    name = LineField(pgettext_lazy("of a person", "name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = LineField(_("phone"), max_length=40, blank=True)
    clause = LineField(_("information clause shown"), max_length=250, blank=True)
    # A keyed hash of one sending of the form: sent twice, it is one request.
    sent_once = models.CharField(max_length=64, null=True, unique=True, editable=False)

    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.RECEIVED, db_index=True
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    due_on = models.DateField(_("answer due"), db_index=True)
    extended_until = models.DateField(_("extended until"), null=True, blank=True)
    extension_reason = models.TextField(_("reason of the extension"), max_length=4000, blank=True)
    answer = models.TextField(_("answer"), max_length=10000, blank=True)
    answer_link = WebLinkField(_("address of the accessible version"), blank=True)
    alternative = models.TextField(_("alternative way of access"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("closed"), null=True, blank=True, db_index=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cleared_at = models.DateTimeField(_("personal data deleted"), null=True, blank=True, editable=False)

    objects = AccessRequestQuerySet.as_manager()

    # A page or file is not "in use" because somebody asked about it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request for an accessible version")
        verbose_name_plural = _("requests for accessible versions")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    @property
    def number(self) -> str:
        """“2026/17”: what the person and the office call it."""
        return f"{self.received_on.year}/{self.pk}"

    @property
    def received_on(self) -> dt.date:
        """The day of receipt, by the site's clock."""
        return timezone.localtime(self.received_at).date()

    @property
    def last_day(self) -> dt.date:
        """The day on which the answer is due, extension included."""
        return self.extended_until or self.due_on

    @property
    def is_open(self) -> bool:
        """It waits for an answer."""
        return self.state in OPEN_STATES

    @property
    def days_left(self) -> int:
        """Days until the last day; negative once it has passed."""
        return (self.last_day - timezone.localdate()).days

    @property
    def was_in_time(self) -> bool | None:
        """Whether it was closed by its last day; ``None`` while it is open and not late."""
        if self.answered_at is None:
            return False if self.is_open and self.days_left < 0 else None
        return timezone.localtime(self.answered_at).date() <= self.last_day
