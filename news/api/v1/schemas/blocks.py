"""The values of the newsroom's own blocks."""

from typing import Literal

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.api.v1.schemas.files import Attachment
from wagtail_newsroom.news.api.v1.schemas.images import Image
from wagtail_newsroom.news.api.v1.schemas.rich_text import RichText


class HeadingValue(Schema):
    """A heading within the text. The title of the item is level 1, and no level is skipped."""

    level: Literal[2, 3, 4] = Field(examples=[2])
    text: str = Field(examples=["Co dalej z usługami społecznymi"])


class ParagraphValue(Schema):
    """Paragraphs, lists and links."""

    text: RichText


class AttachmentsValue(Schema):
    """Files to download, in the middle of the text."""

    items: list[Attachment]


class QuoteValue(Schema):
    """Somebody's words."""

    text: str = Field(description="Plain text; line breaks count.", examples=["Najpierw słuchamy, potem planujemy."])
    who: str = Field(description="May be empty.", examples=["Ewa Lis"])
    role: str = Field(description="As whom they spoke; may be empty.", examples=["koordynatorka"])


class TableColumn(Schema):
    """A column of a table."""

    type: Literal["text", "rich_text"] = Field(
        description="What its cells hold: plain text, or rich text as asked for."
    )
    heading: str = Field(examples=["Gmina"])


class TableRow(Schema):
    """A row of a table: one cell for each column."""

    cells: list[str] = Field(description="Each is what its column's `type` says.", examples=[["Zgierz"]])


class TableValue(Schema):
    """A table with a row of headings."""

    columns: list[TableColumn]
    rows: list[TableRow]
    caption: str = Field(description="Read out first; may be empty.", examples=["Liczba miejsc w gminach"])


class VideoValue(Schema):
    """A film on another site. Load nothing from there before the visitor asks for it."""

    url: str = Field(description="The page of the film.", examples=["https://www.youtube.com/watch?v=abcdefghijk"])
    title: str
    provider: Literal["youtube", "vimeo", "other"] = Field(
        description="`other`: a link, which cannot be played in place."
    )
    poster: Image | None
    has_captions: bool
    transcript: RichText = Field(description="What is said and shown; may be empty.")


class CallToActionValue(Schema):
    """One clear next step: a button."""

    text: str = Field(description="Stands above the button; may be empty.")
    label: str = Field(description="Words on the button.", examples=["Zapisz się na warsztat"])
    url: str = Field(description="Where it leads: that of `page` where it is one of the site.")
    page: PageLink | None


class AccordionPart(Schema):
    """A part that a visitor opens."""

    title: str = Field(examples=["Czy udział kosztuje?"])
    text: RichText


class AccordionValue(Schema):
    """Parts that a visitor opens one by one: questions and answers."""

    items: list[AccordionPart]


class ContactValue(Schema):
    """Somebody to ask."""

    name: str = Field(examples=["Ewa Lis"])
    role: str = Field(description="May be empty.")
    email: str = Field(description="May be empty.", examples=["ewa.lis@example.org"])
    phone: str = Field(description="May be empty.", examples=["42 000 00 00"])
