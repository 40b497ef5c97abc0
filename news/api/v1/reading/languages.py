"""Rows that come with their translations: each once, in the language of the item that shows it.

Public: other apps may import from here.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.models import Topic
from wagtail_newsroom.news.queries.json_rows import JsonRows


def in_own_language(rows: Iterable[dict[str, Any]], locale_id: int) -> list[dict[str, Any]]:
    """Of rows that come with their translations, each once: in the language ``locale_id``, else as it was ``chosen``."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["locale_id"] == locale_id or (row["chosen"] and row["key"] not in found):
            found[row["key"]] = row
    return list(found.values())


def in_all_languages(chosen: QuerySet[Any], *fields: str, order: tuple[str, ...] = ("pk",)) -> JsonRows:
    """The rows ``chosen`` by what is read, by ``OuterRef(OuterRef("pk"))``, with their translations and ``fields``."""
    return JsonRows(
        chosen.model._default_manager.filter(translation_key__in=chosen.order_by().values("translation_key")).order_by(
            *order
        ),
        chosen=Exists(chosen.filter(pk=OuterRef("pk"))),
        id="pk",
        key="translation_key",
        locale_id="locale_id",
        **{name: name for name in fields},
    )


def topics_of_page() -> JsonRows:
    """The topics of a page with their translations: one of each is shown, that in the language of the page."""
    return in_all_languages(Topic.objects.filter(pages=OuterRef(OuterRef("pk"))), "name", "slug", order=("name",))


def topic_links(row: Mapping[str, Any], answer: Answer) -> list[dict[str, Any]]:
    """The topics in ``topic_rows`` of ``row``, in its language, as :class:`~wagtail_newsroom.news.api.v1.schemas.common.TopicLink`.

    Each tags the answer.
    """
    topics = in_own_language(row["topic_rows"], row["locale_id"])
    answer.tags.update(f"topic:{topic['id']}" for topic in topics)
    return [
        {"id": topic["id"], "key": str(UUID(topic["key"])), "name": topic["name"], "slug": topic["slug"]}
        for topic in topics
    ]
