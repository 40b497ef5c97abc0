"""Tokens that open drafts to another front end: how they are written, made, withdrawn, and what keeps them.

A token is a random part and a signature made with the site's secret key; one that was made up or changed is refused
before the database is asked. The token of a shared draft is that of its link, which needs no signature
(:mod:`wagtail_newsroom.news.publishing.sharing.links`).
"""

import datetime as dt
import re
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished

from wagtail_newsroom.news.models import FrontEndToken, PagePreview
from wagtail_newsroom.news.models.workflow.preview_tokens import new_key

# What a token is for, as its first letter says.
PREVIEW, FRONT_END, FILES = "P", "F", "D"
TOKEN = re.compile(rf"[{PREVIEW}{FRONT_END}{FILES}][A-Za-z0-9_-]{{1,64}}\.[A-Za-z0-9_-]{{43}}")
# From the last time that the panel was opened or renewed.
PREVIEW_LIFE = dt.timedelta(hours=1)
LONGEST_DAYS = 90
# A token of a front end that ended goes after this from the list.
ENDED_KEPT = dt.timedelta(days=90)
MADE, REVOKED = "newsroom.front_end_token", "newsroom.revoke_front_end_token"


def write_token(kind: str, content: str) -> str:
    """``content`` (letters, digits, ``-`` and ``_``) as a token that nobody else can make."""
    return _signer().sign(f"{kind}{content}")


def read_token(token: str) -> tuple[str, str] | None:
    """Kind and content of a token of ours; ``None`` for any other text. Asks no database."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        signed = _signer().unsign(token)
    except BadSignature:
        return None
    return signed[0], signed[1:]


def _signer() -> Signer:
    return Signer(sep=".", salt="newsroom-preview")


# --- The preview panel -------------------------------------------------------------------------


@transaction.atomic
def keep_preview(page: Page, user: Any) -> str:
    """Keep ``page`` as it is in memory, typed and not saved, for an hour; return the token that opens it.

    There is one for each page and editor: the panel asks again at each change, under the same token while that lasts.
    Whether ``user`` may edit the page is asked when it is read (:mod:`wagtail_newsroom.news.publishing.sharing.access`).
    """
    now = timezone.now()
    kept = PagePreview.objects.filter(page_id=page.pk, user=user).only("key", "expires_at").first()
    key = kept.key if kept is not None and kept.expires_at > now else new_key()
    PagePreview.objects.update_or_create(
        page_id=page.pk,
        user=user,
        defaults={"key": key, "content": page.serializable_data(), "expires_at": now + PREVIEW_LIFE},
    )
    return write_token(PREVIEW, key)


def end_previews(page: Page) -> int:
    """Close the previews of ``page``, whoever has one; return how many there were."""
    return PagePreview.objects.filter(page_id=page.pk).delete()[0]


def end_previews_with_publication() -> None:
    """From now on a page that goes public or is taken down has no previews of what was typed before."""
    for signal in (page_published, page_unpublished):
        signal.connect(_end_previews, dispatch_uid="newsroom_end_previews")


def _end_previews(instance: Page, **kwargs: Any) -> None:
    end_previews(instance)


# --- Front ends --------------------------------------------------------------------------------


@transaction.atomic
def make_front_end_token(name: str, site: Site, user: Any, days: int) -> tuple[FrontEndToken, str]:
    """Let a front end read the drafts of ``site`` for ``days`` days (1 to 90); return the row, and the token to hand over.

    The token is not kept: nobody sees it again. Whether ``user`` may make one is for the caller to know. Raises
    ``ValidationError`` with the field in question.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise ValidationError(
            {
                "days": ngettext(
                    "A token works for at most %(most)d day. Give a number from 1 to %(most)d.",
                    "A token works for at most %(most)d days. Give a number from 1 to %(most)d.",
                    LONGEST_DAYS,
                )
                % {"most": LONGEST_DAYS}
            }
        )
    token = write_token(FRONT_END, new_key())
    row = FrontEndToken(
        name=name.strip(),
        site=site,
        digest=digest_of(token),
        created_by=user,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    row.full_clean()
    row.save()
    log(row, MADE, user=user, data={"site": str(site), "until": row.expires_at.isoformat()})
    return row, token


@transaction.atomic
def revoke_front_end_token(row: FrontEndToken, user: Any) -> bool:
    """Close ``row`` for good. Returns whether it was open until now."""
    changed = FrontEndToken.objects.open().filter(pk=row.pk).update(revoked_at=timezone.now())
    if changed:
        row.refresh_from_db()
        log(row, REVOKED, user=user)
    return bool(changed)


def note_use(row: FrontEndToken) -> None:
    """Note the day on which ``row`` was used, once a day."""
    today = timezone.localdate()
    if row.last_used_on != today:
        FrontEndToken.objects.filter(pk=row.pk).update(last_used_on=today)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def clear_ended_tokens(now: dt.datetime | None = None) -> int:
    """Delete previews that are over, and tokens of front ends that ended ninety days ago; return how many rows."""
    now = now or timezone.now()
    before = now - ENDED_KEPT
    ended = (
        PagePreview.objects.filter(expires_at__lte=now),
        FrontEndToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)),
    )
    # A deletion of nothing would still ask for SQLite's lock.
    return sum(rows.delete()[0] for rows in ended if rows.exists())
