"""A news item's draft, made of a text as an editor arranged it: photos, page, version and log entry, whole or not at all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection

from news.models import NewsPage, Original
from news.publishing.copies import free_slug
from news.publishing.drafting.photos import PhotoStore
from news.publishing.drafting.story import Chosen, Shown, body_data
from news.slugs import ascii_slug

CREATED = "newsroom.created_from_original"


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
    if not news_list.permissions_for_user(user).can_add_subpage() or not NewsPage.can_create_at(news_list):
        raise PermissionDenied
    # The transaction lies inside: where its end fails, the files of the photos go as well.
    with PhotoStore(user, facts.collection, facts.fields["title"]) as photos, transaction.atomic():
        original = Original.objects.select_for_update().get(pk=original.pk)
        if original.page_id:
            made: NewsPage = NewsPage.objects.get(pk=original.page_id)
            return made
        page = NewsPage(
            **facts.fields,
            slug=free_slug(ascii_slug(facts.fields["title"]), news_list),
            locale=news_list.locale,
            owner=user,
            live=False,
            has_unpublished_changes=True,
            body=json.dumps(body_data(facts.parts, photos.take(pictures))),
        )
        news_list.add_child(instance=page)
        page.save_revision(user=user, clean=False)
        log(
            instance=page,
            action=CREATED,
            user=user,
            content_changed=True,
            data={"original": original.pk, "name": original.name},
        )
        original.page = page
        original.save(update_fields=["page"])
        return page
