"""Addresses of the delivery API::

    path("api/v1/", include("wagtail_newsroom.news.api.v1.urls"))

Imported with the addresses, never earlier: what other apps register afterwards is too late.
"""

from django.urls import path

from wagtail_newsroom.news.api.v1.app import api, gate, gated_patterns, show_docs, show_document
from wagtail_newsroom.news.api.v1.routes import (
    addresses,
    calendars,
    changes,
    drafts,
    export,
    items,
    markdown,
    rows,
    search,
    site,
)

calendars.add_routes()
items.add_routes()
markdown.add_routes(items.readings())
rows.add_routes()
site.add_routes()
search.add_routes()
export.add_routes(items.readings())
addresses.add_routes()
changes.add_routes()
drafts.add_routes()

_patterns, _app, app_name = api.urls
urlpatterns = [
    path("openapi.json", gate(show_document), name="openapi-json"),
    path("docs/", gate(show_docs, "text/html"), name="docs"),
    *gated_patterns(_patterns),
]
