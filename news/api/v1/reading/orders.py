"""By what lists of pages can be sorted; what has no moment yet comes before the first."""

from wagtail_newsroom.news.api.v1.cursors import FIRST_MOMENT, ID, ID_DOWN, Key

PUBLISHED = Key("first_published_at", "moment", missing=FIRST_MOMENT)
PUBLISHED_DOWN = Key("first_published_at", "moment", descending=True, missing=FIRST_MOMENT)
UPDATED = Key("last_published_at", "moment", missing=FIRST_MOMENT)
UPDATED_DOWN = Key("last_published_at", "moment", descending=True, missing=FIRST_MOMENT)
ORDERS = {
    "published_at": (PUBLISHED, ID),
    "-published_at": (PUBLISHED_DOWN, ID_DOWN),
    "updated_at": (UPDATED, ID),
    "-updated_at": (UPDATED_DOWN, ID_DOWN),
    "title": (Key("title", "text"), ID),
    "-title": (Key("title", "text", descending=True), ID_DOWN),
    "id": (ID,),
    "-id": (ID_DOWN,),
}
STORY_ORDERS = {
    "-date": (Key("date", "date", descending=True), ID_DOWN),
    "date": (Key("date", "date"), ID),
    **ORDERS,
}
