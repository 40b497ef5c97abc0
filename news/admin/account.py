"""The picture of an account: Wagtail makes it small without turning it upright, or keeps it as it came."""

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from wagtail.admin.views.account import AvatarSettingsPanel

from wagtail_newsroom.news.documents import safe_name
from wagtail_newsroom.news.images.portraits import portrait

FIELD = f"{AvatarSettingsPanel.name}-avatar"


def put_portrait_upright(request: HttpRequest) -> None:
    """Put the picture anew in the place of what was uploaded, before Wagtail's form of the account reads it."""
    upload = request.FILES.get(FIELD)
    if upload:
        request.FILES[FIELD] = _written_anew(upload)


def _written_anew(upload: UploadedFile) -> UploadedFile:
    """What is no whole picture becomes what the form refuses: its own look at a picture ends at the first bytes."""
    try:
        content, kind = portrait(upload)
    except ValueError:
        return SimpleUploadedFile(upload.name or "portrait", b"no picture")
    stem = safe_name(upload.name or "").rpartition(".")[0][:40] or "portrait"
    return SimpleUploadedFile(f"{stem}.{kind}", content)
