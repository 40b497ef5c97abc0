"""Pages that are no stories: the home page, standard pages, lists, and a site's own types."""

from typing import Literal

from ninja import Field

from wagtail_newsroom.news.api.v1.schemas.pages import PageParts, PageSummary


class SitePageSummary(PageSummary):
    """A page in a list."""

    type: Literal["page"]
    kind: str = Field(
        description=(
            "A stable word for its sort: home, standard, contact, news_index, event_index, gallery_index, "
            "attachment_index, or that of a site's own type. Open; `other` where nobody knows any more."
        ),
        examples=["standard"],
    )
    lead: str = Field(description="Lead or introduction; may be empty.")


class SitePageItem(SitePageSummary, PageParts):
    """A whole page. Lists are asked for at their own addresses: `news/` for what stands under `news_index`."""
