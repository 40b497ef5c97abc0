"""Wagtail's v2 API with our own, restricted endpoints, and those that other apps registered.

Imported with the addresses, never earlier: whatever is registered afterwards is too late.
"""

from typing import Any

from wagtail.api.v2.router import WagtailAPIRouter

from wagtail_newsroom.news import registry
from wagtail_newsroom.news.api import fields  # noqa: F401  (gives the models what was registered for them)
from wagtail_newsroom.news.api.endpoints import (
    PublicDocumentsAPIViewSet,
    PublicImagesAPIViewSet,
    PublicPagesAPIViewSet,
)


def _make_router() -> WagtailAPIRouter:
    router = WagtailAPIRouter("newsroom_api_v2")
    endpoints: dict[str, type[Any]] = {
        "pages": PublicPagesAPIViewSet,
        "images": PublicImagesAPIViewSet,
        "documents": PublicDocumentsAPIViewSet,
        **registry.api_endpoints(),
    }
    for name, viewset in endpoints.items():
        router.register_endpoint(name, viewset)
    return router


api_router = _make_router()
