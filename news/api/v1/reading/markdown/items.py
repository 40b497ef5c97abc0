"""A whole item as Markdown: the same as its JSON, in the order in which the page shows it.

Made of the item as ``reading`` makes it with the texts as Markdown (``rich_text="markdown_page"``). Tables are those of
GitHub's Markdown, which CommonMark has none of.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_newsroom.news.api.v1.reading.markdown.blocks import block, contact_line, file_line
from wagtail_newsroom.news.api.v1.reading.markdown.facts import facts
from wagtail_newsroom.news.api.v1.reading.markdown.words import (
    Item,
    day_words,
    headline,
    joined,
    joined_written,
    linked,
    list_of,
    one_line,
    paragraphs,
    picture,
    words,
)
from wagtail_newsroom.news.api.v1.texts import Written
from wagtail_newsroom.news.wording import dates


def item_markdown(item: Item, language: str) -> str:
    """``item`` with its title, facts, text, programme, files, contacts, corrections, links and address, in ``language``."""
    with translation.override(language):
        return paragraphs(*_parts(item)) + "\n"


def _parts(item: Item) -> Iterator[str]:
    yield headline(1, item["title"])
    yield words(item.get("lead"))
    yield "\n".join(f"- {fact}" for fact in facts(item))
    yield picture(item.get("image"))
    yield from map(block, item.get("body") or [])
    yield _section(_("Programme"), paragraphs(_changes(item), *map(_day, item.get("agenda") or [])))
    yield _section(_("Files to download"), list_of(item.get("attachments"), file_line))
    yield _section(_("Contact"), list_of(item.get("contacts"), contact_line))
    yield _section(_("How we use your data"), _clause(item))
    yield _section(pgettext("of an item", "Projects"), paragraphs(*map(_project, item.get("projects") or [])))
    yield _section(_("Corrections"), list_of(item.get("corrections"), _correction))
    for name, heading in _headings().items():
        yield _section(heading, list_of(item.get(name), _page))
    source = _("Source")
    yield f"{source}: {linked(item['url'], item['url'])}"


def _headings() -> dict[str, str]:
    """Lists of links to other pages, with the headings above them."""
    return {
        "galleries": _("Galleries"),
        "reports": _("Reports"),
        "related": pgettext("pages", "Related"),
    }


def _section(heading: str, text: str) -> str:
    return f"{headline(2, heading)}\n\n{text}" if text else ""


def _changes(item: Item) -> str:
    changes = item.get("agenda_changes")
    if not changes:
        return ""
    notices = list_of(changes["notices"], lambda notice: joined((notice["title"], notice["text"]), ": "))
    return paragraphs(words(changes["headline"]), notices)


def _clause(item: Item) -> str:
    clause = (item.get("registration") or {}).get("clause")
    return paragraphs(one_line(clause["title"]), words(clause["text"])) if clause else ""


def _day(day: Item) -> str:
    title = joined((day_words(day["date"]), day["heading"]))
    tracks = list_of(day["tracks"], lambda track: joined((track["name"], track["audience"], track["room"])))
    sessions = list_of(day["sessions"], _session)
    return "\n\n".join(each for each in (headline(3, Written(title)) if title else "", tracks, sessions) if each)


def _session(session: Item) -> str:
    hours = "–".join(dates.plain_time(_hour(hour)) for hour in (session["start"], session["end"]) if hour)
    first = joined((hours, session["title"]), " ")
    lines = [joined_written(first, joined((session["track"], session["room"]))), one_line(session["description"])]
    lines += [joined((each["name"], each["role"], each["organisation"])) for each in session["speakers"]]
    lines += [file_line(each) for each in session["documents"]]
    return "\n  - ".join(line for line in lines if line)


def _hour(hour: Any) -> dt.time:
    return dt.time.fromisoformat(hour) if isinstance(hour, str) else hour


def _project(project: Item) -> str:
    name = linked(project["name"], project["url"]) if project["url"] else one_line(project["name"])
    facts = joined((project["number"], project["value"], project["grant"]))
    partners = joined(partner["name"] for partner in project["partners"])
    return "\n\n".join(
        each for each in (joined_written(name, facts), words(project["funding_statement"]), partners) if each
    )


def _correction(correction: Item) -> str:
    said = joined((correction["was"], correction["now"]), " → ")
    return f"{one_line(day_words(correction['date']))}: {said}"


def _page(page: Item) -> str:
    return linked(page["title"], page["url"])
