"""The newsroom's part of the rich host: its lists and pages are made there, and looked at from all sides."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from agency_site import add_document, add_picture, ask_what_never_changes
from answers import leaving_nothing, signed_in, visitor
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage

from news.models import HomePage

LISTS = {
    "newsroom.NewsIndexPage": "press",
    "newsroom.EventIndexPage": "diary",
    "newsroom.AttachmentIndexPage": "papers",
    "newsroom_galleries.GalleryIndexPage": "photos",
}


def add(parent: Page, model: str, *, live: bool = True, **values: Any) -> Any:
    page = parent.add_child(instance=apps.get_model(model)(live=live, **values))
    revision = page.save_revision()
    if live:
        revision.publish()
    return page


def plant() -> None:
    """Lists below the agency's home, an item in each, a translation, and a draft with a file and a picture."""
    home = HomePage.objects.get(slug="agency")
    lists = {
        slug: add(home, model, title=f"The list {slug}", slug=slug)
        for model, slug in LISTS.items()
        if apps.is_installed("wagtail_newsroom.galleries") or "galleries" not in model
    }
    add(lists["press"], "newsroom.NewsPage", title="A bridge is open", slug="bridge", lead="It carries trams.")
    day = timezone.localdate() + dt.timedelta(days=30)
    add(lists["diary"], "newsroom.EventPage", title="A meeting", slug="meeting", lead="Come.", start_date=day)
    hidden = add_picture("Hidden")
    hidden.get_rendition(SIZE)
    values = {"title": "Not yet", "slug": "not-yet", "lead": "Soon.", "lead_image": hidden}
    draft = add(lists["press"], "newsroom.NewsPage", live=False, **values)
    draft.attachments.create(attachment=add_document("Secret"))
    polish = lists["press"].copy_for_translation(Locale.objects.get(language_code="pl"))
    polish.title = "Lista prasowa"
    polish.save_revision().publish()


def clear() -> None:
    """Files stay with the agency when the newsroom goes; these were made for it."""
    get_document_model().objects.get(title="Secret").delete()
    get_image_model().objects.get(title="Hidden").delete()


def look() -> dict[str, Any]:
    """What visitors, the newsroom's people and the agency's own find."""
    with leaving_nothing():
        secret = get_document_model().objects.get(title="Secret")
        hidden = get_image_model().objects.get(title="Hidden")
        picture = hidden.get_rendition(SIZE).url
        pages = Page.objects.filter(url_path__regex="/(press|diary|papers|photos)/")
        return {
            "pages": {path: in_frame(path) for path in (urlsplit(page.url).path for page in pages if page.live)},
            "files": {address: kind(address) for address in OUR_FILES},
            "hidden": {
                "page": visitor().get("/en/press/not-yet/").status_code,
                "document": visitor().get(secret.url).status_code,
                "its path": visitor().get(settings.MEDIA_URL + secret.file.name).status_code,
                "picture": visitor().get(picture).status_code,
                "original": visitor().get(settings.MEDIA_URL + hidden.file.name).status_code,
            },
            "picture for who works with it": signed_in("admin").get(picture).status_code,
            "second site": visitor().get("/en/press/", headers={"host": "second.example"}).status_code,
            "v2": visitor().get("/api/v2/pages/?type=newsroom.NewsPage").json()["meta"]["total_count"],
            "detail addresses": {mount: detail_address(mount) for mount in ("/api/v3/", "/api/v3-preview/")},
            "our rights": sorted(set(our_rights())),
            "workflows": sorted(f"{each.page.slug}: {each.workflow.name}" for each in WorkflowPage.objects.all()),
            "our editor": what_our_editor_may(),
            "superuser's menu": "newsroom" in signed_in("admin").get("/admin/").content.decode(),
            "never changes": ask_what_never_changes(),
        }


SIZE = "max-165x165"
OUR_FILES = ("/en/diary/calendar.ics", "/en/press/atom.xml", "/en/diary/atom.xml", "/en/diary/meeting/event.ics")


def in_frame(address: str) -> list[Any]:
    """Status and, where they are in it, the agency's header and footer, the newsroom's area, and cookies."""
    response = visitor().get(address)
    text = response.content.decode()
    parts = ("agency-header", "nr-area", "agency-footer", "agency.js", "newsroom/")
    return [response.status_code, *(part for part in parts if part in text), *response.cookies]


def kind(address: str) -> list[Any]:
    response = visitor().get(address)
    return [response.status_code, response["Content-Type"].split(";")[0]]


def detail_address(mount: str) -> str:
    page = visitor().get(f"{mount}pages/?type=newsroom.NewsPage").json()["items"][0]
    return str(page["meta"]["detail_url"])


def our_rights() -> list[str]:
    rights = GroupPagePermission.objects.filter(group__name__startswith="Newsroom")
    return [right.page.slug for right in rights.select_related("page")]


def what_our_editor_may() -> dict[str, int]:
    """Somebody of the newsroom's is at home in its lists, and nowhere on the agency's pages."""
    get_user_model().objects.create_user("ours", "ours@agency.example", "a password").groups.add(
        Group.objects.get(name="Newsroom editors")
    )
    client = signed_in("ours")
    pages = {page.slug: page for page in Page.objects.filter(slug__in=["press", "news", "bridge"], locale_id=1)}
    home = HomePage.objects.get(slug="agency")
    return {
        "desk": client.get(reverse("newsroom_desk:index")).status_code,
        "new item in our list": client.get(f"/admin/pages/add/newsroom/newspage/{pages['press'].pk}/").status_code,
        "the agency's home": client.get(f"/admin/pages/{home.pk}/edit/").status_code,
        "new article": client.get(f"/admin/pages/add/news/newspage/{pages['news'].pk}/").status_code,
    }
