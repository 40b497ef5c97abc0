"""What the checks find in a draft: each finding with its severity and the place where it stands."""

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Page

from home.models import StandardPage
from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    LocalisedFactory,
    NewsPageFactory,
    StandardPageFactory,
    agenda_day,
    make_attachment,
    make_photo,
    make_site,
    private_collection,
    restrict,
)
from tests.registering import checked_by
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.admin.moderation.preflight import preflight_panel
from wagtail_newsroom.news.forms import UNDESCRIBED
from wagtail_newsroom.news.models import (
    EventPage,
    InformationClause,
    NewsPage,
    PageAttachment,
    PageContact,
    RelatedPage,
)
from wagtail_newsroom.news.publishing.preflight import preflight
from wagtail_newsroom.news.publishing.preflight.preflight import PublicationStopped, blockers, findings
from wagtail_newsroom.news.registry.contracts import Finding

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
ID = "11111111-1111-4111-8111-111111111111"


class ClauseFactory(LocalisedFactory):
    title = "Zapisy"
    text = "<p>Kto, po co i jak długo.</p>"

    class Meta:
        model = InformationClause


@pytest.fixture
def tree() -> Iterator[dict[str, Page]]:
    with translation.override("en"):
        yield make_site()


def block(name: str, value: Any) -> dict[str, Any]:
    return {"type": name, "value": value, "id": ID}


def draft(page: Page) -> Any:
    """The page as its latest version has it, read back from what is stored."""
    page.save_revision(clean=False)
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def news(tree: dict[str, Page], **fields: Any) -> NewsPage:
    return NewsPageFactory(parent=tree["news"], live=False, **fields)


def event(tree: dict[str, Page], **fields: Any) -> EventPage:
    """An invitation that forgets nothing."""
    page = EventPageFactory(parent=tree["events"], live=False, **fields)
    page.contacts.add(PageContact(name="Ewa Lis", email="ewa@example.org"))
    return page


def found(page: Page) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity.value, each.field) for each in findings(draft(page))]


def test_page_that_forgets_nothing_is_clean(tree: dict[str, Page]) -> None:
    assert found(news(tree)) == []
    assert found(event(tree)) == []
    assert found(StandardPageFactory(parent=tree["home"], live=False)) == []
    gallery = GalleryPageFactory(parent=tree["galleries"], live=False)
    gallery.photos.add(GalleryPhoto(photo=make_photo()))
    assert found(gallery) == []


# Descriptions


@pytest.mark.parametrize(
    ("described", "alt", "expected"),
    [("", "", [("alt_missing", "block", "lead_image_alt")]), ("Ludzie przy stole", "", []), ("", "Ludzie", [])],
)
def test_lead_photo(tree: dict[str, Page], described: str, alt: str, expected: list[Any]) -> None:
    photo = make_photo(description=described)
    assert found(news(tree, lead_image=photo, lead_image_alt=alt)) == expected


@pytest.mark.parametrize("model", [NewsPage, EventPage, StandardPage])
def test_photo_in_a_story(tree: dict[str, Page], model: type[Page]) -> None:
    body = [block("image", {"image": make_photo(description="").pk})]
    page = {
        NewsPage: lambda: news(tree, body=body),
        EventPage: lambda: event(tree, body=body),
        StandardPage: lambda: StandardPageFactory(parent=tree["home"], live=False, body=body),
    }[model]()
    assert found(page) == [("alt_missing", "block", f"body.{ID}.alt")]


def test_photo_in_a_gallery_is_named_by_its_row(tree: dict[str, Page]) -> None:
    gallery = GalleryPageFactory(parent=tree["galleries"], live=False)
    gallery.photos.add(
        GalleryPhoto(photo=make_photo(), sort_order=0),
        GalleryPhoto(photo=make_photo(description=""), sort_order=1),
        GalleryPhoto(photo=make_photo(description=""), sort_order=2, decorative=True),
    )
    assert found(gallery) == [("alt_missing", "block", "photos-1-alt")]


def test_empty_gallery(tree: dict[str, Page]) -> None:
    assert found(GalleryPageFactory(parent=tree["galleries"], live=False)) == [("gallery_empty", "warn", "photos")]


# Links


def paragraph(html: str) -> list[dict[str, Any]]:
    return [block("paragraph", html)]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (paragraph('<p><a linktype="page" id="99999">dalej</a></p>'), f"body.{ID}"),
        (paragraph('<p><a linktype="document" id="99999">plik</a></p>'), f"body.{ID}"),
        ([block("call_to_action", {"label": "Dalej", "page": 99999})], f"body.{ID}.page"),
        ([block("gallery", {"gallery": 99999})], f"body.{ID}.gallery"),
        (
            [block("attachments", {"items": [{"type": "item", "value": 99999, "id": ID}]})],
            f"body.{ID}.items.{ID}",
        ),
        ([block("image", {"image": 99999, "alt": "Ludzie"})], f"body.{ID}.image"),
    ],
)
def test_link_to_what_is_gone_blocks(tree: dict[str, Page], body: Any, place: str) -> None:
    page = news(tree, body=body)
    assert found(page) == [("link_broken", "block", place)]
    # The walk does not depend on whether another check has opened the blocks before.
    opened = draft(page)
    assert [child.value for child in opened.body]
    assert [each.field for each in blockers(opened)] == [place]


def test_link_in_an_accordion_and_in_a_table(tree: dict[str, Page]) -> None:
    link = '<p><a linktype="page" id="99999">dalej</a></p>'
    body = [
        block("accordion", {"items": [{"type": "item", "id": ID, "value": {"title": "Koszt", "text": link}}]}),
        block(
            "table",
            {
                "columns": [{"type": "rich_text", "heading": "Kto"}],
                "rows": [{"values": [link]}],
                "caption": "Tabela",
            },
        ),
    ]
    assert found(news(tree, body=body)) == [
        ("link_broken", "block", f"body.{ID}.items.{ID}.text"),
        ("link_broken", "block", f"body.{ID}"),
    ]


def test_hidden_pages_are_named(tree: dict[str, Page]) -> None:
    secret = NewsPageFactory(parent=tree["news"], title="Za hasłem")
    restrict(secret)
    unfinished = EventPageFactory(parent=tree["events"], title="Szkic", live=False)
    public = EventPageFactory(parent=tree["events"])
    gallery = GalleryPageFactory(parent=tree["galleries"], title="Prywatna")
    restrict(gallery)
    page = news(
        tree,
        about_event=unfinished,
        body=[
            {"type": "paragraph", "value": f'<p><a linktype="page" id="{public.pk}">tu</a></p>', "id": ID},
            {"type": "gallery", "value": {"gallery": gallery.pk}, "id": ID},
        ],
    )
    page.related_links.add(RelatedPage(target=secret))
    assert sorted(found(page)) == [
        ("page_hidden", "warn", "about_event"),
        ("page_hidden", "warn", f"body.{ID}.gallery"),
        ("page_hidden", "warn", "related_links-0-target"),
    ]
    said = " ".join(each.message for each in findings(draft(page)))
    assert all(name in said for name in ("Za hasłem", "Szkic", "Prywatna"))


def test_private_files_are_named(tree: dict[str, Page]) -> None:
    inside = private_collection()
    document = make_attachment("Tajny plik", collection=inside, kind="form")
    page = news(tree, lead_image=make_photo("Tajne zdjęcie", collection=inside))
    page.attachments.add(PageAttachment(attachment=document))
    assert sorted(found(page)) == [
        ("file_hidden", "warn", "attachments-0-attachment"),
        ("file_hidden", "warn", "lead_image"),
    ]


def test_addresses_elsewhere(tree: dict[str, Page]) -> None:
    html = '<p><a href="http://example.org/">a</a> <a href="">b</a> <a href="https://example.org/">c</a></p>'
    assert sorted(found(event(tree, body=paragraph(html), recording_url="http://example.org/film"))) == [
        ("link_empty", "block", f"body.{ID}"),
        ("link_insecure", "warn", f"body.{ID}"),
        ("link_insecure", "warn", "recording_url"),
    ]


# Files


def test_files_without_kind_or_not_accessible(tree: dict[str, Page]) -> None:
    page = news(tree)
    page.attachments.add(
        PageAttachment(attachment=make_attachment("Regulamin", kind="regulations"), sort_order=0),
        PageAttachment(attachment=make_attachment("Bez rodzaju"), sort_order=1),
        PageAttachment(attachment=make_attachment("Skan", kind="form", findings=["scan"]), sort_order=2),
    )
    assert found(page) == [
        ("attachment_kind", "warn", "attachments-1-attachment"),
        ("attachment_not_accessible", "warn", "attachments-2-attachment"),
    ]


def test_hidden_data_of_files_is_told_with_its_remedy(tree: dict[str, Page], english: None) -> None:
    hidden = {
        "author": {"count": 1, "names": ["Jan Przykładny"]},
        "national_ids": {"count": 2},
        "thumbnail": {"count": 1},
    }
    page = news(tree)
    page.attachments.add(PageAttachment(attachment=make_attachment("Umowa", kind="form", hidden=hidden)))
    assert found(page) == [("attachment_hidden_data", "warn", "attachments-0-attachment")] * 2
    said = [each.message for each in findings(draft(page))]
    assert said[0].startswith("“Umowa”: It names its author: Jan Przykładny. In Word")
    assert "take them out, not merely cover them" in said[1]


def test_files_of_a_session(tree: dict[str, Page]) -> None:
    other = make_attachment("Bez rodzaju")
    session = {
        "type": "session",
        "id": ID,
        "value": {"title": "Wykład", "documents": [{"type": "item", "value": other.pk, "id": ID}]},
    }
    day = {"type": "day", "id": ID, "value": {"date": None, "heading": "", "tracks": [], "sessions": [session]}}
    assert found(event(tree, agenda=[day])) == [
        ("attachment_kind", "warn", f"agenda.{ID}.sessions.{ID}.documents.{ID}")
    ]


# Events


def test_event_without_anybody_to_ask(tree: dict[str, Page]) -> None:
    page = EventPageFactory(parent=tree["events"], live=False)
    page.contacts.add(PageContact(name="Ewa Lis"))
    assert found(page) == [("contact_missing", "warn", "contacts")]
    page.body = [("contact", {"name": "Ewa", "role": "", "email": "", "phone": "42 000 00 00"})]
    assert found(page) == []


DEADLINE = {"deadline_date": dt.date(2027, 3, 10)}
OPEN = {"start_date": dt.date(2027, 3, 12), **DEADLINE}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"registration": "link", "registration_link": "https://example.org/", **OPEN},
            ("clause_missing_in_linked_form", "warn", "information_clause"),
        ),
        (
            {"registration": "email", "registration_email": "a@example.org", **OPEN},
            ("clause_missing", "block", "information_clause"),
        ),
        (
            {"registration": "form", "registration_return_to": "biuro", **OPEN},
            ("clause_missing", "block", "information_clause"),
        ),
    ],
)
def test_data_collected_without_a_clause(tree: dict[str, Page], fields: dict[str, Any], expected: Any) -> None:
    if fields["registration"] == "form":
        fields = {**fields, "registration_form": make_attachment(kind="form")}
    assert found(event(tree, **fields)) == [expected]
    assert found(event(tree, **fields, information_clause=ClauseFactory())) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"deadline_date": None}, [("deadline_missing", "warn", "deadline_date")]),
        (
            {"end_date": dt.date(2027, 3, 14), "deadline_date": dt.date(2027, 3, 13)},
            [("deadline_after_start", "warn", "deadline_date")],
        ),
        (
            {
                "start_time": dt.time(10),
                "end_time": dt.time(14),
                "deadline_date": dt.date(2027, 3, 12),
                "deadline_time": dt.time(11),
            },
            [("deadline_after_start", "warn", "deadline_time")],
        ),
        ({"deadline_date": dt.date(2027, 3, 12)}, []),
    ],
)
def test_deadline(tree: dict[str, Page], fields: dict[str, Any], expected: list[Any]) -> None:
    known = {"registration": "email", "registration_email": "a@example.org", "information_clause": ClauseFactory()}
    assert found(event(tree, **{**known, **OPEN, **fields})) == expected


def test_form_without_the_way_back(tree: dict[str, Page]) -> None:
    known = {"registration": "form", "registration_form": make_attachment(kind="form"), **OPEN}
    assert found(event(tree, **known, information_clause=ClauseFactory())) == [
        ("return_address_missing", "warn", "registration_return_to")
    ]


def test_days_that_have_passed_are_asked_about_once(tree: dict[str, Page]) -> None:
    yesterday = timezone.localdate() - DAY
    page = event(tree, start_date=yesterday)
    assert found(page) == [("starts_in_the_past", "warn", "start_date")]
    page.first_published_at = timezone.now()
    page.save()
    assert found(page) == []
    known = {"registration": "email", "registration_email": "a@example.org", "information_clause": ClauseFactory()}
    late = event(tree, start_date=timezone.localdate() + DAY, deadline_date=yesterday, **known)
    assert found(late) == [("deadline_passed", "warn", "deadline_date")]


def test_called_off_event_is_not_asked_about_registration(tree: dict[str, Page]) -> None:
    page = EventPageFactory(
        parent=tree["events"], live=False, status="cancelled", start_date=timezone.localdate() - DAY
    )
    assert found(page) == []


def test_programme_that_disagrees_with_the_hours(tree: dict[str, Page]) -> None:
    day = agenda_day(
        {"title": "Otwarcie", "start": "10:00", "end": "11:00"}, {"title": "Wykład", "start": "11:00", "end": "16:30"}
    )
    day["id"] = "d"
    for number, child in enumerate(day["value"]["sessions"]):
        child["id"] = f"s{number}"
    page = event(tree, start_time=dt.time(10), end_time=dt.time(16), agenda=[day])
    assert found(page) == [("session_after_end", "warn", "agenda.d.sessions.s1.end")]


# Titles, required parts


def test_title_like_another_of_the_same_day(tree: dict[str, Page]) -> None:
    NewsPageFactory(parent=tree["news"], title="Nabór: ruszył!")
    NewsPageFactory(parent=tree["news"], title="Szkic", live=False)
    assert found(news(tree, title="nabór ruszył", slug="n1")) == [("title_repeated", "warn", "title")]
    assert found(news(tree, title="Nabór ruszył", slug="n2", date=timezone.localdate() - DAY)) == []
    assert found(news(tree, title="Szkic", slug="n3")) == []
    live = NewsPage.objects.get(title="Nabór: ruszył!")
    assert found(live) == []


def test_required_parts_block(tree: dict[str, Page]) -> None:
    page = news(tree, lead="", body=[block("heading", {"level": "h2", "text": ""})])
    assert found(page) == [("missing", "block", "lead"), ("missing", "block", f"body.{ID}.text")]
    invitation = event(tree)
    invitation.start_date = None
    assert found(invitation) == [("missing", "block", "start_date")]
    assert findings(draft(page))[0].message == "“Lead” is empty. Fill it in."


def test_rules_of_the_event_block(tree: dict[str, Page]) -> None:
    day = agenda_day({"title": "Wykład"}, date=dt.date(2030, 1, 1))
    day["id"] = "d"
    page = event(tree, registration="link", start_date=dt.date(2027, 3, 12), deadline_date=dt.date(2027, 3, 1))
    page.agenda = EventPage(agenda=[day]).agenda
    assert [each for each in found(page) if each[1] == "block"] == [
        ("invalid", "block", "registration_link"),
        ("invalid", "block", "agenda.d.date"),
    ]


def test_rows_are_read_too(tree: dict[str, Page]) -> None:
    page = event(tree)
    page.contacts.add(PageContact(name="Jan", email="nie-adres", sort_order=5))
    assert found(page) == [("invalid", "block", "contacts-1-email")]


# Running them


@pytest.fixture
def failing_check() -> Iterator[None]:
    def broken(page: Page) -> list[Finding]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
        return []

    with checked_by(broken, besides=True):
        yield


@pytest.mark.usefixtures("failing_check")
def test_check_that_fails_is_told_and_stops_no_other(tree: dict[str, Page], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="wagtail_newsroom.news.publishing.preflight.preflight"):
        assert found(news(tree, lead="")) == [("missing", "block", "lead"), ("not_checked", "warn", "")]
    assert len(caplog.records) == 1
    assert NewsPage.objects.count() == 1


def test_checks_leave_the_page_and_the_database_alone(tree: dict[str, Page]) -> None:
    page = draft(event(tree, lead=""))
    before = page.to_json(), Page.objects.count()
    findings(page)
    assert (page.to_json(), Page.objects.count()) == before


def test_page_that_is_not_saved_yet_is_checked() -> None:
    with translation.override("en"):
        page = NewsPage(title="Nowa", slug="nowa", lead="", locale_id=make_site()["home"].locale_id)
        assert [each.field for each in blockers(page)] == ["lead"]


def test_pages_of_others_are_not_checked(tree: dict[str, Page]) -> None:
    assert blockers(Page.get_first_root_node()) == []
    assert preflight.is_checked(tree["news"])


def test_number_of_queries_does_not_grow_with_the_page(tree: dict[str, Page]) -> None:
    ours = [check for check in registry.preflight_checks() if check.__module__.startswith("wagtail_newsroom.")]
    with checked_by(*ours):  # each check costs a savepoint
        counts = [_queries_for(tree, number) for number in (1, 3, 30)]
    assert counts[0] == counts[1] == counts[2] <= 30


def _queries_for(tree: dict[str, Page], number: int) -> int:
    """How many queries the checks need for an event with ``number`` of everything."""
    link = f'<p><a linktype="page" id="{tree["home"].pk}">tu</a></p>'
    photo, document = make_photo(), make_attachment(kind="form")
    part = [{"type": "paragraph", "value": link}, {"type": "image", "value": {"image": photo.pk}}]
    session = {"title": "Wykład", "documents": [document.pk]}
    page = event(tree, body=part * number, agenda=[agenda_day(*(dict(session) for _n in range(number)))])
    for position in range(number):
        page.attachments.add(PageAttachment(attachment=document, sort_order=position))
        page.contacts.add(PageContact(name=f"Osoba {position}", sort_order=position + 1))
    ready = draft(page)
    with CaptureQueriesContext(connection) as queries:
        assert findings(ready) == []
    return len(queries)


# Deciding


def test_person_publishes_nothing_that_blocks_by_any_door(tree: dict[str, Page], admin_user: Any) -> None:
    revision = news(tree, lead_image=make_photo(description="")).save_revision()
    with pytest.raises(PublicationStopped) as stopped:
        revision.publish(user=admin_user)
    assert str(stopped.value) == f"The page was not published. {UNDESCRIBED}"
    assert not NewsPage.objects.get().live
    # Code that no person drives decides for itself: it may ask for the blockers.
    assert [each.code for each in blockers(revision.as_object())] == ["alt_missing"]
    revision.publish()
    assert NewsPage.objects.get().live


def test_override_is_for_one_version(tree: dict[str, Page], admin_user: Any) -> None:
    page = EventPageFactory(parent=tree["events"], live=False)
    first = page.save_revision()
    assert [each.code for each in preflight.open_findings(first)] == ["contact_missing"]
    kept = preflight.override(first, admin_user, "Kontakt w piątek.", ["contact_missing"])
    assert (kept.page_id, kept.user, kept.reason) == (page.pk, admin_user, "Kontakt w piątek.")
    assert preflight.open_findings(first) == []
    assert [each.code for each in preflight.open_findings(page.save_revision())] == ["contact_missing"]


def test_override_ends_when_the_version_is_saved_over(tree: dict[str, Page], admin_user: Any) -> None:
    page = EventPageFactory(parent=tree["events"], live=False)
    revision = page.save_revision(user=admin_user)
    preflight.override(revision, admin_user, "Kontakt w piątek.", ["contact_missing"])
    page.save_revision(user=admin_user, overwrite_revision=revision)
    revision.refresh_from_db()
    assert [each.code for each in preflight.open_findings(revision)] == ["contact_missing"]


def test_editor_is_told_of_checks_where_the_newsroom_checks() -> None:
    """The form of a new page has no page to ask about: its type says whether the list stands above it."""
    types = {model._meta.label for model in preflight.checked_types()}
    assert {"newsroom.NewsPage", "newsroom.EventPage", "newsroom_galleries.GalleryPage", "home.StandardPage"} <= types
    assert "wagtailcore.Page" not in types
    assert ' data-types="' in preflight_panel()
    assert "newsroom/newspage" in preflight_panel()
