"""Addresses that a site puts right before Wagtail's own, inside ``i18n_patterns`` where it has several languages."""

from django.urls import re_path
from wagtail.views import serve

# Files below the addresses of pages. Wagtail's own pattern knows addresses without dots only.
FILES_OF_PAGES = r"^((?:[\w\-]+/)*[\w\-]+\.(?:ics|xml))$"

urlpatterns = [re_path(FILES_OF_PAGES, serve, name="newsroom_file")]
