"""Requests for accessible versions: receiving, answering, extending, refusing, and forgetting who asked.

The clock is that of article 18 of the Act of 4 April 2019 on the digital accessibility of websites and mobile
applications of public bodies: 7 days from the request; where that is not possible, the person is told why and by when,
two months from the request at most; a refusal names another way of access. Terms are counted by
:mod:`wagtail_newsroom.news.timing.working_days`. Messages to the person say nothing that somebody typed into the public form, so that the form
sends no strangers' words to anybody.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.enums import RequestState
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.models.workflow.access_requests import OPEN_STATES, PERSONAL
from wagtail_newsroom.news.publishing.access_requests.flood import of_a_day
from wagtail_newsroom.news.publishing.access_requests.mail import (
    acknowledge,
    tell_answer,
    tell_extension,
    tell_office,
    tell_office_of_flood,
    tell_refusal,
)
from wagtail_newsroom.news.switches import ACCESS_REQUESTS, is_on
from wagtail_newsroom.news.timing.working_days import deadline_after_days, deadline_after_months
from wagtail_newsroom.news.wording import dates

DAYS, MONTHS = 7, 2
RECEIVED, ANSWERED, EXTENDED, REFUSED, WITHDRAWN = (
    f"newsroom.request.{name}" for name in ("received", "answered", "extended", "refused", "withdrawn")
)
# One address gets this many acknowledgements within a day at most: nobody's mailbox is flooded from here.
ACKNOWLEDGEMENTS_PER_DAY = 5


def due_day(received: dt.date) -> dt.date:
    """The last day for the answer to a request of the day ``received``."""
    return deadline_after_days(received, DAYS)


def latest_extension(received: dt.date) -> dt.date:
    """The latest day to which the answer to a request of the day ``received`` may be put off."""
    return deadline_after_months(received, MONTHS)


def receive_request(**facts: Any) -> AccessRequest:
    """Enter a request into the register, acknowledge it and tell the office.

    ``facts``: fields of :class:`AccessRequest`; ``sent_once`` makes the same sending one request, whose row is returned.
    However many there are, each is taken: the law gives a right to it. From ``ACCESS_REQUESTS_PER_DAY`` on the office is
    told once that many arrive, and no more of each. Raises ``ValidationError`` for facts that are none.
    """
    known = request_sent_before(facts.get("sent_once"))
    if known is not None:
        return known
    now = timezone.now()
    request = AccessRequest(**facts, received_at=now, due_on=due_day(timezone.localtime(now).date()))
    request.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            request.save()
            log(instance=request, action=RECEIVED)
            if request.email and of_a_day().filter(email__iexact=request.email).count() <= ACKNOWLEDGEMENTS_PER_DAY:
                acknowledge(request)
            number, most = of_a_day().count(), setting("ACCESS_REQUESTS_PER_DAY")
            if number < most:
                tell_office(request)
            elif number == most:
                tell_office_of_flood(request, number)
    except IntegrityError:
        # The other half of a double click was quicker.
        return AccessRequest.objects.get(sent_once=facts["sent_once"])
    return request


def request_sent_before(sent_once: str | None) -> AccessRequest | None:
    """The request that came of this very sending."""
    return AccessRequest.objects.filter(sent_once=sent_once).first() if sent_once else None


def answer_request(request: AccessRequest, user: Any, *, answer: str, link: str = "") -> AccessRequest:
    """Close ``request`` with ``answer``, which is sent to the person; ``link``: address of the accessible version.

    Raises ``ValidationError`` where it is closed already or the answer is empty.
    """
    _must_say(answer, "answer", _("Write the answer: the person gets it as an e-mail."))
    with transaction.atomic():
        row = _open_row(request)
        row.answer, row.answer_link = answer, link
        _close(row, RequestState.ANSWERED, user)
        log(instance=row, action=ANSWERED, user=user)
        tell_answer(row)
    return row


def extend_request(request: AccessRequest, user: Any, *, until: dt.date, reason: str) -> AccessRequest:
    """Put the answer off to the day ``until``, and tell the person why.

    Raises ``ValidationError`` for a day that is past, no later than the present one, or more than two months after the
    request, and for a missing reason.
    """
    _must_say(reason, "reason", _("Give the reason: the law wants the person to be told why it takes longer."))
    with transaction.atomic():
        row = _open_row(request)
        latest = latest_extension(row.received_on)
        if until > latest:
            text = _("The law allows two months from the request: until %(day)s at the latest.")
            raise ValidationError({"until": text % {"day": dates.plain_date(latest)}})
        if until <= row.last_day or until < timezone.localdate():
            text = _("The answer is due on %(day)s now. Choose a later day that is not past.")
            raise ValidationError({"until": text % {"day": dates.plain_date(row.last_day)}})
        row.extended_until, row.extension_reason, row.state = until, reason, RequestState.EXTENDED
        row.save()
        log(instance=row, action=EXTENDED, user=user, data={"until": until.isoformat()})
        tell_extension(row)
    return row


def refuse_request(request: AccessRequest, user: Any, *, reason: str, alternative: str) -> AccessRequest:
    """Close ``request`` with a refusal: why, and in which other way the person gets to what it holds.

    The message names the right to complain. Raises ``ValidationError`` where one of the two is missing.
    """
    _must_say(reason, "reason", _("Give the reason: nobody is refused without one."))
    _must_say(alternative, "alternative", _("Offer another way of access: the law demands one with every refusal."))
    with transaction.atomic():
        row = _open_row(request)
        row.answer, row.alternative = reason, alternative
        _close(row, RequestState.REFUSED, user)
        log(instance=row, action=REFUSED, user=user)
        tell_refusal(row)
    return row


def withdraw_request(request: AccessRequest, user: Any) -> AccessRequest:
    """Close ``request`` because the person takes it back."""
    with transaction.atomic():
        row = _open_row(request)
        _close(row, RequestState.WITHDRAWN, user)
        log(instance=row, action=WITHDRAWN, user=user)
    return row


def _must_say(text: str, field: str, message: str) -> None:
    if not text.strip():
        raise ValidationError({field: message})


def _open_row(request: AccessRequest) -> AccessRequest:
    """The row, locked, as it stands now. Two colleagues at once: the second is told."""
    row = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if not row.is_open:
        raise ValidationError(
            _("This request is closed already (%(state)s). Somebody was quicker: look at what the person was told.")
            % {"state": row.get_state_display()}
        )
    return row


def _close(row: AccessRequest, state: RequestState, user: Any) -> None:
    row.state, row.answered_at, row.answered_by = state, timezone.now(), user
    told = ("answer", "answer_link", "alternative")
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in told])
    row.save()


def may_see(user: Any) -> bool:
    """Whether ``user`` may read the register."""
    return bool(
        is_on(ACCESS_REQUESTS)
        and user.is_active
        and any(user.has_perm(f"newsroom.{verb}_accessrequest") for verb in ("view", "change"))
    )


def may_answer(user: Any) -> bool:
    """Whether ``user`` may answer, extend and refuse."""
    return bool(is_on(ACCESS_REQUESTS) and user.is_active and user.has_perm("newsroom.change_accessrequest"))


def clear_personal_data(now: dt.datetime | None = None) -> int:
    """Delete who asked, and what was written, from requests closed long enough ago; figures for the report stay.

    ``ACCESS_REQUEST_DATA_DAYS`` after a request was closed. Repeating it does no harm. Returns how many were cleared.
    """
    now = now or timezone.now()
    before = now - dt.timedelta(days=setting("ACCESS_REQUEST_DATA_DAYS"))
    rows = AccessRequest.objects.filter(cleared_at__isnull=True, answered_at__lt=before).exclude(state__in=OPEN_STATES)
    if not rows.exists():  # an update of nothing would still ask for SQLite's lock
        return 0
    return rows.update(**dict.fromkeys(PERSONAL, ""), sent_once=None, cleared_at=now)
