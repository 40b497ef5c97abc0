"""Wagtail's actions on several objects at once, which list those that one may not touch by their titles: not here.

Registered under the same names through the hook ``register_bulk_action``, after Wagtail's own.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as AddTagsToDocuments
from wagtail.documents.views.bulk_actions import AddToCollectionBulkAction as AddDocumentsToCollection
from wagtail.documents.views.bulk_actions import DeleteBulkAction as DeleteDocuments
from wagtail.images.views.bulk_actions import AddTagsBulkAction as AddTagsToImages
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as AddImagesToCollection
from wagtail.images.views.bulk_actions import DeleteBulkAction as DeleteImages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.naming import seen_pages
from wagtail_newsroom.news.publishing.copying.languages import goes_to_another_language, other_language_in_words
from wagtail_newsroom.news.publishing.updates.retiring import may_take_down


class SeenPagesMixin:
    """Of pages that one may not touch, those of one's own sections only are named."""

    request: Any

    def get_actionable_objects(self) -> Any:
        objects, rest = super().get_actionable_objects()  # type: ignore[misc]  # the action's
        refused = rest["items_with_no_access"]
        seen = seen_pages(Page.objects.filter(pk__in=[page.pk for page in refused]), self.request.user)
        kept = set(seen.values_list("pk", flat=True))
        return objects, {**rest, "items_with_no_access": [page for page in refused if page.pk in kept]}


class OwnFilesMixin:
    """Of files that one may not touch, those that one may choose or change only are named."""

    request: Any
    model: Any

    def get_actionable_objects(self) -> Any:
        objects, rest = super().get_actionable_objects()  # type: ignore[misc]  # the action's
        refused = rest["items_with_no_access"]
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(self.request.user, ["choose", "change"])
        kept = set(own.filter(pk__in=[file.pk for file in refused]).values_list("pk", flat=True))
        return objects, {**rest, "items_with_no_access": [file for file in refused if file.pk in kept]}


class TakeDownPages(SeenPagesMixin, UnpublishBulkAction):
    """Unpublishing several pages; the form that retires those of ours comes in between."""

    def check_perm(self, page: Any) -> bool:
        return may_take_down(page, self.request.user)

    def get_execution_context(self) -> dict[str, Any]:
        """What lies below the chosen pages is not asked about one by one, so that nothing of ours goes with them."""
        user = self.request.user
        may_unpublish = lambda page: page.permissions_for_user(user).can_unpublish()  # noqa: E731
        return {**super().get_execution_context(), "permission_checker": may_unpublish}


def keep_language_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Move none of the chosen pages where one would come into another language."""
    if action_type != "move" or not issubclass(action.model, Page):
        return None
    place = action.cleaned_form.cleaned_data["chooser"]
    if not any(goes_to_another_language(page, place) for page in objects):
        return None
    messages.error(request, other_language_in_words())
    return redirect(action.next_url)


def _with(mixin: type, action: Any) -> Any:
    return type(f"Newsroom{action.__name__}", (mixin, action), {"__doc__": mixin.__doc__})


BULK_ACTIONS: tuple[Any, ...] = (
    TakeDownPages,
    *(_with(SeenPagesMixin, action) for action in (DeleteBulkAction, MoveBulkAction, PublishBulkAction)),
    *(
        _with(OwnFilesMixin, action)
        for action in (
            AddTagsToDocuments,
            AddDocumentsToCollection,
            DeleteDocuments,
            AddTagsToImages,
            AddImagesToCollection,
            DeleteImages,
        )
    ),
)
