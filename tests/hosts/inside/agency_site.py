"""The rich host's content, and the questions that it is asked before, with and after the newsroom."""

import datetime as dt
import io
from typing import Any

from answers import answer, leaving_nothing, signed_in, visitor
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from rows import everything
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    PageLogEntry,
    Revision,
    Site,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from news.models import AgencySettings, EventPage, GalleryPage, HomePage, NewsIndexPage, NewsPage

LONG_AGO = dt.datetime(2020, 1, 15, 12, tzinfo=dt.UTC)
NO_COMMENTS = {f"comments-{name}_FORMS": number for name, number in [("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0)]}


def plant() -> None:
    """Two sites and two languages, pages of each type, pictures, documents, people, their rights and workflow."""
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="The agency", slug="agency"))
    second = root.add_child(instance=HomePage(title="The second site", slug="second"))
    site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="The agency")
    other_site = Site.objects.create(hostname="second.example", root_page=second)
    home.copy_for_translation(Locale.objects.create(language_code="pl")).save_revision().publish()

    logo, bridge, _loose = (add_picture(title) for title in ("Logo", "Bridge", "Loose"))
    AgencySettings.objects.create(site=site, logo=logo)
    AgencySettings.objects.create(site=other_site)
    plan, _loose = (add_document(title) for title in ("Plan", "Nobody's"))
    articles = home.add_child(instance=NewsIndexPage(title="Articles", slug="news"))
    for number in (1, 2):
        text = f'<p>Tram number {number}. <a linktype="document" id="{plan.pk}">The plan</a></p>'
        page = NewsPage(title=f"Article {number}", slug=f"article-{number}", text=text, picture=bridge, paper=plan)
        articles.add_child(instance=page).save_revision().publish()
    articles.add_child(instance=EventPage(title="Open day", slug="open-day", place="Quay 1")).save_revision().publish()
    articles.add_child(
        instance=EventPage(title="Draft day", slug="draft-day", place="Quay 2", live=False)
    ).save_revision()
    articles.add_child(instance=EventPage(title="Day to approve", slug="to-approve", live=False))
    home.add_child(instance=GalleryPage(title="Pictures", slug="pictures", picture=bridge)).save_revision().publish()
    second.add_child(instance=EventPage(title="Elsewhere", slug="elsewhere", place="Town 2")).save_revision().publish()
    default_storage.save("brochures/tram.txt", ContentFile(b"The agency's own file."))
    for address in ("/en/news/article-1/", "/en/pictures/"):  # makes the sizes of their pictures
        visitor().get(address)
    employ(home)
    signed_in("admin").get("/admin/images/")  # and those that the library shows
    make_old()


def add_picture(title: str) -> Any:
    file = io.BytesIO()
    Image.new("RGB", (200, 150), f"#{abs(len(title)):02x}6699").save(file, "PNG")
    return get_image_model().objects.create(title=title, file=ContentFile(file.getvalue(), f"{title.lower()}.png"))


def add_document(title: str) -> Any:
    return Document.objects.create(title=title, file=ContentFile(title.encode(), f"{title.lower()}.txt"))


def employ(home: Page) -> None:
    """An editor and a moderator in groups of the agency's own, with a workflow on its home page."""
    for name, verbs in [("editor", ("add", "change")), ("moderator", ("add", "change", "publish", "lock"))]:
        group = Group.objects.create(name=f"Agency {name}s")
        group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_agencysettings"]))
        for verb in verbs:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{verb}_page")
            GroupPagePermission.objects.create(group=group, page=home, permission=permission)
        for library in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            permission = Permission.objects.get(content_type__app_label=library[0], codename=f"change_{library[1]}")
            GroupCollectionPermission.objects.create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
        get_user_model().objects.create_user(name, f"{name}@agency.example", "a password").groups.add(group)
    get_user_model().objects.create_superuser("admin", "admin@agency.example", "a password")
    workflow = Workflow.objects.create(name="The agency approves")
    task = GroupApprovalTask.objects.create(name="By the agency's moderators")
    task.groups.add(Group.objects.get(name="Agency moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=home)
    waiting = EventPage.objects.get(slug="draft-day")
    workflow.start(waiting, get_user_model().objects.get(username="editor"))


def make_old() -> None:
    """What was long ago is called the same in a minute: the admin says how long ago."""
    Page.objects.update(latest_revision_created_at=LONG_AGO, first_published_at=LONG_AGO, last_published_at=LONG_AGO)
    Revision.objects.update(created_at=LONG_AGO)
    PageLogEntry.objects.update(timestamp=LONG_AGO)
    TaskState.objects.update(started_at=LONG_AGO)
    WorkflowState.objects.update(created_at=LONG_AGO)


PUBLIC = (
    "/",
    "/en/",
    "/pl/",
    "/en/news/",
    "/en/news/article-1/",
    "/en/news/article-2/",
    "/en/news/open-day/",
    "/en/news/draft-day/",
    "/en/pictures/",
    "/en/nothing/",
    "/nothing.ics",
    "/en/news/calendar.ics",
    "/feed.xml",
    "/sitemap.xml",
    "/manifest.json",
    "/shop/prices.json",
    "/media/brochures/tram.txt",
    "/api/v3/pages/?type=news.NewsPage",
)
# Wagtail lists all pages here: those of the newsroom too, as soon as there are some.
PUBLIC_LISTS = ("/api/v3/pages/", "/api/v3/pages/?type=wagtailcore.Page&order=title")
SECOND = ("/", "/en/", "/en/elsewhere/", "/feed.xml")
PICTURES = ("width-40", "width-120", "fill-60x60")


def ask() -> dict[str, Any]:
    """All answers, before there is a page of the newsroom."""
    with leaving_nothing():
        return {
            **ask_what_never_changes(),
            "lists": {address: answer(visitor(), address) for address in PUBLIC_LISTS},
            "admin": {name: ask_admin(name) for name in ("editor", "moderator")},
            "rows": everything(),
            "files that nothing refers to": ask_for_loose_files(),
        }


def ask_for_loose_files() -> list[int]:
    files = Document.objects.get(title="Nobody's"), get_image_model().objects.get(title="Loose")
    addresses = files[0].url, files[1].get_rendition("max-165x165").url
    return [answer(visitor(), address)["status"] for address in addresses]


def ask_what_never_changes() -> dict[str, Any]:
    """What the agency answers also while pages of the newsroom stand beside its own."""
    with leaving_nothing():
        article = NewsPage.objects.get(slug="article-1")
        anyone = visitor()
        page = f"/api/v3/pages/{article.pk}/"
        files = [article.paper.url, *(article.picture.get_rendition(name).url for name in PICTURES[1:])]
        files.append(AgencySettings.objects.get(site__is_default_site=True).logo.get_rendition(PICTURES[0]).url)
        return {
            "public": {address: answer(anyone, address) for address in (*PUBLIC, page)},
            "files": {address: status_and_body(answer(anyone, address)) for address in files},
            "polish browser": answer(anyone, "/", headers={"accept-language": "pl"}),
            "second site": {address: answer(anyone, address, headers={"host": "second.example"}) for address in SECOND},
            "workflow": go_through_workflow(),
            "rights": {name: sorted(user(name).get_all_permissions()) for name in ("editor", "moderator")},
        }


def status_and_body(found: dict[str, Any]) -> list[Any]:
    """Of a file: how long browsers keep it is said by whoever serves it."""
    return [found["status"], found["Content-Type"], found["body"]]


def ask_admin(name: str) -> dict[str, Any]:
    client = signed_in(name)
    return {address: answer(client, address) for address in admin_addresses()}


def admin_addresses() -> list[str]:
    """The home of the admin and what shows rights and menus; forms and lists have additions: see docs/hosts.md."""
    index = NewsIndexPage.objects.get()
    return [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{index.pk}/add_subpage/",
        "/admin/workflows/list/",
        "/admin/settings/news/agencysettings/",
    ]


def user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def go_through_workflow() -> list[Any]:
    """The editor submits an event, the moderator approves it: what was said, who was asked, what came of it."""
    with leaving_nothing():
        page = EventPage.objects.get(slug="to-approve")
        values = {"title": page.title, "slug": page.slug, "place": "Quay 3", "seo_title": "", "search_description": ""}
        form, address = {**values, **NO_COMMENTS}, f"/admin/pages/{page.pk}/edit/"
        submitted = signed_in("editor").post(address, {**form, "action-submit": "1"})
        page.refresh_from_db()
        state = page.current_workflow_state
        if state is None:
            return [submitted.status_code, "nothing waits", submitted.content.decode()]
        waits = [state.workflow.name, state.current_task_state.task.specific_class.__name__]
        approved = signed_in("moderator").post(
            address, {**form, "action-workflow-action": "true", "workflow-action-name": "approve"}
        )
        page.refresh_from_db()
        state.refresh_from_db()
        return [submitted.status_code, *waits, approved.status_code, page.live, page.place, state.status]
