"""What items point to: topics, people, organisations, venues, projects."""

from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.images import Image
from wagtail_newsroom.news.api.v1.schemas.pages import ItemProject


class TypeCount(Schema):
    """How many public items of one type show something."""

    type: str = Field(description="A stable word: news, event, gallery, page …", examples=["news"])
    count: int = Field(examples=[12])


class RowTranslation(Schema):
    """The same in another language."""

    id: int
    locale: str = Field(examples=["en"])
    name: str = Field(examples=["Social services"])


class RowSummary(Schema):
    """What items point to, as far as a public page shows it."""

    id: int
    key: UUID = Field(description="The same in every language.")
    locale: str = Field(description="The asked language; another one where there is no translation.", examples=["pl"])
    name: str
    counts: list[TypeCount] = Field(description="Public items in the asked language that name it, by type.")
    translations: list[RowTranslation]


class Topic(RowSummary):
    """What items are about."""

    type: Literal["topic"]
    slug: str = Field(examples=["uslugi-spoleczne"])
    description: str


class OrganisationOfPerson(Schema):
    """An organisation, as far as a link needs it."""

    id: int
    key: UUID
    name: str
    url: str = Field(description="Its own website; may be empty.")


class Person(RowSummary):
    """Somebody who speaks at events or can be asked."""

    type: Literal["person"]
    role: str
    organisation: OrganisationOfPerson | None


class Organisation(RowSummary):
    """An organisation that organises, hosts, funds or sends speakers."""

    type: Literal["organisation"]
    url: str = Field(description="Its own website; may be empty.")
    logo: Image | None


class Venue(RowSummary):
    """A place where events happen."""

    type: Literal["venue"]
    hall: str
    street: str
    postal_code: str
    city: str
    address: str = Field(description="Street, postal code and city on one line.")
    latitude: float | None = Field(description="In degrees (WGS 84).", ge=-90, le=90)
    longitude: float | None = Field(description="In degrees (WGS 84).", ge=-180, le=180)
    access: str = Field(description="Getting there and in.")
    map_url: str = Field(description="A map that shows the place; empty where nothing is known.")


class Project(RowSummary, ItemProject):
    """A funded project, with what has to be printed with every item of it."""

    type: Literal["project"]
