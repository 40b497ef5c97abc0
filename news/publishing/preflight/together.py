"""What stands against publishing several pages together: a sentence for each page."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from wagtail_newsroom.news.models import Bundle, BundlePage, BundleState
from wagtail_newsroom.news.publishing.approval import moderation
from wagtail_newsroom.news.publishing.preflight.closed_files import closed_files
from wagtail_newsroom.news.publishing.preflight.refusals import Refusal, publication_refusal

User = Any


def not_ready(pages: list[Page], at: dt.datetime, bundle: Bundle) -> list[Refusal]:
    """What stops ``pages`` from going live together at ``at``, whoever publishes them."""
    found = [] if pages else [empty()]
    others = BundlePage.objects.filter(page__in=pages, bundle__state=BundleState.SCHEDULED).exclude(bundle=bundle)
    elsewhere = set(others.values_list("page_id", flat=True))
    for page in pages:
        if page.pk in elsewhere:
            found.append(Refusal(page, _("It is scheduled with another bundle. Take it out of one of the two.")))
        if page.alias_of_id:
            found.append(Refusal(page, _("It mirrors another page. Choose the page that it mirrors.")))
        if not is_public_as_it_is(page) and (message := publication_refusal(page.get_latest_revision_as_object())):
            found.append(Refusal(page, message))
    return found + late(pages, at)


def own_work(pages: list[Page], user: User) -> list[Refusal]:
    """Pages that wait for somebody else to approve them. What a superuser does is written in their history."""
    if user.is_superuser:
        return []
    return [Refusal(page, moderation.own_work_in_words()) for page in pages if moderation.waits_as_own_work(page, user)]


def opened_files(pages: list[Page], user: User) -> list[Refusal]:
    """Files that nobody could read before, and that the person may not choose."""
    changed = [page for page in pages if not is_public_as_it_is(page)]
    return [
        Refusal(page, found.message)
        for page in changed
        for found in closed_files(page.get_latest_revision_as_object(), user)
    ]


def empty() -> Refusal:
    """Why a bundle without pages is not published."""
    return Refusal(None, _("This bundle has no pages. Add the pages that belong together."))


def late(pages: list[Page], at: dt.datetime) -> list[Refusal]:
    """Pages that would expire before they go live."""
    message = _("It expires before the bundle goes live. Change its expiry date.")
    drafts = [(page, page.get_latest_revision_as_object()) for page in pages if not is_public_as_it_is(page)]
    return [Refusal(page, message) for page, draft in drafts if draft.expire_at and draft.expire_at <= at]


def is_public_as_it_is(page: Page) -> bool:
    """Whether readers see the latest version of ``page`` already."""
    return bool(page.live and not page.has_unpublished_changes)
