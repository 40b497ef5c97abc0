"""Describe mode: one photo after the other, large, with what it shows, its caption, or that it only decorates.

The script of the page saves while somebody types and moves on without loading the page; without it, each photo is a
form with “Save and next”.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.images.shortcuts import get_rendition_or_not_found

from wagtail_newsroom.galleries.admin.pages_of_gallery import OfAGallery, number_sent, wants_json
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.galleries.publishing.drafts import describe_photo, is_described, rows_with_photos
from wagtail_newsroom.galleries.publishing.partial import WarningsError, publish_described

LARGE = "format-jpeg|width-960"  # one of the sizes that the site shows


class OneLine(forms.Textarea):
    """Room for a long sentence; a line break typed into it is a space."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return " ".join((super().value_from_datadict(data, files, name) or "").split())


class DescribeForm(forms.ModelForm):
    """What is said of one photo. The model judges it."""

    class Meta:
        model = GalleryPhoto
        fields = ["alt", "caption", "decorative"]
        widgets = {"alt": OneLine({"rows": 3}), "caption": OneLine({"rows": 2})}


class DescribeView(OfAGallery):
    """The photo that is asked for, else the first that nobody has described."""

    page_title = _("Describe the photos")
    template_name = "newsroom_admin/galleries/describe.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = unique(context["rows"])
        row = pick(rows, number_sent(self.request, "photo"))
        shown = self.shown(rows, row) if row else None
        return {
            **context,
            "row": row,
            "shown": shown,
            "form": kwargs.get("form") or (DescribeForm(instance=row) if row else None),
            "left": words_left(rows),
            "publish_findings": kwargs.get("publish_findings", []),
            "reason": self.request.POST.get("reason", ""),
            "previous_url": self.address("newsroom_gallery_describe", photo=shown["previous"]) if shown else "",
            "next_url": self.address("newsroom_gallery_describe", photo=shown["next"]) if shown else "",
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wants_json(request):
            rows = unique(rows_with_photos(self.gallery.get_latest_revision_as_object()))
            return self.answer(rows, pick(rows, number_sent(request, "photo")), number_sent(request, "revision"))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "publish":
            return self.publish()
        draft = self.gallery.get_latest_revision_as_object()
        row = find(unique(rows_with_photos(draft)), number_sent(request, "photo"))
        if row is None:
            return self.refused(gettext("This photo is not in the gallery any more."))
        form = DescribeForm(request.POST, instance=row)
        revision_id = number_sent(request, "revision")
        if not form.is_valid():
            return self.invalid(form)
        try:
            saved, revision_id = describe_photo(
                self.gallery, request.user, row.photo_id, form.cleaned_data, revision_id=revision_id
            )
        except ValidationError as error:
            return self.refused(" ".join(error.messages))
        rows = unique(rows_with_photos(saved))
        place = next(number for number, each in enumerate(rows) if each.photo_id == row.photo_id)
        following = self.following(rows, place)
        if wants_json(request):
            return self.answer(rows, following, revision_id)
        if following.photo_id == row.photo_id:
            messages.success(request, words_left(rows))
        return redirect(self.address("newsroom_gallery_describe", photo=following.photo_id, revision=revision_id))

    def following(self, rows: list[GalleryPhoto], place: int) -> GalleryPhoto:
        """Where to go from the photo at ``place``: on, back, or to stay. After the last, to one that is left."""
        go = self.request.POST.get("go", "next")
        if go == "stay":
            return rows[place]
        if go == "previous":
            return rows[max(place - 1, 0)]
        if place + 1 < len(rows):
            return rows[place + 1]
        return next((each for each in rows if not is_described(each)), rows[place])

    def answer(self, rows: list[GalleryPhoto], row: GalleryPhoto | None, revision_id: int | None) -> HttpResponse:
        """The photo to show next, for the script."""
        if row is None:
            return JsonResponse({"error": gettext("This gallery has no photo yet.")}, status=409)
        return JsonResponse({"shown": self.shown(rows, row), "left": words_left(rows), "revision": revision_id})

    def invalid(self, form: DescribeForm) -> HttpResponse:
        """Say it beside the fields; what was typed stays."""
        if wants_json(self.request):
            return JsonResponse({"errors": form.errors}, status=422)
        return self.render_to_response(self.get_context_data(form=form))

    def refused(self, words: str) -> HttpResponse:
        if wants_json(self.request):
            return JsonResponse({"error": words}, status=409)
        messages.error(self.request, words)
        return redirect("newsroom_gallery_describe", self.gallery.pk)

    def shown(self, rows: list[GalleryPhoto], row: GalleryPhoto) -> dict[str, Any]:
        """What is shown of a photo."""
        place = rows.index(row)
        picture = get_rendition_or_not_found(row.photo, LARGE)
        return {
            "photo": row.photo_id,
            "title": row.photo.title,
            "place": gettext("Photo %(number)d of %(total)d") % {"number": place + 1, "total": len(rows)},
            "src": picture.url,
            "width": picture.width,
            "height": picture.height,
            "library": row.photo.description,
            "alt": row.alt,
            "caption": row.caption,
            "decorative": row.decorative,
            "previous": rows[place - 1].photo_id if place else None,
            "next": rows[place + 1].photo_id if place + 1 < len(rows) else None,
        }

    def publish(self) -> HttpResponse:
        """Publish what is described; the rest waits in the draft."""
        reason = self.request.POST.get("reason", "").strip()[:500]
        try:
            done = publish_described(self.gallery, self.request.user, reason=reason)
        except ValidationError as error:
            for message in error.messages:
                messages.error(self.request, message)
            asks = error.findings if isinstance(error, WarningsError) else []
            return self.render_to_response(self.get_context_data(publish_findings=asks))
        if not done.page.live:
            words = gettext("“%(title)s” is scheduled.") % {"title": done.page.title}
        else:
            words = ngettext(
                "The gallery is published with %(count)d photo.",
                "The gallery is published with %(count)d photos.",
                done.shown,
            ) % {"count": done.shown}
        if done.held:
            words += " " + ngettext(
                "%(count)d photo waits in the draft.", "%(count)d photos wait in the draft.", done.held
            ) % {"count": done.held}
        messages.success(self.request, words)
        return redirect("newsroom_gallery_describe", self.gallery.pk)


def unique(rows: list[GalleryPhoto]) -> list[GalleryPhoto]:
    """Each photo once, as readers see it."""
    found: dict[int, GalleryPhoto] = {}
    for row in rows:
        found.setdefault(row.photo_id, row)
    return list(found.values())


def find(rows: list[GalleryPhoto], photo_id: int | None) -> GalleryPhoto | None:
    return next((row for row in rows if row.photo_id == photo_id), None)


def pick(rows: list[GalleryPhoto], photo_id: int | None) -> GalleryPhoto | None:
    """The photo that is asked for, else the first that nobody has described, else the first."""
    if chosen := find(rows, photo_id):
        return chosen
    return next((row for row in rows if not is_described(row)), rows[0] if rows else None)


def words_left(rows: list[GalleryPhoto]) -> str:
    """How many photos nobody has described yet, in words."""
    left = sum(not is_described(row) for row in rows)
    if not left:
        return gettext("All photos are described.")
    return ngettext("%(count)d photo is left to describe.", "%(count)d photos are left to describe.", left) % {
        "count": left
    }
