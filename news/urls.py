"""Addresses of the newsroom that stand outside the tree of pages. A host includes them at its root::

    path("", include("news.urls"))

before Wagtail's own.
"""

from django.urls import path

from news.views.drafts import serve_draft_document, serve_draft_picture, show_draft

urlpatterns = [
    path("podglad/<str:token>/", show_draft, name="newsroom_draft"),
    path("podglad/<str:token>/media/<path:path>", serve_draft_picture, name="newsroom_draft_picture"),
    path("podglad/<str:token>/plik/<int:document_id>/", serve_draft_document, name="newsroom_draft_document"),
]
