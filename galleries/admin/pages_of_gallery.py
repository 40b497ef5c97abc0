"""What the pages about the photos of one gallery have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page

from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.galleries.publishing.drafts import check_may_change, rows_with_photos


def wants_json(request: HttpRequest) -> bool:
    """A script asks, not a form."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def number_sent(request: HttpRequest, name: str) -> int | None:
    """A number that was sent under ``name``; ``None`` for anything else."""
    typed = request.POST.get(name) or request.GET.get(name) or ""
    return int(typed) if typed.isdecimal() and len(typed) < 19 else None


class OfAGallery(WagtailAdminTemplateMixin, TemplateView):
    """A page about the gallery ``pk``, for people who may edit it. One that is not there is answered alike."""

    header_icon = "image"
    gallery: GalleryPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        gallery = GalleryPage.objects.filter(pk=kwargs["pk"]).first()
        if gallery is None or not gallery.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.gallery = gallery

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            check_may_change(self.gallery, request.user)
        except ValidationError as error:
            return self.refuse(error)
        return super().dispatch(request, *args, **kwargs)

    def refuse(self, error: ValidationError) -> HttpResponse:
        """Say that the gallery cannot be changed now, and lead back to it."""
        if wants_json(self.request):
            return JsonResponse({"error": " ".join(error.messages)}, status=409)
        for message in error.messages:
            messages.error(self.request, message)
        return redirect("wagtailadmin_pages:edit", self.gallery.pk)

    def get_page_subtitle(self) -> str:
        return str(self.gallery.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = get_breadcrumbs_items_for_page(self.gallery, self.request.user)
        return [*above, {"url": "", "label": str(self.get_page_title())}]

    def address(self, name: str, **query: Any) -> str:
        """Address of the page ``name`` of this gallery."""
        return reverse(name, args=[self.gallery.pk], query={key: value for key, value in query.items() if value})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = rows_with_photos(self.gallery.get_latest_revision_as_object())
        return {
            **context,
            "gallery": self.gallery,
            "rows": rows,
            "number": len(rows),
            "revision": number_sent(self.request, "revision") or "",
            "may_publish": self.gallery.permissions_for_user(self.request.user).can_publish(),
            "photos_url": self.address("newsroom_gallery_photos"),
            "describe_url": self.address("newsroom_gallery_describe"),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.gallery.pk]),
        }
