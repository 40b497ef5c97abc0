"""What a request for an accessible version may be about: public pages, files and photos of the site that is visited."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from wagtail_newsroom.news.enums import RequestedKind
from wagtail_newsroom.news.models import EventPage
from wagtail_newsroom.news.visibility import public_files, public_pages

PAGE, FILE, PHOTO = "page", "file", "photo"
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class RequestedItem:
    """A public item: ``title`` as visitors know it, ``url`` as they reach it (empty where it has none of its own)."""

    kind: RequestedKind
    item_id: int
    title: str
    url: str
    address: str
    language: str = ""
    page_id: int | None = None

    @property
    def key(self) -> str:
        """What a form's token is bound to."""
        return f"{self.kind}:{self.item_id}"

    @property
    def label(self) -> str:
        """“File”."""
        return str(self.kind.label)

    def facts(self) -> dict[str, Any]:
        """What the register keeps of it."""
        return {
            "kind": self.kind,
            "item_id": self.item_id,
            "page_id": self.page_id,
            "title": self.title[:300],
            "address": self.address[:1000],
        }


def find_item(kind: str, item_id: int, site: Site | None, request: HttpRequest) -> RequestedItem | None:
    """The item at an address of the form; ``None`` where there is none that the public may see on ``site``.

    Without ``kind`` it is the site's home page in the language of the visit: the site as a whole.
    """
    if site is None or item_id > LARGEST_ID:
        return None
    if kind == FILE:
        return _file(item_id, site)
    if kind == PHOTO:
        return _photo(item_id, site)
    if kind == PAGE:
        return _page(Page.objects.filter(pk=item_id), site, request)
    home = site.root_page.localized
    return None if kind else _page(Page.objects.filter(pk=home.pk), site, request)


def _page(pages: Any, site: Site, request: HttpRequest) -> RequestedItem | None:
    page = public_pages(pages.select_related("locale"), site).first()
    if page is None:
        return None
    is_event = issubclass(page.specific_class or Page, EventPage)
    return RequestedItem(
        kind=RequestedKind.EVENT if is_event else RequestedKind.PAGE,
        item_id=page.pk,
        title=page.title,
        url=page.get_url(request) or "",
        address=page.get_full_url(request) or "",
        language=page.locale.language_code,
        page_id=page.pk,
    )


def _file(pk: int, site: Site) -> RequestedItem | None:
    document = public_files(get_document_model().objects.filter(pk=pk), site).first()
    if document is None:
        return None
    address = document.url if "://" in document.url else f"{site.root_url}{document.url}"
    language = getattr(document, "language", "")
    return RequestedItem(RequestedKind.DOCUMENT, document.pk, document.title, document.url, address, language)


def _photo(pk: int, site: Site) -> RequestedItem | None:
    """A photo is called by what it shows: its title may be the file name that a camera gave."""
    image = public_files(get_image_model().objects.filter(pk=pk), site).first()
    if image is None:
        return None
    title = getattr(image, "description", "") or gettext("Photo number %(number)d") % {"number": image.pk}
    return RequestedItem(RequestedKind.IMAGE, image.pk, " ".join(title.split()), "", "")
