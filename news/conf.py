"""Settings of the newsroom: one dict, ``NEWSROOM``, whose keys all have a default.

Read a setting inside a function, never at import time::

    from wagtail_newsroom.news.conf import setting
    setting("ITEMS_PER_PAGE")

Public: other apps may import from here.
"""

import re
from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # Items on one page of a listing.
    "ITEMS_PER_PAGE": 12,
    # Days before its deadline in which a registration counts as "closing soon".
    "CLOSING_SOON_DAYS": 3,
    # Days after an event during which its contacts stay on the page, unless an editor says otherwise.
    "CONTACTS_SHOWN_DAYS": 90,
    # Items under "You may also be interested in".
    "RELATED_ITEMS": 3,
    # Days after an event in which the desk asks for its report.
    "REPORT_DUE_DAYS": 60,
    # Months after its last publication at which a page counts as stale.
    "STALE_AFTER_MONTHS": 12,
    # Largest file that is taken in, in bytes.
    "INSPECT_MAX_BYTES": 50 * 1024 * 1024,
    # Items in an Atom feed.
    "FEED_ITEMS": 30,
    # Entries in the calendar to subscribe to, at most.
    "CALENDAR_EVENTS": 500,
    # Days for which an event that is over stays in the calendar to subscribe to.
    "CALENDAR_PAST_DAYS": 90,
    # Days for which a page says what was changed in its programme, until the event is over at most.
    "AGENDA_CHANGES_SHOWN": 14,
    # Whether the v3 preview API accepts writes (with a token).
    "API_V3_WRITES": False,
    # Where the delivery API stands, with a slash at its end; empty: nowhere, unless the project's addresses include it.
    "API_PATH": "api/v1/",
    # Days for which a link to a draft may work at most.
    "DRAFT_LINK_DAYS": 60,
    # Addresses of another front end at which drafts are previewed, by page type ("newsroom.EventPage"; "*": all others).
    "PREVIEW_URLS": {},
    # Remarks that readers may leave under one link to a draft within a day.
    "DRAFT_REMARKS_PER_DAY": 50,
    # Longest time that a file's inspection may take at upload, in seconds.
    "INSPECT_TIMEOUT": 10,
    # Longest time that it may take in the background, for files that were not read to the end at upload, in seconds.
    "INSPECT_BACKGROUND_TIMEOUT": 120,
    # Address of a virus scanner (clamd): tcp://host:port or unix:///path; empty: none.
    "CLAMD": "",
    # Longest time that the virus scanner may take for one file, in seconds.
    "CLAMD_TIMEOUT": 30,
    # Longest time that the work on one photo may take, in seconds.
    "PHOTO_TIMEOUT": 60,
    # Pause between two rounds of the scheduler, in seconds.
    "SCHEDULER_INTERVAL": 15,
    # The folder in which the scheduler keeps all that is public as files; empty: none.
    "TWIN_FOLDER": "",
    # Which of Django's TASKS backends runs the newsroom's background work.
    "TASK_BACKEND": "default",
    # Requests for accessible versions that one address may send within a day, and all of them together.
    "ACCESS_REQUESTS_PER_SENDER": 10,
    "ACCESS_REQUESTS_PER_DAY": 200,
    # Folder of this machine, the same for all processes of the site, by which they hear of changes; empty: a temporary one.
    "DELIVERY_FOLDER": "",
    # Memory that each process of the server takes for answers that are kept ready, in megabytes; 0: none are kept.
    "DELIVERY_MEMORY": 64,
    # Country whose holidays are no working days, or a part of one ("DE-BY"), by its ISO 3166 code.
    "HOLIDAYS": "PL",
    # How many proxies in front of the server add to X-Forwarded-For; without one, that header is not believed.
    "PROXIES": 0,
    # Days after its answer at which the personal data of a request are deleted.
    "ACCESS_REQUEST_DATA_DAYS": 365,
    # Whether people may approve what they wrote or submitted themselves, or publish it while it waits for approval.
    "APPROVE_OWN_WORK": False,
    # Whether webhooks may lead to this very machine, unencrypted too: for tests and for trying out, never in production.
    "WEBHOOKS_ALLOW_LOOPBACK": False,
    # For how many seconds a CDN that is told of changes (WAGTAILFRONTENDCACHE) may keep pages; 0: it asks each time.
    "CDN_SECONDS": 0,
    # Parts that a host may switch off: see wagtail_newsroom.news.switches.
    "ACCESS_REQUESTS": True,
    "REGISTRATION": True,
    "SHARING": True,
    "BUNDLES": True,
    # Whether the desk is the admin's home for members of the newsroom's groups; else it is an item of the menu.
    "DESK_AS_HOME": False,
    # The host's template that the public pages extend.
    "BASE_TEMPLATE": "base.html",
    # The selector of a class or an attribute by which the host says that its pages are dark; empty: by color-scheme.
    "DARK_SELECTOR": "",
}


def setting(name: str) -> Any:
    """Return the newsroom setting ``name``.

    Raises ``KeyError`` for a name that the newsroom does not define.
    """
    default = DEFAULTS[name]
    return getattr(settings, "NEWSROOM", {}).get(name, default)


def base_template() -> str:
    """The template that the newsroom's public pages extend: ``newsroom_base`` in their context."""
    return str(setting("BASE_TEMPLATE"))


SELECTOR = re.compile(r"""[\w\s.#:,>+~*^$|=\[\]()"'-]*""")


def dark_selector() -> str:
    """``DARK_SELECTOR`` as it may stand in a style sheet; raises ``ValueError`` for what is no selector."""
    selector = str(setting("DARK_SELECTOR"))
    if not SELECTOR.fullmatch(selector):
        raise ValueError(f'NEWSROOM["DARK_SELECTOR"] is {selector!r}, which is no selector.')
    return selector


def preview_url(page_type: type[Any]) -> str:
    """Where ``PREVIEW_URLS`` lets drafts of ``page_type`` be seen on another front end, with its placeholders; or empty.

    That of the type itself, else of the nearest type above it, else that of ``"*"``.
    """
    addresses = {str(label).lower(): address for label, address in setting("PREVIEW_URLS").items()}
    labels = (each._meta.label_lower for each in page_type.__mro__ if hasattr(each, "_meta"))
    return str(next((addresses[label] for label in labels if label in addresses), addresses.get("*", "")))


def unknown_settings() -> list[str]:
    """Return the keys of ``settings.NEWSROOM`` that mean nothing here (a typing error, most likely)."""
    return sorted(set(getattr(settings, "NEWSROOM", {})) - set(DEFAULTS))


def mistyped_settings() -> list[tuple[str, Any, str]]:
    """Name, value and what it has to be, for each key of ``settings.NEWSROOM`` whose value is of another type."""
    found = []
    for name, value in getattr(settings, "NEWSROOM", {}).items():
        wanted = type(DEFAULTS.get(name))
        if name not in DEFAULTS or (isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))):
            continue
        if wanted is int and isinstance(value, float):
            continue
        found.append((name, value, KINDS.get(wanted, f"a {wanted.__name__}")))
    return found


KINDS = {bool: "True or False", int: "a number", str: "a text", dict: "a dict"}


def language_choices() -> list[tuple[str, Any]]:
    """The languages of the site, for fields: a function, so that a host's own list makes no migration necessary."""
    return list(settings.LANGUAGES)
