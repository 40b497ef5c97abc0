"""Whatever is done, each page that differs afterwards is named by the events of the act: a front end keeps nothing stale."""

import datetime as dt
import json
import random
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
    add_photos,
    agenda_day,
    attach,
    make_attachment,
    make_photo,
    restrict,
)
from tests.soak import TIMES
from tests.standing import Tree
from tests.trust.delivery_doors import V1
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.models import (
    EventOrganiser,
    EventPage,
    NewsPage,
    NewsroomPage,
    PageContact,
    Project,
    RelatedPage,
    RelatedRow,
)
from wagtail_newsroom.news.publishing.changes.events import events_after, latest_cursor
from wagtail_newsroom.news.publishing.schedule.due import run_due
from wagtail_newsroom.news.publishing.schedule.passing_time import look_at_all_pages, record_passing_time
from wagtail_newsroom.news.publishing.updates.retiring import retire_page
from wagtail_newsroom.news.visibility import public_pages

WARSAW = ZoneInfo("Europe/Warsaw")
BEGIN = dt.datetime(2026, 11, 30, 10, 0, tzinfo=WARSAW)
ONE_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
ACTS = 6 if TIMES == 1 else 40
# Of so few none is taken down: the other acts need some.
FEWEST = 3


class Clock:
    """The time of everything that asks Django for it."""

    def __init__(self) -> None:
        self.now = BEGIN


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def tree(clock: Clock, grown_newsroom: Tree, db: None) -> dict[str, Page]:
    return grown_newsroom()


class Newsroom:
    """A small site in two languages, and what people do to it at random."""

    def __init__(self, tree: dict[str, Page], clock: Clock, dice: random.Random) -> None:
        self.tree, self.clock, self.dice = tree, clock, dice
        self.count = 0
        self.topics = [TopicFactory() for _n in range(3)]
        self.project = Project.objects.create(name="Projekt", locale=self.topics[0].locale)
        self.venue, self.person = VenueFactory(), PersonFactory(organisation=OrganisationFactory())
        self.photos = [make_photo(f"Zdjęcie {n}", name=f"z{n}.jpg") for n in range(3)]
        prepare_sizes(self.photos)  # else a page that is read makes some, and the API tells them from then on
        self.document = make_attachment("Formularz", kind="form", valid_until=BEGIN.date() + dt.timedelta(days=9))
        self.archive = NewsIndexPageFactory(parent=tree["home"], title="Archiwum", slug="archiwum", show_in_menus=False)
        self.about = StandardPageFactory(parent=tree["home"], title="O nas", slug="o-nas")
        StandardPageFactory(parent=self.about, title="Zespół", slug="zespol")
        for _n in range(3):
            self.new_event()
        for _n in range(6):
            self.new_news()
        self.new_gallery()
        english, _made = Locale.objects.get_or_create(language_code="en")
        for page in (tree["home"], tree["events"], self.any(EventPage), tree["news"], self.any(NewsPage)):
            page.copy_for_translation(english, copy_parents=True).specific.save_revision().publish()

    def any(self, model: type[Any], **conditions: Any) -> Any:
        ids = sorted(model.objects.filter(live=True, **conditions).values_list("pk", flat=True))
        return Page.objects.get(pk=self.dice.choice(ids)).specific

    def name(self, word: str) -> str:
        self.count += 1
        return f"{word} {self.count}"

    def day(self, most: int = 5) -> dt.date:
        return self.clock.now.date() - dt.timedelta(days=self.dice.randint(0, most))

    def some_topics(self) -> list[Any]:
        return self.dice.sample(self.topics, self.dice.randint(0, len(self.topics)))

    # Acts

    def new_news(self) -> None:
        page = NewsPageFactory(parent=self.tree["news"], title=self.name("Wiadomość"), date=self.day())
        page.topics = self.some_topics()
        if self.dice.random() < 0.4:
            page.about_event = self.any(EventPage, locale=page.locale)
        if self.dice.random() < 0.4:
            page.lead_image = self.dice.choice(self.photos)
        link = f'<p>Zobacz <a linktype="page" id="{self.any(NewsroomPage).pk}">odnośnik</a>.</p>'
        page.body = [("paragraph", RichText(link))] if self.dice.random() < 0.4 else []
        if GalleryPage.objects.live().exists() and self.dice.random() < 0.3:
            page.body.append(("gallery", {"gallery": self.any(GalleryPage)}))
        page.save_revision().publish()
        if self.dice.random() < 0.3:
            attach(page, self.document)

    def new_event(self) -> None:
        start = self.clock.now.date() + dt.timedelta(days=self.dice.randint(-3, 12))
        page = EventPageFactory(
            parent=self.tree["events"],
            title=self.name("Wydarzenie"),
            date=self.day(),
            start_date=start,
            start_time=dt.time(12),
            registration="link",
            registration_link="https://example.org/",
            deadline_date=start - dt.timedelta(days=2),
            venue=self.venue if self.dice.random() < 0.5 else None,
        )
        page.topics, page.projects = self.some_topics(), [self.project] if self.dice.random() < 0.5 else []
        page.agenda = [agenda_day({"title": "Wykład", "speakers": [{"person": self.person.pk}]})]
        page.organisers = [EventOrganiser(organisation=self.person.organisation)]
        page.contacts = [PageContact(name="Biuro", shown_until=start)]
        page.save_revision().publish()
        if self.dice.random() < 0.5:
            attach(page, self.document)

    def new_gallery(self) -> None:
        gallery = GalleryPageFactory(
            parent=self.tree["galleries"], title=self.name("Galeria"), about=self.any(NewsroomPage), date=self.day()
        )
        add_photos(gallery, *self.dice.sample(self.photos, 2))

    def edit_title(self) -> None:
        page = self.any(Page, depth__gt=3)
        page.title = self.name("Tytuł")
        page.save_revision().publish()

    def edit_page_of_the_menu(self) -> None:
        page = self.any(Page, depth=3)
        page.title = self.name("Dział")
        page.save_revision().publish()

    def edit_topics(self) -> None:
        page = self.any(NewsroomPage)
        page.topics = self.some_topics()
        page.save_revision().publish()

    def date_back(self) -> None:
        page = self.any(NewsroomPage)
        page.date = self.day(9)
        page.save_revision().publish()

    def change_event_of_report(self) -> None:
        page = self.any(NewsPage)
        page.about_event = self.dice.choice([None, self.any(EventPage)])
        page.save_revision().publish()

    def choose_related(self) -> None:
        page = self.any(NewsroomPage)
        page.related_links = [RelatedPage(target=self.any(NewsroomPage))] if self.dice.random() < 0.7 else []
        page.save_revision().publish()

    def change_subject_of_gallery(self) -> None:
        if GalleryPage.objects.live().exists():
            gallery = self.any(GalleryPage)
            gallery.about = self.any(NewsroomPage)
            gallery.save_revision().publish()

    def unpublish(self) -> None:
        self.any(Page, depth__gt=3).unpublish()

    def publish_again(self) -> None:
        page = Page.objects.filter(live=False, depth__gt=2).first()
        if page is not None:
            page.specific.save_revision().publish()

    def retire(self) -> None:
        model = self.dice.choice([NewsPage, EventPage])
        if model.objects.live().count() < FEWEST:
            return
        page = self.any(model)
        others = public_pages(NewsPage.objects.exclude(pk=page.pk)).order_by("pk")
        if others and self.dice.random() < 0.7:
            retire_page(page, None, redirect_page=self.dice.choice(others))
        else:
            retire_page(page, None, reason="Nieaktualne od dawna.")

    def delete(self) -> None:
        self.any(self.dice.choice([NewsPage, EventPage])).delete()

    def move(self) -> None:
        news = self.any(NewsPage, locale=self.archive.locale)
        target = self.archive if news.path.startswith(self.tree["news"].path) else self.tree["news"]
        news.move(Page.objects.get(pk=target.pk), pos="last-child")

    def move_subtree(self) -> None:
        self.tree["home"].refresh_from_db()
        page = Page.objects.get(pk=self.about.pk).specific
        page.slug = self.name("o-nas").replace(" ", "-")
        page.save_revision().publish()

    def rename_topic(self) -> None:
        topic = self.dice.choice(self.topics)
        topic.name = self.name("Temat")
        topic.save()

    def delete_topic(self) -> None:
        topic = self.topics.pop()
        topic.delete()
        self.topics.append(TopicFactory(name=self.name("Nowy temat")))

    def rename_rows(self) -> None:
        row = self.dice.choice([self.venue, self.person, self.person.organisation, self.project])
        row.name = self.name("Nazwa")
        row.save()

    def describe_photo(self) -> None:
        photo = self.dice.choice(self.photos)
        photo.title = photo.description = self.name("Na zdjęciu")
        photo.save()

    def rename_document(self) -> None:
        self.document.title = self.name("Formularz")
        self.document.save()

    def close_or_open(self) -> None:
        closed = PageViewRestriction.objects.first()
        if closed is not None:
            closed.delete()
        else:
            restrict(self.any(Page, depth__gt=2))

    def let_time_pass(self) -> None:
        self.clock.now += dt.timedelta(hours=self.dice.choice([1, 5, 14, 26, 50]))
        run_due()
        record_passing_time()

    def let_a_page_expire(self) -> None:
        page = self.any(NewsroomPage)
        page.expire_at = self.clock.now + dt.timedelta(hours=1)
        page.save_revision().publish()

    def acts(self) -> list[Callable[[], None]]:
        plain = (
            new for name, new in sorted(vars(Newsroom).items()) if not name.startswith("_") and name not in NO_ACTS
        )
        return [act.__get__(self) for act in plain]


NO_ACTS = {"any", "name", "day", "some_topics", "acts"}


def faces(client: Client, site: Site) -> dict[str, tuple[bytes, str]]:
    """What is answered of each public page, by its path: by the API, and of lists (with ``make soak``: of all) as a page.

    And of each address that leads elsewhere, or says what is gone.
    """
    pages = public_pages(Page.objects.all(), site).order_by("pk")
    elsewhere = client.get(f"{V1}/redirects/").json()
    assert elsewhere["next"] is None
    return {
        **{plain(row["old_path"]): (json.dumps(row).encode(), "") for row in elsewhere["items"]},
        **{
            plain(page.url): (
                client.get(f"{V1}/by-path/", {"path": page.url}).content,
                ONE_TIME.sub("", client.get(page.url).content.decode()) if page.depth < 4 or TIMES > 1 else "",
            )
            for page in pages
        },
    }


def plain(path: str) -> str:
    """``path`` as redirects are stored: without the slash at its end."""
    return path.rstrip("/") or "/"


def named(cursor: int, site: Site) -> set[str]:
    """Paths that the events after ``cursor`` name."""
    return {plain(path) for event in events_after(cursor, site, 1000).events for path in event["affects"]}


def noted() -> dict[int, list[int]]:
    """What each public story shows as related, as far as was noted."""
    found: dict[int, list[int]] = {page.pk: [] for page in public_pages(NewsroomPage.objects.all())}
    for row in RelatedRow.objects.filter(page__in=found).order_by("target"):
        found[row.page].append(row.target)
    return found


def shown() -> dict[int, list[int]]:
    """What each public story shows as related."""
    pages = public_pages(NewsroomPage.objects.all()).specific()
    return {page.pk: sorted(pk for pk, _score in page.related_ranks()) for page in pages}


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(TIMES))
def test_every_page_that_differs_after_an_act_is_named(
    client: Client, tree: dict[str, Page], clock: Clock, seed: int
) -> None:
    dice = random.Random(seed)
    site = Site.objects.get()
    newsroom = Newsroom(tree, clock, dice)
    look_at_all_pages()
    record_passing_time()
    acts, before = newsroom.acts(), faces(client, site)
    for _n in range(ACTS):
        act, cursor = dice.choice(acts), latest_cursor()
        act()
        after = faces(client, site)
        differing = {path for path in {*before, *after} if before.get(path) != after.get(path)}
        affected = named(cursor, site)
        assert "*" in affected or differing <= affected, (act.__name__, differing - affected)
        assert noted() == shown(), act.__name__
        before = after


def test_addresses_that_lead_to_a_page_are_named_when_it_is_closed(tree: dict[str, Page], clock: Clock) -> None:
    page = NewsPageFactory(parent=tree["news"], title="Nabór")
    gone = NewsPageFactory(parent=tree["news"], title="Stary nabór")
    retire_page(gone, None, redirect_page=page)
    Redirect.objects.create(old_path="/nabor", redirect_page=page)
    Redirect.objects.create(old_path="/inny", redirect_link="/wydarzenia/")
    cursor = latest_cursor()

    restrict(page)

    affected = named(cursor, Site.objects.get())
    assert {"/nabor", plain(gone.url), plain(page.url)} <= affected
    assert "/inny" not in affected


def test_addresses_of_pages_that_are_gone_are_named_when_their_place_is_closed(
    tree: dict[str, Page], clock: Clock
) -> None:
    gone = NewsPageFactory(parent=tree["news"], title="Stary nabór")
    Redirect.objects.create(old_path="/nabor", redirect_page=gone)
    retire_page(gone, None, reason="Nieaktualne od dawna.")
    cursor = latest_cursor()

    restrict(tree["news"])

    assert {"/nabor", plain(gone.url)} <= named(cursor, Site.objects.get())
