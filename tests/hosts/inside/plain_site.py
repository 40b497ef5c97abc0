"""A project as ``wagtail start`` makes it: what it answers before and after, and the newsroom's pages in it."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

from answers import answer, leaving_nothing, signed_in, visitor
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from rows import everything
from wagtail.images import get_image_model
from wagtail.models import Page, Site

PUBLIC = ("/", "/search/?query=bridge", "/static/css/hostsite.css")
NOT_THERE = ("/nothing/", "/nothing.xml", "/news/calendar.ics")
ADMIN = ("/admin/", "/admin/reports/", "/admin/workflows/list/", "/admin/users/", "/django-admin/")


def employ() -> None:
    """A superuser and one of Wagtail's stock moderators."""
    users = get_user_model().objects
    users.create_superuser("admin", "admin@host.example", "a password")
    users.create_user("moderator", "moderator@host.example", "a password").groups.add(
        Group.objects.get(name="Moderators")
    )


def ask() -> dict[str, Any]:
    with leaving_nothing():
        moderator = signed_in("moderator")
        return {
            "public": {address: answer(visitor(), address) for address in PUBLIC},
            "not there": {address: visitor().get(address).status_code for address in NOT_THERE},
            "admin": {address: answer(moderator, address) for address in ADMIN},
            "rows": everything(),
        }


def packages() -> list[str]:
    from wagtail_newsroom import galleries, news

    return [str(Path(package.__file__).parent) for package in (news, galleries)]


def add(parent: Page, model: str, **values: Any) -> Any:
    page = parent.add_child(instance=apps.get_model(model)(**values))
    page.save_revision().publish()
    return page


def visit() -> dict[str, Any]:
    """Make lists and items below the home page, and look at them as a visitor and in the admin."""
    home = Site.objects.get(is_default_site=True).root_page
    lists = [("newsroom.NewsIndexPage", "News of the host"), ("newsroom.EventIndexPage", "Events of the host")]
    if apps.is_installed("wagtail_newsroom.galleries"):
        lists.append(("newsroom_galleries.GalleryIndexPage", "Galleries of the host"))
    pages = [add(home, model, title=title) for model, title in lists]
    day = timezone.localdate() + dt.timedelta(days=30)
    picture = add_picture()
    pages += [
        add(pages[0], "newsroom.NewsPage", title="A bridge is open", lead="It carries trams.", lead_image=picture),
        add(pages[1], "newsroom.EventPage", title="A meeting on bridges", lead="Come along.", start_date=day),
    ]
    sizes = made_sizes(picture)
    editor = signed_in("admin")
    forms = [("newsroom/newspage", pages[0]), ("newsroom/eventpage", pages[1])]
    found = {
        "sizes": sizes,
        "pages": {page.title: seen(page) for page in pages},
        "menu": "Newsroom" in editor.get("/admin/").content.decode(),
        "forms": {name: editor.get(f"/admin/pages/add/{name}/{parent.pk}/").status_code for name, parent in forms},
        "v2": visitor().get("/api/v2/pages/?type=newsroom.NewsPage").json()["meta"]["total_count"],
    }
    picture.delete()
    return found


def add_picture() -> Any:
    """A picture in the library, of the host's image model."""
    out = io.BytesIO()
    Picture.new("RGB", (700, 500), (200, 30, 30)).save(out, "PNG")
    return get_image_model().objects.create(title="A bridge", file=ContentFile(out.getvalue(), name="bridge.png"))


def made_sizes(picture: Any) -> list[Any]:
    """For how many pictures the scheduler has sizes made, at first and then; which the first ones are."""
    from wagtail_newsroom.news.publishing.files.sizes import queue_missing_sizes

    counts = [queue_missing_sizes(), queue_missing_sizes()]
    return [*counts, sorted(picture.renditions.values_list("filter_spec", flat=True))]


def seen(page: Page) -> list[Any]:
    """Status, whether the page's title is in it, and cookies."""
    response = visitor().get(page.get_url())
    return [response.status_code, page.title in response.content.decode(), sorted(response.cookies)]
