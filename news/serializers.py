"""Serializer fields for Wagtail's v2 API that show only what the public may read.

Public: other apps may import from here.
"""

from typing import Any

from rest_framework.fields import Field
from wagtail.fields import RichTextField

from wagtail_newsroom.news.rich_text import cleaned
from wagtail_newsroom.news.visibility import is_public_file


class PublicImageField(Field):
    """An image as id, title-free: alternative text stands beside it. ``None`` where the public may not see it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(**kwargs)

    def to_representation(self, image: Any) -> dict[str, Any] | None:
        if not is_public_file(image):
            return None
        return {
            "id": image.pk,
            "width": image.width,
            "height": image.height,
            "credit": getattr(image, "credit", ""),
        }


class PublicAttachmentsField(Field):
    """The files that a page offers to the public, as rows of ``attachment_rows``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(**kwargs)

    def to_representation(self, rows: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": row.attachment.pk,
                "title": row.title,
                "url": row.url,
                "kind": row.kind,
                "filename": row.attachment.filename,
                "file_size": row.attachment.get_file_size(),
                "pages": getattr(row.attachment, "pages", None),
                "issued_on": getattr(row.attachment, "issued_on", None),
                "valid_from": getattr(row.attachment, "valid_from", None),
                "valid_until": getattr(row.attachment, "valid_until", None),
                "language": getattr(row.attachment, "language", ""),
                "versions_url": row.versions_url,
                "closed": row.closed,
            }
            for row in rows
        ]


class PublicPagesField(Field):
    """Pages that were already limited to public ones, as id, type, title and address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(**kwargs)

    def to_representation(self, pages: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": page.pk,
                "type": type(page)._meta.label,
                "title": page.title,
                "url": page.full_url,
            }
            for page in pages
        ]


class ProjectsField(Field):
    """Projects whole: what has to be printed with every item of theirs, partners included."""

    NAMES = ("name", "number", "starts_on", "ends_on", "value", "grant", "funding_statement", "logo_strip_alt", "url")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        super().__init__(**kwargs)

    def to_representation(self, projects: Any) -> list[dict[str, Any]]:
        images = PublicImageField()
        return [
            {
                "id": project.pk,
                **{name: getattr(project, name) for name in self.NAMES},
                "logo_strip": images.to_representation(project.logo_strip) if project.logo_strip else None,
                "partners": [{"name": partner.name, "url": partner.url} for partner in project.partners_shown],
            }
            for project in projects
        ]


class RowField(Field):
    """One row that a property chose, as its id and the named plain fields; ``None`` where there is none."""

    def __init__(self, names: list[str], **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        self.names = names
        super().__init__(**kwargs)

    def to_representation(self, row: Any) -> dict[str, Any]:
        return {"id": row.pk, **{name: plain_value(row, name) for name in self.names}}


class RowsField(Field):
    """Rows that a property chose, as the named plain fields of each."""

    def __init__(self, names: list[str], **kwargs: Any) -> None:
        kwargs.setdefault("read_only", True)
        self.names = names
        super().__init__(**kwargs)

    def to_representation(self, rows: Any) -> list[dict[str, Any]]:
        return [{name: plain_value(row, name) for name in self.names} for row in rows]


def plain_value(row: Any, name: str) -> Any:
    """The value of a field or property of ``row``; of rich text what may be shown."""
    value = getattr(row, name)
    return cleaned(value) if value and _is_rich_text(type(row), name) else value


def _is_rich_text(model: Any, name: str) -> bool:
    meta = getattr(model, "_meta", None)
    return any(each.name == name and isinstance(each, RichTextField) for each in meta.fields) if meta else False
