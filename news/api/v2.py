"""Wagtail's v2 API with our own, restricted endpoints: published pages, and what published pages offer."""

from typing import Any

from django.db.models import QuerySet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Site

from news import registry
from news.visibility import public_files, unexpired


class PublicPagesAPIViewSet(PagesAPIViewSet):
    """Published, unrestricted, unexpired pages of this site; for everybody alike, signed in or not."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().public().filter(unexpired())


class OfferedImagesAPIViewSet(ImagesAPIViewSet):
    """Images that published pages show."""

    def get_queryset(self) -> QuerySet[Any]:
        return public_files(super().get_queryset(), Site.find_for_request(self.request))


class OfferedDocumentsAPIViewSet(DocumentsAPIViewSet):
    """Documents that published pages offer."""

    def get_queryset(self) -> QuerySet[Any]:
        return public_files(super().get_queryset(), Site.find_for_request(self.request))


def _make_router() -> WagtailAPIRouter:
    router = WagtailAPIRouter("newsroom_api_v2")
    endpoints = {
        "pages": PublicPagesAPIViewSet,
        "images": OfferedImagesAPIViewSet,
        "documents": OfferedDocumentsAPIViewSet,
        **registry.api_endpoints(),
    }
    for name, viewset in endpoints.items():
        router.register_endpoint(name, viewset)
    return router


api_router = _make_router()
