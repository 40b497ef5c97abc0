"""The form of a photo: its file is judged by what it is, and cleaned before the form is shown again or saved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.fields import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from wagtail_newsroom.galleries.admin.withdrawing import link_beside_basis
from wagtail_newsroom.galleries.models.photo_files import CleanPhotoFile, clean_file


class CleanPhotoField(WagtailImageField):
    """Wagtail's field, which would decode the file first and ask afterwards; and judge it by its name."""

    default_validators: list[Any] = []

    def to_python(self, data: Any) -> CleanPhotoFile | None:
        file = FileField.to_python(self, data)
        return None if file is None else clean_file(file, file.name or "")

    def clean(self, data: Any, initial: Any = None) -> Any:
        try:
            return super().clean(data, initial)
        except ValidationError as error:
            if error.code == "empty":  # Django's own words name neither the file nor what is allowed
                return clean_file(data, data.name)
            raise


class PhotoForm(BaseImageForm):
    """Wagtail's form with our door for files. Name it in ``WAGTAILIMAGES_IMAGE_FORM_BASE``."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        link_beside_basis(self, user)
        if "file" in self.fields:
            stock = self.fields["file"]
            self.fields["file"] = CleanPhotoField(
                label=stock.label, required=stock.required, widget=stock.widget, max_length=None
            )
