"""Wagtail's views of pages with the newsroom's rules, registered for the page types that the newsroom checks.

One viewset serves a page type and the types made of it; one that is registered for a nearer type wins. So a host gives
its own type, or one of ours, a viewset of its own by subclassing :class:`NewsroomPageViewSet`, or by putting the mixins
named in :data:`RULES` before Wagtail's views.
"""

from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.pages.choose_parent import GenericChooseParentView
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.move import MoveChooseDestinationView, MoveConfirmView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry
from wagtail.models import Page, get_page_models

from wagtail_newsroom.news.admin.moderation.gates import CheckedEditMixin, CheckedFormMixin
from wagtail_newsroom.news.admin.page_actions.retiring import RetiringUnpublishMixin
from wagtail_newsroom.news.admin.page_mixins import (
    DecidedOnceMixin,
    NameableChoicesMixin,
    OneLanguageMixin,
    SeenMoveMixin,
    SeenPageMixin,
    WholeFormMixin,
    WholePostMixin,
)
from wagtail_newsroom.news.admin.saving.typed import NewerVersionMixin, TypedCreateMixin
from wagtail_newsroom.news.models.pages.pages import ManagedPageMixin


class NewsroomCreateView(CheckedFormMixin, WholeFormMixin, TypedCreateMixin, CreateView):
    """A new page: the checks before it is submitted or published; whole or not at all."""


class NewsroomEditView(CheckedEditMixin, WholeFormMixin, NewerVersionMixin, EditView):
    """A page: the checks before it is submitted, approved or published; whole or not at all; over nobody's newer version."""


class NewsroomRevertView(CheckedEditMixin, WholeFormMixin, NewerVersionMixin, RevisionsRevertView):
    """An earlier version of a page, with the same checks."""


class SeenCopyView(NameableChoicesMixin, CopyView):
    """Copying to places that one may know of."""


class NewsroomCopyView(OneLanguageMixin, WholePostMixin, SeenCopyView):
    """Copying, whole or not at all."""


class NewsroomUnpublishView(RetiringUnpublishMixin, WholePostMixin, UnpublishView):
    """Unpublishing leads to the form that asks what readers are told."""


class SeenMoveView(NameableChoicesMixin, MoveChooseDestinationView):
    """The question where to move a page."""


class SeenChooseParentView(NameableChoicesMixin, GenericChooseParentView):
    """The question where to put a new page."""


class SeenMoveConfirmView(SeenMoveMixin, MoveConfirmView):
    """Moving, for those who may know of both places."""


class SeenWorkflowActionView(SeenPageMixin, DecidedOnceMixin, WorkflowActionView):
    """Approving and sending back."""


class SeenCollectWorkflowActionDataView(SeenPageMixin, CollectWorkflowActionDataView):
    """The question about a remark."""


class SeenConfirmWorkflowCancellationView(SeenPageMixin, ConfirmWorkflowCancellationView):
    """The question about cancelling."""


class SeenPreviewRevisionForTaskView(SeenPageMixin, PreviewRevisionForTaskView):
    """The preview of what waits."""


# What each view of a page type of the newsroom is made of, by the name that Wagtail's viewset has for it.
SEEN: dict[str, tuple[type, ...]] = {
    "choose_parent_view_class": (NameableChoicesMixin,),
    "copy_view_class": (NameableChoicesMixin,),
    "move_view_class": (NameableChoicesMixin,),
    "move_confirm_view_class": (SeenMoveMixin,),
    "workflow_action_view_class": (SeenPageMixin, DecidedOnceMixin),
    "collect_workflow_action_data_view_class": (SeenPageMixin,),
    "confirm_workflow_cancellation_view_class": (SeenPageMixin,),
    "workflow_preview_view_class": (SeenPageMixin,),
}
RULES: dict[str, tuple[type, ...]] = {
    **SEEN,
    "add_view_class": (CheckedFormMixin, WholeFormMixin, TypedCreateMixin),
    "edit_view_class": (CheckedEditMixin, WholeFormMixin, NewerVersionMixin),
    "revisions_revert_view_class": (CheckedEditMixin, WholeFormMixin, NewerVersionMixin),
    "copy_view_class": (OneLanguageMixin, WholePostMixin, NameableChoicesMixin),
    "unpublish_view_class": (RetiringUnpublishMixin, WholePostMixin),
}


class SeenPageViewSet(PageViewSet):
    """Views that tell nobody of pages which are not theirs: for page types of a host, too."""

    choose_parent_view_class = SeenChooseParentView
    copy_view_class = SeenCopyView
    move_view_class = SeenMoveView
    move_confirm_view_class = SeenMoveConfirmView
    workflow_action_view_class = SeenWorkflowActionView
    collect_workflow_action_data_view_class = SeenCollectWorkflowActionDataView
    confirm_workflow_cancellation_view_class = SeenConfirmWorkflowCancellationView
    workflow_preview_view_class = SeenPreviewRevisionForTaskView
    # Lists of pages below a page stay those of Wagtail, or of the host.
    parent_models: tuple[type[Page], ...] = ()

    def on_register(self) -> None:
        """Give way to a viewset that the host has for the very same model."""
        known = page_viewset_registry.values_by_class.get(self.model)
        if known is None or type(known) is PageViewSet:
            super().on_register()


class NewsroomPageViewSet(SeenPageViewSet):
    """Views of a page type of the newsroom. A host's own viewset for one of them subclasses this one."""

    add_view_class = NewsroomCreateView
    edit_view_class = NewsroomEditView
    revisions_revert_view_class = NewsroomRevertView
    copy_view_class = NewsroomCopyView
    unpublish_view_class = NewsroomUnpublishView


class AllPagesViewSet(SeenPageViewSet):
    """The viewset of all page types that have no other."""

    model = Page
    parent_models = (Page,)


def page_viewsets() -> list[Any]:
    """For the hook ``register_admin_viewset``, after all others: a viewset for each page type that the newsroom checks."""
    return [AllPagesViewSet("newsroom_all_pages"), *(_viewset_for(model) for model in checked_models())]


def _viewset_for(model: type[Page]) -> NewsroomPageViewSet:
    return NewsroomPageViewSet(f"newsroom_{model._meta.label_lower.replace('.', '_')}_views", model=model)


def checked_models() -> Iterator[type[Page]]:
    """The page types that the newsroom checks, without those made of another one of them."""
    checked = [model for model in get_page_models() if issubclass(model, ManagedPageMixin)]
    for model in checked:
        if not any(issubclass(model, other) for other in checked if other is not model):
            yield model


def missing_rules() -> Iterator[tuple[type[Page], Any, str, type]]:
    """Page types of the newsroom whose viewset leaves a rule out: model, viewset, name of the view, mixin."""
    for model in get_page_models():
        viewset = page_viewset_registry.get_by_type(model) if issubclass(model, ManagedPageMixin) else None
        if viewset is None:
            continue
        for name, mixins in RULES.items():
            for mixin in mixins:
                if not issubclass(getattr(viewset, name), mixin):
                    yield model, viewset, name, mixin
