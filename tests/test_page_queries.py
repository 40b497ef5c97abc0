"""The page of an item asks the database twelve times at the most, whatever its size."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from tests.factories import (
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
    agenda_day,
    make_attachment,
    make_site,
)
from tests.many import multiply, photos_with_sizes
from wagtail_newsroom.galleries.models import GalleryPhoto
from wagtail_newsroom.news.models import (
    Correction,
    EventOrganiser,
    EventStop,
    Organisation,
    PageAttachment,
    PageContact,
    RelatedPage,
)

pytestmark = [pytest.mark.django_db, pytest.mark.services]

MOST_OF_A_PAGE = 12


def large_pages() -> list[str]:
    """Addresses of a page of each kind with as much on it as editors put there in years."""
    tree = make_site()
    photos = photos_with_sizes(100)
    paragraph = ("paragraph", "<p>Spotkanie o usługach bliżej ludzi.</p>")
    day = agenda_day(*({"title": f"Wykład {n}", "start": f"{9 + n // 4:02}:{n % 4 * 15:02}"} for n in range(20)))
    venue, topic = VenueFactory(), TopicFactory()
    event = EventPageFactory(parent=tree["events"], venue=venue, lead_image=photos[0], body=[paragraph], agenda=[day])
    news = NewsPageFactory(parent=tree["news"], lead_image=photos[1], body=[paragraph], about_event=event)
    files = [make_attachment(f"Plik {n}", name=f"plik-{n}.txt") for n in range(20)]
    related = [*multiply(NewsPageFactory(parent=tree["news"], lead_image=photos[2]), 40), *multiply(event, 20)]
    for page in (news, event):
        page.topics = [topic]
        page.contacts = [PageContact(name=f"Osoba {n}") for n in range(10)]
        page.corrections = [Correction(was=f"{n}", now=f"{n + 1}") for n in range(3)]
        page.attachments = [PageAttachment(attachment=each) for each in files]
        page.related_links = [RelatedPage(target_id=pk) for pk in related]
    event.stops = [EventStop(place=f"Miejsce {n}") for n in range(10)]
    organisations = [
        Organisation.objects.create(name=f"Organizacja {n}", logo=photos[n], locale=Locale.get_default())
        for n in range(10)
    ]
    event.organisers = [EventOrganiser(organisation=each) for each in organisations]
    galleries = [GalleryPageFactory(parent=tree["galleries"], about=each) for each in (news, event)]
    for gallery in galleries:
        GalleryPhoto.objects.bulk_create(
            GalleryPhoto(page=gallery, photo=each, sort_order=n, alt=f"Zdjęcie {n}") for n, each in enumerate(photos)
        )
    for page in (news, event):
        page.save_revision().publish()
    standard = StandardPageFactory(parent=tree["home"], body=[paragraph])
    one = f"{galleries[0].url}foto/{photos[50].pk}/"
    return [page.url for page in (news, event, galleries[0], standard)] + [one]


def test_pages_of_items_ask_twelve_times_at_the_most() -> None:
    """Above ten seconds on a slow machine: pages are as large as they get."""
    visitor, found = Client(), {}
    for address in large_pages():
        assert visitor.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as captured:
            answer = visitor.get(address)
        assert answer.status_code == 200
        found[address] = len(captured)
    print(found)  # noqa: T201  (shown with -rP)
    assert {address: number for address, number in found.items() if number > MOST_OF_A_PAGE} == {}
