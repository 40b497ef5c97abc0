"""What stands on every page of a site."""

from typing import Literal

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import TopicLink
from wagtail_newsroom.news.api.v1.schemas.images import Image


class Place(Schema):
    """A public page, as far as a menu needs it."""

    id: int
    title: str
    path: str = Field(examples=["/aktualnosci/"])
    url: str = Field(description="The same, absolute.")


class MenuEntry(Place):
    """A public page right below the home page."""

    in_menu: bool = Field(description="Whether the main menu shows it; the site map shows them all.")


class Feed(Schema):
    """A file to subscribe to."""

    title: str = Field(examples=["Centrum Wspólna Sprawa – Wydarzenia"])
    media_type: Literal["application/atom+xml", "text/calendar"]
    url: str = Field(description="Absolute.", examples=["https://www.example.org/wydarzenia/calendar.ics"])


class SiteLanguage(Schema):
    """The site in one of its languages."""

    code: str = Field(examples=["pl"])
    name: str = Field(description="In the language itself.", examples=["Polski"])
    prefix: str = Field(description="What the addresses of the language begin with.", examples=["/en/"])
    home: Place
    organisation: str = Field(examples=["Centrum Wspólna Sprawa"])
    tagline: str
    address: str = Field(description="Its lines are separated by line ends.")
    opening_hours: str
    footer_text: str
    pages: list[MenuEntry] = Field(description="In the order of the menu.")
    topics: list[TopicLink] = Field(description="Those that public items have, by name.")
    feeds: list[Feed]
    access_request_url: str | None = Field(
        description="The form where an accessible version of anything on the site can be asked for, absolute."
    )


class SocialLink(Schema):
    """The organisation elsewhere."""

    label: str = Field(examples=["YouTube"])
    url: str


class SiteAnswer(Schema):
    """Who publishes the site, and what stands on every page of it. Of the site that the host of the request names."""

    name: str = Field(description="In the site's own language.")
    url: str = Field(description="Of the site, without a slash at its end.", examples=["https://www.example.org"])
    language: str = Field(description="The site's own.", examples=["pl"])
    languages: list[SiteLanguage] = Field(description="Those with a public home page, the site's own first.")
    logo: Image | None
    email: str
    phone: str
    accessible_formats_email: str = Field(description="Who answers when somebody cannot read a file.")
    bip_url: str = Field(description="Public Information Bulletin; may be empty.")
    social: list[SocialLink]
    banner: None = Field(description="Kept for a notice on every page; null in this version.")
