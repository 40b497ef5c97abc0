"""Blocks: sessions keep their ids, tracks stand side by side, and a registered block changes no migration."""

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from wagtail import blocks
from wagtail.models import Page

from tests.admin.desk import Desk
from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    agenda_day,
    attach,
    make_attachment,
    make_photo,
    private_collection,
)
from tests.standing import Tree
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.blocks import StoryField
from wagtail_newsroom.news.models import EventPage, NewsPage
from wagtail_newsroom.news.models.events.agenda import agenda_days

DAY = dt.date(2027, 3, 12)


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


@pytest.fixture
def desk(tree: dict[str, Page]) -> Desk:
    return Desk(User.objects.create_superuser("admin"))


def days(*raw: dict[str, Any]) -> Any:
    return EventPage._meta.get_field("agenda").stream_block.to_python(list(raw))


def session_ids(event: EventPage) -> list[str]:
    return [session.id for session in event.agenda[0].value["sessions"]]


# Ids


def test_session_ids_survive_every_edit(tree: dict[str, Page], desk: Desk) -> None:
    event = EventPageFactory(
        parent=tree["events"],
        start_date=DAY,
        agenda=days(agenda_day({"title": "Otwarcie"}, {"title": "Kawa", "break": True}, {"title": "Wykład"})),
    )
    day_id, ids = event.agenda[0].id, session_ids(event)
    assert len(set(ids)) == 3

    assert desk.open(event).fill(lead="Inny początek.").publish_anyway().status_code == 302
    event = EventPage.objects.get()
    assert (event.agenda[0].id, session_ids(event)) == (day_id, ids)

    form = desk.open(event)
    place = "agenda-0-value-sessions"
    form.data |= {f"{place}-0-order": "2", f"{place}-1-deleted": "1", f"{place}-2-order": "0"}
    form.data |= {f"{place}-2-value-title": "Wykład o wodzie"}
    assert form.publish_anyway().status_code == 302
    event = EventPage.objects.get()
    assert session_ids(event) == [ids[2], ids[0]]
    assert [session.anchor for session in event.agenda_days[0].sessions] == [f"s-{ids[2][:8]}", f"s-{ids[0][:8]}"]
    assert event.agenda_days[0].sessions[0].title == "Wykład o wodzie"


def test_session_ids_are_the_anchors_and_the_api_ids(tree: dict[str, Page], client: Client) -> None:
    event = EventPageFactory(parent=tree["events"], start_date=DAY, agenda=days(agenda_day({"title": "Otwarcie"})))
    (session_id,) = session_ids(event)
    assert f'id="s-{session_id[:8]}"' in client.get(event.url).content.decode()
    day = client.get(f"/api/v2/pages/{event.pk}/").json()["agenda"][0]
    assert day["value"]["sessions"][0]["id"] == session_id


# What visitors see of a programme


def test_tracks_stand_side_by_side_between_common_sessions() -> None:
    (day,) = agenda_days(
        days(
            agenda_day(
                {"title": "Otwarcie", "start": "09:00"},
                {"title": "A1", "track": "Grupa A", "start": "10:00"},
                {"title": "B1", "track": " grupa b "},
                {"title": "A2", "track": "Grupa A"},
                {"title": "Obiad", "break": True, "start": "13:00", "end": "14:00"},
                {"title": "B2", "track": "Grupa B"},
                tracks=("Grupa A", "Grupa B", "Grupa C"),
            )
        ),
        DAY,
    )
    shown = [
        [(column.track.name, [session.title for session in column.sessions]) for column in part.tracks]
        if part.tracks
        else [session.title for session in part.sessions]
        for part in day.parts
    ]
    assert shown == [
        ["Otwarcie"],
        [("Grupa A", ["A1", "A2"]), ("Grupa B", ["B1"])],
        ["Obiad"],
        [("Grupa B", ["B2"])],
    ]
    obiad = day.sessions[4]
    assert (obiad.kind, obiad.is_break, obiad.hours) == ("break", True, "13:00–14:00")


def test_day_without_a_date_is_the_first_day_of_the_event() -> None:
    first, second = agenda_days(days(agenda_day({"title": "A"}), agenda_day({"title": "B"})), DAY)
    assert (first.date, second.date) == (DAY, None)


def test_hours_that_nobody_told_stay_empty() -> None:
    ((day),) = agenda_days(days(agenda_day({"title": "A"}, {"title": "B", "end": "12:00"})), DAY)
    assert [(session.start, session.end, session.hours) for session in day.sessions] == [
        (None, None, ""),
        (None, dt.time(12), "12:00"),
    ]


@pytest.mark.django_db
def test_speaker_is_the_person_unless_typed_otherwise() -> None:
    person = PersonFactory(name="Ewa Lis", role="koordynatorka", organisation=OrganisationFactory(name="Fundacja"))
    (day,) = agenda_days(
        days(
            agenda_day(
                {
                    "title": "A",
                    "speakers": [
                        {"person": person.pk},
                        {"person": person.pk, "role": "prezes"},
                        {"name": "Jan Kos", "organisation": "Gmina"},
                        {"person": 987654, "role": "nikt"},
                    ],
                }
            )
        ),
        DAY,
    )
    assert [(speaker["name"], speaker["role"], speaker["organisation"]) for speaker in day.sessions[0].speakers] == [
        ("Ewa Lis", "koordynatorka", "Fundacja"),
        ("Ewa Lis", "prezes", "Fundacja"),
        ("Jan Kos", "", "Gmina"),
    ]


# The API


def test_programme_in_the_api_is_whole_and_public(tree: dict[str, Page], client: Client) -> None:
    offered, hidden = make_attachment("Prezentacja"), make_attachment("Szkic")
    person = PersonFactory(name="Ewa Lis", email="ewa@example.org", phone="600 000 000")
    event = EventPageFactory(
        parent=tree["events"],
        start_date=DAY,
        agenda=days(
            agenda_day(
                {
                    "title": "Wykład",
                    "start": "10:15",
                    "end": "11:00",
                    "kind": "opening",
                    "track": "Grupa A",
                    "room": "Sala C",
                    "speakers": [{"person": person.pk}],
                    "documents": [offered.pk],
                },
                {"title": "Kawa", "break": True, "start": "11:00"},
                tracks=("Grupa A",),
                date=DAY,
            )
        ),
    )
    event.save_revision().publish()
    answer = client.get(f"/api/v2/pages/{event.pk}/")
    text = answer.content.decode()
    (day,) = answer.json()["agenda"]
    session, pause = day["value"]["sessions"]
    assert (day["type"], day["value"]["date"]) == ("day", "2027-03-12")
    assert [track["value"]["name"] for track in day["value"]["tracks"]] == ["Grupa A"]
    assert {"start": "10:15:00", "end": "11:00:00", "kind": "opening", "title": "Wykład"}.items() <= session[
        "value"
    ].items()
    assert session["value"]["speakers"][0]["name"] == "Ewa Lis"
    assert (pause["type"], pause["value"]["title"]) == ("break", "Kawa")
    for secret in ("ewa@example.org", "600 000 000", hidden.title):
        assert secret not in text


def test_story_in_the_api_says_what_its_photo_shows(tree: dict[str, Page], client: Client) -> None:
    photo = make_photo("DSC_0012.jpg", description="Sala pełna ludzi")
    bare = make_photo("DSC_0013.jpg", description="")
    page = NewsPageFactory(
        parent=tree["news"],
        body=NewsPage._meta.get_field("body").stream_block.to_python(
            [
                {"type": "image", "value": {"image": photo.pk}},
                {"type": "image", "value": {"image": photo.pk, "alt": "Prelegentka"}},
                {"type": "image", "value": {"image": photo.pk, "alt": "Prelegentka", "decorative": True}},
                {"type": "image", "value": {"image": bare.pk}},
            ]
        ),
    )
    story = client.get(f"/api/v2/pages/{page.pk}/").json()["body"]
    assert [block["value"]["alt"] for block in story] == ["Sala pełna ludzi", "Prelegentka", "", ""]


def test_files_of_a_session_are_shown_in_their_current_version(tree: dict[str, Page], client: Client) -> None:
    old = make_attachment("Prezentacja 1")
    event = EventPageFactory(
        parent=tree["events"], start_date=DAY, agenda=days(agenda_day({"title": "A", "documents": [old.pk]}))
    )
    new = make_attachment("Prezentacja 2", supersedes=old)
    attach(NewsPageFactory(parent=tree["news"]), new)
    rows = EventPage.objects.get(pk=event.pk).agenda_days[0].sessions[0].documents
    assert [row.title for row in rows] == ["Prezentacja 2"]


def test_files_of_a_story_are_shown_in_their_current_version_without_private_ones(
    tree: dict[str, Page], client: Client
) -> None:
    old, private = make_attachment("Regulamin 2025"), make_attachment("Notatka", collection=private_collection())
    files = [{"type": "item", "value": file.pk, "id": f"file-{file.pk}"} for file in (old, private)]
    page = NewsPageFactory(
        parent=tree["news"], body=[{"type": "attachments", "value": {"items": files}, "id": "files"}]
    )
    new = make_attachment("Regulamin 2026", supersedes=old)
    html = client.get(page.url).content.decode()
    assert new.url in html
    assert "Regulamin 2026" in html
    assert "Regulamin 2025" not in html
    assert "Notatka" not in html


# Blocks of other apps


class DummyBlock(blocks.StructBlock):
    words = blocks.CharBlock()


def story_fields() -> list[StoryField]:
    return [field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, StoryField)]


@pytest.fixture
def registered_block() -> Iterator[str]:
    """A block that another app registered, in every story."""
    with registry.reopened():
        registry.register_story_block("dummy", DummyBlock)
        fields = story_fields()
        for field in fields:
            field.__dict__.pop("stream_block", None)
        yield "dummy"
    for field in fields:
        field.__dict__.pop("stream_block", None)


def test_story_deconstructs_to_a_stock_stream_field(registered_block: str) -> None:
    fields = story_fields()
    assert len(fields) >= 4
    for field in fields:
        assert registered_block in field.stream_block.child_blocks
        _name, path, (block_types,), kwargs = field.deconstruct()
        assert path == "wagtail.fields.StreamField"
        assert registered_block not in [name for name, _block in block_types]
        assert "gallery" not in [name for name, _block in block_types]
        assert "DummyBlock" not in str(kwargs["block_lookup"])
        assert "tests." not in str(kwargs["block_lookup"])
        assert registered_block not in copy.copy(field).deconstruct()[2][0]


def test_registered_block_needs_no_migration(registered_block: str, db: None) -> None:
    # Raises SystemExit where a migration is missing.
    call_command("makemigrations", "newsroom", "newsroom_galleries", "home", check=True, dry_run=True, verbosity=0)


def test_registered_block_is_edited_stored_and_served(
    registered_block: str, tree: dict[str, Page], desk: Desk, client: Client
) -> None:
    form = desk.blank(NewsPage, tree["news"]).fill(
        title="Nowa",
        slug="nowa",
        lead="O czym.",
        body=[{"type": "dummy", "value": {"words": "Słowa z innej aplikacji"}}],
    )
    assert form.publish().status_code == 302
    page = NewsPage.objects.get()
    assert page.body[0].value["words"] == "Słowa z innej aplikacji"
    assert "Słowa z innej aplikacji" in client.get(page.url).content.decode()
    assert client.get(f"/api/v2/pages/{page.pk}/").json()["body"][0]["type"] == "dummy"


def test_block_name_is_taken_once() -> None:
    with registry.reopened():
        registry.register_story_block("dummy", DummyBlock)
        with pytest.raises(registry.RegistrationError, match=r"tests.news.test_blocks .*'dummy'.* already"):
            registry.register_story_block("dummy", DummyBlock)
