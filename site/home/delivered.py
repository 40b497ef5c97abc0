"""What the delivery API shows of the home page beside what every page has."""

from ninja import Field, Schema

from wagtail_newsroom.news.api.v1.schemas.common import PageLink
from wagtail_newsroom.news.registry import DeliveredFields


class HomeExtra(Schema):
    """What stands on the home page by an editor's choice."""

    featured: PageLink | None = Field(description="The featured page; null: the latest news item is featured.")


HOME = DeliveredFields(
    word="home",
    schema=HomeExtra,
    columns=("featured_id",),
    points_to={"featured_id": "page"},
    read=lambda row: {"featured": row["featured_id"]},
)
