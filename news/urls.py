"""Addresses that a site puts right before Wagtail's own, inside ``i18n_patterns`` where it has several languages::

path("", include("wagtail_newsroom.news.urls"))
"""

from django.urls import path, re_path
from wagtail.views import serve

from wagtail_newsroom.news.views.access_requests.views import ask_for_access, request_received
from wagtail_newsroom.news.views.draft_links.views import serve_draft_document, serve_draft_picture, show_draft
from wagtail_newsroom.news.views.files.documents import show_versions

# Files below the addresses of pages. Wagtail's own pattern knows addresses without dots only.
FILES_OF_PAGES = r"^((?:[\w\-]+/)*[\w\-]+\.(?:ics|json|xml))$"

urlpatterns = [
    path("podglad/<str:token>/", show_draft, name="newsroom_draft"),
    path("podglad/<str:token>/media/<path:path>", serve_draft_picture, name="newsroom_draft_picture"),
    path("podglad/<str:token>/plik/<int:document_id>/", serve_draft_document, name="newsroom_draft_document"),
    path("dokumenty/<int:document_id>/wersje/", show_versions, name="newsroom_versions"),
    path("dostepnosc/prosba/", ask_for_access, name="newsroom_request"),
    path("dostepnosc/prosba/przyjeta/<str:receipt>/", request_received, name="newsroom_request_received"),
    path("dostepnosc/prosba/<slug:kind>/<int:item_id>/", ask_for_access, name="newsroom_request"),
    re_path(FILES_OF_PAGES, serve, name="newsroom_file"),
]
