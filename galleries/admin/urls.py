"""Addresses of the pages about a gallery's photos, below the admin's own."""

from django.urls import URLPattern, path

from wagtail_newsroom.galleries.admin.adding import AddPhotosView, NewGalleryView
from wagtail_newsroom.galleries.admin.describing import DescribeView

gallery_urls: list[URLPattern] = [
    path("newsroom/galleries/new/", NewGalleryView.as_view(), name="newsroom_gallery_new"),
    path("newsroom/galleries/<int:pk>/photos/", AddPhotosView.as_view(), name="newsroom_gallery_photos"),
    path("newsroom/galleries/<int:pk>/describe/", DescribeView.as_view(), name="newsroom_gallery_describe"),
]
