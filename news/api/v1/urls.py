"""Addresses of the delivery API::

    path("api/v1/", include("wagtail_newsroom.news.api.v1.urls"))

Imported with the addresses, never earlier: what other apps register afterwards is too late.
"""

from wagtail_newsroom.news.api.v1.app import api, gated_patterns
from wagtail_newsroom.news.api.v1.routes import items

items.add_routes()

_patterns, _app, app_name = api.urls
urlpatterns = gated_patterns(_patterns)
