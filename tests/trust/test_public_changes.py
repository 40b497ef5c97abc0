"""What public pages show is changed by people who may publish them: files and shared texts, by every door, in every field."""

import html
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client, override_settings
from django.utils import translation
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import APIToken, Collection, GroupPagePermission, Locale, Page, Site
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from tests.admin.desk import EDITORS, PUBLISHERS, member, set_up_roles
from tests.factories import (
    EventPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    attach,
    make_attachment,
    make_photo,
    make_site,
)
from tests.trust.planting import Planter, World
from wagtail_newsroom.news.models import (
    EventOrganiser,
    EventPage,
    InformationClause,
    NewsPage,
    NewsroomSettings,
    Organisation,
    Topic,
)
from wagtail_newsroom.news.publishing.public_use import (
    PublicUsePolicy,
    may_change_in_public,
    public_use_of,
    refusal_to_change,
)
from wagtail_newsroom.news.visibility import is_always_shown, is_public_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(db: None) -> dict[str, Page]:
    tree = make_site()
    set_up_roles()
    return tree


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def publisher_of_events(tree: dict[str, Page]) -> User:
    """Somebody who may do with files and lists what publishers may, and publishes events only."""
    user = member(PUBLISHERS, "events-only")
    group = Group.objects.create(name="Publishers of events")
    stock = Group.objects.get(name=PUBLISHERS)
    group.permissions.set(stock.permissions.all())
    for given in stock.collection_permissions.all():
        given.pk, given.group = None, group
        given.save()
    for verb in ("add", "change", "publish"):
        permission = Permission.objects.get(codename=f"{verb}_page")
        GroupPagePermission.objects.create(group=group, page=tree["events"], permission=permission)
    user.groups.set([group])
    return user


def facts(row: Any) -> dict[str, Any]:
    """All that is stored of ``row``; empty once it is gone."""
    stored = type(row)._base_manager.filter(pk=row.pk).values().first() or {}
    return {**stored, "tags": sorted(row.tags.names()) if stored and hasattr(row, "tags") else []}


def form_values(row: Any) -> dict[str, Any]:
    """What the form of ``row`` sends untouched, by the fields of its form."""
    names = [each for each in row.admin_form_fields if each != "file"]
    values = {name: getattr(row, name) for name in names if name != "tags"}
    return {name: getattr(value, "pk", "" if value is None else value) for name, value in values.items()}


def other_values(row: Any) -> dict[str, Any]:
    """For each field of the form, another value than the stored one."""
    elsewhere = Collection.get_first_root_node().add_child(name="Elsewhere")
    said: dict[str, Any] = {"tags": "zqinne"}
    for name in row.admin_form_fields:
        field = row._meta.get_field(name)
        if name == "collection":
            said[name] = elsewhere.pk
        elif isinstance(field, models.DateField):
            said[name] = "2027-03-04"
        elif isinstance(field, models.BooleanField):
            said[name] = "on"
        elif getattr(field, "choices", None):
            said[name] = next(value for value, _label in field.flatchoices if value and value != getattr(row, name))
        elif isinstance(field, models.IntegerField):
            said[name] = 7
        elif isinstance(field, models.CharField | models.TextField):
            said[name] = "Zq inne słowa"
    return said


def doors(file: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, address and data of every request that changes or deletes ``file``."""
    is_photo = isinstance(file, get_image_model())
    kind, pk = ("images", file.pk) if is_photo else ("documents", file.pk)
    edit, delete = (
        (f"images/{pk}/", f"images/{pk}/delete/") if is_photo else (f"documents/edit/{pk}/", f"documents/delete/{pk}/")
    )
    values, prefix = form_values(file), "image" if is_photo else "document"
    for name, value in other_values(file).items():
        sent = {**values, name: value}
        yield "post", f"/admin/{edit}", sent
        yield "post", f"/admin/{kind}/multiple/{pk}/", {f"{prefix}-{pk}-{key}": each for key, each in sent.items()}
    yield "post", f"/admin/{delete}", {}
    yield "post", f"/admin/{kind}/multiple/{pk}/delete/", {}
    bulk = f"/admin/bulk/{file._meta.app_label}/{file._meta.model_name}"
    yield "post", f"{bulk}/add_tags/?id={pk}", {"tags": "zqinne"}
    yield "post", f"{bulk}/add_to_collection/?id={pk}", {"collection": other_values(file)["collection"]}
    yield "post", f"{bulk}/delete/?id={pk}", {}


FILES = {"photo": make_photo, "document": make_attachment}


def shown_file(kind: str, tree: dict[str, Page], owner: User) -> tuple[Any, Page]:
    """A file of ``owner`` that a public news item names."""
    file = FILES[kind](uploaded_by_user=owner)
    facts = {"lead_image": file, "lead_image_alt": "Sala."} if kind == "photo" else {}
    news = NewsPageFactory(parent=tree["news"], **facts)
    if kind == "document":
        attach(news, file)
    return file, news


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("who", ["author", "publisher of events"])
def test_t5_who_may_not_publish_there_cannot_change_a_file_that_a_live_page_shows(
    kind: str, who: str, tree: dict[str, Page], subtests: Any
) -> None:
    author = member(EDITORS)
    user = author if who == "author" else publisher_of_events(tree)
    file, news = shown_file(kind, tree, author)
    publisher, client = member(PUBLISHERS), signed_in(user)
    was = facts(file)
    for method, address, data in doors(file):
        with subtests.test(address=address, sent=sorted(data)):
            assert getattr(client, method)(address, data).status_code in {200, 302, 403}
            assert facts(file) == was
    told = client.get(f"/admin/{'images' if kind == 'photo' else 'documents/edit'}/{file.pk}/", follow=True)
    assert f"“{file.title}” is shown on a public page: “{news.title}”." in told.content.decode()
    assert publisher.username in told.content.decode()


@pytest.mark.parametrize("kind", FILES)
def test_t5_api_changes_no_file_that_a_live_page_shows(kind: str, tree: dict[str, Page]) -> None:
    author = member(EDITORS)
    file, _news = shown_file(kind, tree, author)
    was = facts(file)
    address = f"/api/v3-preview/{'images' if kind == 'photo' else 'documents'}/{file.pk}/"
    _row, secret = APIToken.create_token(user=author, name="Próba")
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    with override_settings(NEWSROOM={"API_V3_WRITES": True}):
        answers = [
            client.patch(address, json.dumps({"title": "Zq inny"}), content_type="application/json").status_code,
            client.delete(address).status_code,
        ]
    assert answers == [403, 403]
    assert facts(file) == was


@pytest.mark.parametrize("kind", FILES)
def test_t5_author_changes_an_own_file_until_a_page_that_shows_it_is_public(kind: str, tree: dict[str, Page]) -> None:
    author, publisher = member(EDITORS), member(PUBLISHERS)
    file, news = shown_file(kind, tree, author)
    address = f"/admin/{'images' if kind == 'photo' else 'documents/edit'}/{file.pk}/"
    for user, live, title in ((publisher, True, "Publishers"), (author, False, "Authors")):
        if not live:
            news.refresh_from_db()
            news.unpublish()
        signed_in(user).post(address, {**form_values(file), "title": title})
        file.refresh_from_db()
        assert file.title == title


def test_t5_all_pages_that_show_a_file_count(tree: dict[str, Page]) -> None:
    author = member(EDITORS)
    photo, _news = shown_file("photo", tree, author)
    EventPageFactory(parent=tree["events"], lead_image=photo, lead_image_alt="Sala.")
    of_events, publisher = publisher_of_events(tree), member(PUBLISHERS)

    assert [may_change_in_public(user, photo) for user in (author, of_events, publisher)] == [False, False, True]


def test_t5_logo_of_an_organiser_is_changed_by_those_who_may_publish_the_event(tree: dict[str, Page]) -> None:
    author = member(EDITORS)
    photo = make_photo("Znak", uploaded_by_user=author)
    event = EventPageFactory(parent=tree["events"])
    event.organisers = [
        EventOrganiser(organisation=Organisation.objects.create(name="Dom", logo=photo, locale=event.locale))
    ]
    event.save_revision().publish()

    assert [may_change_in_public(user, photo) for user in (author, publisher_of_events(tree))] == [False, True]


def test_file_of_a_hosts_own_page_is_its_owners(tree: dict[str, Page]) -> None:
    author = member(EDITORS)
    photo = make_photo(uploaded_by_user=author)
    shown = [{"type": "image", "value": {"image": photo.pk, "alt": "Sala."}}]
    page = StandardPageFactory(parent=tree["home"])
    page.body = page.body.stream_block.to_python(shown)
    page.save_revision().publish()

    assert is_public_file(photo)
    assert may_change_in_public(author, photo)


# Shared texts


def snippets() -> list[type[models.Model]]:
    """The kinds of snippets that pages name."""
    return [model for model in get_snippet_models() if not is_always_shown(model)]


def trusted_with_lists(user: User) -> User:
    """``user``, who may do with all snippets what Wagtail knows."""
    for model in get_snippet_models():
        kind = ContentType.objects.get_for_model(model)
        user.user_permissions.add(*Permission.objects.filter(content_type=kind))
    return user


@pytest.fixture
def planter(tree: dict[str, Page]) -> Planter:
    return Planter(World(tree, {type(page): page for page in tree.values()}), "zqwspolne")


def snippet_doors(row: Any, boss: Client) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and data of every request that changes or deletes ``row``: each text of its form by itself."""
    base = f"/admin/snippets/{row._meta.app_label}/{row._meta.model_name}"
    edit = f"{base}/edit/{row.pk}/"
    untouched = sent_untouched(boss.get(edit).context["form"])
    texts = [name for name in untouched if isinstance(model_field(row, name), models.CharField | models.TextField)]
    assert texts
    for name in texts:
        words = content_of("<p>Zq inne</p>") if name == "text" else "zq-inne"
        yield edit, {**untouched, name: words}
        if getattr(row, "latest_revision_id", None):
            yield f"{base}/history/{row.pk}/revisions/{row.latest_revision_id}/revert/", {**untouched, name: words}
    yield f"{base}/delete/{row.pk}/", {}
    yield f"/admin/bulk/{row._meta.app_label}/{row._meta.model_name}/delete/?id={row.pk}", {}


def sent_untouched(form: Any) -> dict[str, Any]:
    """What a browser sends of ``form`` where nobody typed."""
    values = {bound.name: bound.field.widget.format_value(bound.field.prepare_value(bound.value())) for bound in form}
    return {name: "" if value is None else value for name, value in values.items()}


def model_field(row: Any, name: str) -> Any:
    return next((each for each in row._meta.fields if each.name == name), None)


def content_of(html: str) -> str:
    """Rich text as the editor's form sends it."""
    return ContentstateConverter(features=["bold", "link"]).from_database_format(html)


def test_every_kind_of_snippet_asks_for_the_right_to_publish() -> None:
    for model in [*snippets(), get_document_model(), get_image_model()]:
        assert isinstance(policy_registry.get_by_type(model), PublicUsePolicy), model


@pytest.mark.parametrize("who", ["editor", "publisher of events"])
def test_t4_who_may_not_publish_there_changes_no_snippet_that_a_live_page_shows(
    who: str, tree: dict[str, Page], planter: Planter, subtests: Any, admin_client: Client
) -> None:
    user = trusted_with_lists(member(EDITORS) if who == "editor" else publisher_of_events(tree))
    planter.world.ground[EventPage] = planter.page(EventPage, parent=tree["events"])
    InformationClause.objects.get().save_revision()
    if who != "editor":  # a news item shows the same rows
        planter.page(NewsPage, parent=tree["news"])
    client = signed_in(user)
    for model in snippets():
        row = planter.related(model)
        was = facts(row)
        if who != "editor" and may_change_in_public(user, row):
            assert not public_use_of(row).pages.descendant_of(tree["news"]).exists()
            continue
        for address, data in snippet_doors(row, admin_client):
            with subtests.test(address=address, sent=sorted(data)):
                assert client.post(address, data).status_code in {200, 302, 403}
                assert facts(row) == was
        told = client.get(f"/admin/snippets/newsroom/{model._meta.model_name}/edit/{row.pk}/", follow=True)
        with translation.override("en"):
            assert refusal_to_change(user, row) in html.unescape(told.content.decode())


def test_t4_editor_changes_what_nothing_public_shows_but_no_legal_text(
    tree: dict[str, Page], planter: Planter, admin_client: Client
) -> None:
    editor, publisher = trusted_with_lists(member(EDITORS)), trusted_with_lists(member(PUBLISHERS))
    event = planter.page(EventPage, parent=tree["events"], live=False)
    Topic.objects.update(slug="zqwspolne")
    rows = [planter.related(model) for model in snippets()]
    free = {type(row) for row in rows if may_change_in_public(editor, row)}
    assert free == {*snippets()} - {InformationClause}
    event.get_latest_revision().publish()
    for user, changed in ((editor, False), (publisher, True)):
        for row in rows:
            was = facts(row)
            address, data = next(snippet_doors(row, admin_client))
            signed_in(user).post(address, data)
            assert (facts(row) != was) == changed, (user, row)


def test_t4_api_changes_no_clause(tree: dict[str, Page], planter: Planter) -> None:
    editor = trusted_with_lists(member(EDITORS))
    planter.page(EventPage, parent=tree["events"])
    clause = InformationClause.objects.get()
    _row, secret = APIToken.create_token(user=editor, name="Próba")
    client, was = Client(headers={"Authorization": f"Bearer {secret}"}), facts(clause)
    address = f"/api/v3-preview/snippets/newsroom.InformationClause/{clause.pk}/"
    with override_settings(NEWSROOM={"API_V3_WRITES": True}):
        sent = {"meta": {"type": "newsroom.InformationClause"}, "title": "Zq inny"}
        answer = client.patch(address, json.dumps(sent), content_type="application/json")
        gone = client.delete(f"{address}actions/delete/")
    assert (answer.status_code, gone.status_code) == (403, 403)
    assert facts(clause) == was


def test_clause_of_a_sites_settings_is_for_people_who_may_publish(tree: dict[str, Page]) -> None:
    clause = InformationClause.objects.create(title="RODO", text="<p>Tekst</p>", locale=Locale.get_default())
    NewsroomSettings.objects.create(site=Site.objects.get(is_default_site=True), access_clause=clause)
    assert [may_change_in_public(member(group), clause) for group in (EDITORS, PUBLISHERS)] == [False, True]
