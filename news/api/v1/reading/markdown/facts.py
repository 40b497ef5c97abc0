"""The facts of an item as lines of Markdown: what its card says, and of an event what its panel of facts does."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wagtail_newsroom.news.api.v1.reading.markdown.words import (
    Item,
    day_words,
    joined,
    joined_written,
    linked,
    one_line,
)

CARD = ("kicker", "date", "where", "state_line", "kind", "attachment_line", "outdated")


def facts(item: Item) -> Iterator[str]:
    """When, where, how it stands, who signed it; what an event costs, how to register, who can take part; about a file."""
    yield from dict.fromkeys(one_line(line) for line in _card(item) if line)
    if item["type"] == "event":
        yield from (line for line in _event(item) if line)
    if item["type"] == "attachment":
        yield from (line for line in _file(item) if line)


def _card(item: Item) -> Iterator[str | None]:
    display = item.get("display") or {}
    yield from (display.get(name) for name in CARD)
    yield from display.get("notes") or []
    yield from (item.get("change_note"), item.get("byline"))
    yield from (topic["name"] for topic in item.get("topics") or [])


def _event(item: Item) -> Iterator[str]:
    yield one_line(item["status_reason"])
    place = item["place"] or {}
    yield joined((place.get("hall"), place.get("address"), place.get("access")))
    for stop in item["stops"]:
        when = joined((day_words(stop["day"]), stop["time"] and str(stop["time"])[:5]))
        yield joined_written(when, joined((stop["place"], stop["host"], stop["description"])))
    yield _labelled(_("For whom"), one_line(item["audience"]))
    yield _labelled(_("Cost and places"), joined((item["cost"], item["places"])))
    yield _labelled(_("Registration"), _registration(item["registration"]))
    online = item["online"] or {}
    yield joined_written(
        linked(online.get("platform") or online.get("link"), online.get("link")), one_line(online.get("note"))
    )
    known = item["accessibility"]
    asked = (known["requests"], day_words(known["requests_until"]) if known["requests_until"] else "")
    yield _labelled(_("Accessibility"), joined((*known["facts"], *asked)))
    for each in item["organisers"]:
        organisation = each["organisation"]
        yield _labelled(each["role_name"], linked(organisation["name"], organisation["url"]))
    yield linked(_("Recording"), item["recording_url"]) if item["recording_url"] else ""


def _registration(registration: Item) -> str:
    said = registration["display"]
    told = joined((said["deadline"], said["extended"], said["note"]))
    return joined_written(
        told, linked(said["label"], said["url"]) if said["url"] else "", one_line(registration["return_to"])
    )


def _file(item: Item) -> Iterator[str]:
    yield linked(item["filename"], item["url"])
    yield one_line(item["change_note"])
    for link in (item["belongs_to"], item["superseded_by"]):
        yield linked(link["title"], link["url"]) if link else ""


def _labelled(label: str, words: str) -> str:
    """A fact with what it is about."""
    return f"{one_line(label)}: {words}" if words else ""
