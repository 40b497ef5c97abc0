"""What items of every type have in common.

Public: other apps may import from here.
"""

import datetime as dt
from uuid import UUID

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import PageLink, TopicLink
from wagtail_newsroom.news.api.v1.schemas.files import Attachment
from wagtail_newsroom.news.api.v1.schemas.images import Image


class PageSummary(Schema):
    """A public page in a list."""

    id: int = Field(examples=[12])
    key: UUID = Field(description="The same in every language, and after a move to another database.")
    locale: str = Field(examples=["pl"])
    title: str
    slug: str
    path: str = Field(description="Where it lives on the site.", examples=["/aktualnosci/relacja/"])
    url: str = Field(description="The same, absolute.")
    published_at: dt.datetime | None = Field(description="First publication, in UTC.")
    updated_at: dt.datetime | None = Field(description="Last publication, in UTC.")


class Display(Schema):
    """Words of an item in its own language, ready to be shown."""

    date: str | None = Field(description="When: of news the day of publication.", examples=["8 grudnia 2026"])
    kicker: str | None = Field(description="What stands above the title.", examples=["Relacja · 8 grudnia 2026"])
    state_line: str | None = Field(description="How an event stands.", examples=["Zapisy do 11 marca, godz. 15:00"])
    where: str | None = Field(examples=["Dom Kultury, Jarocinek"])
    attachment_line: str | None = Field(description="What a file is.", examples=["PDF, 312 KB, 4 strony"])
    notes: list[str] = Field(
        description="What else a card says: that the item is archival content, that something was corrected.",
        examples=[["Poprawiono 3 marca 2027"]],
    )


class StorySummary(PageSummary):
    """What news, events and types made of them have in common in lists."""

    lead: str
    date: dt.date = Field(description="The day that readers see; never ahead.")
    byline: str = Field(description="Who signed it; empty: nobody.")
    topics: list[TopicLink]
    image: Image | None = Field(description="The lead photo, with its alternative text for this item.")
    archived_on: dt.date | None = Field(description="Since when it is archival content: true on that day.")
    change_note: str = Field(description="Note on a major update; empty: none.")
    display: Display


class Translation(Schema):
    """The same item in another language."""

    id: int
    locale: str = Field(examples=["en"])
    title: str
    path: str = Field(examples=["/en/news/report/"])
    url: str


class Breadcrumb(Schema):
    """A public page above the item."""

    id: int
    title: str
    path: str = Field(examples=["/aktualnosci/"])
    url: str


class Seo(Schema):
    """What search engines and shared links show."""

    title: str
    description: str
    image: Image | None


class PageParts(Schema):
    """What a whole item of any page has beside its summary."""

    seo: Seo
    translations: list[Translation] = Field(description="The public ones, by language.")
    breadcrumbs: list[Breadcrumb] = Field(description="Public pages above it, from the home page down.")


class Contact(Schema):
    """Whom to ask. A name alone is a signature."""

    name: str
    role: str
    organisation: str
    email: str
    phone: str
    shown_until: dt.date | None = Field(description="The last day on which it is shown; null: as long as the item is.")


class Correction(Schema):
    """What was wrong and what is right."""

    date: dt.date
    was: str
    now: str


class Partner(Schema):
    """An organisation that takes part in a project."""

    id: int
    key: UUID
    name: str
    url: str


class ItemProject(Schema):
    """A funded project, with what has to be printed with every item of it."""

    id: int
    key: UUID
    name: str
    number: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    value: str = Field(description="As it is to be printed, with the currency.")
    grant: str = Field(description="As it is to be printed, with the currency.")
    funding_statement: str = Field(description="The sentence that the funder's rules ask for, word for word.")
    logo_strip: Image | None = Field(description="One picture with all marks; never to be cropped or recoloured.")
    url: str
    partners: list[Partner]


class Provenance(Schema):
    """Where the item comes from: who publishes it, and what its history says."""

    publisher: str = Field(description="The publishing body.", examples=["Centrum Wspólna Sprawa"])
    written_on: dt.date = Field(description="The day that the item bears.")
    first_published_at: dt.datetime | None
    last_published_at: dt.datetime | None
    corrected_on: dt.date | None = Field(description="The latest correction.")
    changed: str = Field(description="Note on the latest major update; empty: none.")


class StoryParts(PageParts):
    """What whole news, events and types made of them have beside their summary."""

    attachments: list[Attachment] = Field(description="Files to download, in the editor's order.")
    contacts: list[Contact]
    projects: list[ItemProject]
    corrections: list[Correction] = Field(description="Latest first.")
    related: list[PageLink] = Field(description="Chosen by hand, then the most alike among earlier ones.")
    provenance: Provenance
