"""What belongs to others, and forms filled with it: in every field that takes the id of a page, a photo or a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import bs4
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.http import HttpResponse
from django.test import Client
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks.base import BlockField
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Collection, CollectionMember, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.users.models import UserProfile

from tests.admin.desk import block_data
from tests.factories import (
    AttachmentIndexPageFactory,
    EventIndexPageFactory,
    GalleryIndexPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    restrict,
)
from tests.trust.planting import OUR_APPS, Planter, World, page_types
from wagtail_newsroom.news.models import ListPage, NewsPage

# What is of one section, and not of all.
OTHERS = (Page, CollectionMember)
TEXT = (
    '<p>Tekst <a linktype="page" id="{draft}">szkic</a> <a linktype="page" id="{private}">prywatna</a> '
    '<a linktype="document" id="{document}">plik</a></p><embed embedtype="image" id="{photo}" format="left" alt=""/>'
)


@dataclass
class Foreign:
    """Pages of every type, a photo and a document, each called by a word that nobody of the section may read."""

    pages: list[Page]
    private: Page
    photo: Any
    document: Any

    def page(self, model: type[Page]) -> Page:
        """One of the pages that is a ``model``."""
        return next(page for page in self.pages if isinstance(page, model))


def plant_foreign(word: str) -> Foreign:
    """Plant a second site: drafts, a published page that few may read, files of a collection that few may choose from."""
    home = HomePageFactory(parent=Page.get_first_root_node(), title=f"{word} dom", slug=f"{word}-dom", live=False)
    lists = {"news": NewsIndexPageFactory, "events": EventIndexPageFactory, "galleries": GalleryIndexPageFactory}
    tree = {name: make(parent=home, title=f"{word} {name}", live=False) for name, make in lists.items()}
    tree |= {"home": home, "documents": AttachmentIndexPageFactory(parent=home, title=f"{word} pliki", live=False)}
    world = World(tree, {type(page): page for page in tree.values()})
    section = Collection.get_first_root_node().add_child(name="Zbiór innego działu")
    planter = Planter(world, word, files_in=section)
    for model in sorted(page_types(), key=lambda each: not issubclass(each, ListPage)):
        if model not in world.ground:
            world.ground[model] = _bare(model, world, word)
    private = _bare(NewsPage, world, word, lead=f"{word} lead")
    private.save_revision().publish()
    restrict(private)
    return Foreign([*world.ground.values()], private, planter.any_photo(), planter.any_document())


def _bare(model: type[Page], world: World, word: str, **facts: Any) -> Any:
    """A draft of ``model`` with a title, and nothing that would enter the registers that all sections share."""
    parent = world.parent_for(model)
    number = parent.numchild
    parent.add_child(instance=(page := model(title=f"{word} tytuł", slug=f"{word}-{number}", live=False, **facts)))
    return page


def author_of(world: World) -> Client:
    """Somebody who writes on the whole first site, and may do all there is to registers; files of one collection only."""
    user = get_user_model().objects.create_user("author", "author@example.org")
    group = Group.objects.create(name="Authors")
    group.user_set.add(user)
    apps = {*OUR_APPS, "newsroom", "newsroom_galleries", "wagtailredirects"}
    group.permissions.set(Permission.objects.filter(content_type__app_label__in=apps))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=world.tree["home"], permission=permission)
    own = Collection.get_first_root_node().add_child(name="Zbiór działu")
    for codename in ("add_image", "choose_image", "add_document", "choose_document"):
        permission = Permission.objects.get(content_type__app_label__startswith="wagtail", codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=own, permission=permission)
    UserProfile.objects.create(user=user, preferred_language="en")
    client = Client()
    client.force_login(user)
    return client


@dataclass
class ForeignPlanter(Planter):
    """Fills whatever takes an id with something of ``foreign``, and everything else with harmless words."""

    foreign: Any = None

    def related(self, model: Any) -> Any:
        if issubclass(model, Page):
            return self.foreign.page(model)
        return super().related(model)

    def raw(self, block: Any) -> Any:
        if isinstance(block, blocks.RichTextBlock):
            return self.text()
        return super().raw(block)

    def text(self) -> str:
        """Rich text with a link to each kind of thing, and a picture."""
        return TEXT.format(
            draft=self.foreign.pages[-1].pk,
            private=self.foreign.private.pk,
            document=self.foreign.document.pk,
            photo=self.foreign.photo.pk,
        )


def planter_of(world: World, foreign: Foreign) -> ForeignPlanter:
    return ForeignPlanter(world, "zwykle", photo=foreign.photo, document=foreign.document, foreign=foreign)


@dataclass
class FilledForm:
    """What would be sent, and where something foreign stands in it: fields by name, each with how many blocks hold some."""

    data: dict[str, Any]
    places: dict[str, int]


def fill_with_foreign(response: HttpResponse, planter: ForeignPlanter) -> FilledForm:
    """Take the form of an answer of the admin and put foreign ids into every field of it that takes any."""
    form = response.context["form"]
    filled = FilledForm(sent_as_it_is(response), {})
    for name in form.fields:
        _fill_field(form, name, planter, filled)
    for relation, formset in form.formsets.items():
        number = formset.total_form_count()
        row = formset.empty_form
        row.prefix = f"{relation}-{number}"
        for name in row.fields:
            _fill_field(row, name, planter, filled)
        filled.data |= {f"{relation}-{number}-id": "", f"{relation}-{number}-ORDER": str(number + 1)}
        filled.data[f"{relation}-TOTAL_FORMS"] = str(number + 1)
    return filled


def _fill_field(form: Any, name: str, planter: ForeignPlanter, filled: FilledForm) -> None:
    field, place = form.fields[name], form.add_prefix(name)
    if isinstance(field, BlockField):
        value = field.block.to_python(planter.raw(field.block))
        count = sum(1 for _leaf in _leaves(field.block, value))
        if count:
            filled.data = {key: kept for key, kept in filled.data.items() if not key.startswith(f"{place}-")}
            filled.data |= block_data(field.block, place, value)
            filled.places[place] = count
    elif isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, OTHERS):
        filled.data[place] = planter.related(field.queryset.model).pk
        filled.places[place] = 1
    elif isinstance(field.widget, DraftailRichTextArea):
        filled.data[place] = field.widget.format_value(planter.text())
        filled.places[place] = 1


def _leaves(block: Any, value: Any) -> Iterator[Any]:
    """The blocks in ``value`` that refer to something and hold no others."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = value if isinstance(block, blocks.StreamBlock) else value.bound_blocks
        for child in children:
            yield from _leaves(child.block, child.value)
    elif isinstance(block, TypedTableBlock):
        for row in value.row_data:
            for column, cell in zip(value.columns, row["values"], strict=True):
                yield from _leaves(column["block"], cell)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _leaves(child, value.get(name))
    elif value is not None and any(issubclass(each[0], OTHERS) for each in block.extract_references(value)):
        yield block


def sent_as_it_is(response: HttpResponse) -> dict[str, Any]:
    """What a browser sends of the form of an answer when nobody has touched it."""
    form = response.context["form"]
    soup = bs4.BeautifulSoup(response.content, "html.parser")
    sent: dict[str, Any] = {}
    for each in soup.select("main form[method=post], form[method=POST], form#page-edit-form"):
        for field in each.find_all(["input", "textarea", "select"]):
            name, kind = field.get("name"), field.get("type")
            if not name or "__prefix__" in name or (kind in {"checkbox", "radio"} and not field.has_attr("checked")):
                continue
            if field.name == "select":
                sent[name] = [option.get("value", "") for option in field.find_all("option", selected=True)]
            else:
                sent[name] = field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
    for name, field in form.fields.items():
        if isinstance(field, BlockField):
            sent |= block_data(field.block, name, form[name].value())
    return {name: value for name, value in sent.items() if value is not None and value != []}
