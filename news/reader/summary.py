"""A reading as lines for a terminal."""

from __future__ import annotations

from typing import Any

from wagtail_newsroom.news.reader.reading import LISTS, SINGLE


def summary_of_reading(answer: dict[str, Any]) -> str:
    """Return what ``Reading.as_json()`` holds as text: one value a line, then the programme, then the warnings."""
    lines = []
    for key in (*SINGLE, *LISTS):
        value = answer[key]
        if value not in (None, []):
            lines.append(f"{key + ':':23}{', '.join(value) if isinstance(value, list) else value}")
    lines += [f"attachment:            {paper['title']} ({paper['kind']})" for paper in answer["attachments"]]
    day = track = None
    for session in answer["programme"]:
        if (session["day"], session["track"]) != (day, track):
            day, track = session["day"], session["track"]
            lines += ["", " · ".join(filter(None, [day or "?", track]))]
        hours = "–".join(filter(None, [session["start"], session["end"]]))
        who = "; ".join(", ".join(filter(None, person.values())) for person in session["people"])
        lines.append(f"  {hours:12} {session['title']}{f' – {who}' if who else ''}")
    if answer["warnings"]:
        lines += ["", *(f"! {warning['message']}" for warning in answer["warnings"])]
    return "\n".join(lines)
