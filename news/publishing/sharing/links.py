"""Sharing a draft: a link that shows one page to people without an account, and what they say about it.

Public: other apps may import from here.
"""

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from wagtail.log_actions import log
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.models import DraftLink, DraftRemark
from wagtail_newsroom.news.models.workflow.draft_links import new_token
from wagtail_newsroom.news.publishing.sharing.mail import tell_sharer
from wagtail_newsroom.news.switches import SHARING, is_on

DEFAULT_DAYS = 14
# A link that ended goes after this, with what readers said under it.
ENDED_KEPT = dt.timedelta(days=90)
SHARED, REVOKED = "newsroom.share_draft", "newsroom.revoke_draft_link"
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


class TooManyRemarksError(ValidationError):
    """The link has had as many remarks as a day allows."""


def draft_address(link: DraftLink, site: Site | None = None) -> str:
    """The whole address under which ``link`` shows its draft; empty where the host has not mounted ``wagtail_newsroom.news.urls``.

    ``site``: the site of the page, where the caller knows it. What stands around the draft is in the page's language.
    """
    if not is_on(SHARING):
        return ""
    try:
        with translation.override(link.page.locale.language_code):
            path = reverse("newsroom_draft", args=[link.token])
    except NoReverseMatch:
        return ""
    site = site or link.page.get_site()
    return f"{site.root_url if site else ''}{path}"


def can_be_shared(page: Page) -> bool:
    """Tell whether a link to a draft of ``page`` would show anything.

    Not where the host has not mounted the address, where the page has no look of its own (headless types), nor where
    the page or one above it is restricted: whoever may edit it may not lift that.
    """
    if not is_on(SHARING):
        return False
    try:
        reverse("newsroom_draft", args=[new_token()])
    except NoReverseMatch:
        return False
    return bool(page.specific_class and page.specific.is_previewable()) and not page.get_view_restrictions().exists()


def longest_days() -> int:
    """For how many days a link may work at most."""
    return max(1, int(setting("DRAFT_LINK_DAYS")))


@transaction.atomic
def share_draft(page: Page, user: Any, *, purpose: str = "", days: int = DEFAULT_DAYS) -> DraftLink:
    """Create a link to the latest draft of ``page`` that works for ``days`` days (1 to ``DRAFT_LINK_DAYS``).

    ``purpose``: who gets the link, for the editors; readers do not see it. Whether ``user`` may edit the page is for
    the caller to know. Raises ``ValidationError`` with the field in question.
    """
    if not can_be_shared(page):
        raise ValidationError(
            gettext("This page cannot be shared under a link: it is not open to everybody, or has no look of its own.")
        )
    most = longest_days()
    if not 1 <= days <= most:
        raise ValidationError(
            {
                "days": ngettext(
                    "A link works for at most %(most)d day. Give a number from 1 to %(most)d.",
                    "A link works for at most %(most)d days. Give a number from 1 to %(most)d.",
                    most,
                )
                % {"most": most}
            }
        )
    link = DraftLink(
        page=Page.objects.get(pk=page.pk),
        purpose=purpose.strip(),
        created_by=user,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    link.full_clean()
    link.save()
    # The token stays out of the log: more people read that than may open the draft.
    log(page, SHARED, user=user, data={"link": link.pk, "purpose": link.purpose, "until": link.expires_at.isoformat()})
    return link


@transaction.atomic
def revoke_link(link: DraftLink, user: Any) -> bool:
    """Close ``link`` for good, its pictures and files with it. Returns whether it was open until now."""
    changed = DraftLink.objects.open().filter(pk=link.pk).update(revoked_at=timezone.now())
    if changed:
        link.refresh_from_db()
        log(link.page, REVOKED, user=user, data={"link": link.pk, "purpose": link.purpose})
    return bool(changed)


def is_working(link: DraftLink) -> bool:
    """Tell whether ``link`` leads somewhere now.

    It does while it is open, its page can be shared, and whoever made it may still edit that page: the links of
    somebody who left close with the account.
    """
    return link.is_open and may_share(link.page, link.created_by) and can_be_shared(link.page)


def may_share(page: Page, user: Any) -> bool:
    """Tell whether ``user`` may show drafts of ``page`` to others: who may edit it, and is still here."""
    return user is not None and user.is_active and bool(page.permissions_for_user(user).can_edit())


def links_of(page: Page) -> list[tuple[DraftLink, bool]]:
    """The links to drafts of ``page`` with their remarks, latest first, each with whether it leads somewhere.

    The number of queries grows with the people who made them, not with the links.
    """
    links = list(page.newsroom_draft_links.select_related("created_by").prefetch_related("remarks"))
    people = {link.created_by_id: link.created_by for link in links}
    allowed = {pk: may_share(page, person) for pk, person in people.items()}
    shared = can_be_shared(page)
    for link in links:
        link.page = page
    return [(link, shared and link.is_open and allowed[link.created_by_id]) for link in links]


def working_link(token: str) -> DraftLink | None:
    """The link with this token that leads somewhere; ``None`` for every other token, whatever the reason."""
    if not TOKEN.fullmatch(token):
        return None
    link = DraftLink.objects.open().select_related("page__locale", "created_by").filter(token=token).first()
    return link if link is not None and is_working(link) else None


@transaction.atomic
def leave_remark(link: DraftLink, name: str, text: str) -> DraftRemark:
    """Keep what a reader says about the draft, and write to the person who shared it once that is stored.

    Raises ``ValidationError`` with the fields in question, :class:`TooManyRemarksError` after ``DRAFT_REMARKS_PER_DAY``.
    """
    remark = DraftRemark(link=link, name=name.strip(), text=text.replace("\r\n", "\n").strip())
    remark.full_clean()
    ProhibitNullCharactersValidator()(f"{remark.name}{remark.text}")
    # Two remarks at once wait for each other here, so that the limit holds.
    DraftLink.objects.select_for_update().get(pk=link.pk)
    most = setting("DRAFT_REMARKS_PER_DAY")
    if link.remarks.filter(created_at__gt=timezone.now() - dt.timedelta(days=1)).count() >= most:
        raise TooManyRemarksError(
            gettext(
                "This draft has had as many remarks today as one link takes. Send yours to the person who gave you "
                "the link, or come back tomorrow."
            )
        )
    remark.save()
    tell_sharer(remark)
    return remark


def was_left(link: DraftLink, name: str, text: str) -> bool:
    """Whether this very remark stands under ``link`` already."""
    return link.remarks.filter(name=name.strip(), text=text.replace("\r\n", "\n").strip()).exists()


def settle_remark(remark: DraftRemark) -> None:
    """Note that ``remark`` has been dealt with; the first time counts."""
    DraftRemark.objects.filter(pk=remark.pk, settled_at=None).update(settled_at=timezone.now())
    remark.refresh_from_db()


def open_remarks_for(user: Any) -> QuerySet[DraftRemark]:
    """Remarks that nobody has dealt with, on pages that ``user`` may edit, oldest first. One query."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return DraftRemark.objects.filter(settled_at=None, link__page__in=pages.order_by().values("pk")).select_related(
        "link__page"
    )


def clear_ended_links(now: dt.datetime | None = None) -> int:
    """Delete links that ended ninety days ago, with their remarks, which hold names; return how many links."""
    before = (now or timezone.now()) - ENDED_KEPT
    ended = DraftLink.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))
    if not ended.exists():  # a deletion of nothing would still ask for SQLite's lock
        return 0
    return ended.delete()[1].get(DraftLink._meta.label, 0)
