"""Planting words: pages, rows and blocks filled from their own definitions, so that a new field enters by itself.

Every text of a planted page holds one word that occurs nowhere else. Where the word turns up, something of the
page got out.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Collection, Locale, Page, TranslatableMixin, get_page_models
from wagtail.snippets.blocks import SnippetChooserBlock

from tests.factories import make_attachment, make_photo, make_site
from wagtail_newsroom.galleries.publishing.sizes import prepare_sizes
from wagtail_newsroom.news.models import EventPage, ListPage, ManagedPageMixin

# Every app with page types on the newsroom's mixins: those of hosts and third parties enter by themselves.
OUR_APPS = {model._meta.app_label for model in get_page_models() if issubclass(model, ManagedPageMixin)}
LINKS = '<p>{word} <a linktype="page" id="{page}">strona</a> <a linktype="document" id="{document}">plik</a></p>'

# Facts that a type needs before it shows all of what was planted.
EXTRA_FACTS: dict[str, dict[str, Any]] = {
    "newsroom.EventPage": {"registration": "form", "online_link_visibility": "registered", "attendance_mode": "mixed"},
}


def page_types() -> list[type[Page]]:
    """The page types of our apps that editors can create."""
    return [model for model in get_page_models() if model._meta.app_label in OUR_APPS and model.is_creatable]


def extra_facts(model: type[Page]) -> dict[str, Any]:
    """What a page of ``model`` needs besides: said of its type, or of one above it."""
    labels = [each._meta.label for each in model.__mro__ if hasattr(each, "_meta")]
    return next((EXTRA_FACTS[label] for label in labels if label in EXTRA_FACTS), {})


@dataclass
class World:
    """A small site with one public page of each type. ``ground`` maps each type to that page."""

    tree: dict[str, Page]
    ground: dict[type[Page], Page] = field(default_factory=dict)

    def read_again(self) -> "World":
        """The same world in objects that nobody has touched, as the database has it."""
        tree = {name: _read(page) for name, page in self.tree.items()}
        known = {page.pk: page for page in tree.values()}
        ground = {model: known.get(page.pk) or _read(page) for model, page in self.ground.items()}
        return World(tree, ground)

    def parent_for(self, model: type[Page]) -> Page:
        """A public page under which a page of type ``model`` may stand."""
        allowed = model.allowed_parent_page_models()
        for parent in [*self.tree.values(), *self.ground.values()]:
            if type(parent) in allowed:
                return parent
        if Page in allowed or model is type(self.tree["home"]):
            return self.tree["home"]
        raise AssertionError(
            f"No page of the test site may carry a {model._meta.label}. Add a page of one of "
            f"{[each._meta.label for each in allowed]} to make_site() in tests/factories.py."
        )


def _read(row: Any) -> Any:
    return type(row)._default_manager.get(pk=row.pk)


def make_world() -> World:
    """Build the site and one public page of each type, filled with harmless words."""
    world = World(make_site())
    for page in world.tree.values():
        world.ground[type(page)] = page
    # Events first, then lists: others lead to the former and stand in the latter.
    for model in sorted(page_types(), key=lambda each: (each is not EventPage, not issubclass(each, ListPage))):
        if model not in world.ground:
            world.ground[model] = Planter(world, "zwykle").page(model)
    # As after their upload; else a page that is read makes some, and the delivery API tells them from then on.
    prepare_sizes(get_image_model().objects.all())
    return world


@dataclass
class Planter:
    """Fills things with ``word``.

    ``files_in``: the collection of the files it stores (the root one where ``None``).
    ``target``: the page that chosen pages and links in texts lead to, wherever its type fits.
    ``photo`` and ``document``: ready files to use instead of new ones; rows that it makes (organisations, projects) have
    the same ones.
    """

    world: World
    word: str
    files_in: Collection | None = None
    target: Page | None = None
    photo: Any = None
    document: Any = None
    # What every rich text holds instead of the word.
    rich_text: str = ""

    # Pages

    def page(self, model: type[Page], parent: Page | None = None, *, live: bool = True, **facts: Any) -> Any:
        """Create a page of type ``model``: live and published, or a draft."""
        page = model(title=f"{self.word} tytuł", slug=self._free_slug(parent, model), show_in_menus=True)
        page.locale = (parent or self.world.parent_for(model)).locale
        self.fill(page)
        for name, value in {**extra_facts(model), **facts}.items():
            setattr(page, name, value)
        page.live = False
        (parent or self.world.parent_for(model)).specific.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        page.refresh_from_db()
        return page

    def _free_slug(self, parent: Page | None, model: type[Page]) -> str:
        siblings = (parent or self.world.parent_for(model)).get_children()
        return f"{self.word}-{model._meta.model_name}-{siblings.count()}"

    # Rows

    def fill(self, row: models.Model, *, over: bool = False) -> None:
        """Give every empty field of ``row`` a value that holds the word, its child rows too; ``over``: the others also."""
        for each in row._meta.get_fields():
            if self._is_own(row, each):
                self._fill_field(row, each, over=over)
        if isinstance(row, Page):
            self._fill_children(row)

    def _is_own(self, row: models.Model, each: Any) -> bool:
        """A concrete field that editors fill: not of the tree's or Wagtail's own making."""
        if not getattr(each, "concrete", False) or each.primary_key or not each.editable:
            return False
        inherited = isinstance(row, Page) and each.model is Page
        parents = isinstance(each, models.OneToOneField | ParentalKey) or each.name in {"locale", "translation_key"}
        return not parents and (not inherited or each.name in {"seo_title", "search_description"})

    def _fill_field(self, row: models.Model, each: Any, *, over: bool) -> None:
        if isinstance(each, ParentalManyToManyField):
            setattr(row, each.name, [self.related(each.related_model)])
        elif isinstance(each, StreamField):
            setattr(row, each.name, each.stream_block.to_python(self.stream(each.stream_block)))
        elif isinstance(each, models.ForeignKey):
            if over or getattr(row, each.attname) is None:
                setattr(row, each.name, self.related(each.related_model))
        elif (over or not getattr(row, each.name)) and not each.choices:
            value = self.value(each)
            if value is not None and each.name != "timezone":
                setattr(row, each.name, value)

    def value(self, each: models.Field) -> Any:
        """A value for a plain field; ``None`` where an empty one says enough."""
        if self.rich_text and isinstance(each, RichTextField):
            return self.rich_text
        if isinstance(each, models.EmailField):
            return f"{self.word}@example.org"
        if isinstance(each, models.URLField):
            return f"https://{self.word}.example.org/"
        if isinstance(each, models.CharField | models.TextField):
            return f"{self.word} {each.name}"[: each.max_length]
        if isinstance(each, models.DateField) and each.name == "start_date":
            return timezone.localdate() + dt.timedelta(days=30)
        return None

    def _fill_children(self, page: Page) -> None:
        for relation in get_all_child_relations(type(page)):
            if relation.related_model._meta.app_label in OUR_APPS:
                child = relation.related_model()
                self.fill(child)
                getattr(page, relation.get_accessor_name()).add(child)

    def related(self, model: type[models.Model]) -> Any:
        """A row that a foreign key may name: a file, a page, or a new row with the word in it."""
        if issubclass(model, Page):
            if self.target is not None and isinstance(self.target, model):
                return model.objects.get(pk=self.target.pk)
            return self.world.ground.get(model) or self.world.ground.get(next(iter(self.world.ground)), None)
        if issubclass(model, get_image_model()):
            return self.any_photo()
        if issubclass(model, get_document_model()):
            return self.any_document()
        if model.objects.filter(**self._named(model)).exists():
            return model.objects.filter(**self._named(model)).first()
        row = model(**({"locale": Locale.get_default()} if issubclass(model, TranslatableMixin) else {}))
        self.fill(row)
        row.save()
        return row

    def edit(self, page: Page) -> Any:
        """Change everything about the latest draft of ``page`` and return it, unsaved."""
        draft = page.get_latest_revision_as_object()
        draft.title, draft.slug = f"{self.word} tytuł", f"{self.word}-{draft.slug}"
        for relation in get_all_child_relations(type(draft)):
            if relation.related_model._meta.app_label in OUR_APPS:
                getattr(draft, relation.get_accessor_name()).set([])
        self.fill(draft, over=True)
        return draft

    def _named(self, model: type[models.Model]) -> dict[str, str]:
        text = next(each.name for each in model._meta.fields if isinstance(each, models.CharField) and not each.choices)
        return {f"{text}__startswith": self.word}

    # Files

    def any_photo(self) -> Any:
        """The planter's photo: its title, file name, description and credit hold the word."""
        if self.photo is None:
            self.photo = make_photo(
                f"{self.word} zdjęcie",
                name=f"{self.word}.jpg",
                description=f"{self.word} opis",
                credit=f"{self.word} autor",
                **self._collection(),
            )
        return self.photo

    def any_document(self) -> Any:
        """The planter's document: its title and file name hold the word, and its text too."""
        if self.document is None:
            self.document = make_attachment(
                f"{self.word} plik",
                name=f"{self.word}.txt",
                content=f"{self.word} treść".encode(),
                kind="form",
                **self._collection(),
            )
        return self.document

    def _collection(self) -> dict[str, Any]:
        return {"collection": self.files_in} if self.files_in is not None else {}

    # Blocks

    def stream(self, block: blocks.StreamBlock) -> list[dict[str, Any]]:
        """Raw data with one block of each kind."""
        return [{"type": name, "value": self.raw(child)} for name, child in block.child_blocks.items()]

    def raw(self, block: blocks.Block) -> Any:
        """Raw data of ``block``, filled."""
        if isinstance(block, blocks.StreamBlock):
            return self.stream(block)
        if isinstance(block, blocks.StructBlock):
            return {name: self.raw(child) for name, child in block.child_blocks.items()}
        if isinstance(block, blocks.ListBlock):
            return [self.raw(block.child_block)]
        if isinstance(block, TypedTableBlock):
            cells = list(block.child_blocks.items())
            return {
                "columns": [{"type": name, "heading": self.word} for name, _ in cells],
                "rows": [{"values": [self.raw(child) for _, child in cells]}],
                "caption": self.word,
            }
        if isinstance(block, ImageChooserBlock):
            return self.any_photo().pk
        if isinstance(block, DocumentChooserBlock):
            return self.any_document().pk
        if isinstance(block, SnippetChooserBlock | blocks.PageChooserBlock):
            chosen = self.related(block.target_model)
            return chosen.pk if chosen else None
        if self.rich_text and isinstance(block, blocks.RichTextBlock):
            return self.rich_text
        if isinstance(block, blocks.RichTextBlock):
            page = self.target or self.world.tree["home"]
            return LINKS.format(word=self.word, page=page.pk, document=self.any_document().pk)
        return self._plain(block)

    def _plain(self, block: blocks.Block) -> Any:
        if isinstance(block, blocks.ChoiceBlock):
            return block.get_default()
        if isinstance(block, blocks.BooleanBlock | blocks.DateBlock | blocks.TimeBlock):
            return None
        if isinstance(block, blocks.URLBlock):
            return f"https://{self.word}.example.org/"
        if isinstance(block, blocks.EmailBlock):
            return f"{self.word}@example.org"
        if isinstance(block, blocks.CharBlock | blocks.TextBlock):
            # A session's track has to be one of its day: every one is called by the word.
            return self.word
        raise AssertionError(
            f"Nothing is known to plant in a {type(block).__name__}. Teach Planter.raw in tests/trust/planting.py."
        )
