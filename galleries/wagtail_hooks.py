"""Where the galleries meet Wagtail's hooks. Each hook delegates."""

from django.urls import URLPattern
from wagtail import hooks

from galleries.admin.previews import preview_urls


@hooks.register("register_admin_urls", order=-10)
def register_preview_urls() -> list[URLPattern]:
    return preview_urls()
