"""A deleted photo, document, venue, person or page leaves no broken page and no broken editor.

The relations are read from the models and the blocks, so that a new one is tried by itself.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.test import Client
from django.urls import reverse
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.coreutils import resolve_model_string
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, get_page_models

from home.models import ContactPage, HomePage, StandardPage
from tests.admin.desk import Desk, Form, all_messages_beside
from tests.factories import (
    ContactPageFactory,
    EventPageFactory,
    GalleryPageFactory,
    NewsPageFactory,
    OrganisationFactory,
    PersonFactory,
    StandardPageFactory,
    TopicFactory,
    VenueFactory,
    make_attachment,
    make_photo,
)
from tests.standing import Tree
from tests.third_party.models import ConsultationIndexPage, ConsultationPage
from wagtail_newsroom.galleries.models import GalleryPage, Photo
from wagtail_newsroom.news.models import (
    Attachment,
    EventPage,
    InformationClause,
    NewsPage,
    Organisation,
    Person,
    Project,
    Topic,
    Venue,
)
from wagtail_newsroom.news.models.pages.retirements import Retirement

pytestmark = [pytest.mark.django_db, pytest.mark.services]

OURS = ("newsroom", "newsroom_galleries", "home")
Path = tuple[str, ...]


@pytest.fixture
def tree(grown_site: Tree, db: None) -> dict[str, Page]:
    return grown_site()


@pytest.fixture
def desk() -> Desk:
    return Desk(User.objects.create_superuser("admin"))


def make_consultation(tree: dict[str, Page]) -> ConsultationPage:
    index = tree["home"].add_child(instance=ConsultationIndexPage(title="Konsultacje", slug="konsultacje"))
    page: ConsultationPage = index.add_child(instance=ConsultationPage(title="Zieleń", slug="zielen", lead="O czym."))
    return page


MAKE: dict[type[models.Model], Callable[[dict[str, Page]], models.Model]] = {
    Photo: lambda tree: make_photo("Do usunięcia", description="Zdjęcie, które zniknie"),
    Attachment: lambda tree: make_attachment("Do usunięcia"),
    Venue: lambda tree: VenueFactory(),
    Person: lambda tree: PersonFactory(organisation=OrganisationFactory()),
    Organisation: lambda tree: OrganisationFactory(),
    Topic: lambda tree: TopicFactory(),
    Project: lambda tree: Project.objects.create(name="Projekt", locale=Locale.get_default()),
    InformationClause: lambda tree: InformationClause.objects.create(
        title="Klauzula", text="<p>Kto i po co.</p>", locale=Locale.get_default()
    ),
    Page: lambda tree: NewsPageFactory(parent=tree["news"]),
    EventPage: lambda tree: EventPageFactory(parent=tree["events"]),
    GalleryPage: lambda tree: GalleryPageFactory(parent=tree["galleries"]),
    ConsultationPage: lambda tree: make_consultation(tree),
}
PAGES: dict[type[Page], Callable[[dict[str, Page]], Page]] = {
    NewsPage: lambda tree: NewsPageFactory(parent=tree["news"]),
    EventPage: lambda tree: EventPageFactory(parent=tree["events"]),
    GalleryPage: lambda tree: GalleryPageFactory(parent=tree["galleries"]),
    StandardPage: lambda tree: StandardPageFactory(parent=tree["home"]),
    ContactPage: lambda tree: ContactPageFactory(parent=tree["home"]),
    HomePage: lambda tree: tree["home"],
}


def foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    """The foreign keys that we gave ``model``, without those that tie it to its page."""
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.model._meta.app_label in OURS
        and not isinstance(field, ParentalKey)
        and not field.remote_field.parent_link
    ]


def lists_of(model: type[models.Model]) -> list[ParentalManyToManyField]:
    return [field for field in model._meta.get_fields() if isinstance(field, ParentalManyToManyField)]


def children_of(model: type[models.Model]) -> list[Any]:
    """Relations to rows of ours that belong to a page and point elsewhere."""
    return [relation for relation in get_all_child_relations(model) if foreign_keys(relation.related_model)]


def streams_of(model: type[models.Model]) -> list[StreamField]:
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def choosers(block: blocks.Block, path: Path = ()) -> Iterator[tuple[Path, blocks.ChooserBlock]]:
    """Every block inside ``block`` that points to a row, with the way to it; ``*`` is an item of a list."""
    if isinstance(block, blocks.ChooserBlock):
        yield path, block
    elif isinstance(block, blocks.ListBlock):
        yield from choosers(block.child_block, (*path, "*"))
    else:
        for name, child in getattr(block, "child_blocks", {}).items():
            yield from choosers(child, (*path, name))


def choosing(block: blocks.Block, path: Path, target: models.Model) -> Any:
    """Raw data of ``block`` that chooses ``target`` at ``path`` and holds whatever else it needs."""
    if not path:
        return target.pk
    name, *rest = path
    if isinstance(block, blocks.ListBlock):
        return [{"type": "item", "id": str(uuid4()), "value": choosing(block.child_block, tuple(rest), target)}]
    if isinstance(block, blocks.StreamBlock):
        return [{"type": name, "value": choosing(block.child_blocks[name], tuple(rest), target)}]
    return {
        key: choosing(child, tuple(rest), target) if key == name else plain(child)
        for key, child in block.child_blocks.items()
    }


def plain(block: blocks.Block) -> Any:
    """Raw data with which ``block`` is content, and which chooses nothing."""
    if isinstance(block, blocks.ListBlock | blocks.StreamBlock):
        return []
    if not block.required and not isinstance(block, blocks.StructBlock):
        return block.get_prep_value(block.get_default())
    if isinstance(block, blocks.StructBlock):
        return {key: plain(child) for key, child in block.child_blocks.items()}
    if isinstance(block, blocks.URLBlock):
        return "https://example.org/"
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return "Słowa"
    if isinstance(block, blocks.RichTextBlock):
        return "<p>Słowa</p>"
    return block.get_prep_value(block.get_default())


def test_every_page_type_with_relations_is_tried() -> None:
    ours = [model for model in get_page_models() if model._meta.app_label in OURS and model.is_creatable]
    related = {
        model for model in ours if foreign_keys(model) or lists_of(model) or children_of(model) or streams_of(model)
    }
    assert related == set(PAGES)


def test_foreign_keys_of_pages_and_their_rows_let_go() -> None:
    """A PROTECT key makes the editor raise once a draft refers to a deleted row."""
    holders = set(get_page_models())
    holders |= {relation.related_model for page in get_page_models() for relation in get_all_child_relations(page)}
    holders |= {model for model in apps.get_models() if model._meta.app_label in OURS}
    kinds = {
        f"{field.model.__name__}.{field.name}": field.remote_field.on_delete
        for holder in holders
        for field in foreign_keys(holder)
        if field.name != "locale"  # Wagtail's own, of every translatable row
        and (field.model, field.name) != (Retirement, "revision")  # what readers saw last outlives purge_revisions
    }
    assert len(kinds) > 15
    assert {name for name, on_delete in kinds.items() if on_delete not in (models.SET_NULL, models.CASCADE)} == set()


def test_rows_that_vanish_with_their_target_cannot_be_empty() -> None:
    """CASCADE on a row of a page is for keys without which the row says nothing."""
    for page in get_page_models():
        for relation in children_of(page):
            for field in foreign_keys(relation.related_model):
                assert field.null == (field.remote_field.on_delete is models.SET_NULL), field


def fill_relations(page: Page, tree: dict[str, Page]) -> dict[str, models.Model]:
    """Let every relation of ``page`` outside its blocks point to a row of its own; those rows by relation."""
    targets: dict[str, models.Model] = {}
    for field in foreign_keys(type(page)):
        targets[field.name] = MAKE[field.related_model](tree)
        setattr(page, field.name, targets[field.name])
    for field in lists_of(type(page)):
        targets[field.name] = MAKE[field.related_model](tree)
        getattr(page, field.name).add(targets[field.name])
    for relation in children_of(type(page)):
        row = relation.related_model()
        for field in foreign_keys(relation.related_model):
            target = targets[f"{relation.related_name}.{field.name}"] = MAKE[field.related_model](tree)
            setattr(row, field.name, target)
        getattr(page, relation.related_name).add(row)
    return targets


def check_readers(page: Page, client: Client) -> None:
    """Visitors and the API get an answer."""
    assert client.get(page.url).status_code == 200
    answer = client.get(f"/api/v2/pages/{page.pk}/")
    assert answer.status_code == 200, answer.content


def check_admin(page: Page, desk: Desk) -> Form:
    """Editor, draft, preview, comparison, history and an old revision open. Returns the editor's form."""
    form = desk.open(page)
    first, last = page.revisions.order_by("pk").first(), page.revisions.order_by("pk").last()
    for name, arguments in [
        ("view_draft", [page.pk]),
        ("history", [page.pk]),
        ("revisions_compare", [page.pk, first.pk, last.pk]),
        ("revisions_revert", [page.pk, first.pk]),
        ("revisions_view", [page.pk, first.pk]),
        ("usage", [page.pk]),
    ]:
        assert desk.client.get(reverse(f"wagtailadmin_pages:{name}", args=arguments)).status_code == 200, name
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert desk.client.post(preview, form.data).status_code == 200
    assert desk.client.get(preview).status_code == 200
    return form


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_page_outlives_what_it_refers_to(
    model: type[Page], tree: dict[str, Page], desk: Desk, client: Client, subtests: pytest.Subtests
) -> None:
    page = PAGES[model](tree)
    targets = fill_relations(page, tree)
    page.save_revision().publish()
    page.title += ", wersja robocza"
    draft = page.save_revision()
    check_readers(page, client)

    for name, target in targets.items():
        with subtests.test(name):
            target.delete()
            check_readers(page, client)
            assert desk.client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    form = check_admin(page, desk)

    answer = form.publish()
    assert answer.status_code == 302, answer.context["form"].errors
    check_readers(page, client)
    draft.publish()
    check_readers(page, client)
    page = model.objects.get(pk=page.pk)
    assert page.title.endswith("wersja robocza")
    assert {field.name: getattr(page, field.name) for field in foreign_keys(model) if field.name in targets} == {
        name: None for name in targets if "." not in name and name not in {field.name for field in lists_of(model)}
    }


def stream_choices() -> list[Any]:
    """Every chooser in every stream; the same story on several page types is tried on one of them."""
    seen: dict[tuple[type[blocks.Block], Path], Any] = {}
    for model in PAGES:
        for field in streams_of(model):
            for path, _chooser in choosers(field.stream_block):
                key = (type(field.stream_block), path)
                seen.setdefault(key, pytest.param(model, field.name, path, id=f"{field.name}.{'.'.join(path)}"))
    return list(seen.values())


@pytest.mark.parametrize(("model", "field", "path"), stream_choices())
def test_page_outlives_what_its_blocks_refer_to(
    model: type[Page], field: str, path: Path, tree: dict[str, Page], desk: Desk, client: Client
) -> None:
    page = PAGES[model](tree)
    stream_block = model._meta.get_field(field).stream_block
    chooser = dict(choosers(stream_block))[path]
    target = MAKE[resolve_model_string(chooser.target_model)](tree)
    setattr(page, field, stream_block.to_python(choosing(stream_block, path, target)))
    page.save_revision().publish()
    page.title += ", wersja robocza"
    draft = page.save_revision()
    check_readers(page, client)

    target.delete()

    check_readers(page, client)
    form = check_admin(page, desk)
    answer = form.publish()
    if answer.status_code == 200:
        # What a block cannot do without is asked for, beside that block.
        assert list(answer.context["form"].errors) == [field]
        assert all_messages_beside(answer, field)
    draft.publish()
    check_readers(page, client)
    assert model.objects.get(pk=page.pk).title.endswith("wersja robocza")


def test_links_in_the_text_outlive_their_targets(tree: dict[str, Page], desk: Desk, client: Client) -> None:
    page, document, photo = NewsPageFactory(parent=tree["news"]), make_attachment(), make_photo()
    linked = NewsPageFactory(parent=tree["news"])
    page.body = [
        (
            "paragraph",
            blocks.RichTextBlock().to_python(
                f'<p><a linktype="page" id="{linked.pk}">strona</a> <a linktype="document" id="{document.pk}">plik</a></p>'
                f'<embed embedtype="image" id="{photo.pk}" alt="Sala" format="left"/>'
            ),
        )
    ]
    page.save_revision().publish()
    page.save_revision()
    for target in (linked, document, photo):
        target.delete()
        check_readers(page, client)
    assert check_admin(page, desk).publish().status_code == 302
    check_readers(page, client)


def test_lists_and_snippets_outlive_what_they_refer_to(tree: dict[str, Page], desk: Desk, client: Client) -> None:
    logo, strip = make_photo("Znak"), make_photo("Pasek")
    organisation = OrganisationFactory(logo=logo)
    person = PersonFactory(organisation=organisation)
    project = Project.objects.create(name="Projekt", logo_strip=strip, locale=Locale.get_default())
    project.partners.add(organisation)
    project.save()
    page = NewsPageFactory(parent=tree["news"])
    page.projects.add(project)
    page.save_revision().publish()
    for target in (logo, strip, organisation):
        target.delete()
        for url in (page.url, *(child.url for child in tree.values())):
            assert client.get(url).status_code == 200
    for row in (person, project):
        url = reverse(f"wagtailsnippets_newsroom_{row._meta.model_name}:edit", args=[row.pk])
        assert desk.client.get(url).status_code == 200
