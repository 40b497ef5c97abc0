"""A whole item as Markdown: the same as its JSON, in the order in which the page shows it, for readers and language tools.

Made of the item as ``reading`` makes it with the texts as Markdown (``rich_text="markdown_page"``). Tables are those of
GitHub's Markdown, which CommonMark has none of.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wagtail_newsroom.news.api.v1.texts import Written
from wagtail_newsroom.news.rich_text import escaped, link, safe_address
from wagtail_newsroom.news.wording import dates

Item = dict[str, Any]
# What a block says of itself and nobody reads.
UNREAD = frozenset({"id", "key", "type", "locale", "path"})
CLOSING = re.compile(r"(#+)$")
LINES = re.compile(r"\\?\n\s*")


def item_markdown(item: Item) -> str:
    """``item`` with its title, facts, text, programme, files, contacts, corrections, links and source."""
    with translation.override(item["locale"]):
        return "\n\n".join(part for part in _parts(item) if part) + "\n"


def _parts(item: Item) -> Iterator[str]:
    yield headline(1, item["title"])
    yield words(item.get("lead"))
    yield "\n".join(f"- {fact}" for fact in _facts(item))
    yield picture(item.get("image"))
    yield from map(block, item.get("body") or [])
    yield _section(_("Programme"), "\n\n".join(map(_day, item.get("agenda") or [])))
    yield _section(_("Files to download"), _list(item.get("attachments"), _file))
    yield _section(_("Contact"), _list(item.get("contacts"), _contact))
    yield _section(pgettext("of an item", "Projects"), "\n\n".join(map(_project, item.get("projects") or [])))
    yield _section(_("Corrections"), _list(item.get("corrections"), _correction))
    for name, heading in _headings().items():
        yield _section(heading, _list(item.get(name), _page))
    yield f"{_('Source')}: {_address(item['url'])}"


def _headings() -> dict[str, str]:
    """Lists of links to other pages, with the headings above them."""
    return {
        "galleries": _("Galleries"),
        "reports": _("Reports"),
        "related": pgettext("pages", "Related"),
    }


def _section(heading: str, text: str) -> str:
    return f"{headline(2, heading)}\n\n{text}" if text else ""


def _list(things: Iterable[Item] | None, line: Callable[[Item], str]) -> str:
    return "\n".join(f"- {line(each)}" for each in things or [])


def _facts(item: Item) -> Iterator[str]:
    """The lines of a card: when, where, how it stands; who signed it."""
    display = item.get("display") or {}
    lines = [display.get(name) for name in ("kicker", "date", "where", "state_line", "attachment_line")]
    said = [item.get("byline"), *(topic["name"] for topic in item.get("topics") or [])]
    for line in dict.fromkeys([*lines, *(display.get("notes") or []), *said]):
        if line:
            yield one_line(line)


# Texts


def words(value: Any) -> str:
    """A text as blocks of Markdown: rich text is Markdown already, in plain text every sign stays a sign."""
    return str(value or "") if isinstance(value, Written) else escaped(str(value or ""))


def one_line(value: Any) -> str:
    """A text on one line, within other words."""
    return LINES.sub(" ", words(value)).strip()


def headline(level: int, text: Any) -> str:
    """A heading. Number signs at its end are words."""
    words_of_it = CLOSING.sub(r"\\\1", one_line(text))
    return f"{'#' * level} {words_of_it}"


def linked(text: Any, address: Any) -> str:
    """A link, or the words alone where the address is none."""
    safe = safe_address(str(address or ""))
    return link(one_line(text) or _shown(safe), safe) if safe else one_line(text)


def _address(address: str) -> str:
    return linked(address, address)


def _shown(address: str) -> str:
    return one_line(address)


def picture(image: Item | None) -> str:
    """A picture with what stands below it; nothing until its sizes are made."""
    crop = image and (image["renditions"]["wide"] or image["renditions"]["original"])
    if not image or not crop:
        return ""
    below = ". ".join(one_line(each) for each in (image["caption"], image["credit"]) if each)
    return "\n\n".join(each for each in ("!" + link(one_line(image["alt"]), crop["url"]), below) if each)


def _day_words(day: Any) -> str:
    found = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return dates.plain_date(found) if found else ""


def _joined(parts: Iterable[Any], sign: str = ", ") -> str:
    return sign.join(one_line(part) for part in parts if part)


# Blocks


def block(shown: Item) -> str:
    """A block of the text; of one that is not known here all that it says."""
    return BLOCKS.get(shown["type"], anything)(shown["value"])


def anything(value: Any) -> str:
    """All words, links and pictures of a value."""
    if isinstance(value, str):
        return words(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return one_line(_day_words(value))
    if isinstance(value, dict) and "renditions" in value:
        return picture(value)
    if isinstance(value, dict) and "title" in value and "url" in value:
        return linked(value["title"], value["url"])
    if isinstance(value, dict):
        return anything([each for name, each in value.items() if name not in UNREAD])
    if isinstance(value, list):
        return "\n\n".join(text for text in map(anything, value) if text)
    return "" if value is None or isinstance(value, bool) else one_line(value)


def _heading(value: Item) -> str:
    return headline(value["level"], value["text"])


def _quote(value: Item) -> str:
    who = _joined((value["who"], value["role"]))
    text = "\n\n".join(each for each in (words(value["text"]), f"— {who}" if who else "") if each)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _table(value: Item) -> str:
    header = _row(column["heading"] for column in value["columns"])
    rows = [_row(row["cells"]) for row in value["rows"]]
    table = "\n".join([header, _row("---" for _column in value["columns"]), *rows])
    return "\n\n".join(each for each in (one_line(value["caption"]), table) if each)


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(one_line(cell).replace("|", "\\|") if cell != "---" else cell for cell in cells) + " |"


def _video(value: Item) -> str:
    return "\n\n".join(each for each in (linked(value["title"], value["url"]), words(value["transcript"])) if each)


def _call(value: Item) -> str:
    return "\n\n".join(each for each in (words(value["text"]), linked(value["label"], value["url"])) if each)


def _accordion(value: Item) -> str:
    parts = (
        (f"**{one_line(each['title'])}**" if each["title"] else "", words(each["text"])) for each in value["items"]
    )
    return "\n\n".join(text for part in parts for text in part if text)


BLOCKS: dict[str, Callable[[Any], str]] = {
    "heading": _heading,
    "paragraph": lambda value: words(value["text"]),
    "image": picture,
    "attachments": lambda value: _list(value["items"], lambda each: _file(each)),
    "quote": _quote,
    "table": _table,
    "video": _video,
    "call_to_action": _call,
    "accordion": _accordion,
    "contact": lambda value: _contact(value),
}


# The programme, and what stands below the text


def _day(day: Item) -> str:
    title = _joined((_day_words(day["date"]), day["heading"]))
    tracks = _list(day["tracks"], lambda track: _joined((track["name"], track["audience"], track["room"])))
    sessions = _list(day["sessions"], _session)
    return "\n\n".join(each for each in (headline(3, Written(title)) if title else "", tracks, sessions) if each)


def _session(session: Item) -> str:
    hours = "–".join(dates.plain_time(_hour(hour)) for hour in (session["start"], session["end"]) if hour)
    first = _joined((hours, session["title"]), " ")
    lines = [_joined_written(first, _joined((session["track"], session["room"]))), one_line(session["description"])]
    lines += [_joined((each["name"], each["role"], each["organisation"])) for each in session["speakers"]]
    lines += [_file(each) for each in session["documents"]]
    return "\n  - ".join(line for line in lines if line)


def _hour(hour: Any) -> dt.time:
    return dt.time.fromisoformat(hour) if isinstance(hour, str) else hour


def _file(file: Item) -> str:
    return _joined_written(
        linked(file["title"], file["url"]), one_line((file.get("display") or {}).get("attachment_line"))
    )


def _joined_written(*parts: str) -> str:
    """Of parts that are Markdown already."""
    return ", ".join(part for part in parts if part)


def _contact(contact: Item) -> str:
    said = _joined(contact.get(name) for name in ("name", "role", "organisation"))
    email = contact.get("email")
    return _joined_written(said, linked(email, f"mailto:{email}") if email else "", one_line(contact.get("phone")))


def _project(project: Item) -> str:
    name = linked(project["name"], project["url"]) if project["url"] else one_line(project["name"])
    facts = _joined((project["number"], project["value"], project["grant"]))
    partners = _joined(partner["name"] for partner in project["partners"])
    return "\n\n".join(
        each for each in (_joined_written(name, facts), words(project["funding_statement"]), partners) if each
    )


def _correction(correction: Item) -> str:
    said = _joined((correction["was"], correction["now"]), " → ")
    return f"{one_line(_day_words(correction['date']))}: {said}"


def _page(page: Item) -> str:
    return linked(page["title"], page["url"])
