"""What changed, in its order."""

import datetime as dt
from typing import Literal
from uuid import UUID

from ninja import Field, Schema


class ChangeEvent(Schema):
    """One change of one object, as strangers see it."""

    kind: Literal["upsert", "delete", "move"] = Field(
        description="What became of it; a page that moved is still there."
    )
    type: str = Field(
        description="A stable word: news, event, gallery, page, attachment, topic, site …", examples=["news"]
    )
    id: int | str = Field(examples=[12])
    key: UUID | None = Field(description="The same in every language.")
    locale: str | None = Field(examples=["pl"])
    path: str | None = Field(
        description="Where the page lives, or lived last; null for what has no address.",
        examples=["/aktualnosci/nabor/"],
    )
    old_path: str | None = Field(description="Where it lived before, where that is another place; else null.")
    at: dt.datetime = Field(examples=["2027-03-28T10:00:00Z"])
    affects: list[str] = Field(
        description="Paths whose answers differ by it, its own and old ones included; `*` alone for every path of the site.",
        examples=[["/", "/aktualnosci/", "/aktualnosci/nabor/"]],
    )


class Changes(Schema):
    """What changed after a cursor, oldest first."""

    cursor: str = Field(description="What to ask for next as `since`, also where nothing changed.", examples=["1024"])
    more: bool = Field(description="Whether more is there already: ask again at once.")
    events: list[ChangeEvent]
