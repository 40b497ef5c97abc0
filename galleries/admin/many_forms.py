"""The forms of the page for many photos: a new gallery, and what holds for all of its photos at once."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page

from wagtail_newsroom.galleries.models import GalleryIndexPage, GalleryPage
from wagtail_newsroom.galleries.models.photos import RightsBasis
from wagtail_newsroom.news.publishing.copying.copies import free_slug
from wagtail_newsroom.news.slugs import ascii_slug


def lists_to_fill(user: Any) -> list[GalleryIndexPage]:
    """Lists of galleries in which ``user`` may begin one."""
    return [
        each
        for each in GalleryIndexPage.objects.order_by("path")
        if each.permissions_for_user(user).can_add_subpage() and GalleryPage.can_create_at(each)
    ]


class NewGalleryForm(forms.Form):
    """Title and place of a gallery that begins with its photos."""

    title = forms.CharField(label=_("Title"), max_length=255)
    place: Any = forms.ModelChoiceField(label=_("List of galleries"), queryset=GalleryIndexPage.objects.none())

    def __init__(self, *args: Any, lists: list[GalleryIndexPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset = GalleryIndexPage.objects.filter(pk__in=[each.pk for each in lists])
        place.empty_label = None
        if len(lists) == 1:
            place.initial = lists[0].pk
            place.widget = forms.HiddenInput()

    def create(self, user: Any) -> GalleryPage:
        """Store the draft in the name of ``user``."""
        parent: Page = self.cleaned_data["place"]
        title = self.cleaned_data["title"]
        with transaction.atomic():
            gallery = GalleryPage(
                title=title,
                slug=free_slug(ascii_slug(title), parent),
                locale=parent.locale,
                owner=user,
                live=False,
                has_unpublished_changes=True,
            )
            parent.add_child(instance=gallery)
            gallery.save_revision(user=user, clean=False)
            log(instance=gallery, action="wagtail.create", user=user, content_changed=True)
        return gallery


class AllPhotosForm(forms.Form):
    """What holds for many photos: an empty field changes nothing."""

    credit = forms.CharField(
        label=_("Credit"), required=False, max_length=200, help_text=_("Who took them, as it is to be printed.")
    )
    licence = forms.CharField(label=_("Licence"), required=False, max_length=120, help_text=_("For example CC BY 4.0."))
    rights_basis = forms.ChoiceField(
        label=_("Basis of rights"), required=False, choices=[("", "–"), *RightsBasis.choices]
    )
    tags = TagField(label=_("Tags"), required=False, help_text=_("They are added to those that a photo has."))
    replace = forms.BooleanField(
        label=_("Replace what a photo says already"),
        required=False,
        help_text=_("Otherwise only what is missing is filled in."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {each.name for each in get_image_model()._meta.get_fields()}
        for name in [name for name in self.fields if name not in known and name != "replace"]:
            del self.fields[name]
        tags: Any = self.fields.get("tags")
        if tags:
            tags.widget = forms.TextInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(value for name, value in cleaned.items() if name != "replace"):
            raise forms.ValidationError(_("Nothing is filled in. Type what holds for all photos."))
        return cleaned

    def apply(self, photos: list[Any], user: Any) -> int:
        """Write it to ``photos``; return how many were changed."""
        said = {name: value for name, value in self.cleaned_data.items() if value and name not in ("tags", "replace")}
        tags, changed = self.cleaned_data.get("tags") or [], 0
        with transaction.atomic():
            for photo in photos:
                new = {name: value for name, value in said.items() if self._takes(photo, name, value)}
                for name, value in new.items():
                    setattr(photo, name, value)
                missing = [tag for tag in tags if tag not in set(photo.tags.names())] if tags else []
                if missing:
                    photo.tags.add(*missing)
                if new or missing:
                    photo.save()
                    log(instance=photo, action="wagtail.edit", user=user, content_changed=True)
                    changed += 1
        return changed

    def _takes(self, photo: Any, name: str, value: str) -> bool:
        stands = getattr(photo, name)
        is_missing = not stands or stands == RightsBasis.UNKNOWN
        return stands != value and (is_missing or bool(self.cleaned_data.get("replace")))
