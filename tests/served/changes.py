"""Everything that somebody may change in public, as generators: first where it will be seen, then what is to be seen there.

Each change plants a word that occurs nowhere else and takes one away. Drafts hold words that begin with :data:`DRAFT`: no answer
may ever hold one.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from tests.admin.desk import Desk
from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
    add_photos,
    agenda_day,
    attach,
    make_attachment,
    make_photo,
    make_site,
    private_collection,
)
from tests.served.browser import Browser
from wagtail_newsroom.galleries.models import GalleryPage, Photo
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.galleries.publishing.withdrawing import withdraw_photo
from wagtail_newsroom.news.delivery import token
from wagtail_newsroom.news.models import (
    Attachment,
    EventOrganiser,
    EventPage,
    NewsPage,
    NewsroomSettings,
    PageAttachment,
    Topic,
    Venue,
)
from wagtail_newsroom.news.publishing.files.versions import replace_file
from wagtail_newsroom.news.publishing.updates.retiring import retire_page
from wagtail_newsroom.news.visibility import public_pages

DRAFT = "Brudnopis"
LISTS = ("/", "/aktualnosci/", "/wydarzenia/", "/galerie/", "/dokumenty/", "/aktualnosci/atom.xml", "/sitemap.xml")
API = ("/api/v1/news/", "/api/v1/events/", "/api/v1/attachments/", "/api/v1/site/", "/llms.txt")
NEWS, EVENTS, PHOTOS = 6, 4, 16

Seen = list[dict[str, Any]]
Change = Iterator[Any]


def seen(path: str, *has: str, lacks: tuple[str, ...] = (), status: int = 200) -> dict[str, Any]:
    """What an address must show from now on."""
    return {"path": path, "has": has, "lacks": lacks, "status": status}


class World:
    """The site as the editor knows it. What is asked of it by name is answered with what JSON can say."""

    def __init__(self) -> None:
        self.chance = random.Random()
        self.words = 0
        self.under_way: Change | None = None
        self.port = 0
        self.replace = token.replace

    # --- What is asked from outside

    def plant(self, seed: int, port: int) -> list[str]:
        """Make the site that a server at ``port`` serves; its addresses."""
        self.chance.seed(seed)
        self.port = port
        call_command("createcachetable", verbosity=0)
        self.boss = User.objects.create_superuser("boss")
        tree = self.tree = make_site()
        self.other_list = NewsIndexPageFactory(parent=tree["home"], title="Archiwum", slug="archiwum")
        self.about = StandardPageFactory(parent=tree["home"], title=self.word(), slug="o-nas", show_in_menus=True)
        topics = [TopicFactory(name=self.word()) for _n in range(2)]
        venue = VenueFactory(name=self.word())
        photos = [make_photo(f"Sala {n}", name=f"sala-{n}.jpg", size=(60 + n, 40)) for n in range(PHOTOS)]
        prepare_sizes(photos)
        for n in range(NEWS):
            page = NewsPageFactory(parent=tree["news"], title=self.word(), lead=self.word(), lead_image=photos[n % 3])
            page.topics.add(topics[n % 2])
            attach(page, make_attachment(self.word(), name=f"plik-{n}.txt", content=self.word().encode()))
        for _n in range(EVENTS):
            event = EventPageFactory(parent=tree["events"], title=self.word(), lead=self.word(), venue=venue)
            event.topics.add(*topics)
            event.agenda = [agenda_day({"title": self.word(), "start": "10:00"})]
            event.organisers = [EventOrganiser(organisation=OrganisationFactory(name=self.word()))]
            event.save_revision().publish()
        gallery = GalleryPageFactory(parent=tree["galleries"], title=self.word())
        add_photos(gallery, *photos)
        return self.addresses()

    def tell_nobody(self, silent: bool) -> bool:
        """Leave out, or no longer, that a change replaces the token. Nobody is told of changes then."""
        token.replace = (lambda: None) if silent else self.replace
        token.replace()
        return silent

    def addresses(self) -> list[str]:
        """Where readers go."""
        pages = public_pages(Page.objects.all()).values_list("url_path", flat=True)
        root = self.tree["home"].url_path
        return [*LISTS, *API, *("/" + each.removeprefix(root) for each in pages)]

    def begin(self, change: str) -> list[str]:
        """Choose what is to be changed; the addresses at which it will be seen."""
        self.under_way = getattr(self, change)()
        return list(next(self.under_way))

    def finish(self) -> Seen:
        """Change it; what is to be seen from now on."""
        assert self.under_way
        return list(next(self.under_way))

    def fresh(self, path: str, host: str) -> list[Any]:
        """What this process answers itself, with nothing that was kept: status and text."""
        cache.clear()
        answer = Client(HTTP_HOST=host).get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return [answer.status_code, body.decode("utf-8", "replace") + answer.headers.get("Location", "")]

    # --- Words and pages

    def word(self, begin: str = "Slowo") -> str:
        """A word that occurs nowhere else, nor as a part of another one."""
        self.words += 1
        return f"{begin}{self.words}x"

    def one(self, model: type[Page], **conditions: Any) -> Any:
        """Any public page of a type, as the database has it."""
        found = list(public_pages(model.objects.filter(**conditions)).order_by("pk"))
        return self.chance.choice(found)

    def news(self) -> Any:
        """Any public news item; a new one where few are left."""
        if public_pages(NewsPage.objects.all()).count() < NEWS:
            NewsPageFactory(parent=self.tree["news"], title=self.word(), lead=self.word())
        return self.one(NewsPage)

    def spread(self, page: Any) -> list[str]:
        """Where a news item is seen by itself."""
        return [page.get_url(), f"/api/v1/news/{page.pk}/", f"/api/v1/news/{page.pk}.md"]

    # --- The changes

    def new_page(self) -> Change:
        places = ["/", "/aktualnosci/", "/aktualnosci/atom.xml", "/api/v1/news/"]
        yield places
        title = self.word()
        page = NewsPageFactory(parent=self.tree["news"], title=title, lead=self.word(), live=False)
        page.save_revision().publish()
        yield [*(seen(each, title) for each in places), seen(page.get_url(), title), seen("/sitemap.xml", page.slug)]

    def publish(self) -> Change:
        page = self.news()
        old, new = page.lead, self.word()
        yield self.spread(page)
        page.lead = new
        page.save_revision().publish()
        yield [seen(each, new, lacks=(old,)) for each in self.spread(page)]

    def publish_in_the_admin(self) -> Change:
        page = self.news()
        old, new = page.lead, self.word()
        form = Desk(self.boss).open(page).fill(title=page.title, lead=new)
        yield self.spread(page)
        form.client = Browser(form.client, self.port)
        assert form.publish_anyway().status_code == 302
        yield [seen(each, new, lacks=(old,)) for each in self.spread(page)]

    def unpublish(self) -> Change:
        page = self.news()
        gone = self.spread(page)
        yield [*gone, *LISTS[:2]]
        page.unpublish()
        yield [
            *(seen(each, lacks=(page.title,), status=404) for each in gone),
            *(seen(each, lacks=(page.title,)) for each in LISTS[:2]),
        ]

    def delete(self) -> Change:
        page = self.news()
        yield [page.get_url(), "/api/v1/news/"]
        page.delete()
        yield [seen(page.url, lacks=(page.title,), status=404), seen("/api/v1/news/", lacks=(page.title,))]

    def retire(self) -> Change:
        page = self.news()
        why = self.word()
        yield [page.get_url(), "/aktualnosci/"]
        retire_page(page, None, reason=why)
        yield [seen(page.get_url(), why, status=410), seen("/aktualnosci/", lacks=(page.title,))]

    def move(self) -> Change:
        page = self.news()
        before = page.get_url()
        there = self.other_list if before.startswith("/aktualnosci/") else self.tree["news"]
        yield [before, "/aktualnosci/", "/archiwum/", f"/api/v1/news/{page.pk}/"]
        page.move(type(there).objects.get(pk=there.pk), pos="last-child")
        moved = NewsPage.objects.get(pk=page.pk)
        after = moved.get_url()
        assert after != before
        yield [
            seen(after, page.title),
            seen(before, lacks=(page.title,), status=301),
            seen(f"/api/v1/news/{page.pk}/", after, lacks=(before,)),
            seen("/archiwum/" if there == self.other_list else "/aktualnosci/", page.title),
        ]

    def change_slug(self) -> Change:
        page = self.news()
        before = page.get_url()
        yield [before, f"/api/v1/news/{page.pk}/"]
        page.slug = self.word("adres").lower()
        page.save_revision().publish()
        after = NewsPage.objects.get(pk=page.pk).get_url()
        yield [
            seen(after, page.title),
            seen(before, after, status=301),
            seen(f"/api/v1/news/{page.pk}/", after, lacks=(before,)),
        ]

    def rename_topic(self) -> Change:
        topic = self.chance.choice(list(Topic.objects.order_by("pk")))
        page = self.one(EventPage, topics=topic)
        old, new = topic.name, self.word()
        places = [page.get_url(), "/wydarzenia/", "/api/v1/topics/", f"/api/v1/events/{page.pk}/"]
        yield places
        topic.name = new
        topic.save()
        yield [seen(each, new, lacks=(old,)) for each in places]

    def rename_topic_by_query(self) -> Change:
        topic = self.chance.choice(list(Topic.objects.order_by("pk")))
        page = self.one(EventPage, topics=topic)
        old, new = topic.name, self.word()
        yield [page.get_url()]
        Topic.objects.filter(pk=topic.pk).update(name=new)
        yield [seen(page.get_url(), new, lacks=(old,))]

    def rename_snippet(self) -> Change:
        event = self.one(EventPage)
        row = self.chance.choice(
            [
                Venue.objects.get(pk=event.venue_id),
                event.organisers.get().organisation,
            ]
        )
        old, new = row.name, self.word()
        yield [event.get_url(), f"/api/v1/events/{event.pk}/"]
        row.name = new
        row.save()
        yield [seen(event.get_url(), new, lacks=(old,)), seen(f"/api/v1/events/{event.pk}/", new, lacks=(old,))]

    def replace_a_file(self) -> Change:
        public = {
            "attachment__collection": Collection.get_first_root_node(),
            "page__in": public_pages(NewsPage.objects.all()),
        }
        if not PageAttachment.objects.filter(**public).exists():
            attach(self.news(), make_attachment(self.word(), name=f"{self.word()}.txt", content=self.word().encode()))
        row = PageAttachment.objects.filter(**public).earliest("pk")
        page = NewsPage.objects.get(pk=row.page_id)
        old = Attachment.objects.filter(version_group=row.attachment.version_group).latest("number")
        title, content = self.word(), self.word()
        yield [page.get_url(), old.url, "/dokumenty/"]
        file = ContentFile(content.encode(), name=f"{title}.txt".lower())
        new = replace_file(old, file, self.boss, title=title)
        yield [
            seen(page.get_url(), title, lacks=(old.title,)),
            seen(new.url, content),
            seen(old.url, new.url, status=301),
            seen("/dokumenty/", title),
        ]

    def close_a_collection(self) -> Change:
        page = self.one(NewsPage)
        content = self.word()
        document = make_attachment(self.word(), name=f"{content}.txt".lower(), content=content.encode())
        document.collection = private_collection(self.word())
        CollectionViewRestriction.objects.filter(collection=document.collection).delete()
        document.save()
        attach(page, document)
        yield [document.url, page.get_url()]
        CollectionViewRestriction.objects.create(
            collection=document.collection, restriction_type=CollectionViewRestriction.LOGIN
        )
        yield [seen(page.get_url(), lacks=(document.title,)), seen(document.url, lacks=(content,), status=0)]

    def withdraw_a_photo(self) -> Change:
        gallery = self.one(GalleryPage)
        kept = [row.photo for row in gallery.photos.all() if row.photo.withdrawn_at is None]
        photo: Photo = self.chance.choice(kept[3:])
        alt = f"Na zdjęciu: {photo.title}"
        sizes = [size.url for size in photo.renditions.all()[:2]]
        yield [gallery.get_url(), *sizes]
        withdraw_photo(photo, self.boss, reason=self.word(DRAFT), keep_file=True)
        yield [seen(gallery.get_url(), lacks=(f"{alt}<", f'{alt}"')), *(seen(each, status=0) for each in sizes)]

    def change_the_menu(self) -> Change:
        page = Page.objects.get(pk=self.about.pk).specific
        old, new = page.title, self.word()
        yield ["/", "/aktualnosci/"]
        page.title = new
        page.show_in_menus = not page.show_in_menus
        page.save_revision().publish()
        yield [seen("/", lacks=(old,)), seen("/aktualnosci/", lacks=(old,))]

    def change_a_redirect(self) -> Change:
        kept = Redirect.objects.filter(old_path__startswith="/stare").first()
        page = self.news()
        old = kept.old_path if kept else f"/stare{self.words}"
        path = f"{old}/"  # without the slash Django leads there, whatever is there
        yield [path]
        if kept is None:
            Redirect.add_redirect(old, page)
            yield [seen(path, page.get_url(), status=301)]
        elif self.chance.random() < 0.5:
            kept.redirect_page, kept.redirect_link = None, "/wydarzenia/"
            kept.save()
            yield [seen(path, "/wydarzenia/", status=301)]
        else:
            kept.delete()
            yield [seen(path, status=404)]

    def change_a_setting(self) -> Change:
        facts = NewsroomSettings.for_site(Site.objects.get(is_default_site=True))
        old, new = facts.email or "nothing-of-that@", f"{self.word()}@example.org"
        yield ["/", "/kontakt/", "/api/v1/site/"]
        facts.email = new
        facts.save()
        yield [seen("/", new, lacks=(old,)), seen("/api/v1/site/", new, lacks=(old,))]

    def restrict_a_page(self) -> Change:
        closed = PageViewRestriction.objects.first()
        if closed:
            page = closed.page.specific
            yield [page.url, "/aktualnosci/"]
            closed.delete()
            yield [seen(page.url, page.title), seen(f"/api/v1/news/{page.pk}/", page.title)]
            return
        page = self.news()
        yield [*self.spread(page), "/aktualnosci/", "/"]
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        yield [
            seen(page.url, lacks=(page.title, page.lead), status=0),
            seen(f"/api/v1/news/{page.pk}/", lacks=(page.title, page.lead), status=404),
            seen("/aktualnosci/", lacks=(page.title,)),
            seen("/", lacks=(page.title,)),
        ]

    def let_a_page_expire(self) -> Change:
        """Nobody acts: the moment passes while its address is being asked. The test waits for ``seconds``."""
        page = self.news()
        page.expire_at = timezone.now() + dt.timedelta(seconds=1)
        page.save_revision().publish()
        yield [page.get_url(), "/aktualnosci/"]
        left = (page.expire_at - timezone.now()).total_seconds()
        yield [
            {**seen(page.get_url(), lacks=(page.title, page.lead), status=0), "after": max(0.0, left)},
            seen("/aktualnosci/", lacks=(page.title,)),
        ]

    def save_a_draft(self) -> Change:
        page = self.news()
        yield [*self.spread(page), "/"]
        lead, title = page.lead, page.title
        page.lead, page.title = self.word(DRAFT), self.word(DRAFT)
        page.save_revision()
        yield [seen(each, title, lead) for each in self.spread(page)]

    def begin_a_page(self) -> Change:
        yield ["/", "/aktualnosci/"]
        page = NewsPage(title=self.word(DRAFT), lead=self.word(DRAFT), live=False)
        self.tree["news"].refresh_from_db()
        self.tree["news"].add_child(instance=page)
        page.save_revision()
        yield [seen("/"), seen(f"/api/v1/news/{page.pk}/", status=404)]


def all_changes() -> list[str]:
    """Names of all changes."""
    return [
        name for name, each in vars(World).items() if getattr(each, "__annotations__", {}).get("return") == "Change"
    ]
