"""Many photos at once: into a gallery that exists, or into a new one that begins with them.

The script of the page sends one file a request, two at a time. Each joins the gallery's draft as it arrives, so that
nothing is lost when the page is left. Without the script the form sends all files in one go, taken in one by one.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from wagtail_newsroom.galleries.admin.describing import unique, words_left
from wagtail_newsroom.galleries.admin.many_forms import AllPhotosForm, NewGalleryForm, lists_to_fill
from wagtail_newsroom.galleries.admin.pages_of_gallery import OfAGallery, number_sent, wants_json
from wagtail_newsroom.galleries.models.photo_files import photo_limits
from wagtail_newsroom.galleries.models.refusals import allowed_words
from wagtail_newsroom.galleries.publishing.drafts import put_in_order
from wagtail_newsroom.galleries.publishing.uploading import (
    UploadedPhoto,
    collections_to_fill,
    photo_policy,
    upload_photo,
)
from wagtail_newsroom.news.publishing.public_use import changeable_files

MOST_AT_ONCE = 1000


class AddPhotosView(OfAGallery):
    """Drop many photos, then say what holds for all of them."""

    page_title = _("Add many photos")
    template_name = "newsroom_admin/galleries/add_photos.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "form": kwargs.get("form") or AllPhotosForm(),
            "left": words_left(unique(context["rows"])),
            "collections": [(each.pk, str(each)) for each in collections_to_fill(self.request.user)],
            "allowed": allowed_words(photo_limits()),
            "total": ngettext("%(count)d photo in the draft.", "%(count)d photos in the draft.", context["number"])
            % {"count": context["number"]},
            "changeable": len(self.changeable(context["rows"])),
        }

    def changeable(self, rows: list[Any]) -> list[Any]:
        """The photos of ``rows`` that the person may change; those that the public sees only with the right to publish."""
        own = photo_policy().instances_user_has_any_permission_for(self.request.user, ["change"])
        return changeable_files(self.request.user, own.filter(pk__in={row.photo_id for row in rows}).order_by("pk"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act")
        if act == "all":
            return self.say_for_all()
        if act == "order":
            return self.order()
        return self.take_in()

    def take_in(self) -> HttpResponse:
        """Take in what was sent: one file for the script, any number for the plain form."""
        files = self.request.FILES.getlist("files")
        revision_id = number_sent(self.request, "revision")
        if wants_json(self.request):
            if len(files) != 1:
                return JsonResponse({"error": gettext("The file did not arrive. Try again.")}, status=400)
            try:
                return JsonResponse(self.told(self.take(files[0], revision_id)))
            except ValidationError as error:
                return JsonResponse({"error": " ".join(error.messages)}, status=422)
        if not files:
            messages.error(self.request, gettext("No file was chosen. Choose some photos first."))
        for file in files:
            try:
                taken = self.take(file, revision_id)
            except ValidationError as error:
                words = " ".join(error.messages)
                messages.error(self.request, words if str(file.name) in words else f"{file.name}: {words}")
            else:
                revision_id = taken.joined.revision_id
                told = self.told(taken)
                messages.success(self.request, f"{file.name}: {told['message']}")
        return redirect(self.address("newsroom_gallery_photos", revision=revision_id))

    def take(self, file: Any, revision_id: int | None) -> UploadedPhoto:
        return upload_photo(
            self.gallery, self.request.user, file, self.request.POST.get("collection"), revision_id=revision_id
        )

    def told(self, taken: UploadedPhoto) -> dict[str, Any]:
        """What became of a file, for the script."""
        if not taken.joined.is_new:
            message = gettext("It is in this gallery already. Nothing was stored twice.")
        elif taken.was_known:
            message = gettext("It is in the library already: that photo is used, nothing was stored twice.")
        else:
            message = gettext("Added.")
        return {
            "photo": taken.photo.pk,
            "message": message,
            "is_new": taken.joined.is_new,
            "revision": taken.joined.revision_id,
            "total": ngettext("%(count)d photo in the draft.", "%(count)d photos in the draft.", taken.joined.count)
            % {"count": taken.joined.count},
        }

    def order(self) -> HttpResponse:
        """Give the photos the order in which they were picked, whichever arrived first."""
        ids = [int(each) for each in self.request.POST.getlist("photo")[:MOST_AT_ONCE] if each.isdecimal()]
        revision_id = number_sent(self.request, "revision")
        try:
            revision = put_in_order(self.gallery, self.request.user, ids, revision_id=revision_id)
        except ValidationError as error:
            return self.refuse(error)
        return JsonResponse({"revision": revision})

    def say_for_all(self) -> HttpResponse:
        """Credit, licence, basis of rights and tags of all photos."""
        form = AllPhotosForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        rows = list(self.gallery.get_latest_revision_as_object().photos.all())
        photos = self.changeable(rows)
        changed = form.apply(photos, self.request.user)
        words = ngettext("%(count)d photo was changed.", "%(count)d photos were changed.", changed)
        messages.success(self.request, words % {"count": changed})
        self.say_what_stays(len({row.photo_id for row in rows}) - len(photos))
        return redirect(self.address("newsroom_gallery_photos", revision=number_sent(self.request, "revision")))

    def say_what_stays(self, count: int) -> None:
        """Tell how many photos somebody else has to change."""
        if count:
            words = ngettext(
                "%(count)d photo stays as it is: it is shown in public or belongs to somebody else. "
                "Ask somebody who may publish this gallery.",
                "%(count)d photos stay as they are: they are shown in public or belong to somebody else. "
                "Ask somebody who may publish this gallery.",
                count,
            )
            messages.warning(self.request, words % {"count": count})


class NewGalleryView(WagtailAdminTemplateMixin, FormView):
    """A title, and on to the photos."""

    page_title = _("New gallery from photos")
    header_icon = "image"
    template_name = "newsroom_admin/galleries/new_gallery.html"
    form_class = NewGalleryForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.lists = lists_to_fill(request.user)
        if not self.lists:
            raise PermissionDenied

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "lists": self.lists}

    def form_valid(self, form: NewGalleryForm) -> HttpResponse:
        try:
            gallery = form.create(self.request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        return redirect("newsroom_gallery_photos", gallery.pk)
