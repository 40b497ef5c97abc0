"""A site that has something of everything that the delivery API tells of, each shown by something public."""

from __future__ import annotations

import json
from typing import Any

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from tests.factories import (
    ContactPageFactory,
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    StandardPageFactory,
    TopicFactory,
    add_photos,
    attach,
    make_attachment,
    make_photo,
)
from tests.host_types.models import DonatedGalleryPage, OurNewsPage, TrainingPage
from tests.news.api.test_events import conference
from tests.third_party.models import ConsultationIndexPage, ConsultationPage
from wagtail_newsroom.news.models import (
    Correction,
    EventStop,
    NewsroomSettings,
    PageContact,
    Project,
    RelatedPage,
    SiteTexts,
)
from wagtail_newsroom.news.publishing.updates.retiring import retire_page

GONE = "/aktualnosci/odwolane/"
MOVED = "/dawniej/"
GALLERY = "/galerie/zdjecia/"


def fill(tree: dict[str, Page]) -> None:
    """Add to the pages of ``tree`` what it has not yet."""
    polish, today = Locale.get_default(), timezone.localdate()
    texts = SiteTexts.objects.create(organisation_name="Centrum", address="ul. Długa 1", locale=polish)
    NewsroomSettings.objects.update_or_create(
        site=Site.objects.get(),
        defaults={"texts": texts, "logo": make_photo("Znak"), "youtube_url": "https://youtube.example/c"},
    )
    topic, partner = TopicFactory(name="Zdrowie"), OrganisationFactory(name="Fundacja", url="https://example.org/f")
    project = Project.objects.create(name="Razem", number="1/26", locale=polish, logo_strip=make_photo("Pasek"))
    project.partners.add(partner)
    project.save()
    english = Locale.objects.get_or_create(language_code="en")[0]
    tree["home"].copy_for_translation(english).save_revision().publish()

    event = conference(tree)
    event.stops.add(EventStop(place="Szkoła", host="Fundacja", day=event.start_date))
    event.topics.add(topic)
    event.save_revision().publish()
    EventPageFactory(parent=tree["events"], status="cancelled", status_reason="Brak sali")
    file = make_attachment("Regulamin", findings=["scan"], issued_on=today, valid_until=today, kind="regulations")
    gallery = GalleryPageFactory(parent=tree["galleries"], slug="zdjecia", about=event)
    add_photos(gallery, make_photo("Sala"), make_photo("Scena", credit="A. Lis", licence="CC BY 4.0"))
    body = [
        {"type": "paragraph", "value": f'<p>O <a linktype="page" id="{event.pk}">zjeździe</a>.</p>', "id": "a"},
        {"type": "attachments", "value": {"items": [{"type": "item", "value": file.pk, "id": "c"}]}, "id": "b"},
        {"type": "gallery", "value": {"gallery": gallery.pk}, "id": "d"},
    ]
    news = NewsPageFactory(
        parent=tree["news"],
        kind="report",
        about_event=event,
        body=json.dumps(body),
        lead_image=make_photo("Ludzie"),
        change_note="Nowa godzina.",
        archived_on=today,
    )
    news.topics.add(topic)
    news.projects.add(project)
    news.contacts.add(PageContact(name="Ala Nowa", email="ala@example.org"))
    news.corrections.add(Correction(date=today, was="Dwa.", now="Trzy."))
    news.related_links.add(RelatedPage(target=event))
    attach(news, file, "Zasady")

    StandardPageFactory(parent=tree["home"], body=json.dumps(body))
    ContactPageFactory(parent=tree["home"])
    _publish(tree["news"], OurNewsPage(title="Nasza", lead="O nas.", district="Leśne"))
    _publish(
        tree["events"], TrainingPage(title="Szkolenie", lead="Uczymy.", start_date=today, trainer="Z. Uczy", hours=8)
    )
    _publish(tree["galleries"], DonatedGalleryPage(title="Dar", rights_basis="own", donor="J. Dawca"))
    index = _publish(tree["home"], ConsultationIndexPage(title="Konsultacje", slug="konsultacje"))
    _publish(index, ConsultationPage(title="Zieleń", lead="O drzewach.", question="Gdzie?", about=event))
    retire_page(NewsPageFactory(parent=tree["news"], slug="odwolane"), None, reason="Odwołano.")
    Redirect.add_redirect(MOVED, redirect_to=news, is_permanent=True)


def _publish(parent: Page, page: Any) -> Any:
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
