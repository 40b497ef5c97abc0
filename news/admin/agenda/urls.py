"""Addresses of the programme's forms, below the admin's own."""

from django.urls import path

from wagtail_newsroom.news.admin.agenda.copying import TYPES, copy_programme, download_programme
from wagtail_newsroom.news.admin.agenda.pasting import paste_programme

PLACE = "newsroom/pages/<int:pk>/programme"

programme_urls = [
    path(f"{PLACE}/paste/", paste_programme, name="newsroom_programme_paste"),
    path(f"{PLACE}/copy/", copy_programme, name="newsroom_programme_copy"),
    *(path(f"{PLACE}.{form}", download_programme, {"form": form}, name=f"newsroom_programme_{form}") for form in TYPES),
]
