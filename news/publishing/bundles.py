"""Publishing together: the pages of a bundle go live, move or retire as one, all of them or none.

Scheduling approves the pages' latest versions with Wagtail's own means: each is locked until the bundle's moment, shows
as scheduled wherever Wagtail shows that, and no later draft slips in. A page's own date gives way to the bundle's.
Whoever acts must be allowed to publish every page. The acts take ``shown``, what that person saw, sealed.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry
from wagtail.utils.timestamps import ensure_utc

from wagtail_newsroom.news.models import Bundle, BundlePage, BundleState
from wagtail_newsroom.news.models.pages.retired import is_retirable
from wagtail_newsroom.news.publishing.approval import moderation
from wagtail_newsroom.news.publishing.preflight import preflight
from wagtail_newsroom.news.publishing.preflight.refusals import Refusal, RefusedError, publication_refusal
from wagtail_newsroom.news.publishing.preflight.together import (
    empty,
    is_public_as_it_is,
    late,
    not_ready,
    opened_files,
    own_work,
)
from wagtail_newsroom.news.publishing.schedule.claims import claim
from wagtail_newsroom.news.publishing.shown import OvertakenError, check_shown, last_act, shown_bundle
from wagtail_newsroom.news.publishing.updates.retiring import may_take_down, retire_page

User = Any


class BundleRefusedError(RefusedError):
    """The bundle cannot go the whole way, so no page of it went. ``refusals``: the reasons."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        super().__init__(" ".join(str(each) for each in refusals))


class BundleOvertakenError(BundleRefusedError):
    """Somebody was faster: the bundle or its pages are not any more what was shown."""


def pages_of(bundle: Bundle) -> list[Page]:
    """The pages of a bundle as they are now, each of its own type, in the bundle's order."""
    ordered = list(bundle.pages.order_by("sort_order", "pk").values_list("page_id", flat=True))
    by_pk = {page.pk: page for page in Page.objects.filter(pk__in=ordered).specific()}
    return [by_pk[pk] for pk in ordered]


def may_prepare(page: Page, user: User) -> bool:
    """Whether ``user`` may put ``page`` into a bundle: whoever may edit it."""
    return bool(page.permissions_for_user(user).can_edit())


def may_act(pages: Iterable[Page], user: User) -> bool:
    """Whether ``user`` may publish every one of ``pages``."""
    return all(page.permissions_for_user(user).can_publish() for page in pages)


def bundles_for(user: User) -> models.QuerySet[Bundle]:
    """The bundles that ``user`` may look at: their own, and those of whose pages they may see every one."""
    visible = policy_registry.get_by_type(Page).explorable_instances(user)
    hidden = BundlePage.objects.filter(bundle=OuterRef("pk")).exclude(page__in=visible.order_by().values("pk"))
    return Bundle.objects.filter(Q(owner=user) | ~Exists(hidden))


def visible_to(user: User, pages: list[Page]) -> set[int]:
    """The keys of those of ``pages`` that ``user`` may see in the admin."""
    visible = policy_registry.get_by_type(Page).explorable_instances(user)
    return set(visible.filter(pk__in=[page.pk for page in pages]).values_list("pk", flat=True))


def refusals(bundle: Bundle, at: dt.datetime | None = None) -> list[Refusal]:
    """What stops the bundle from going live at ``at`` (now): one preflight over all its pages."""
    return not_ready(pages_of(bundle), at or timezone.now(), bundle)


def warnings(bundle: Bundle) -> list[Refusal]:
    """What is worth a second look before the bundle goes live, and what nobody has decided about yet."""
    return [
        Refusal(page, found.message)
        for page in pages_of(bundle)
        for found in _open_warnings(page, page.get_latest_revision())
    ]


@transaction.atomic
def publish_bundle(bundle: Bundle, user: User, *, reason: str = "", shown: str = "") -> list[Page]:
    """Publish the latest version of every page now. Returns the pages that changed for the public.

    ``reason``: why it is published in spite of :func:`warnings`, where there are any; it is kept with each page. Raises
    :class:`BundleRefusedError` with every reason, or ``PermissionDenied``; nothing is published then.
    """
    bundle, pages = _take(bundle, user, BundleState.DRAFT, BundleState.SCHEDULED, shown=shown, drafts=True)
    _require([*not_ready(pages, timezone.now(), bundle), *own_work(pages, user), *opened_files(pages, user)])
    _decide_on_warnings(pages, user, reason)
    changed = [page for page in pages if not is_public_as_it_is(page)]
    for page in changed:
        _publish(_latest_revision(page, user), user=user)
    _mark_published(bundle)
    return changed


@transaction.atomic
def schedule_bundle(
    bundle: Bundle,
    at: dt.datetime,
    user: User,
    *,
    retire_at: dt.datetime | None = None,
    retire_reason: str = "",
    reason: str = "",
    shown: str = "",
) -> None:
    """Approve the latest version of every page; the scheduler publishes them together at ``at`` (aware).

    With ``retire_at`` they retire together, too, and ``retire_reason`` tells readers why. Raises as
    :func:`publish_bundle`.
    """
    bundle, pages = _take(bundle, user, BundleState.DRAFT, BundleState.SCHEDULED, shown=shown, drafts=True)
    refusals = [*not_ready(pages, at, bundle), *own_work(pages, user), *opened_files(pages, user)]
    _require([*_bad_dates(at, retire_at, retire_reason), *refusals])
    _decide_on_warnings(pages, user, reason)
    ready = [page for page in pages if is_public_as_it_is(page)]
    for page in pages:
        if page not in ready:
            moderation.check_own_work(page, user)
            _approve(page, _latest_revision(page, user), at, user)
    BundlePage.objects.filter(bundle=bundle).update(was_public=False)
    BundlePage.objects.filter(bundle=bundle, page__in=ready).update(was_public=True)
    bundle.state = BundleState.SCHEDULED
    bundle.go_live_at, bundle.retire_at, bundle.retire_reason = at, retire_at, retire_reason.strip()
    bundle.scheduled_by = user
    bundle.save()
    bundle.schedule_failures.all().delete()


@transaction.atomic
def move_bundle(bundle: Bundle, at: dt.datetime, user: User, *, shown: str = "") -> None:
    """Move the moment of a scheduled bundle; what was approved stays as it was. Raises as :func:`publish_bundle`."""
    bundle, pages = _take(bundle, user, BundleState.SCHEDULED, shown=shown)
    _require(
        [
            *_bad_dates(at, bundle.retire_at, bundle.retire_reason),
            *_unapproved(bundle, pages),
            *late(_waiting(bundle, pages), at),
        ]
    )
    for page in pages:
        if revision := page.scheduled_revision:
            _approve(page, revision, at, user)
    bundle.go_live_at, bundle.scheduled_by = at, user
    bundle.save()
    bundle.schedule_failures.all().delete()


@transaction.atomic
def unschedule_bundle(bundle: Bundle, user: User, *, shown: str = "") -> None:
    """Take the bundle's date back: its pages are drafts again and can be edited. Raises as :func:`publish_bundle`."""
    bundle, pages = _take(bundle, user, BundleState.SCHEDULED, shown=shown)
    for page in pages:
        if revision := page.scheduled_revision:
            revision.content["go_live_at"] = None
            revision.approved_go_live_at = None
            revision.save(user=user, update_fields=["content", "approved_go_live_at"])  # logs it
            Page.objects.filter(pk=page.pk, live=False).update(go_live_at=None)
    bundle.state, bundle.go_live_at, bundle.scheduled_by = BundleState.DRAFT, None, None
    bundle.save()
    bundle.schedule_failures.all().delete()


@transaction.atomic
def retire_bundle(bundle: Bundle, user: User, reason: str, *, shown: str = "") -> list[Page]:
    """Take every page of a published bundle down, with a reason for readers. Returns the pages. Raises as above."""
    bundle, pages = _take(bundle, user, BundleState.PUBLISHED, shown=shown)
    if not reason.strip():
        _require([Refusal(None, _("Tell readers why the pages are gone."))])
    retired = [page for page in pages if page.live]
    if not all(may_take_down(page, user) for page in retired):
        raise PermissionDenied
    for page in retired:
        try:
            _take_down(page, user, reason)
        except ValidationError as error:
            _require([Refusal(page, message) for message in error.messages])
    _mark_retired(bundle)
    return retired


def publish_due_bundle(bundle: Bundle) -> list[Page]:
    """Publish what was approved; for the scheduler, inside its transaction. Raises :class:`BundleRefusedError`."""
    pages = _pages_for_us(bundle)
    found = [] if pages else [empty()]
    found += _unapproved(bundle, pages)
    for page in pages:
        revision = page.scheduled_revision
        if revision and (message := publication_refusal(revision.as_object())):
            found.append(Refusal(page, message))
    _require(found)
    changed = [page for page in pages if page.scheduled_revision]
    for page in changed:
        _publish(page.scheduled_revision, user=None, log_action="wagtail.publish.scheduled")
    _mark_published(bundle)
    return changed


def retire_due_bundle(bundle: Bundle) -> list[Page]:
    """Take the pages down; for the scheduler, inside its transaction."""
    retired = [page for page in _pages_for_us(bundle) if page.live]
    for page in retired:
        _take_down(page, None, bundle.retire_reason)
    _mark_retired(bundle)
    return retired


def claim_draft(bundle: Bundle) -> bool:
    """Take a bundle for an edit of its pages, in the transaction under way; ``False`` where it is no draft any more."""
    rows = Bundle.objects.filter(pk=bundle.pk)
    return any(row.state == BundleState.DRAFT for row in claim(rows, touch="state", wait=True))


# --- What the acts are made of ----------------------------------------------------------------


def _take(
    bundle: Bundle, user: User, *states: BundleState, shown: str, drafts: bool = False
) -> tuple[Bundle, list[Page]]:
    """Claim the bundle and its pages, as they are now and as they were shown, for somebody who may publish all of them."""
    (taken,) = claim(Bundle.objects.filter(pk=bundle.pk), touch="state", wait=True) or [None]
    if taken is None:
        raise BundleOvertakenError([Refusal(None, _("This bundle was deleted in the meantime."))])
    pages = _pages_for_us(taken)
    if not may_act(pages, user):
        raise PermissionDenied
    if taken.state not in states:
        message = _("This bundle is “%(state)s” in the meantime; look at it again.")
        since = [Refusal(page, last_act(page)) for page in pages]
        raise BundleOvertakenError([Refusal(None, message % {"state": taken.get_state_display()}), *since])
    try:
        check_shown(shown, shown_bundle(taken, pages, drafts=drafts))
    except OvertakenError as error:
        raise BundleOvertakenError([Refusal(None, message) for message in error.messages]) from error
    return taken, pages


def _pages_for_us(bundle: Bundle) -> list[Page]:
    claim(Page.objects.filter(newsroom_bundles__bundle=bundle), touch="expire_at", wait=True)
    return pages_of(bundle)


def _require(found: list[Refusal]) -> None:
    if found:
        raise BundleRefusedError(found)


def _open_warnings(page: Page, revision: Revision | None) -> list[preflight.Finding]:
    if is_public_as_it_is(page) or revision is None or not preflight.is_checked(page):
        return []
    return [found for found in preflight.open_findings(revision) if not found.blocks]


def _decide_on_warnings(pages: list[Page], user: User, reason: str) -> None:
    """Keep with each page why it is published in spite of its warnings."""
    for page in pages:
        revision = _latest_revision(page, user)
        if found := _open_warnings(page, revision):
            if not reason.strip():
                _require(
                    [Refusal(page, _("The checks have warnings. Mend the page, or say why it goes out as it is."))]
                )
            preflight.override(revision, user, reason.strip(), [each.code for each in found])


def _unapproved(bundle: Bundle, pages: list[Page]) -> list[Refusal]:
    """Pages whose approved version was taken back by another way."""
    message = _("Its publication was cancelled or changed on its own page. Schedule the bundle again.")
    waiting = _waiting(bundle, pages)
    return [Refusal(page, message) for page in waiting if not (page.scheduled_revision or is_public_as_it_is(page))]


def _waiting(bundle: Bundle, pages: list[Page]) -> list[Page]:
    """The pages of a scheduled bundle of which a version was approved, or which were taken down since.

    Of the others nothing was to be published: nothing locks them, and whoever goes on writing on one holds up nobody.
    """
    ready = set(BundlePage.objects.filter(bundle=bundle, was_public=True).values_list("page_id", flat=True))
    return [page for page in pages if page.scheduled_revision or not (page.live and page.pk in ready)]


def _bad_dates(at: dt.datetime, retire_at: dt.datetime | None, reason: str) -> list[Refusal]:
    found = []
    if at <= timezone.now():
        found.append(Refusal(None, _("This moment has passed. Choose a later one, or publish now.")))
    if retire_at and retire_at <= at:
        found.append(Refusal(None, _("The pages would retire before they go live. Correct one of the two dates.")))
    if retire_at and not reason.strip():
        found.append(Refusal(None, _("Tell readers why the pages are gone.")))
    return found


def _latest_revision(page: Page, user: User) -> Revision:
    return page.get_latest_revision() or page.save_revision(user=user)


def _publish(revision: Revision, *, user: User, log_action: bool | str = True) -> None:
    """Publish now, whatever date the page had of its own."""
    if revision.content.get("go_live_at"):
        revision.content["go_live_at"] = None
        revision.save(update_fields=["content"])
    revision.publish(user=user, log_action=log_action)


def _take_down(page: Page, user: User | None, reason: str) -> None:
    """Retire a page of ours; one of a host's own type has no address that could tell the reason, and is unpublished."""
    if is_retirable(page):
        retire_page(page, user, reason=reason)
    else:
        page.unpublish(user=user)


def _approve(page: Page, revision: Revision, at: dt.datetime, user: User) -> None:
    """Do what Wagtail does when a page is scheduled, at the bundle's moment."""
    page.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    revision.content["go_live_at"] = at.isoformat()
    revision.approved_go_live_at = at
    revision.save(update_fields=["content", "approved_go_live_at"])
    Page.objects.filter(pk=page.pk, live=False).update(go_live_at=at, expired=False)
    log(
        instance=page,
        action="wagtail.publish.schedule",
        user=user,
        revision=revision,
        data={
            "revision": {
                "id": revision.pk,
                "created": ensure_utc(revision.created_at),
                "go_live_at": ensure_utc(at),
                "has_live_version": page.live,
            }
        },
    )
    if getattr(settings, "WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH", True) and (state := page.current_workflow_state):
        state.cancel(user=user)


def _mark_published(bundle: Bundle) -> None:
    bundle.state, bundle.published_at = BundleState.PUBLISHED, timezone.now()
    bundle.save()
    bundle.schedule_failures.all().delete()


def _mark_retired(bundle: Bundle) -> None:
    bundle.state = BundleState.RETIRED
    bundle.save()
    bundle.schedule_failures.all().delete()
