"""Short names for the blocks of stories and programmes, as Wagtail stores them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

Block = dict[str, Any]


def heading(text: str, level: str = "h2") -> Block:
    return {"type": "heading", "value": {"level": level, "text": text}}


def text(*paragraphs: str) -> Block:
    """Paragraphs; one that starts with a tag is taken as it is."""
    html = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in paragraphs)
    return {"type": "paragraph", "value": html}


def points(*items: str, tag: str = "ul") -> str:
    """A list, for use among the paragraphs of :func:`text`."""
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def quote(words: str, who: str, role: str) -> Block:
    return {"type": "quote", "value": {"text": words, "who": who, "role": role}}


def image(photo: int, caption: str) -> Block:
    value = {"image": photo, "alt": "", "decorative": False, "caption": caption, "credit": ""}
    return {"type": "image", "value": value}


def files(*documents: int) -> Block:
    return {"type": "attachments", "value": {"items": listed(documents)}}


def table(caption: str, header: tuple[str, ...], *rows: tuple[str, ...]) -> Block:
    value = {
        "columns": [{"type": "text", "heading": name} for name in header],
        "rows": [{"values": list(row)} for row in rows],
        "caption": caption,
    }
    return {"type": "table", "value": value}


def accordion(*parts: tuple[str, str]) -> Block:
    items = [{"title": title, "text": f"<p>{body}</p>"} for title, body in parts]
    return {"type": "accordion", "value": {"items": listed(items)}}


def button(sentence: str, label: str, link: str) -> Block:
    return {"type": "call_to_action", "value": {"text": sentence, "label": label, "link": link}}


def video(link: str, title: str, transcript: str) -> Block:
    value = {"url": link, "title": title, "has_captions": True, "transcript": transcript}
    return {"type": "video", "value": value}


def listed(items: Any) -> list[Block]:
    """Children of a list block; without ids Wagtail would read them in its older format."""
    return [{"type": "item", "value": item, "id": str(uuid.uuid4())} for item in items]


def day(date: dt.date, *sessions: Block, heading: str = "", tracks: tuple[Block, ...] = ()) -> Block:
    value = {
        "date": date.isoformat(),
        "heading": heading,
        "tracks": list(tracks),
        "sessions": list(sessions),
    }
    return {"type": "day", "value": value}


def track(name: str, audience: str, room: str = "") -> Block:
    return {"type": "track", "value": {"name": name, "audience": audience, "room": room}}


def session(
    hours: str,
    title: str,
    *speakers: Block,
    kind: str = "session",
    track: str = "",
    description: str = "",
) -> Block:
    """A session; ``hours`` is "10:15-11:00", or "12:30" where no end is told."""
    start, _, end = hours.partition("-")
    value = {
        "start": start,
        "end": end or None,
        "kind": kind,
        "title": title,
        "speakers": listed(speakers),
        "description": description,
        "room": "",
        "track": track,
        "documents": [],
    }
    return {"type": "session", "value": value}


def pause(hours: str, title: str) -> Block:
    start, _, end = hours.partition("-")
    return {"type": "break", "value": {"start": start, "end": end or None, "title": title}}


def speaker(name: str, organisation: str = "", role: str = "", person: int | None = None) -> Block:
    return {"person": person, "name": name, "role": role, "organisation": organisation}
