"""The site's addresses with Wagtail's v2 API as it comes beside them, at ``/stock/``: what ours is measured against."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from config.urls import urlpatterns as own

stock = WagtailAPIRouter("stock")
stock.register_endpoint("pages", PagesAPIViewSet)
stock.register_endpoint("images", ImagesAPIViewSet)
stock.register_endpoint("documents", DocumentsAPIViewSet)

urlpatterns = [path("stock/", stock.urls), *own]
