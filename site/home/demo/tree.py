"""Puts pages on the site as editors and publishers would: drafted by one, published by the other, with a history."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from home.demo.rows import key_of
from home.demo.world import Item, World
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.news.models import Correction, EventOrganiser, EventStop, PageAttachment, PageContact, RelatedPage
from wagtail_newsroom.news.slugs import ascii_slug

STREAMS = ("body", "agenda")
MANY = ("topics", "projects")
CHILDREN = ("contacts", "stops", "corrections", "photos", "attachments", "organisers", "related")


@dataclass
class Gardener:
    """Plants pages in one language; ``planted`` holds those that were not there before, with what they tell."""

    world: World
    locale: Locale
    editor: Any
    publisher: Any
    planted: dict[str, tuple[Any, Item]] = field(default_factory=dict)

    def find(self, model: type[Page], key: str) -> Any:
        """The demo's page with this key in this language, or ``None``."""
        return model.objects.filter(translation_key=key_of("page", key), locale=self.locale).first()

    def plant(self, parent: Page, model: type[Page], key: str, item: Item, *, publish: bool = True) -> Any:
        """The page with this key; made of ``item`` under ``parent`` where it is missing.

        ``item``: the model's fields, and the children and relations named above. With ``go_live_at`` the page
        is scheduled; with ``publish=False`` it stays a draft.
        """
        page = self.find(model, key)
        if page is None:
            page = self._draft(parent, model, key, item)
            if publish:
                page.get_latest_revision().publish(user=self.publisher, skip_permission_checks=True)
                page = model.objects.get(pk=page.pk)
            self.planted[key] = (page, item)
        self.world.pages[key] = page
        return page

    def _draft(self, parent: Page, model: type[Page], key: str, item: Item) -> Any:
        values = {name: value for name, value in item.items() if name not in (*STREAMS, *MANY, *CHILDREN)}
        if go_live := values.get("go_live_at"):
            values["go_live_at"] = timezone.make_aware(go_live)
        values.setdefault("slug", ascii_slug(item["title"], 60))
        page = model(locale=self.locale, translation_key=key_of("page", key), live=False, owner=self.editor, **values)
        for name in STREAMS:
            if name in item:
                setattr(page, name, json.dumps(item[name]))
        parent.add_child(instance=page)
        for name in MANY:
            if name in item:
                setattr(page, name, item[name])
        self._add_children(page, item)
        page.save()
        page.save_revision(user=self.editor, log_action=True)
        return page

    def _add_children(self, page: Any, item: Item) -> None:
        world = self.world
        rows = {
            "contacts": [PageContact(**contact) for contact in item.get("contacts", ())],
            "corrections": [Correction(**correction) for correction in item.get("corrections", ())],
            "stops": [EventStop(**stop) for stop in item.get("stops", ())],
            "photos": [GalleryPhoto(**photo) for photo in item.get("photos", ())],
            "attachments": [
                PageAttachment(attachment=file, label=label) for file, label in item.get("attachments", ())
            ],
            "organisers": [
                EventOrganiser(organisation=world.organisations[key], role=role)
                for key, role in item.get("organisers", ())
            ],
        }
        for name, children in rows.items():
            if children:
                setattr(page, name, children)

    def relate(self) -> None:
        """Set the related pages chosen by hand, once all pages stand; publish that as a further version."""
        for page, item in self.planted.values():
            targets = [self.world.pages[key] for key in item.get("related", ()) if key in self.world.pages]
            if targets:
                page.related_links = [RelatedPage(target=target) for target in targets]
                self.publish_again(page)

    def publish_again(self, page: Page) -> None:
        """Publish what changed on ``page`` as a further version."""
        revision = page.save_revision(user=self.editor, log_action=True)
        revision.publish(user=self.publisher, skip_permission_checks=True)
