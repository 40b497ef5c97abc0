"""What the gallery's form does beyond Wagtail's."""

from typing import Any

from wagtail_newsroom.news.forms import UNDESCRIBED, SlugForm


class GalleryForm(SlugForm):
    """What each photo shows is said before the gallery is published, not before it is saved."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_deferred_validation or "photos" not in self.formsets:
            return cleaned
        for row in self.formsets["photos"].forms:
            if row.is_valid() and not row.cleaned_data.get("DELETE") and self._is_undescribed(row.cleaned_data):
                row.add_error("alt", UNDESCRIBED)
        return cleaned

    def _is_undescribed(self, row: dict[str, Any]) -> bool:
        photo = row.get("photo")
        return photo is not None and not (row.get("decorative") or row.get("alt") or photo.description)
