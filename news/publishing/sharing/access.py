"""What a token opens: one draft, or the drafts of a site for one front end.

Whatever a token was made for, it opens a page only while whoever made it may edit that page, and only a page that is open
to everybody once it is published. Expired, withdrawn, made up, somebody else's: it opens nothing, and nobody learns why.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from wagtail_newsroom.news.models import FrontEndToken, ManagedPageMixin, PagePreview, Retirement
from wagtail_newsroom.news.publishing.files.draft_files import DraftFiles, files_of_draft
from wagtail_newsroom.news.publishing.own_pages import below, home_pages
from wagtail_newsroom.news.publishing.sharing.links import can_be_shared, may_share, working_link
from wagtail_newsroom.news.publishing.sharing.tokens import (
    FILES,
    FRONT_END,
    PREVIEW,
    digest_of,
    note_use,
    read_token,
    write_token,
)
from wagtail_newsroom.news.switches import SHARING, is_on


@dataclass(frozen=True)
class DraftAccess:
    """One draft that may be read. ``sharer``: whose rights say which of its files; ``files_token``: opens those files.

    ``content``: what an editor typed and did not save; without it the latest draft is read.
    """

    page: Page
    sharer: Any
    files_token: str
    content: dict[str, Any] | None = None

    @cached_property
    def draft(self) -> Any:
        """The page as the draft has it, of its own type. It is not saved."""
        typed, page = self.content, self.page
        draft = page.get_latest_revision_as_object() if typed is None else page.specific.with_content_json(typed)
        if hasattr(draft, "derive_moments"):  # what a saved event derives from its dates
            draft.derive_moments()
        return draft

    @cached_property
    def files(self) -> DraftFiles:
        """The pictures and files of the draft that its readers may have."""
        return files_of_draft(self.draft, self.sharer)

    def picture_path(self, name: str) -> str:
        """Where the stored file ``name`` of a picture of the draft, in whatever size, is read for as long as the token works."""
        return reverse("newsroom_draft_picture", args=[self.files_token, name])

    def document_path(self, pk: int) -> str:
        """Where a document of the draft is read for as long as the token works."""
        return reverse("newsroom_draft_document", args=[self.files_token, pk])


@dataclass(frozen=True)
class PageToken:
    """Opens one draft."""

    access: DraftAccess

    @property
    def page_id(self) -> int:
        """The page that it is for."""
        return int(self.access.page.pk)

    def draft(self, page_id: int) -> DraftAccess | None:
        """The draft of this page; ``None`` for every other page."""
        return self.access if page_id == self.page_id else None


@dataclass(frozen=True)
class FrontEndAccess:
    """Opens the drafts of a site, in all its languages, that whoever made the token may edit."""

    row: FrontEndToken

    def pages(self) -> PageQuerySet:
        """Pages with a draft that differs from what the public sees: never public, or changed since. No retired ones."""
        pages = page_permission_policy.instances_user_has_permission_for(self.row.created_by, "change")
        models = [model for model in get_page_models() if issubclass(model, ManagedPageMixin)]
        retired = Retirement.objects.values("page")
        return (
            pages.filter(
                below(home_pages([self.row.site])), has_unpublished_changes=True, latest_revision__isnull=False
            )
            .filter(content_type__in=ContentType.objects.get_for_models(*models).values())
            .exclude(pk__in=retired)
            .public()
        )

    def draft(self, page_id: int) -> DraftAccess | None:
        """The draft of a page; ``None`` where there is none, or none that this front end may read."""
        page = self.pages().filter(pk=page_id).first()
        if page is None or not may_share(page, self.row.created_by):
            return None
        return DraftAccess(page, self.row.created_by, write_token(FILES, f"{self.row.pk}-{page.pk}"))


def opened_by(token: str) -> PageToken | FrontEndAccess | None:
    """What ``token`` opens now; ``None`` for every other text, whatever the reason."""
    if not is_on(SHARING):
        return None
    if (link := working_link(token)) is not None:
        return PageToken(DraftAccess(link.page, link.created_by, token))
    kind, content = read_token(token) or ("", "")
    if kind == PREVIEW:
        return _page_preview(token, content)
    if kind == FRONT_END:
        row = _open_front_ends().filter(digest=digest_of(token)).first()
        if row is not None and _may_make(row.created_by):
            note_use(row)
            return FrontEndAccess(row)
    return None


def files_opened_by(token: str) -> DraftAccess | None:
    """The draft whose pictures and files ``token`` opens now; ``None`` for every other text."""
    kind, content = read_token(token) or ("", "")
    if kind != FILES:
        opened = opened_by(token)
        return opened.access if isinstance(opened, PageToken) else None
    front_end, _dash, page = content.partition("-")
    row = _open_front_ends().filter(pk=int(front_end)).first() if is_on(SHARING) else None
    if row is None or not _may_make(row.created_by):
        return None
    return FrontEndAccess(row).draft(int(page))


def _may_make(user: Any) -> bool:
    return user is not None and user.is_active and bool(user.has_perm("newsroom.add_frontendtoken"))


def _page_preview(token: str, key: str) -> PageToken | None:
    previews = PagePreview.objects.filter(key=key, expires_at__gt=timezone.now())
    preview = previews.select_related("page__locale", "user").first()
    if preview is None or not may_share(preview.page, preview.user) or not can_be_shared(preview.page):
        return None
    return PageToken(DraftAccess(preview.page, preview.user, token, preview.content))


def _open_front_ends() -> Any:
    return FrontEndToken.objects.open().select_related("site", "created_by")
