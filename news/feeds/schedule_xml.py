"""The schedule as XML: the same facts as in the JSON, in the elements and the order of the schema (XSD) of c3voc."""

from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

Facts = dict[str, Any]


def written_as_xml(schedule: Facts, generator: str, version: str, zone: str) -> Element:
    """Return the element ``schedule``. ``schedule``: that of the JSON; ``zone``: the name of the event's time zone."""
    root = Element("schedule")
    system = urlsplit(schedule.get("base_url", "")).netloc
    made_by = {"name": generator, "version": version, **({"system": system} if system else {})}
    SubElement(root, "generator", made_by)
    _texts(root, schedule, ("url", "version"))
    conference = schedule["conference"]
    _write_conference(SubElement(root, "conference"), conference, schedule, zone)
    for day in conference["days"]:
        _write_day(root, day, {room["name"]: room["guid"] for room in conference["rooms"]})
    return root


def _write_conference(element: Element, conference: Facts, schedule: Facts, zone: str) -> None:
    facts = {
        **conference,
        "days": str(conference["daysCount"]),
        "base_url": schedule.get("base_url"),
        "time_zone_name": zone,
    }
    names = ("title", "acronym", "start", "end", "days", "timeslot_duration", "base_url", "url", "time_zone_name")
    _texts(element, facts, names)
    for track in conference["tracks"]:
        SubElement(element, "track", track)


def _write_day(root: Element, day: Facts, guids: dict[str, str]) -> None:
    moments = {"date": day["date"], "start": day["day_start"], "end": day["day_end"]}
    element = SubElement(root, "day", index=str(day["index"]), **moments)
    for name, events in day["rooms"].items():
        room = SubElement(element, "room", name=name, guid=guids[name])
        for event in events:
            _write_event(SubElement(room, "event", guid=event["guid"], id=str(event["id"])), event)


def _write_event(element: Element, event: Facts) -> None:
    facts = {**event, "track": event["track"] or ""}
    _texts(element, facts, ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug"))
    _texts(element, facts, ("track", "language"))
    persons = SubElement(element, "persons")
    for person in event["persons"]:
        known = {"id": str(person["id"]), "guid": person["guid"]} if "guid" in person else {}
        SubElement(persons, "person", known).text = person["name"]
    for name, one in (("links", "link"), ("attachments", "attachment")):
        group = SubElement(element, name)
        for each in event[name]:
            SubElement(group, one, href=each["url"], type=each["type"]).text = each["title"]
    _texts(element, {"url": event["url"] or None}, ("url",))


def _texts(parent: Element, facts: Facts, names: tuple[str, ...]) -> None:
    """Add an element with its text for each of ``names`` that there is something to say of."""
    for name in names:
        if (text := facts.get(name)) is not None:
            SubElement(parent, name).text = text
