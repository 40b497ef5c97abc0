"""The admin's own API of Wagtail 8.0, limited to what it is needed for: the tree in the sidebar and the person's own files.

Wagtail 8.1 has nothing of it left but the tree (titles of pages that the person may explore).
"""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.visibility import not_withdrawn

USES = ["choose", "change"]
# What a draft says, apart from its title; the tree in the sidebar needs none of it.
TEXTS = ("seo_title", "search_description")


class OwnFiles:
    """An endpoint of the admin's own API that lists what the person may choose or change. Wagtail's lists all."""

    def get_queryset(self) -> QuerySet[Any]:
        files = super().get_queryset()  # type: ignore[misc]
        policy = policy_registry.get_by_type(files.model)
        own = policy.instances_user_has_any_permission_for(self.request.user, USES)  # type: ignore[attr-defined]
        return files.filter(not_withdrawn(files.model), pk__in=own.order_by().values("pk"))


class OwnImages(OwnFiles, ImagesAdminAPIViewSet):
    """Images."""


class OwnDocuments(OwnFiles, DocumentsAdminAPIViewSet):
    """Documents."""


class NavigablePages(PagesAdminAPIViewSet):
    """Pages of the tree in the sidebar; what a draft says is for those who may edit it.

    Its actions (publish, delete, move …) are gone, as they are in Wagtail 8.1: the admin's pages use none of them, and
    they ask neither hooks nor the registry of actions.
    """

    actions: dict[str, Any] = {}

    def detail_view(self, request: Any, pk: int) -> Any:
        response = super().detail_view(request, pk)
        if not self.get_object().permissions_for_user(request.user).can_edit():
            for name in TEXTS:
                response.data["meta"].pop(name, None)
        return response


def limit_admin_api(router: Any) -> None:
    """Put our endpoints in the place of Wagtail's."""
    router.register_endpoint("pages", NavigablePages)
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)
