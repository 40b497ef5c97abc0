"""What galleries put on the desk: photos that nobody has described."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.permissions import policy_registry

from wagtail_newsroom.news.admin.desk.lines import Line, QueryPanel
from wagtail_newsroom.news.admin.desk.members import desk_url
from wagtail_newsroom.news.admin.desk.queries import FirstRows, first_rows
from wagtail_newsroom.news.images.renditions import THUMBNAIL


class UndescribedPanel(QueryPanel):
    """Photos without a description that the person may change, the latest first."""

    template_name = "newsroom_admin/desk/pictures.html"
    name, icon = "photos", "image"

    def heading(self) -> str:
        return gettext("Photos without a description")

    def hint(self) -> str:
        return gettext("One sentence each, for people who do not see them.")

    def find(self) -> FirstRows:
        model = get_image_model()
        own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(self.user, ["change"])
        photos = own.filter(description="").prefetch_renditions(THUMBNAIL)
        return first_rows(photos.order_by("-created_at", "-pk"))

    def line(self, row: Any) -> Line:
        edit = reverse("wagtailimages:edit", args=[row.pk])
        return Line(
            title=row.title,
            url=f"{edit}?next={desk_url(self.user)}",
            picture=get_rendition_or_not_found(row, THUMBNAIL),
        )

    def all_url(self) -> str:
        return f"{reverse('newsroom_photos_modeladmin_index')}?undescribed=yes"
