"""What a search finds."""

import datetime as dt
from uuid import UUID

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.api.v1.schemas.files import AttachmentKindWord


class Mark(Schema):
    """Where words that were asked for stand, in whatever form, counted in characters (code points) from 0."""

    start: int = Field(examples=[0], ge=0)
    end: int = Field(description="Behind the last character.", examples=[5], ge=0)


class MarkedText(Schema):
    """A text and where the words stand in it."""

    text: str = Field(examples=["Umowy z gminą"])
    marks: list[Mark]


class SearchDisplay(Schema):
    """Words of a result in its own language, ready to be shown."""

    type: str = Field(description="What it is.", examples=["Wydarzenia"])
    kicker: str | None = Field(description="What stands above the title.", examples=["Relacja · 8 grudnia 2026"])
    when: str | None = Field(description="Of an event.", examples=["środa, 9 grudnia 2026, godz. 9:00–14:00"])
    state_line: str | None = Field(description="How an event stands.", examples=["Zapisy do 11 marca, godz. 15:00"])
    attachment_line: str | None = Field(description="What a file is.", examples=["PDF, 312 KB, 4 strony"])


class SearchHit(Schema):
    """A public page or a file that holds the words."""

    type: str = Field(description="A stable word: news, event, gallery, attachment, page …", examples=["event"])
    id: int = Field(examples=[12])
    key: UUID | None = Field(description="The same in every language, and for all versions of a file.")
    locale: str = Field(examples=["pl"])
    title: MarkedText
    excerpt: MarkedText | None = Field(
        description="The part of the text in which most of the words stand; the beginning of a page where its title alone"
        " holds them; of a file null then."
    )
    inside_file: bool = Field(description="Whether the excerpt is of the text of a file.")
    path: str = Field(description="Where it is on the site.", examples=["/wydarzenia/warsztat/"])
    url: str = Field(description="The same, absolute.")
    date: dt.date | None = Field(description="The day that readers see; of a file the date on it.")
    kind: AttachmentKindWord | None = Field(description="Of a file.")
    is_over: bool = Field(description="Of an event: it has ended.")
    lacks: list[str] = Field(
        description="Words of `q` that neither a page nor its files hold, as they were typed.", examples=[["gminą"]]
    )
    offered_by: PageLink | None = Field(description="Of a file: the newest page that offers it.")
    display: SearchDisplay


class SearchChoice(Schema):
    """A value by which a search may be narrowed."""

    value: str = Field(description="For the parameter.", examples=["events"])
    label: str = Field(description="In the language of the search.", examples=["Wydarzenia"])
    count: int = Field(description="Results that have it, while everything else stays as asked.", examples=[4])


class SearchFacets(Schema):
    """What a search may be narrowed by."""

    type: list[SearchChoice]
    topic: list[SearchChoice]
    year: list[SearchChoice]
    kind: list[SearchChoice] = Field(description="Of files.")


class SearchAnswer(Schema):
    """One page of results, the best first."""

    items: list[SearchHit]
    count: int = Field(description="All results; the first 500 can be turned to.")
    next: str | None = Field(description="Address of the next page; null on the last.")
    prev: str | None = Field(description="Address of the page before; null on the first.")
    facets: SearchFacets
    corrected: str | None = Field(
        description="Words that were looked up in the place of `q`, which nothing holds; null where `q` was looked up.",
        examples=["spółdzielnia socjalna"],
    )
    left_out: list[str] = Field(description="Words of `q` that nothing holds together with the others.")
