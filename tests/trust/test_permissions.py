"""P1–P13: every address of the admin refuses people without the right, changes nothing and reveals nothing.

The first part goes over whatever is registered. The second names each kind of attempt and makes it well-formed.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import APIToken, GroupPagePermission, Page, TaskState

from tests.admin.desk import Form
from tests.factories import EventPageFactory, NewsPageFactory, make_attachment
from tests.soak import sample
from tests.standing import planted_for_many
from tests.trust.admin_doors import Door, Planted, admin_doors, admin_patterns, plant_admin
from tests.trust.crafted import changed_tables, crafted_bodies, snapshot, with_acts, written_tables
from tests.trust.doors import V3, Answer, leaks
from tests.trust.grown import Grown
from tests.trust.planting import World, page_types
from tests.trust.test_preview_api import addresses
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.models import DraftLink, DraftRemark, EventPage, NewsPage, PageAttachment, Topic
from wagtail_newsroom.news.registry import admin_listings

WORD, TITLE, NEW = "zqtajne", "zqtytul", "zqnowe"

# Addresses that are no doors: a page that breaks on purpose, and the way out.
NO_DOORS = ("/admin/failwhale/", "/admin/logout/")
# What people need before they are signed in.
BEFORE_SIGNING_IN = ("/admin/login/", "/admin/password_reset/", "/admin/sprite/", "/admin/jsi18n/")
# One's own second factor: everybody with a password sets up their own, staff of the site's private pages too.
ONES_OWN_SECOND_FACTOR = "/admin/two-factor/set-up/"
# Answers of 200 to an editor of another section at addresses with something foreign in them; none holds a word.
ANSWERS_WITHOUT_SECRETS = {
    "/admin/pages/create/%(app_label)s/%(model_name)s": "asks under which of one's own pages a page is to be made",
    "/admin/pages/usage/%(content_type_app_name)s/%(content_type_model_name)s/": "lists one's own pages of a type",
    "/admin/pages/usage/%(content_type_app_name)s/%(content_type_model_name)s/results/": "the same",
    "/admin/bulk/%(app_label)s/%(model_name)s/%(action)s/": "says of which objects nothing can be done",
    "/admin/tag-autocomplete/%(app_name)s/%(model_name)s/": "tags are shared by all sections",
    "/admin/password_reset/confirm/%(uidb64)s/%(token)s/": "says that the link is not valid",
    "/admin/workflows/task_chooser/%(task_id)s/": "Wagtail: what the steps of a workflow are called",
    "/admin/editing-sessions/release/%(session_id)s/": "ends one's own presence only",
}
# Titles of pages are for everybody who works in their section, and the columns of its lists with them.
LISTS_OF_ONES_SECTION = ("/admin/newsroom_",)
# Wagtail breaks (500) where a form comes without its link or the fields of its stream; it changes and tells nothing.
BROKEN_FORMS = ("/admin/choose-external-link/", "/admin/choose-anchor-link/")
PREVIEW_OF_A_NEW_PAGE = re.compile(r"/admin/pages/add/.+/preview/")


@pytest.fixture(scope="module")
def grown_plants(grown_world: Grown, django_db_blocker: Any) -> Iterator[Planted]:
    world, media = grown_world.world, grown_world.media
    with planted_for_many(django_db_blocker, media) as plant:
        yield plant(lambda: plant_admin(world.read_again(), WORD, title=TITLE))


@pytest.fixture
def planted(grown_plants: Planted, world: World) -> Planted:
    return grown_plants.read_again(world)


@pytest.fixture
def boss(planted: Planted) -> Client:
    client = Client()
    client.force_login(planted.owner)
    return client


def member_of(world: World, name: str, page: Page, *codenames: str) -> Client:
    """Somebody who may do what ``codenames`` say under ``page``, and come into the admin."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org")
    group = Group.objects.create(name=f"Group of {name}")
    group.user_set.add(user)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in codenames:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def adder(world: World) -> Client:
    """An editor who may add pages everywhere and edit their own: none of the planted ones."""
    return member_of(world, "adder", world.tree["home"], "add_page")


def answer(response: Any, address: str) -> Answer:
    """What came back, with the messages that wait for the next page.

    They are taken out of the visitor's cookie: thousands of refusals would be carried along from door to door.
    """
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode("utf-8", "replace") + waiting_messages(response)
    response.client.cookies.pop(CookieStorage.cookie_name, None)
    return Answer(address, response.status_code, text, response.headers.get("Location", ""))


def waiting_messages(response: Any) -> str:
    cookie = response.cookies.get(CookieStorage.cookie_name)
    waiting = CookieStorage(HttpRequest())._decode(cookie.value) if cookie and cookie.value else []
    return " ".join(str(each) for each in waiting or [])


def doors_of(planted: Planted) -> dict[Door, list[str]]:
    """Every door with one thing behind it, with ``make soak`` with two: who may not is told so of either in one way."""
    found = admin_doors(planted, limit=len(sample([1, 2], [1])))
    return {door: each for door, each in found.items() if not door.pattern.startswith(NO_DOORS)}


def queries_for(door: Door, planted: Planted) -> list[str]:
    """What is asked at an address: nothing, a search for the beginning of the words, an export, foreign ids."""
    if "chosen" in door.pattern or "bulk" in door.pattern:
        rows = [*planted.pages[:3], get_image_model().objects.last(), get_document_model().objects.last()]
        return ["", "?" + "&".join(f"id={row.pk}" for row in rows)]
    if "choose" in door.pattern or not door.names:
        return ["", f"?q={WORD[:-2]}&search={WORD[:-2]}&term={WORD[:-2]}", f"?q={TITLE[:-2]}", "?export=csv"]
    return [""]


def words_for(visitor: str, door: Door) -> tuple[str, ...]:
    if visitor == "colleague":
        return (WORD, TITLE)
    lists = (*LISTS_OF_ONES_SECTION, *(f"/admin/{each.url_prefix}/" for each in admin_listings()))
    return () if door.pattern.startswith(lists) else (WORD,)


# Over everything registered


def test_each_address_of_the_admin_can_be_filled(planted: Planted) -> None:
    found = admin_doors(planted)

    assert len(found) >= 300
    assert [door.pattern for door, filled in found.items() if not filled] == []


@pytest.mark.sampled
@pytest.mark.parametrize("who", ["stranger", "reader"])
def test_admin_is_closed_to_people_without_access(planted: Planted, stranger: Client, reader: Client, who: str) -> None:
    visitor = {"stranger": stranger, "reader": reader}[who]
    visitor.raise_request_exception = False
    before = snapshot()
    inside: list[str] = []
    answers: list[Answer] = []

    for door, filled in doors_of(planted).items():
        if door.pattern.startswith((*BEFORE_SIGNING_IN, ONES_OWN_SECOND_FACTOR)):
            continue
        for address in filled[:2]:
            for method in ("get", "head", "post"):
                found = answer(getattr(visitor, method)(address), address)
                answers.append(found)
                if found.status not in {302, 403, 404, 405}:
                    inside.append(f"{method} {address}: {found.status}")

    assert inside == []
    assert leaks(answers, WORD, TITLE) == []
    assert changed_tables(before) == []


@pytest.mark.slow
@pytest.mark.sampled
@pytest.mark.parametrize("who", ["colleague", "adder"])
def test_admin_reveals_nothing_of_another_section(planted: Planted, colleague: Client, adder: Client, who: str) -> None:
    """Above ten seconds: every address of the admin, lists and choosers with searches and an export."""
    visitor = {"colleague": colleague, "adder": adder}[who]
    before = snapshot()
    found, shown = [], []

    for door, filled in doors_of(planted).items():
        for address in filled:
            for query in queries_for(door, planted):
                got = answer(visitor.get(address + query), address + query)
                found += leaks([got], *words_for(who, door))
                if who == "colleague" and door.names and got.status == 200 and not _without_secrets(door):
                    shown.append(got.address)
        found += leaks([answer(visitor.head(filled[0]), filled[0])], *words_for(who, door))

    assert found == []
    assert shown == [], "Refuse these, or give the reason in ANSWERS_WITHOUT_SECRETS."
    assert changed_tables(before) == []


def _without_secrets(door: Door) -> bool:
    return door.pattern in ANSWERS_WITHOUT_SECRETS or door.pattern.startswith(
        ("/admin/snippets/choose/", *BEFORE_SIGNING_IN)  # what snippets are called is shared by all sections
    )


@pytest.mark.slow
@pytest.mark.sampled
def test_crafted_posts_of_people_without_the_right_change_and_reveal_nothing(
    planted: Planted, boss: Client, colleague: Client, adder: Client
) -> None:
    """Every form that an administrator would get, filled in, sent by people who may not.

    Above ten seconds: hundreds of addresses, whose forms are read once for both visitors, and twice as many posts.
    """
    visitors = {"colleague": colleague, "adder": adder}
    for visitor in visitors.values():
        visitor.raise_request_exception = False
    changes, found, broken = [], [], []

    with written_tables() as wrote:
        before = snapshot()
        for door, filled in doors_of(planted).items():
            for address in filled:
                bodies = crafted_bodies(boss, address.removesuffix("preview/"), WORD, NEW)
                bodies = [acted for body in bodies for acted in with_acts(body)] or [_anything(planted)]
                if wrote:  # looking at a form leaves traces of one's own
                    before = snapshot()
                for name, visitor in visitors.items():
                    for body in bodies:
                        wrote.clear()
                        got = answer(visitor.post(address, body), address)
                        found += leaks([got], *words_for(name, door))
                        known = address.startswith(BROKEN_FORMS) or PREVIEW_OF_A_NEW_PAGE.fullmatch(address)
                        if got.status >= 500 and not known:
                            broken.append(f"{name} {address}")
                        if wrote and (changed := changed_tables(before)):
                            changes.append(f"{name} {address}: {changed}")
                            before = snapshot()

    assert changes == []
    assert found == []
    assert broken == []


def _anything(planted: Planted) -> dict[str, Any]:
    return {
        "title": NEW,
        "name": NEW,
        "comment": NEW,
        "id": [page.pk for page in planted.pages[:2]],
        "new_parent_page": str(planted.world.tree["documents"].pk),
        "confirm": "yes",
    }


def test_p13_post_without_a_token_is_refused_at_each_address(planted: Planted) -> None:
    forger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    forger.force_login(planted.owner)
    before = snapshot()

    taken = {}
    for door, filled in doors_of(planted).items():
        status = forger.post(filled[0], _anything(planted)).status_code
        if status not in {403, 405}:
            taken[door.pattern] = status

    assert taken == {}
    assert changed_tables(before) == []


# Each kind of attempt, well-formed


def page_of(planted: Planted, model: type[Page]) -> Any:
    return next(page for page in planted.pages if isinstance(page, model))


ATTEMPTS = {
    "P1 compare revisions": "/admin/pages/{page}/revisions/compare/{revision}...latest/",
    "P1 compare with the public version": "/admin/pages/{page}/revisions/compare/live...{revision}/",
    "P1 revision": "/admin/pages/{page}/revisions/{revision}/view/",
    "P1 go back to a revision": "/admin/pages/{page}/revisions/{revision}/revert/",
    "P1 revision by way of one's own page": "/admin/pages/{own}/revisions/{revision}/view/",
    "P2 history": "/admin/pages/{page}/history/",
    "P2 history, list only": "/admin/pages/{page}/history/results/",
    "P2 history of the workflow": "/admin/pages/{page}/workflow_history/",
    "P3 copy": "/admin/pages/{page}/copy/",
    "P4 copy of a snippet": "/admin/snippets/newsroom/topic/copy/{topic}/",
    "P4 history of a snippet": "/admin/snippets/newsroom/topic/history/{topic}/",
    "P4 usage of a snippet": "/admin/snippets/newsroom/topic/usage/{topic}/",
    "P5 translate": "/admin/translation/submit/page/{page}/",
    "P5 translate a snippet": "/admin/translation/submit/snippet/newsroom/topic/{topic}/",
    "P6 preview": "/admin/pages/{page}/edit/preview/",
    "P6 draft": "/admin/pages/{page}/view_draft/",
    "P9 settings": "/admin/settings/newsroom/newsroomsettings/",
    "P9 settings of a site": "/admin/settings/newsroom/newsroomsettings/1/",
    "P10 bulk": "/admin/bulk/wagtailcore/page/publish/?id={page}",
    "P11 chooser of pages": "/admin/choose-page/{page}/",
    "P11 chosen pages": "/admin/choose-page/chosen-multiple/?id={page}",
    "P11 chosen image": "/admin/images/chooser/chosen/{image}/",
    "P11 chosen document": "/admin/documents/chooser/chosen/{document}/",
    "P11 search for a page": "/admin/choose-page/search/?q=zqtyt",
    "P12 move": "/admin/pages/{page}/move/{own}/confirm/",
    "links to a draft": "/admin/newsroom/share/{page}/",
    "links to a draft by way of one's own page": "/admin/newsroom/share/{own}/withdraw/{link}/",
}


def test_attempts_on_another_section(planted: Planted, colleague: Client, subtests: pytest.Subtests) -> None:
    page = page_of(planted, NewsPage)
    ids = {
        "page": page.pk,
        "revision": page.latest_revision_id,
        "own": planted.world.tree["documents"].pk,
        "topic": Topic.objects.order_by("-pk").values_list("pk", flat=True)[0],
        "image": planted.planter.any_photo().pk,
        "document": planted.planter.any_document().pk,
        "link": DraftLink.objects.get().pk,
    }
    for attempt, pattern in ATTEMPTS.items():
        with subtests.test(attempt):
            address = pattern.format(**ids)
            before = snapshot()

            got = [
                answer(colleague.get(address), address),
                answer(colleague.post(address, _anything(planted)), address),
            ]

            assert leaks(got, WORD, TITLE) == []
            assert changed_tables(before) == []


def test_p1_p6_editor_with_add_only_reads_no_foreign_draft(planted: Planted, adder: Client) -> None:
    page = page_of(planted, NewsPage)
    names = ("view_draft/", f"revisions/{page.latest_revision_id}/view/", "edit/", "edit/preview/")

    answers = [answer(adder.get(f"/admin/pages/{page.pk}/{name}"), name) for name in names]

    assert leaks(answers, WORD) == []
    assert 200 not in {each.status for each in answers}


# An editor of events, on a page of their own


@pytest.fixture
def neighbour(world: World) -> Client:
    """Writes events, and publishes none."""
    return member_of(world, "neighbour", world.tree["events"], "add_page", "change_page")


@pytest.fixture
def own(world: World) -> EventPage:
    page = EventPageFactory(parent=world.tree["events"], title="Moje", slug="moje", live=False)
    page.save_revision()
    return page


def form_of(client: Client, page: Page) -> Form:
    return Form(client, f"/admin/pages/{page.pk}/edit/")


def test_p7_rows_of_another_page_cannot_be_taken_over(world: World, neighbour: Client, own: EventPage) -> None:
    other = NewsPageFactory(parent=world.tree["news"], title="Cudze", slug="cudze")
    other.attachments.add(PageAttachment(attachment=make_attachment(), label="cudzy plik"))
    other.save_revision().publish()
    row = PageAttachment.objects.get(label="cudzy plik")
    form = form_of(neighbour, own).add_row("attachments", attachment=str(row.attachment_id), label="przejęty")
    form.data |= {"attachments-0-id": str(row.pk), "attachments-INITIAL_FORMS": ["1"]}

    form.save_draft()

    row.refresh_from_db()
    assert (row.page_id, row.label) == (other.pk, "cudzy plik")
    assert [each.label for each in NewsPage.objects.get(pk=other.pk).attachments.all()] == ["cudzy plik"]
    assert "cudzy plik" not in str(own.get_latest_revision().content)


def test_p8_field_that_a_panel_reserves_is_not_taken_from_a_crafted_form(own: EventPage, neighbour: Client) -> None:
    user = get_user_model().objects.get(username="neighbour")
    panels = ObjectList([FieldPanel("title"), FieldPanel("byline", permission="newsroom.add_topic")])
    form_class = panels.bind_to_model(EventPage).get_form_class()
    form = form_class(
        {"title": "Moje", "byline": NEW}, instance=own, for_user=user, parent_page=own.get_parent().specific
    )

    assert "byline" not in form.fields
    form.is_valid()
    assert form.instance.byline != NEW


def test_p8_fields_that_panels_of_each_type_reserve_are_left_out(
    world: World, neighbour: Client, subtests: pytest.Subtests
) -> None:
    user = get_user_model().objects.get(username="neighbour")
    for model in page_types():
        with subtests.test(model._meta.label):
            form_class = model.get_edit_handler().get_form_class()
            reserved = form_class._meta.field_permissions or {}
            instance = world.ground[model]

            form = form_class(instance=instance, for_user=user, parent_page=instance.get_parent().specific)

            assert [name for name, right in reserved.items() if name in form.fields and not user.has_perm(right)] == []


LATER = {"go_live_at": "2099-01-01 10:00", "expire_at": "2099-02-01 10:00"}


def test_p12_editor_who_may_not_publish_does_not_by_any_door(
    world: World, planted: Planted, neighbour: Client, own: EventPage
) -> None:
    neighbour.raise_request_exception = False
    news, pk = world.tree["news"], own.pk
    revision = own.latest_revision_id
    form_of(neighbour, own).fill(title="Moje, opublikowane").publish()
    form_of(neighbour, own).fill(title="Moje, zaplanowane", **LATER).publish()
    doors: dict[str, dict[str, Any]] = {
        f"/admin/bulk/wagtailcore/page/publish/?id={pk}": {},
        f"/admin/bulk/wagtailcore/page/move/?id={pk}": {"chooser": str(news.pk)},
        f"/admin/api/main/pages/{pk}/action/publish/": {},
        f"/admin/api/main/pages/{pk}/action/move/": {"destination_page_id": news.pk},
        f"/admin/api/main/pages/{pk}/action/copy/": {"destination_page_id": news.pk, "keep_live": True},
        f"/admin/pages/{pk}/move/{news.pk}/confirm/": {},
        f"/admin/pages/{pk}/copy/": {
            "new_title": "Kopia", "new_slug": "kopia", "new_parent_page": str(world.tree["home"].pk),
            "publish_copies": "on",
        },
        f"/admin/pages/{pk}/lock/": {},
        f"/admin/pages/{pk}/privacy/": {"restriction_type": "login"},
        f"/admin/pages/{pk}/revisions/{revision}/unschedule/": {},
        f"/admin/pages/{pk}/delete/": {"next": "/admin/"},
    }  # fmt: skip
    for address, body in doors.items():
        if "delete" not in address:
            neighbour.post(address, body)

    page = EventPage.objects.get(pk=pk)
    assert not page.live
    assert page.first_published_at is None
    assert page.get_parent().pk == world.tree["events"].pk
    assert not page.locked
    assert not page.revisions.exclude(approved_go_live_at=None).exists()
    assert not page.get_view_restrictions().exists()
    assert not Page.objects.filter(slug="kopia").exists()


def test_p12_new_page_is_a_draft_whatever_button_is_named(world: World, neighbour: Client) -> None:
    parent = world.tree["events"]
    form = Form(neighbour, f"/admin/pages/add/newsroom/eventpage/{parent.pk}/")
    form.fill(title="Nowe", lead="Zdanie.", start_date="2099-01-01").publish()
    form = Form(neighbour, f"/admin/pages/add/newsroom/eventpage/{parent.pk}/")
    form.fill(title="Zaplanowane", lead="Zdanie.", start_date="2099-01-01", **LATER).publish()

    assert not EventPage.objects.filter(title__in=["Nowe", "Zaplanowane"], live=True).exists()
    assert not any(
        page.revisions.exclude(approved_go_live_at=None).exists() for page in EventPage.objects.filter(live=False)
    )


def test_p12_editor_who_may_not_publish_takes_nothing_down(world: World, neighbour: Client) -> None:
    page = EventPageFactory(parent=world.tree["events"], title="Jawne", slug="jawne")
    for address, body in {
        f"/admin/pages/{page.pk}/unpublish/": {},
        f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}": {},
        f"/admin/api/main/pages/{page.pk}/action/unpublish/": {},
    }.items():
        neighbour.post(address, body)

    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_p12_nobody_outside_the_approvers_approves(planted: Planted, neighbour: Client, action: str) -> None:
    before = snapshot()
    for state in TaskState.objects.all():
        page = state.revision.object_id
        for place in ("action", "collect_action_data"):
            neighbour.post(f"/admin/pages/workflow/{place}/{page}/{action}/{state.pk}/", {"comment": NEW})

    assert changed_tables(before) == []


@pytest.mark.parametrize("who", ["colleague", "adder"])
def test_p12_preview_api_with_writes_changes_nothing_for_people_without_the_right(
    planted: Planted, stranger: Client, colleague: Client, adder: Client, settings: Any, who: str
) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    _row, secret = APIToken.create_token(user=get_user_model().objects.get(username=who), name="test")
    headers = {"Authorization": f"Bearer {secret}"}
    ours = {f"{V3}/pages/{page.pk}" for page in planted.pages}
    stranger.raise_request_exception = False  # Wagtail's copy of the root page breaks
    before = snapshot()

    statuses, answers = {}, []
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for address in addresses(method, limit=40):
            body = '{"title": "zqnowe", "meta": {"type": "newsroom.NewsPage"}, "publish": true}'
            got = stranger.generic(method, address, body, content_type="application/json", headers=headers)
            answers.append(answer(got, address))
            if got.status_code < 400 and address.startswith(tuple(ours)):
                statuses[f"{method} {address}"] = got.status_code

    changed = [label for label in changed_tables(before) if label != "wagtailcore.APIToken"]
    assert statuses == {}
    assert changed == []
    assert leaks(answers, WORD) == []


def test_p13_revoked_token_writes_nothing(planted: Planted, stranger: Client, settings: Any) -> None:
    settings.NEWSROOM = {**settings.NEWSROOM, "API_V3_WRITES": True}
    row, secret = APIToken.create_token(user=planted.owner, name="test")
    row.revoke()
    before = snapshot()

    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for address in addresses(method, limit=2):
            got = stranger.generic(
                method, address, "{}", content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
            )
            assert got.status_code in {401, 403, 405}, f"{method} {address}"

    assert changed_tables(before) == []


# Sharing


def test_remark_is_settled_by_way_of_its_own_page_only(planted: Planted, neighbour: Client, own: EventPage) -> None:
    remark, link = DraftRemark.objects.get(), DraftLink.objects.get()

    neighbour.post(reverse("newsroom_settle_remark", args=[own.pk, remark.pk]))
    neighbour.post(reverse("newsroom_revoke_link", args=[own.pk, link.pk]))

    remark.refresh_from_db()
    link.refresh_from_db()
    assert remark.settled_at is None
    assert link.revoked_at is None


# The library


def test_p7_document_of_another_section_is_not_replaced_by_a_crafted_form(planted: Planted, colleague: Client) -> None:
    foreign = planted.planter.any_document()
    user = get_user_model().objects.get(username="colleague")
    collection = user.groups.get().collection_permissions.first().collection
    mine = make_attachment("Moje", collection=collection)
    body = {"title": "Moje", "kind": "other", "supersedes": foreign.pk, "belongs_to": foreign.pk,
            "collection": collection.pk}  # fmt: skip

    got = answer(colleague.post(f"/admin/documents/edit/{mine.pk}/", body), "edit")

    mine.refresh_from_db()
    assert (mine.supersedes_id, mine.belongs_to_id) == (None, None)
    assert leaks([got], WORD) == []


def test_p11_choosers_still_offer_what_is_public_and_what_is_one_s_own(
    world: World, neighbour: Client, own: EventPage
) -> None:
    """The counterpart: links to public pages of other sections, and to one's own drafts, can be made."""
    public = world.ground[NewsPage]

    found = [
        answer(neighbour.get(f"/admin/choose-page/{public.get_parent().pk}/"), "public"),
        answer(neighbour.get(f"/admin/choose-page/{own.get_parent().pk}/"), "own"),
        answer(neighbour.get(f"/admin/choose-page/chosen-multiple/?id={own.pk}&id={public.pk}"), "chosen"),
        answer(neighbour.get("/admin/choose-page/"), "root"),
    ]

    assert {each.status for each in found} == {200}
    assert public.title in found[0].body.encode().decode("unicode_escape", "ignore") or "zwykle" in found[0].body
    assert "Moje" in found[1].body
    assert "Moje" in found[2].body


def test_gallery_of_another_section_is_no_choice(planted: Planted, colleague: Client) -> None:
    gallery = page_of(planted, GalleryPage)

    assert colleague.get(f"/admin/choose-page/chosen-multiple/?id={gallery.pk}").status_code in {302, 403}


def test_patterns_of_the_admin_are_found_whole() -> None:
    patterns = [door.pattern for door in admin_patterns()]

    assert "/admin/pages/%(page_id)s/edit/" in patterns
    assert any("compare/%(revision_id_a)s...%(revision_id_b)s" in pattern for pattern in patterns)
