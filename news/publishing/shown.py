"""Acts bound to what was on the screen: a confirmation carries what it showed, and where one thing differs nothing is done.

The form holds a signed list of what was shown, each in its state (:func:`seal`). Before the act, in its transaction and
with its rows locked, the list is compared with what is there now (:func:`check_shown`). A request without a list saw no
form: a script takes what is there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, PageLogEntry

from wagtail_newsroom.news.models import Bundle, Retirement

FIELD = "shown"  # name of the form's field
SALT = "newsroom.shown"


@dataclass(frozen=True)
class Shown:
    """One thing that a confirmation shows. ``key``: which; ``version``: its state; ``name`` and ``since``: for people.

    ``since`` says who changed it last, and when.
    """

    key: str
    version: str
    name: str = ""
    since: str = ""


class OvertakenError(ValidationError):
    """Somebody was faster, so nothing was done; the messages say who, and what is there now."""

    def __init__(self, *messages: Any) -> None:
        nothing = _(
            "Nothing was done, because something has changed since this was shown to you. Look at it once more."
        )
        super().__init__([nothing, *filter(None, messages)], code="overtaken")


def seal(things: Iterable[Shown]) -> str:
    """The value of the form's field: ``things`` in their state, as nobody else can write it."""
    return signing.dumps({each.key: each.version for each in things}, salt=SALT, compress=True)


def check_shown(sealed: str, things: Iterable[Shown]) -> None:
    """Raise :class:`OvertakenError` where ``things``, as they are now, are not those that were sealed. Empty: nothing was."""
    if not sealed:
        return
    try:
        before: dict[str, str] = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        raise OvertakenError from None
    now = {each.key: each for each in things}
    if {key: each.version for key, each in now.items()} == before:
        return
    raise OvertakenError(*_differences(before, now))


def _differences(before: dict[str, str], now: dict[str, Shown]) -> list[str]:
    said = []
    for key, each in now.items():
        if key not in before:
            said.append(_("“%(name)s” was added. %(since)s") % {"name": each.name, "since": each.since})
        elif before[key] != each.version:
            said.append(_("“%(name)s” has changed. %(since)s") % {"name": each.name, "since": each.since})
    if any(key not in now for key in before):
        said.append(_("Something that was shown is not there any more."))
    return [" ".join(text.split()) for text in said]


def public_version(page: Page) -> Shown:
    """What readers get of ``page``: its published version, or why it is gone. Drafts beside it do not count."""
    row = Page.objects.get(pk=page.pk)
    retirement = Retirement.objects.filter(page=page.pk).first()
    state = [row.live, row.last_published_at, retirement and [retirement.retired_at, *answer_of(retirement)]]
    return Shown(f"public:{page.pk}", repr(state), row.get_admin_display_title(), last_act(row))


def latest_version(page: Page) -> Shown:
    """The latest draft of ``page``; saving a draft again changes its moment, not its id."""
    row = Page.objects.select_related("latest_revision").get(pk=page.pk)
    revision = row.latest_revision
    state = [row.live, revision and revision.pk, revision and revision.created_at.isoformat()]
    return Shown(f"latest:{page.pk}", repr(state), row.get_admin_display_title(), last_act(row))


def shown_bundle(bundle: Bundle, pages: Iterable[Page], *, drafts: bool) -> list[Shown]:
    """A bundle and its ``pages``, in their latest ``drafts`` or as readers see them."""
    row = Bundle.objects.get(pk=bundle.pk)
    state = repr([row.state, row.go_live_at, row.retire_at])
    stands = _("It is now: %(state)s.") % {"state": row.get_state_display()}
    version = latest_version if drafts else public_version
    return [Shown(f"bundle:{row.pk}", state, row.title, stands), *map(version, pages)]


def answer_of(retirement: Retirement) -> list[Any]:
    """What readers of a retired page are told."""
    return [retirement.reason, retirement.redirect_page_id, retirement.redirect_url]


def last_act(page: Any) -> str:
    """Who did the last thing to ``page`` and when, and how it stands now; in the reader's language."""
    row = Page.objects.get(pk=page.pk)
    entry = PageLogEntry.objects.filter(page=page.pk).select_related("user").order_by("-timestamp", "-pk").first()
    stands = _("It is now: %(state)s.") % {"state": row.status_string}
    if entry is None:
        return stands
    moment = date_format(timezone.localtime(entry.timestamp), "SHORT_DATETIME_FORMAT")
    who = entry.user_display_name if entry.user_id else _("the system")
    text = _("%(what)s: %(who)s, %(when)s.") % {"what": entry.message, "who": who, "when": moment}
    return f"{text} {stands}"
