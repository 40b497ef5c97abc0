"""Addresses of the programme's forms, below the admin's own."""

from django.urls import path

from wagtail_newsroom.news.admin.agenda.copying import TYPES, copy_agenda, download_agenda
from wagtail_newsroom.news.admin.agenda.pasting import paste_agenda

PLACE = "newsroom/pages/<int:pk>/agenda"

agenda_urls = [
    path(f"{PLACE}/paste/", paste_agenda, name="newsroom_agenda_paste"),
    path(f"{PLACE}/copy/", copy_agenda, name="newsroom_agenda_copy"),
    *(path(f"{PLACE}.{form}", download_agenda, {"form": form}, name=f"newsroom_agenda_{form}") for form in TYPES),
]
