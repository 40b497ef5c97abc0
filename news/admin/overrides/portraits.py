"""The picture of an account: Wagtail makes it small without turning it upright, or keeps it as it came."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from wagtail_newsroom.news.documents import safe_name
from wagtail_newsroom.news.images.portraits import portrait

Clean = Callable[[Any], Any]


def upright_and_bare(clean_avatar: Clean) -> Clean:
    """Put the picture anew in the place of what was uploaded; the form has checked that it is one."""

    def cleaned(form: Any) -> Any:
        upload = form.cleaned_data.get("avatar")
        if isinstance(upload, UploadedFile):
            try:
                content, kind = portrait(upload)
            except ValueError as error:
                raise ValidationError(form.fields["avatar"].error_messages["invalid_image"]) from error
            stem = safe_name(upload.name or "").rpartition(".")[0][:40] or "portrait"
            form.cleaned_data["avatar"] = SimpleUploadedFile(f"{stem}.{kind}", content)
        return clean_avatar(form)

    return cleaned
