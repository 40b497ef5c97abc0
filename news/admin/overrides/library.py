"""The library in the admin: files of other people's collections are neither listed nor tied to one's own."""

from functools import wraps
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.admin.lists.file_notes import note_beside_field
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
    """Pages of the tree in the sidebar; what a draft says is for those who may edit it."""

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


def tie_own_documents_only() -> None:
    """Offer and accept as “replaces” and “belongs to” only documents that the person may choose or change.

    A document that replaces another takes over its address: whoever could name any id would lead the visitors of
    another section's file to a file of their own. What was found in a stored file stands in its form.
    """
    if hasattr(BaseDocumentForm.__init__, "__wrapped__"):
        return
    start = BaseDocumentForm.__init__

    @wraps(start)
    def started(form: Any, *args: Any, user: Any = None, **kwargs: Any) -> None:
        start(form, *args, user=user, **kwargs)
        for name in ("belongs_to", "supersedes"):
            field = form.fields.get(name)
            if field is not None and user is not None:
                own = form.permission_policy.instances_user_has_any_permission_for(user, USES)
                kept = Q(pk=getattr(form.instance, f"{name}_id", None))
                field.queryset = field.queryset.filter(Q(pk__in=own.order_by().values("pk")) | kept)
        form.newsroom_user = user
        note_beside_field(form)

    BaseDocumentForm.__init__ = started
