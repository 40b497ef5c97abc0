"""Where the galleries meet Wagtail's hooks. Each hook delegates."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from wagtail_newsroom.galleries.admin.buttons import gallery_buttons
from wagtail_newsroom.galleries.admin.previews import preview_urls
from wagtail_newsroom.galleries.admin.urls import gallery_urls
from wagtail_newsroom.galleries.admin.withdrawing import choosable_images, register_withdrawal_log, withdraw_urls


@hooks.register("register_admin_urls", order=-10)
def register_preview_urls() -> list[URLPattern]:
    return preview_urls()


@hooks.register("register_admin_urls")
def register_gallery_urls() -> list[URLPattern]:
    return gallery_urls


@hooks.register("register_page_header_buttons")
def photos_of_a_gallery(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    return gallery_buttons(page, user)


@hooks.register("register_admin_urls")
def register_withdrawing() -> list[URLPattern]:
    return withdraw_urls()


@hooks.register("register_log_actions")
def withdrawals_in_the_history(actions: Any) -> None:
    register_withdrawal_log(actions)


@hooks.register("construct_image_chooser_queryset")
def photos_to_choose_from(images: Any, request: HttpRequest) -> Any:
    return choosable_images(images, request)
