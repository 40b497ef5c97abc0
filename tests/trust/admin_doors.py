"""Every door of the admin, discovered from what is registered, with something planted behind each.

:func:`admin_doors` walks the addresses under ``/admin/`` and fills their placeholders with the ids of what
:func:`plant_admin` has planted. A new view enters by itself, or fails with "teach …" where nothing is known to fill in.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.regex_helper import normalize
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    APIToken,
    Collection,
    GroupApprovalTask,
    Page,
    Revision,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.snippets.models import get_snippet_models

from tests.trust.planting import OUR_APPS, Planter, World, page_types
from wagtail_newsroom.galleries.models import GalleryPage
from wagtail_newsroom.news.admin.access_requests.actions import REQUEST_ACTIONS
from wagtail_newsroom.news.admin.bundles.viewset import BUNDLE_ACTIONS
from wagtail_newsroom.news.admin.menu.viewsets import others
from wagtail_newsroom.news.admin.page_actions.catalogue import PAGE_ACTIONS
from wagtail_newsroom.news.admin.webhooks.acts import WEBHOOK_ACTS
from wagtail_newsroom.news.models import AccessRequest, EventPage, Webhook

NOWHERE = 987_654
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Door:
    """An address pattern of the admin: its text with ``%(name)s`` where ids go, and the model of its view."""

    pattern: str
    model: type[models.Model] | None = None
    names: tuple[str, ...] = field(default=())


def admin_patterns() -> list[Door]:
    """Every address pattern under the admin, in the order in which they are registered."""
    return [door for door in _walk(get_resolver().url_patterns, "/") if door.pattern.startswith(settings.ADMIN_PREFIX)]


def _walk(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterator[Door]:
    for each in patterns:
        text = normalize(each.pattern.regex.pattern)[0][0] if hasattr(each.pattern, "regex") else str(each.pattern)
        whole = prefix + re.sub(r"[\^$]|\\Z", "", text)
        if isinstance(each, URLResolver):
            if each.url_patterns:
                yield from _walk(each.url_patterns, whole)
        else:
            yield Door(whole, _model_of(each.callback), tuple(PLACEHOLDER.findall(whole)))


def _model_of(view: Any) -> type[models.Model] | None:
    """The model that a class-based view is about; ``None`` where it does not say."""
    stated = getattr(view, "view_initkwargs", {}).get("model") or getattr(
        getattr(view, "view_class", None) or getattr(view, "cls", None), "model", None
    )
    return stated if isinstance(stated, type) and issubclass(stated, models.Model) else None


# What stands behind the doors


@dataclass
class Planted:
    """What was planted: pages by kind, the person whose they are, and the words that may not come out."""

    world: World
    word: str
    owner: Any
    pages: list[Page]
    planter: Planter
    states: list[WorkflowState] = field(default_factory=list)

    def read_again(self, world: World) -> "Planted":
        """The same in ``world`` and in objects that nobody has touched, as the database has it."""
        files = {name: _read(getattr(self.planter, name)) for name in ("files_in", "photo", "document")}
        planter = Planter(world, self.word, **files)
        return Planted(world, self.word, _read(self.owner), _all(self.pages), planter, _all(self.states))


def _read(row: Any) -> Any:
    return row and type(row)._default_manager.get(pk=row.pk)


def _all(rows: Iterable[Any]) -> list[Any]:
    return [_read(row) for row in rows]


def plant_admin(world: World, word: str, *, title: str = "") -> Planted:
    """Plant drafts of every type with files, snippets, workflows, redirects, tokens, and a row of each model of ours.

    The word is in none of the names that everybody who works in the admin may know: people, groups, workflows and
    their steps, and what snippets are called (topics, venues, speakers: the vocabulary that all sections share).
    ``title``: what the pages are called, where their titles are to hold another word than the rest.
    """
    owner = get_user_model().objects.create_superuser("planted-owner", "owner@example.org")
    section = Collection.get_first_root_node().add_child(name=f"{word} zbiór")
    planter = Planter(world, word, files_in=section)
    pages = [planter.page(model, live=False, title=title or f"{word} tytuł") for model in page_types()]
    for page in pages:
        page.owner = owner
        page.slug = f"{title or word}-{page.pk}"
        page.save()
        page.save_revision(user=owner)
    planted = Planted(world, word, owner, [page.specific_class.objects.get(pk=page.pk) for page in pages], planter)
    for model in get_snippet_models():
        planter.related(model)
    _plant_workflow(planted)
    query = Query.get("zwykłe słowa")
    for page in planted.pages:
        SearchPromotion.objects.create(query=query, page=page, description="Zwykły opis")
    Redirect.objects.create(old_path=f"/{word}", redirect_link=f"https://{word}.example.org/")
    APIToken.create_token(user=owner, name=f"{word} token")
    UploadedFile.objects.create(
        for_content_type=_content_type(get_image_model()), file=ContentFile(b"x", f"{word}.jpg"), uploaded_by_user=owner
    )
    Group.objects.create(name="Grupa")
    planter.any_photo().get_rendition("width-40")
    for model in apps.get_models():
        if model._meta.app_label in OUR_APPS and not issubclass(model, Page) and not model.objects.exists():
            plant_row(model, planted)
    for model in (*get_snippet_models(), Task):
        for row in model._default_manager.all():
            _name_harmlessly(row)
    return planted


def _name_harmlessly(row: models.Model) -> None:
    for each in row._meta.concrete_fields:
        value = getattr(row, each.attname)
        if isinstance(value, str) and value and value in str(row):
            setattr(row, each.attname, f"Zwykła nazwa {row.pk}")
    row.save()


def _content_type(model: type[models.Model]) -> Any:
    return ContentType.objects.get_for_model(model)


def _plant_workflow(planted: Planted) -> None:
    workflow = Workflow.objects.create(name="Obieg")
    task = GroupApprovalTask.objects.create(name="Krok")
    task.groups.add(Group.objects.create(name="Zatwierdzający"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for page in planted.pages[:2]:
        WorkflowPage.objects.create(workflow=workflow, page=page)
        planted.states.append(workflow.start(page, planted.owner))


def plant_row(model: type[models.Model], planted: Planted) -> models.Model:
    """Make a row of ``model`` that holds the word and belongs to a planted page and to its owner."""
    row = model()
    for each in model._meta.concrete_fields:
        if each.primary_key or (each.has_default() and not isinstance(each, models.CharField | models.TextField)):
            continue
        if isinstance(each, models.ForeignKey):
            setattr(row, each.name, _related(row, each, planted))
        elif isinstance(each, models.DateTimeField):
            setattr(row, each.name, None if each.null else timezone.now())
        elif isinstance(each, models.DateField):
            setattr(row, each.name, timezone.localdate())
        elif isinstance(each, models.IntegerField):
            setattr(row, each.name, None if each.null else 1)
        elif isinstance(each, models.JSONField):
            setattr(row, each.name, {"title": planted.planter.word})
        elif each.choices:
            setattr(row, each.name, each.get_default() or each.choices[0][0])
        elif not each.has_default() and (value := planted.planter.value(each)) is not None:
            setattr(row, each.name, value)
    row.save()
    return row


def _related(row: models.Model, key: models.ForeignKey, planted: Planted) -> Any:
    model = key.related_model
    if model is ContentType:
        return _content_type(key.model if key.model is not Task else type(row))
    if model is get_user_model():
        return planted.owner
    for page in planted.pages:
        if issubclass(model, Page) and isinstance(page, model):
            return page
    if issubclass(model, get_image_model()):
        return planted.planter.any_photo()
    if issubclass(model, get_document_model()):
        return planted.planter.any_document()
    if issubclass(model, Page):
        return None
    found = model._default_manager.order_by("-pk").first()
    return found or (plant_row(model, planted) if not key.null or isinstance(key, ParentalKey) else None)


# Filling the placeholders

# Names of placeholders whose model their own name does not tell.
NAMED_MODELS: dict[str, type[models.Model]] = {
    "query_id": Query,
    "doc_id": get_document_model(),
    "document_id": get_document_model(),
    "event_id": EventPage,
    "image_id": get_image_model(),
    "photo_id": get_image_model(),
    "uploaded_file_id": UploadedFile,
    "workflow_pk": Workflow,
    "task_id": Task,
    "task_state_id": TaskState,
    "workflow_state_id": WorkflowState,
    "collection_id": Collection,
    "redirect_id": Redirect,
    "revision_id": Revision,
    "user_id": get_user_model(),
}
# Where a plain ``pk`` stands in a view that names no model.
MODELS_BY_PLACE: tuple[tuple[str, type[models.Model]], ...] = (
    ("/admin/workflows/tasks/", Task),
    ("/admin/workflows/", Workflow),
    ("/admin/collections/", Collection),
    ("/admin/pages/", Page),
    ("/admin/api/main/pages/", Page),
    ("/admin/api/main/images/", get_image_model()),
    ("/admin/api/main/documents/", get_document_model()),
    ("/admin/images/", get_image_model()),
    ("/admin/documents/", get_document_model()),
    ("/admin/newsroom/pages/", Page),
    ("/admin/newsroom/galleries/", GalleryPage),
    ("/admin/newsroom_files/", get_document_model()),
    ("/admin/newsroom_photos/", get_image_model()),
    ("/admin/newsroom_requests/", AccessRequest),
    ("/admin/newsroom_webhooks/", Webhook),
)
PAGE_NAMES = {"page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id", "parent_id", "source_id"}
TEXTS: dict[str, tuple[str, ...]] = {
    "filter_spec": ("width-100", "original"),
    "uidb64": ("MQ",),
    "token": ("set-password",),
    "session_id": ("1",),
    "task_type": ("groupapprovaltask",),
    "version": ("1",),
}
ACTIONS = {
    "/admin/newsroom/pages/": tuple(PAGE_ACTIONS),
    "/admin/newsroom/requests/": tuple(act.name for act in REQUEST_ACTIONS),
    "/admin/newsroom_bundles/": tuple(act.name for act in BUNDLE_ACTIONS),
    "/admin/newsroom_webhooks/": tuple(act.name for act in WEBHOOK_ACTS),
    "/admin/bulk/": ("delete", "move", "publish", "unpublish", "add_to_collection", "add_tags", "set_active_state"),
    "/admin/pages/workflow/": ("approve", "reject"),
    "/admin/api/main/": ("convert_alias", "copy", "copy_for_translation", "create_alias", "delete", "move",
                         "publish", "revert_to_page_revision", "unpublish"),
}  # fmt: skip


def admin_doors(planted: Planted, *, limit: int = 2) -> dict[Door, list[str]]:
    """Every pattern with addresses behind it, at most ``limit`` values for each placeholder that is no action."""
    return {door: list(dict.fromkeys(fill(door, planted, limit=limit))) for door in admin_patterns()}


def fill(door: Door, planted: Planted, *, limit: int = 2) -> Iterator[str]:
    """Addresses of ``door``: about what is planted."""
    model_names = [name for name in door.names if name in MODEL_PAIRS]
    pairs = _pairs(door) if model_names else [{}]
    for pair in pairs:
        rest = [name for name in door.names if name not in pair]
        about = apps.get_model(pair["app"], pair["model"]) if pair else door.model
        limits = {"act": None, "action": 2, "action_name": 2}
        choices = [values_of(name, door, about, planted)[: limits.get(name, limit)] for name in rest]
        written = {name: pair[MODEL_PAIRS[name]] for name in model_names}
        for values in itertools.islice(itertools.product(*choices), 16):
            yield door.pattern % {**written, **dict(zip(rest, values, strict=True))}


# Placeholders that come in twos and name a model: its app and its own name.
MODEL_PAIRS = {
    "app_label": "app",
    "app_name": "app",
    "content_type_app_name": "app",
    "model_name": "model",
    "content_type_model_name": "model",
}


def _pairs(door: Door) -> list[dict[str, str]]:
    if "/settings/" in door.pattern:
        found: Iterable[type[models.Model]] = settings_registry
    elif "/snippet" in door.pattern:
        found = get_snippet_models()
    elif "/tasks/" in door.pattern:
        found = [GroupApprovalTask]
    elif "/bulk/" in door.pattern:
        found = [Page, get_image_model(), get_document_model(), get_user_model(), *get_snippet_models()]
    elif "tag-autocomplete" in door.pattern:
        found = [apps.get_model("taggit", "tag")]
    else:
        found = page_types()
    chosen = [{"app": model._meta.app_label, "model": model._meta.model_name} for model in found]
    return [{**pair, **{name: "" for name in door.names if name in MODEL_PAIRS}} for pair in chosen]


def values_of(name: str, door: Door, about: type[models.Model] | None, planted: Planted) -> list[Any]:
    """What may stand in the placeholder ``name`` of ``door``: ids of what is planted."""
    if name in PAGE_NAMES:
        return _pages_first(planted)
    if name == "revision_id":
        return [page.latest_revision_id for page in planted.pages[:2]]
    if name in {"revision_id_a", "revision_id_b"}:
        return [planted.pages[0].latest_revision_id, "live"]
    if name in {"act", "action", "action_name"}:
        return next((list(each) for place, each in ACTIONS.items() if door.pattern.startswith(place)), None) or _teach(
            name, door
        )
    if name in TEXTS:
        return list(TEXTS[name])
    model = NAMED_MODELS.get(name) or (about if name in {"pk", "object_id", "id"} else None)
    model = model or _model_by_place(name, door) or _model_called(name)
    return _ids(model, planted) if model else _teach(name, door)


def _pages_first(planted: Planted) -> list[int]:
    """Two planted pages of different sections: those that are being moderated."""
    return [page.pk for page in planted.pages[:2]]


def _ids(model: type[models.Model], planted: Planted) -> list[Any]:
    if issubclass(model, Page):
        return [page.pk for page in planted.pages if isinstance(page, model)][:2] or _pages_first(planted)
    return list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:2]) or [NOWHERE]


def _model_by_place(name: str, door: Door) -> type[models.Model] | None:
    if name not in {"pk", "instance_pk"}:
        return None
    registered = ((each.url_helper.index_url, each.model) for each in others())
    places = itertools.chain(MODELS_BY_PLACE, registered)
    return next((model for place, model in places if door.pattern.startswith(place)), None)


def _model_called(name: str) -> type[models.Model] | None:
    """The model of ours whose name ends with that of the placeholder: ``remark_id`` is a ``DraftRemark``."""
    word = re.sub(r"_(id|pk)$", "", name).replace("_", "")
    ours = [model for model in apps.get_models() if model._meta.app_label in OUR_APPS]
    found = [model for model in ours if model._meta.model_name == word]
    found = found or [model for model in ours if word and word != "pk" and model._meta.model_name.endswith(word)]
    return found[0] if found else None


def _teach(name: str, door: Door) -> Any:
    raise AssertionError(
        f"The admin's address {door.pattern!r} has a placeholder {name!r} of which nothing is known: "
        f"teach values_of in {__name__}."
    )
