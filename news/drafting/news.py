"""A news item's draft, made of a text as an editor arranged it: photos, page, version and log entry, whole or not at all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Collection

from wagtail_newsroom.news.drafting.drafts import add_draft, check_may_create, locked_original
from wagtail_newsroom.news.drafting.photos import PhotoStore
from wagtail_newsroom.news.drafting.story import Chosen, Shown, body_data
from wagtail_newsroom.news.models import NewsPage, Original


@dataclass
class NewsFacts:
    """What the draft is to hold. ``fields`` go by the names of ``NewsPage``; new photos go to ``collection``."""

    fields: dict[str, Any]
    parts: Sequence[Chosen] = ()
    collection: Collection | None = None


def create_news(original: Original, news_list: Any, user: Any, facts: NewsFacts) -> NewsPage:
    """Create the draft under ``news_list`` in the name of ``user``, and tie ``original`` to it.

    One original makes one page: a second call returns the first one's. Raises ``PermissionDenied`` for somebody who may
    not add pages there, or photos to the collection; ``ValidationError`` where not even a draft can be saved. Then no
    photo is left either.
    """
    pictures = [part.picture for part in facts.parts if isinstance(part, Shown)]
    check_may_create(NewsPage, news_list, user)
    # The transaction lies inside: where its end fails, the files of the photos go as well.
    with PhotoStore(user, facts.collection, facts.fields["title"]) as photos, transaction.atomic():
        original = locked_original(original)
        if original.page_id:
            made: NewsPage = NewsPage.objects.get(pk=original.page_id)
            return made
        page = NewsPage(**facts.fields, body=json.dumps(body_data(facts.parts, photos.take(pictures))))
        add_draft(page, news_list, user, original)
        return page
