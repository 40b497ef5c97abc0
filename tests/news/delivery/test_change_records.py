"""Each act that changes something public leaves a record of it, in its transaction; nothing else does."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    TopicFactory,
    VenueFactory,
    add_photos,
    attach,
    make_attachment,
    make_photo,
    restrict,
)
from tests.host_types.models import OurNewsPage
from tests.standing import Tree
from tests.writes import unrecorded, watching
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo
from wagtail_newsroom.news import registry
from wagtail_newsroom.news.models import AgendaChange, ChangeRecord, NewsPage, NewsroomSettings, Topic
from wagtail_newsroom.news.publishing.changes.records import KEPT, forget_old_records, record
from wagtail_newsroom.news.publishing.files.versions import replace_file
from wagtail_newsroom.news.publishing.schedule.due import run_due
from wagtail_newsroom.news.publishing.updates.agenda_changes import show_change
from wagtail_newsroom.news.publishing.updates.announcements import add_correction, cancel_event, extend_deadline
from wagtail_newsroom.news.publishing.updates.retiring import bring_back, retire_page
from wagtail_newsroom.news.registry import RegistrationError
from wagtail_newsroom.news.registry import changes as registered

Told = list[tuple[str, str]]


@pytest.fixture
def tree(grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


@pytest.fixture
def news(tree: dict[str, Page]) -> NewsPage:
    return NewsPageFactory(parent=tree["news"], slug="nabor")


def told_by(act: Callable[[], Any]) -> Told:
    """What ``act`` records: kind and object."""
    last = ChangeRecord.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    act()
    return [(each.kind, f"{each.type}:{each.object_id}") for each in ChangeRecord.objects.after(last)]


def latest() -> ChangeRecord:
    found = ChangeRecord.objects.last()
    assert found is not None
    return found


def test_publication_is_recorded_with_its_place_and_tags(tree: dict[str, Page], news: NewsPage) -> None:
    topic = TopicFactory()
    event = EventPageFactory(parent=tree["events"])
    news.topics, news.about_event = [topic], event

    assert told_by(lambda: news.save_revision().publish()) == [("upsert", f"news:{news.pk}")]
    row = latest()
    assert (row.path, row.old_path, row.locale, row.key) == ("/aktualnosci/nabor/", "", "pl", news.translation_key)
    assert row.site == Site.objects.get()
    assert {f"news:{news.pk}", "list:news:pl", f"topic:{topic.pk}", f"event:{event.pk}"} <= set(row.tags)


def test_tags_of_sets_that_it_left_are_there_too(news: NewsPage) -> None:
    before, now = TopicFactory(), TopicFactory()
    news.topics = [before]
    news.save_revision().publish()
    news.topics = [now]
    news.save_revision().publish()

    assert {f"topic:{before.pk}", f"topic:{now.pk}"} <= set(latest().tags)


def test_draft_is_not_recorded(news: NewsPage) -> None:
    news.title = "Szkic"

    assert told_by(news.save_revision) == []


def test_page_that_strangers_cannot_read_is_not_recorded(tree: dict[str, Page]) -> None:
    restrict(tree["news"])
    page = NewsPageFactory(parent=tree["news"])

    assert told_by(lambda: page.save_revision().publish()) == []


def test_restriction_takes_a_part_of_the_tree_away_and_gives_it_back(tree: dict[str, Page], news: NewsPage) -> None:
    below = [f"page:{tree['news'].pk}", f"news:{news.pk}"]

    assert told_by(lambda: restrict(tree["news"])) == [("delete", each) for each in below]
    assert told_by(PageViewRestriction.objects.get().delete) == [("upsert", each) for each in below]


def test_unpublishing_deleting_and_expiring_are_deletions(tree: dict[str, Page], news: NewsPage) -> None:
    other = NewsPageFactory(parent=tree["news"])
    expired = NewsPageFactory(parent=tree["news"], expire_at=timezone.now() - dt.timedelta(minutes=5))

    assert told_by(news.unpublish) == [("delete", f"news:{news.pk}")]
    assert latest().path == "/aktualnosci/nabor/"
    assert told_by(other.delete) == [("delete", f"news:{other.pk}")]
    assert told_by(run_due) == [("delete", f"news:{expired.pk}")]


def test_scheduled_publication_is_recorded_when_it_happens(tree: dict[str, Page]) -> None:
    page = NewsPageFactory(parent=tree["news"], live=False)
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    assert told_by(lambda: page.save_revision().publish()) == []

    page.revisions.update(approved_go_live_at=timezone.now() - dt.timedelta(minutes=1))
    content = page.latest_revision
    content.content["go_live_at"] = None
    content.save(update_fields=["content"])
    assert told_by(run_due) == [("upsert", f"news:{page.pk}")]


def test_new_slug_and_move_name_the_old_address_of_all_that_is_below(tree: dict[str, Page], news: NewsPage) -> None:
    index = tree["news"].specific
    index.slug = "wiesci"

    assert told_by(lambda: index.save_revision().publish()) == [
        ("move", f"page:{index.pk}"),
        ("move", f"news:{news.pk}"),
    ]
    rows = [(each.old_path, each.path) for each in ChangeRecord.objects.order_by("-pk")[:2]]
    assert rows == [("/aktualnosci/nabor/", "/wiesci/nabor/"), ("/aktualnosci/", "/wiesci/")]
    news.refresh_from_db()
    assert told_by(lambda: news.move(tree["home"], pos="last-child")) == [("move", f"news:{news.pk}")]
    assert (latest().old_path, latest().path) == ("/wiesci/nabor/", "/nabor/")


def test_page_in_the_menu_changes_every_page(tree: dict[str, Page], news: NewsPage) -> None:
    index = tree["news"].specific
    index.intro = "Co nowego."
    index.save_revision().publish()
    assert "site" not in latest().tags

    index.title = "Wieści"
    index.save_revision().publish()
    assert "site" in latest().tags


def test_live_changes_are_recorded(tree: dict[str, Page], news: NewsPage) -> None:
    day = timezone.localdate() + dt.timedelta(days=20)
    event = EventPageFactory(
        parent=tree["events"],
        start_date=day,
        registration="link",
        registration_link="https://example.org/",
        deadline_date=day - dt.timedelta(days=9),
    )
    change = AgendaChange.objects.create(page=event, session="a", kind="added", now={"id": "a", "title": "Nowa"})

    assert told_by(lambda: add_correction(news, None, "5", "6")) == [("upsert", f"news:{news.pk}")]
    assert told_by(lambda: extend_deadline(event, None, day - dt.timedelta(days=4))) == [
        ("upsert", f"event:{event.pk}")
    ]
    assert told_by(lambda: show_change(change, None, shown=False)) == [("upsert", f"event:{event.pk}")]
    assert told_by(lambda: cancel_event(event, None, "Zła pogoda.")) == [("upsert", f"event:{event.pk}")]


def test_retiring_is_a_deletion_and_bringing_back_an_upsert(news: NewsPage) -> None:
    gone = ("delete", f"news:{news.pk}")

    assert told_by(lambda: retire_page(news, None, reason="Nabór zamknięty.")) == [gone, gone]
    assert "list:redirect" in latest().tags
    assert told_by(lambda: bring_back(news, None)) == [("upsert", f"news:{news.pk}")]


def test_file_comes_and_goes_with_its_page(tree: dict[str, Page], news: NewsPage) -> None:
    assert told_by(lambda: make_attachment("Notatka", name="notatka.txt")) == []
    document = make_attachment()

    assert told_by(lambda: attach(news, document)) == [
        ("upsert", f"news:{news.pk}"),
        ("upsert", f"attachment:{document.pk}"),
    ]
    document.title = "Regulamin naboru"
    assert told_by(document.save) == [("upsert", f"attachment:{document.pk}")]
    assert ("delete", f"attachment:{document.pk}") in told_by(news.unpublish)


def test_new_version_of_a_file_names_the_one_before(news: NewsPage, admin_user: Any) -> None:
    document = make_attachment()
    attach(news, document)
    newer = replace_file(document, ContentFile(b"Nowy tekst", name="regulamin-2.txt"), admin_user)

    row = ChangeRecord.objects.filter(type="attachment", object_id=newer.pk).last()
    assert row is not None
    assert {f"attachment:{document.pk}", f"attachment:{newer.pk}"} <= set(row.tags)


def test_photo_and_its_withdrawal_are_recorded(tree: dict[str, Page], news: NewsPage, admin_user: Any) -> None:
    photo = make_photo()
    gallery = GalleryPageFactory(parent=tree["galleries"], about=news)
    add_photos(gallery, photo)
    assert f"news:{news.pk}" in latest().tags
    assert told_by(photo.save) == [("upsert", f"photo:{photo.pk}")]

    found = told_by(lambda: withdraw_photo(photo, admin_user, reason="Na prośbę", keep_file=False))
    assert found == [("delete", f"photo:{photo.pk}"), ("upsert", f"gallery:{gallery.pk}")]


@pytest.mark.usefixtures("tree")
def test_snippets_and_settings_are_recorded() -> None:
    topic, venue = TopicFactory(), VenueFactory()
    settings = NewsroomSettings.for_site(Site.objects.get())

    assert told_by(topic.save) == [("upsert", f"topic:{topic.pk}")]
    assert told_by(venue.save) == [("upsert", f"venue:{venue.pk}")]
    assert told_by(settings.save) == [("upsert", f"site:{settings.pk}")]
    pk = topic.pk
    assert told_by(topic.delete) == [("delete", f"topic:{pk}")]


def test_act_that_is_rolled_back_leaves_no_record(news: NewsPage) -> None:
    def act() -> None:
        with transaction.atomic():
            news.save_revision().publish()
            transaction.set_rollback(True)

    assert told_by(act) == []


def test_record_without_a_word_names_the_remedy(tree: dict[str, Page]) -> None:
    with pytest.raises(LookupError, match="register_change_type"):
        record("upsert", Site.objects.get().root_page.content_type)


def test_type_has_one_word() -> None:
    with registry.reopened(), pytest.raises(RegistrationError, match="has registered already"):
        registry.register_change_type("newsroom.NewsPage", "story")


def test_subclass_is_what_its_base_is() -> None:
    assert registered.change_word(OurNewsPage) == "news"


def test_old_records_are_forgotten(news: NewsPage) -> None:
    ChangeRecord.objects.update(at=timezone.now() - KEPT - dt.timedelta(minutes=1))
    record("upsert", news)

    assert forget_old_records() >= 1
    assert ChangeRecord.objects.count() == 1
    assert forget_old_records() == 0


def test_write_without_a_record_is_found(news: NewsPage) -> None:
    with watching() as written:
        NewsPage.objects.filter(pk=news.pk).update(place="Konin")
    assert unrecorded(written) == {"newsroom_newspage"}

    with watching() as written, transaction.atomic():
        Topic.objects.bulk_create([Topic(name="A", slug="a", locale=news.locale)])
        transaction.set_rollback(True)
    assert written.tables == set()


@pytest.mark.usefixtures("no_public_writes")
def test_visitor_writes_nothing(client: Client, tree: dict[str, Page], news: NewsPage) -> None:
    for page in (tree["home"], tree["news"], news):
        assert client.get(page.url).status_code == 200
