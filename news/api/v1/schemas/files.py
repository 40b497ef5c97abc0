"""Files that people download."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

AttachmentKindWord = Literal["invitation", "programme", "regulations", "form", "presentation", "report", "other"]
AccessibilityWord = Literal["accessible", "inaccessible", "scan", "not_checked"]
ADDRESS = "https://www.example.org/documents/6/regulamin.pdf"


class AttachmentLink(Schema):
    """Another public file."""

    id: int = Field(examples=[6])
    title: str = Field(examples=["Regulamin wizyt studyjnych"])
    url: str = Field(description="Absolute.", examples=[ADDRESS])


class AccessibilityFinding(Schema):
    """Something that keeps people from reading the file."""

    code: str = Field(description="A stable word.", examples=["untagged"])
    name: str = Field(description="The same in a few words, in the language of the item.", examples=["bez znaczników"])


class AttachmentDisplay(Schema):
    """What is printed beside the link, in the language of the item."""

    attachment_line: str = Field(
        description="Type, size, pages, date, language.", examples=["PDF, 312 KB, 4 strony, z dnia 10.07.2017"]
    )
    kind: str = Field(description="Empty where no kind is known.", examples=["Regulamin"])
    outdated: str = Field(
        description="Since when it is out of date; empty while it is not.", examples=["nieaktualne od 1.01.2026"]
    )


class Attachment(Schema):
    """A file to download, in the version that the public gets now. Facts that nobody knows are null."""

    id: int = Field(description="Of this version.", examples=[6])
    key: UUID | None = Field(description="Of the file: the same for all its versions, and in another database.")
    type: Literal["attachment"]
    locale: str = Field(description="Language of `display` and of names: that of the item.", examples=["pl"])
    title: str = Field(
        description="The words of its link: those of the page that offers it, else its own title.",
        examples=["Regulamin wizyt studyjnych"],
    )
    url: str = Field(description="Absolute; of this very version.", examples=[ADDRESS])
    path: str = Field(description="The same on the site.", examples=["/documents/6/regulamin.pdf"])
    kind: AttachmentKindWord | None
    content_type: str = Field(description="Media type.", examples=["application/pdf"])
    file_size: int | None = Field(description="In bytes.", examples=[319488])
    filename: str = Field(examples=["regulamin.pdf"])
    pages: int | None = Field(examples=[4])
    language: str | None = Field(description="Null: that of the page which offers it.", examples=["pl"])
    issued_on: dt.date | None = Field(description="The date on the file itself.")
    valid_from: dt.date | None
    valid_until: dt.date | None = Field(description="Last day.")
    belongs_to: AttachmentLink | None = Field(description="Of a form: its regulations.")
    accessibility: AccessibilityWord | None = Field(
        description="What a program can tell of it; it never says more than “probably accessible”."
    )
    accessibility_findings: list[AccessibilityFinding]
    alternative_format_url: str | None = Field(
        description="The form where an accessible version can be asked for, absolute."
    )
    version: int | None = Field(description="Counted from 1.", examples=[2])
    change_note: str | None = Field(description="What changed in this version.")
    supersedes: AttachmentLink | None = Field(description="The public version before.")
    superseded_by: AttachmentLink | None = Field(
        description="The public version that replaced it; null: it is current."
    )
    versions_url: str | None = Field(
        description="The page with all public versions, where there are several; absolute."
    )
    closed: bool = Field(description="A form that closed with the registration of its events: it is not handed out.")
    created_at: dt.datetime = Field(description="When it was uploaded, in UTC.")
    published_at: dt.datetime | None = Field(description="When everybody could read it first, in UTC.")
    display: AttachmentDisplay
