"""Taking a public page down on purpose: its address answers with a reason, or redirects to what replaces it.

Public: other apps may import from here.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published

from wagtail_newsroom.news.models import Retirement
from wagtail_newsroom.news.models.page_permissions import NewsroomPagePermissionTester
from wagtail_newsroom.news.models.pages.known_addresses import last_published_revision
from wagtail_newsroom.news.models.pages.retired import is_retirable
from wagtail_newsroom.news.publishing.preflight.preflight import blockers
from wagtail_newsroom.news.publishing.shown import OvertakenError, answer_of, last_act
from wagtail_newsroom.news.publishing.updates.live import check_unlocked, locked_page, newer_drafts, publish_beside
from wagtail_newsroom.news.publishing.updates.published import kept_as_it_is
from wagtail_newsroom.news.validators import validate_lengths
from wagtail_newsroom.news.visibility import public_pages


def retire_page(
    page: Any,
    user: Any,
    *,
    reason: str = "",
    redirect_page: Any = None,
    redirect_url: str = "",
    replace: bool = False,
) -> Retirement:
    """Unpublish ``page`` in the name of ``user`` (``None``: code) and keep what its address answers from now on.

    One of ``reason`` (answered with 410), ``redirect_page`` and ``redirect_url`` (answered with 301) is needed. Pages
    below it stay as they are. A page that is not live, but was once, gets its answer late. Raises ``PermissionDenied``,
    ``ValidationError`` by field, or :class:`~wagtail_newsroom.news.publishing.shown.OvertakenError` where the page is retired
    already; ``replace``: its answer is replaced then, by another one.
    """
    with transaction.atomic():
        live = locked_page(page)
        check_may_retire(live, user)
        facts = checked_answer(live, reason=reason, redirect_page=redirect_page, redirect_url=redirect_url)
        if live.live:
            facts |= {"revision": live.live_revision or kept_as_it_is(live), **_as_readers_knew_it(live)}
            UnpublishPageAction(live, user=user, log_action=False).execute(skip_permission_checks=True)
        elif known := Retirement.objects.filter(page=live.pk).first():
            if not replace or answer_of(known) == answer_of(Retirement(**facts)):
                raise OvertakenError(_("The page is retired already. %(since)s") % {"since": last_act(live)})
        else:
            facts |= _as_published_last(live)
        retirement, _created = Retirement.objects.update_or_create(
            page_id=live.pk, defaults={**facts, "retired_by": user}
        )
        told = facts["reason"] or facts["redirect_url"] or str(facts["redirect_page"])
        log(instance=live, action="newsroom.retired", user=user, data={"reason": told})
        return retirement


def _as_readers_knew_it(page: Any) -> dict[str, Any]:
    """Title and address of a version that was public, as a retirement keeps them."""
    return {"title": page.title, "url_path": page.url_path}


def _as_published_last(page: Any) -> dict[str, Any]:
    """What readers saw last of a page that was taken down before: its row may hold a draft that was written since.

    Nothing is told of a page whose last publication is not known any more.
    """
    revision = last_published_revision(page)
    if revision is not None:
        seen = revision.as_object()
        seen.set_url_path(page.get_parent())
        return _as_readers_knew_it(seen)
    written, published = page.latest_revision_created_at, page.last_published_at
    is_untouched = written is None or (published is not None and written <= published)
    return _as_readers_knew_it(page) if is_untouched else {"url_path": page.url_path}


def bring_back(page: Any, user: Any) -> Any:
    """Publish what readers saw before ``page`` was retired; a draft written since stays a draft.

    Raises ``PermissionDenied`` for somebody who may not publish, ``ValidationError`` where the page is not retired or
    what it says is not good enough to be published.
    """
    with transaction.atomic():
        kept = locked_page(page)
        if user is not None and not kept.permissions_for_user(user).can_publish():
            raise PermissionDenied
        retirement = Retirement.objects.select_related("revision").filter(page=kept.pk).first()
        if retirement is None or kept.live:
            raise OvertakenError(_("This page is not retired."), last_act(kept))
        check_unlocked(kept, user)
        kept, drafts = _as_seen_last(kept, retirement)
        kept.expire_at = None if kept.expired else kept.expire_at
        kept.full_clean()
        if found := blockers(kept):
            raise ValidationError([each.message for each in found])
        revision = publish_beside(kept, user, drafts, lambda version: None)
        log(instance=kept, action="newsroom.brought_back", user=user, revision=revision)
        return kept


def _as_seen_last(kept: Any, retirement: Retirement) -> tuple[Any, list[Any]]:
    """The version that readers saw last, and the drafts written since.

    The page's own row is that version only as long as nobody has edited the page: what is not public is saved there.
    """
    seen, published_at = retirement.revision, kept.last_published_at
    if seen is not None and seen.created_at <= retirement.retired_at:
        return seen.as_object(), [draft for draft in newer_drafts(kept) if draft.pk != seen.pk]
    if any(published_at is None or draft.created_at > published_at for draft in newer_drafts(kept)):
        raise ValidationError(
            _("This page was edited since it was taken down. Open it, and publish what you want readers to see."),
            code="edited",
        )
    return kept, []


def may_retire(page: Any, user: Any) -> bool:
    """Tell whether ``user`` may retire ``page``, which is live and of a type of ours."""
    tester = page.permissions_for_user(user)
    return isinstance(tester, NewsroomPagePermissionTester) and tester.can_retire()


def may_take_down(page: Any, user: Any) -> bool:
    """Tell whether ``user`` may take ``page`` down: retire it, or unpublish one whose readers are owed nothing."""
    return may_retire(page, user) or bool(page.permissions_for_user(user).can_unpublish())


def check_may_retire(live: Any, user: Any) -> None:
    """Raise ``PermissionDenied`` or a ``ValidationError`` that says why the page cannot be retired."""
    if user is not None and not live.permissions_for_user(user).can_publish():
        raise PermissionDenied
    if live.alias_of_id:
        raise ValidationError(_("This page mirrors another one. Retire that one."), code="alias")
    if not is_retirable(live):
        raise ValidationError(
            _("This page was never public, so nobody is owed an explanation. Delete it instead."), code="never_public"
        )
    if live.is_site_root():
        raise ValidationError(_("The home page of a site cannot be retired."), code="home")
    check_unlocked(live, user)


def what_forbids_deletion(user: Any, pages: list[Any]) -> tuple[list[Page], str]:
    """The pages that have to be retired first, and why ``user`` may not delete ``pages``; empty where it is allowed."""
    known = [below for page in pages for below in page.get_descendants(inclusive=True) if is_retirable(below)]
    answered = set(Retirement.objects.filter(page__in=[page.pk for page in known]).values_list("page", flat=True))
    unanswered = [page for page in known if page.live or page.pk not in answered]
    if unanswered:
        text = gettext("What was public is retired first: its readers are told why it is gone. Nothing was deleted.")
        return unanswered, text
    if not all(_is_administrator(user, page) for page in known):
        return [], gettext("Only administrators delete what was public: with it goes what its readers are told.")
    return [], ""


def _is_administrator(user: Any, page: Any) -> bool:
    """Whoever may delete whole branches of the tree: of our groups, the administrators."""
    return bool(user.is_superuser or "bulk_delete" in page.permissions_for_user(user).permissions)


def checked_answer(page: Any, *, reason: str = "", redirect_page: Any = None, redirect_url: str = "") -> dict[str, Any]:
    """The facts of a :class:`Retirement`, cleaned.

    Raises ``ValidationError`` by field: nothing given, or a target that is the page itself, another page that readers
    may not see (which rules out circles), or no web address.
    """
    reason, redirect_url = reason.strip(), redirect_url.strip()
    if not (reason or redirect_page or redirect_url):
        raise ValidationError(
            {"reason": _("Say why the page is gone, or choose where its readers are led. One of the two is needed.")}
        )
    if redirect_page and redirect_url:
        raise ValidationError({"redirect_url": _("There are two targets. Keep the page, or keep the address.")})
    facts = {"reason": reason, "redirect_page": redirect_page, "redirect_url": redirect_url}
    row = Retirement(page_id=page.pk, **facts)
    row.clean_fields(exclude=["page", "retired_by"])
    validate_lengths(row, "reason")
    if redirect_page:
        _check_target(page, redirect_page, "redirect_page")
    elif redirect_url and (own := page_at(redirect_url)) is not None:
        # An address of this site means its page: it is checked as one, and followed when that page moves.
        _check_target(page, own, "redirect_url")
        facts |= {"redirect_page": own, "redirect_url": ""}
    return facts


def _check_target(page: Any, target: Any, field: str) -> None:
    if target.pk == page.pk:
        raise ValidationError({field: _("The page would lead to itself. Choose another one.")})
    if not public_pages(Page.objects.filter(pk=target.pk)).exists():
        raise ValidationError(
            {field: _("Readers may not see that page: it is a draft, retired or private. Choose a public one.")}
        )


def page_at(address: str) -> Any:
    """The page of ours, in whatever state, whose address is ``address``; ``None`` for every other address."""
    wanted = _plain(address)
    slug = wanted[1].rstrip("/").rpartition("/")[2]
    candidates = Page.objects.filter(Q(slug=slug) | Q(sites_rooted_here__isnull=False)).distinct()
    return next((page for page in candidates if page.full_url and _plain(page.full_url) == wanted), None)


def _plain(address: str) -> tuple[str, str]:
    """Host and path of an address, by which two ways to write it are the same."""
    parts = urlsplit(address)
    port = parts.port if parts.port not in (None, 80, 443) else None
    return f"{(parts.hostname or '').lower()}:{port or ''}", unquote(parts.path).rstrip("/") + "/"


@receiver(page_published)
def end_retirement(instance: Page, **kwargs: Any) -> None:
    """A retired page that is published again, by whatever door, is retired no more."""
    if instance.live:
        Retirement.objects.filter(page=instance.pk).delete()
