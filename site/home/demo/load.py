"""Loads the demo: rows, people who log in, then the pages in Polish and in English."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Locale, Page, Site

from home.demo import english, events, items, pages, rows, stories, thematic_group
from home.demo.days import Days
from home.demo.tree import Gardener
from home.demo.world import Item, World
from home.models import ContactPage, HomePage, SearchPage, StandardPage
from wagtail_newsroom.galleries.models import GalleryIndexPage, GalleryPage
from wagtail_newsroom.news.models import (
    AttachmentIndexPage,
    EventIndexPage,
    EventPage,
    NewsIndexPage,
    NewsPage,
    NewsroomSettings,
    SiteTexts,
)
from wagtail_newsroom.news.publishing.approval.groups import ADMINISTRATORS, EDITORS, PUBLISHERS, set_up_roles
from wagtail_newsroom.news.publishing.own_pages import home_pages

LIST_MODELS: dict[str, type[Page]] = {
    "news": NewsIndexPage,
    "events": EventIndexPage,
    "galleries": GalleryIndexPage,
    "documents": AttachmentIndexPage,
}
# User name, first name, last name, group
ACCOUNTS = (
    ("editor", "Ewa", "Lis", EDITORS),
    ("publisher", "Dorota", "Nowicka", PUBLISHERS),
    ("admin", "Paweł", "Zięba", ADMINISTRATORS),
)


@dataclass
class Loaded:
    """What loading did: passwords of new users by name, and how many pages were made."""

    passwords: dict[str, str] = field(default_factory=dict)
    pages: int = 0


def is_loaded() -> bool:
    """There is a newsroom already: the demo's or somebody's own."""
    return NewsIndexPage.objects.exists()


def load_demo(password: str = "") -> Loaded:
    """Load what is missing of the demo, all of it or nothing.

    ``password``: for the three users; empty: ``DEMO_PASSWORD``, else a fresh one for each.
    """
    library = rows.Library()
    try:
        with transaction.atomic(), translation.override("pl"):
            return _load(library, password or os.environ.get("DEMO_PASSWORD", ""))
    except BaseException:
        library.take_back()
        raise


def _load(library: rows.Library, password: str) -> Loaded:
    polish, _created = Locale.objects.get_or_create(language_code="pl")
    foreign, _created = Locale.objects.get_or_create(language_code="en")
    loaded = Loaded()
    users = {name: _account(name, first, last, password, loaded) for name, first, last, _group in ACCOUNTS}

    world = World(Days(timezone.localdate()))
    library.fill(world)
    rows.polish_snippets(world, polish)
    gardener = Gardener(world, polish, users["editor"], users["publisher"])
    home = _plant_polish(gardener)

    abroad = world.abroad()
    rows.english_snippets(abroad, foreign)
    translator = Gardener(abroad, foreign, users["editor"], users["publisher"])
    _plant_english(translator)

    _settings(home)
    # The newsroom runs this site as a whole, its home page and standard pages too.
    set_up_roles(home_pages([Site.objects.get(is_default_site=True)]), site_rights=True)
    for name, _first, _last, group in ACCOUNTS:
        users[name].groups.add(Group.objects.get(name=group))
    loaded.pages = len(gardener.planted) + len(translator.planted)
    return loaded


def _account(name: str, first: str, last: str, password: str, loaded: Loaded) -> Any:
    model = get_user_model()
    user = model.objects.filter(**{model.USERNAME_FIELD: name}).first()
    if user is None:
        loaded.passwords[name] = password or secrets.token_urlsafe(12)
        user = model.objects.create_user(
            name,
            email=f"{name}@example.org",
            password=loaded.passwords[name],
            first_name=first,
            last_name=last,
            is_superuser=name == "admin",
            is_staff=name == "admin",
        )
    return user


def _plant_polish(gardener: Gardener) -> Page:
    world = gardener.world
    home = _plant_home(gardener, "pl")
    lists = _plant_lists(gardener, home, "pl")
    for key, write in stories.EVENTS.items():
        gardener.plant(lists["events"], EventPage, key, write(world))
    for key, write in stories.NEWS.items():
        gardener.plant(lists["news"], NewsPage, key, write(world))
    gardener.plant(
        lists["galleries"], GalleryPage, "thematic-group-gallery", thematic_group.thematic_group_gallery(world)
    )
    _plant_all(gardener, lists["news"], NewsPage, items.news_items(world))
    _plant_all(gardener, lists["events"], EventPage, events.events_ahead(world))
    _plant_all(gardener, lists["events"], EventPage, events.events_behind(world))
    gardener.plant(lists["news"], NewsPage, "law-days", items.scheduled_news(world))
    gardener.plant(lists["events"], EventPage, "cafes", events.draft_invitation(world), publish=False)
    _plant_standing_pages(gardener, home, "pl")
    gardener.relate()
    _feature(gardener, "visit")
    return home


def _plant_english(gardener: Gardener) -> None:
    home = _plant_home(gardener, "en")
    lists = _plant_lists(gardener, home, "en")
    for key, write in english.EVENTS.items():
        gardener.plant(lists["events"], EventPage, key, write(gardener.world))
    _plant_standing_pages(gardener, home, "en")
    gardener.relate()
    _feature(gardener, "meeting")


def _plant_all(gardener: Gardener, parent: Page, model: type[Page], told: dict[str, Item]) -> None:
    for key, item in told.items():
        gardener.plant(parent, model, key, item)


def _plant_home(gardener: Gardener, language: str) -> Page:
    root = Page.get_first_root_node()
    return gardener.plant(root, HomePage, "home", pages.HOME[language])


def _plant_lists(gardener: Gardener, home: Page, language: str) -> dict[str, Page]:
    return {
        key: gardener.plant(home, LIST_MODELS[key], f"list-{key}", {**texts[language], "show_in_menus": True})
        for key, texts in pages.LISTS.items()
    }


def _plant_standing_pages(gardener: Gardener, home: Page, language: str) -> None:
    for key, texts in pages.STANDARD.items():
        if language in texts:
            gardener.plant(home, StandardPage, key, {**texts[language], "show_in_menus": key == "about"})
    gardener.plant(home, SearchPage, "search", pages.SEARCH[language])
    contact = pages.contact(language, gardener.world)
    gardener.plant(home, ContactPage, "contact", {**contact, "show_in_menus": True})


def _feature(gardener: Gardener, key: str) -> None:
    """Put a story on the front page, where the front page is new."""
    if "home" in gardener.planted:
        home = HomePage.objects.get(pk=gardener.world.pages["home"].pk)
        home.featured = gardener.world.pages[key]
        gardener.publish_again(home)


def _settings(home: Page) -> None:
    """Let the site begin at the demo's home page, in place of Wagtail's welcome page; say who publishes it."""
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    welcome = site.root_page if site.root_page_id else None
    if welcome is None or type(welcome.specific) is Page:
        address = urlsplit(settings.SITE_URL)
        site.hostname = address.hostname or site.hostname
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.root_page = home
        site.site_name = site.site_name or pages.SITE_TEXTS["pl"]["organisation_name"]
        site.save()
        if welcome is not None:
            Page.objects.get(pk=welcome.pk).delete()
    # Without a logo of its own the site shows the theme's sign, which is the Centre's: two linked rings.
    NewsroomSettings.objects.get_or_create(site=site, defaults=pages.SETTINGS)
    for language, texts in pages.SITE_TEXTS.items():
        rows.row(SiteTexts, Locale.objects.get(language_code=language), "site", texts)
