"""Factories: published pages with the least that publication needs, and files with real bytes in them."""

import datetime as dt
import io
from typing import Any

import factory
import wagtail_factories
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from home.models import ContactPage, HomePage, SearchPage, StandardPage
from wagtail_newsroom.galleries.models import GalleryIndexPage, GalleryPage, GalleryPhoto, Photo
from wagtail_newsroom.news.models import (
    Attachment,
    AttachmentIndexPage,
    EventIndexPage,
    EventPage,
    NewsIndexPage,
    NewsPage,
    Organisation,
    PageAttachment,
    Person,
    Topic,
    Venue,
)

PASSWORD = "a good long phrase"


class LocalisedFactory(factory.django.DjangoModelFactory):
    """A translatable row in the site's first language, unless told otherwise."""

    class Meta:
        abstract = True

    locale = factory.LazyFunction(Locale.get_default)


class TopicFactory(LocalisedFactory):
    name = factory.Sequence(lambda n: f"Temat {n}")

    class Meta:
        model = Topic


class VenueFactory(LocalisedFactory):
    name = "Dom Kultury"
    city = "Jarocinek"
    street = "ul. Długa 7"

    class Meta:
        model = Venue


class OrganisationFactory(LocalisedFactory):
    name = factory.Sequence(lambda n: f"Stowarzyszenie {n}")

    class Meta:
        model = Organisation


class PersonFactory(LocalisedFactory):
    name = factory.Sequence(lambda n: f"Anna Osoba {n}")

    class Meta:
        model = Person


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Strona główna"
    slug = "start"

    class Meta:
        model = HomePage


class NewsIndexPageFactory(wagtail_factories.PageFactory):
    title = "Aktualności"
    slug = "aktualnosci"
    show_in_menus = True

    class Meta:
        model = NewsIndexPage


class EventIndexPageFactory(wagtail_factories.PageFactory):
    title = "Wydarzenia"
    slug = "wydarzenia"
    show_in_menus = True

    class Meta:
        model = EventIndexPage


class GalleryIndexPageFactory(wagtail_factories.PageFactory):
    title = "Galerie"
    slug = "galerie"
    show_in_menus = True

    class Meta:
        model = GalleryIndexPage


class AttachmentIndexPageFactory(wagtail_factories.PageFactory):
    title = "Dokumenty"
    slug = "dokumenty"
    show_in_menus = True

    class Meta:
        model = AttachmentIndexPage


class StandardPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Strona {n}")

    class Meta:
        model = StandardPage


class ContactPageFactory(wagtail_factories.PageFactory):
    title = "Kontakt"
    slug = "kontakt"

    class Meta:
        model = ContactPage


class SearchPageFactory(wagtail_factories.PageFactory):
    title = "Szukaj"
    slug = "szukaj"

    class Meta:
        model = SearchPage


class NewsPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Wiadomość {n}")
    lead = "O czym jest ta wiadomość."
    date = factory.LazyFunction(timezone.localdate)

    class Meta:
        model = NewsPage


class EventPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Wydarzenie {n}")
    lead = "Na co zapraszamy."
    start_date = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))

    class Meta:
        model = EventPage


class GalleryPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Galeria {n}")
    rights_basis = "own"

    class Meta:
        model = GalleryPage


def make_site() -> dict[str, Page]:
    """Build the tree of a small site in Polish: ``home`` and its indexes by name."""
    root = Page.get_first_root_node()
    home = HomePageFactory(parent=root)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": "Próba"}
    )
    Site.clear_site_root_paths_cache()
    return {
        "home": home,
        "news": NewsIndexPageFactory(parent=home),
        "events": EventIndexPageFactory(parent=home),
        "galleries": GalleryIndexPageFactory(parent=home),
        "documents": AttachmentIndexPageFactory(parent=home),
    }


def make_attachment(
    title: str = "Regulamin", *, name: str = "regulamin.txt", content: bytes = b"Tekst", **fields: Any
) -> Attachment:
    """Store a document with ``content`` under the file name ``name``; ``findings`` and ``hidden`` as if they were found."""
    found = {key: fields.pop(key) for key in ("findings", "hidden", "verdict") if key in fields}
    if "scan" in found.get("findings", ()):
        found.setdefault("verdict", "scan")
    document = Attachment.objects.create(title=title, file=ContentFile(content, name=name), **fields)
    for key, value in found.items():
        setattr(document, key, value)
    document.save(update_fields=list(found) or None)
    return document


def make_photo(
    title: str = "Sala", *, name: str = "sala.jpg", size: tuple[int, int] = (60, 40), **fields: Any
) -> Photo:
    """Store a small JPEG of one colour. ``size`` in pixels."""
    stream = io.BytesIO()
    Image.new("RGB", size, (15, 76, 74)).save(stream, "JPEG")
    fields.setdefault("description", f"Opis: {title}")
    return Photo.objects.create(title=title, file=ContentFile(stream.getvalue(), name=name), **fields)


def attach(page: NewsPage | EventPage, document: Attachment, label: str = "") -> None:
    """Offer ``document`` on ``page`` and publish the page again."""
    page.attachments.add(PageAttachment(attachment=document, label=label))
    page.save_revision().publish()


def add_photos(gallery: GalleryPage, *photos: Photo) -> None:
    """Put ``photos`` into ``gallery`` and publish it again."""
    for photo in photos:
        gallery.photos.add(GalleryPhoto(photo=photo, alt=f"Na zdjęciu: {photo.title}"))
    gallery.save_revision().publish()


def restrict(page: Page) -> None:
    """Let only people who are signed in read ``page`` and what lies under it."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def private_collection(name: str = "Wewnętrzne") -> Collection:
    """A collection that only people who are signed in may read from."""
    collection = Collection.get_first_root_node().add_child(name=name)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    return collection


def agenda_day(*sessions: dict[str, Any], date: Any = None, tracks: tuple[str, ...] = ()) -> dict[str, Any]:
    """Raw data of one day of a programme. A session with the key ``break`` is a break."""
    return {
        "type": "day",
        "value": {
            "date": date.isoformat() if date else None,
            "heading": "",
            "tracks": [{"type": "track", "value": {"name": name}} for name in tracks],
            "sessions": [
                {"type": "break" if session.pop("break", False) else "session", "value": session}
                for session in sessions
            ],
        },
    }
