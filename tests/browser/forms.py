"""Signing in, and Wagtail's forms, which look after themselves once they are open."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

LATER = 15_000  # milliseconds: a save by itself, then what the server finds
WATCH = "addEventListener('w-unsaved:watch-edits', () => document.documentElement.setAttribute('data-watched', ''))"


def sign_in(tab: Tab, live_server: Any, user: User) -> Tab:
    """The empty ``tab``, in whose browser ``user`` is signed in from now on."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    tab.add_init_script(WATCH)
    tab.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    return tab


def until_watched(tab: Tab) -> Tab:
    """Wait until Wagtail watches the form: what is typed before that counts as its first state."""
    expect(tab.locator("html[data-watched]")).to_have_count(1, timeout=LATER)
    return tab
