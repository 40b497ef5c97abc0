"""Files that pages offer."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

AttachmentKindWord = Literal["invitation", "programme", "regulations", "form", "presentation", "report", "other"]


class Attachment(Schema):
    """A file in its current version."""

    id: int
    key: UUID | None = Field(description="The same in all versions; null where files have none.")
    title: str
    url: str = Field(description="Absolute address.")
    kind: AttachmentKindWord
    content_type: str
    file_size: int | None = Field(description="In bytes.")
    filename: str
    issued_on: dt.date | None
