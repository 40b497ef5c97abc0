"""What uses what, through whatever stands between: a page names a person, the person an organisation, that one its logo.

Direct uses are those in Wagtail's reference index, and many-to-many fields, which it does not read. A snippet is also used
by its translations: a page shows the one in its own language, whichever of them it names. Drafts of snippets use nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, TranslatableMixin

# Content type (of the table with the primary key) and primary key, as the reference index names rows.
Row = tuple[int, str]


def kind_of(model: Any) -> ContentType:
    """The content type under which rows of ``model`` stand in the reference index."""
    kind: ContentType = ReferenceIndex._get_base_content_type(model)
    return kind


def row_of(instance: Any) -> Row:
    """``instance`` as a row."""
    return kind_of(instance).pk, str(instance.pk)


def by_model(rows: Iterable[Row]) -> Iterator[tuple[type[Model], set[str]]]:
    """Group ``rows``: each model with its primary keys. Rows of models that are gone are left out."""
    found: dict[int, set[str]] = defaultdict(set)
    for kind, pk in rows:
        found[kind].add(pk)
    for kind, pks in found.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is not None:
            yield model, pks


def users_of(rows: Iterable[Row]) -> dict[Row, set[Row]]:
    """Map each of ``rows``, and each row that uses one of them, to the rows that use it directly, at any depth.

    Pages and files are not among the users: what names a page does not show what the page shows.
    """
    found: dict[Row, set[Row]] = {}
    ahead = set(rows)
    while ahead:
        direct = direct_users(ahead)
        found.update({row: direct.get(row, set()) for row in ahead})
        ahead = {user for users in direct.values() for user in users} - found.keys()
    return found


def used_through(rows: Iterable[Row]) -> set[Row]:
    """``rows`` and all that they use, at any depth: the other direction of :func:`users_of`. What a page or a file uses stays out."""
    found: set[Row] = set()
    ahead = set(rows)
    while ahead:
        found |= ahead
        ahead = {
            row for model, pks in by_model(ahead) if not issubclass(model, _ends()) for row in _used_by_rows(model, pks)
        }
        ahead -= found
    return found


def named_many(instance: Any) -> set[Row]:
    """What the many-to-many fields of ``instance`` name, as it is in memory: the rest is in its references."""
    fields = [field for field in instance._meta.many_to_many if hasattr(field, "m2m_reverse_field_name")]
    return {row_of(row) for field in fields for row in getattr(instance, field.name).all()}


def direct_users(rows: Iterable[Row]) -> dict[Row, set[Row]]:
    """Map ``rows`` to the rows that use them directly; those that nothing uses are left out."""
    edges: list[tuple[Row, Row]] = []
    for model, pks in by_model(rows):
        edges += users_in(model, ReferenceIndex.objects.filter(to_object_id__in=pks), {"pk__in": pks})
        edges += _translations(model, pks)
    return _live(edges)


def users_in(
    model: type[Model], references: QuerySet[ReferenceIndex], used: dict[str, Any]
) -> Iterator[tuple[Row, Row]]:
    """Pairs of a row of ``model`` and a row that uses it. ``references``, ``used``: which of the rows, for both ways of use."""
    kind = kind_of(model)
    indexed = references.filter(to_content_type=kind).exclude(base_content_type__in=[kind_of(end) for end in _ends()])
    for pk, user_kind, user_pk in indexed.values_list("to_object_id", "base_content_type_id", "object_id").distinct():
        yield (kind.pk, pk), (user_kind, user_pk)
    for field in fields_to(model):
        if not issubclass(field.model, _ends()):
            user_kind = kind_of(field.model).pk
            ours, theirs = field.m2m_reverse_field_name(), field.m2m_field_name()
            chosen = {f"{ours}__{name}": value for name, value in used.items()}
            pairs = field.remote_field.through._default_manager.filter(**chosen).values_list(
                f"{ours}_id", f"{theirs}_id"
            )
            for pk, user_pk in pairs:
                yield (kind.pk, str(pk)), (user_kind, str(user_pk))


def used_by(pages: QuerySet[Any], model: type[Model], *, many: bool = False, nearly_all: bool = False) -> Q:
    """Condition on rows of ``model``: one of ``pages`` names them.

    ``many``: all that pages name is looked up once, instead of who names it for one row after the other. ``nearly_all``:
    ``pages`` are most of those there are, so that one of the first that name a row is among them.
    """
    named = ReferenceIndex.objects.filter(to_content_type=kind_of(model))
    if nearly_all:
        # A value, no condition: of a condition PostgreSQL makes a table of all pages for each row. And the type of who
        # names it is looked at there, where SQLite cannot take it for the way to the references.
        page = pages.order_by().filter(pk=Cast(OuterRef("object_id"), Page._meta.pk))
        kind = ExpressionWrapper(OuterRef("base_content_type_id"), output_field=IntegerField())
        page = page.alias(kind_of_user=kind).filter(kind_of_user=kind_of(Page).pk)
        named = named.annotate(found_page=Subquery(page.values("pk")[:1])).filter(found_page__isnull=False)
    else:
        texts = pages.annotate(as_text=Cast("pk", CharField())).values("as_text")
        named = named.filter(base_content_type=kind_of(Page), object_id__in=texts)
    if many:
        found = Q(pk__in=named.annotate(named=Cast("to_object_id", model._meta.pk)).values("named"))
    else:
        found = Q(Exists(named.filter(to_object_id=Cast(OuterRef("pk"), CharField()))))
    for field in fields_to(model):
        if issubclass(field.model, Page):
            ours, theirs = field.m2m_reverse_field_name(), field.m2m_field_name()
            rows = field.remote_field.through._default_manager.filter(
                **{f"{theirs}__in": pages.order_by().values("pk")}
            )
            found |= Q(pk__in=rows.values(f"{ours}_id")) if many else Q(Exists(rows.filter(**{ours: OuterRef("pk")})))
    return found


def pages_using(rows: Iterable[Row]) -> Q:
    """Condition on pages: they name one of ``rows``."""
    found = Q(pk__in=[])
    for model, pks in by_model(rows):
        named = ReferenceIndex.objects.filter(
            to_content_type=kind_of(model), to_object_id__in=pks, base_content_type=kind_of(Page)
        )
        found |= Q(pk__in=named.annotate(page=Cast("object_id", Page._meta.pk)).values("page"))
        for field in fields_to(model):
            if issubclass(field.model, Page):
                ours, theirs = field.m2m_reverse_field_name(), field.m2m_field_name()
                through = field.remote_field.through._default_manager.filter(**{f"{ours}__in": pks})
                found |= Q(pk__in=through.values(f"{theirs}_id"))
    return found


def pages_naming(model: type[Model], pks: Iterable[Any]) -> dict[Any, set[int]]:
    """Map the rows ``pks`` of ``model`` to the ids of the pages that name them; those that no page names are left out."""
    found: dict[Any, set[int]] = defaultdict(set)
    named = ReferenceIndex.objects.filter(
        to_content_type=kind_of(model), base_content_type=kind_of(Page), to_object_id__in=[str(pk) for pk in pks]
    )
    for pk, page in named.values_list("to_object_id", "object_id").distinct():
        found[model._meta.pk.to_python(pk)].add(int(page))
    for field in fields_to(model):
        if issubclass(field.model, Page):
            ours, theirs = f"{field.m2m_reverse_field_name()}_id", f"{field.m2m_field_name()}_id"
            through = field.remote_field.through._default_manager.filter(**{f"{ours}__in": pks})
            for pk, page in through.values_list(ours, theirs):
                found[pk].add(page)
    return dict(found)


@cache
def fields_to(model: type[Model]) -> tuple[Any, ...]:
    """The many-to-many fields that name rows of ``model``, of whatever model they are."""
    relations: list[Any] = [
        each for each in model._meta.get_fields(include_hidden=True) if each.many_to_many and each.auto_created
    ]
    return tuple(each.field for each in relations if hasattr(each.field, "m2m_reverse_field_name"))


def live_rows(model: type[Model]) -> QuerySet[Any]:
    """Rows of ``model``, without drafts that were never published or were taken down."""
    rows: QuerySet[Any] = model._base_manager.all()
    return rows.filter(live=True) if issubclass(model, DraftStateMixin) else rows


def drafts_among(rows: set[Row]) -> set[Row]:
    """Those of ``rows`` that are no :func:`live_rows`."""
    drafts: set[Row] = set()
    for model, pks in by_model(rows):
        if issubclass(model, DraftStateMixin):
            live = {str(pk) for pk in live_rows(model).filter(pk__in=pks).values_list("pk", flat=True)}
            drafts |= {(kind_of(model).pk, pk) for pk in pks - live}
    return drafts


def _ends() -> tuple[type[Any], ...]:
    return Page, get_document_model(), get_image_model()


def _translations(model: type[Model], pks: set[str]) -> Iterator[tuple[Row, Row]]:
    if not issubclass(model, TranslatableMixin) or issubclass(model, Page):
        return
    keys = model._base_manager.filter(pk__in=pks).values("translation_key")
    found: dict[Any, set[str]] = defaultdict(set)
    for pk, key in model._base_manager.filter(translation_key__in=keys).values_list("pk", "translation_key"):
        found[key].add(str(pk))
    kind = kind_of(model).pk
    for siblings in found.values():
        for pk in siblings & pks:
            yield from (((kind, pk), (kind, other)) for other in siblings - {pk})


def _used_by_rows(model: type[Model], pks: set[str]) -> Iterator[Row]:
    named = ReferenceIndex.objects.filter(base_content_type=kind_of(model), object_id__in=pks)
    yield from named.values_list("to_content_type_id", "to_object_id")
    yield from (sibling for _row, sibling in _translations(model, pks))
    fields: list[Any] = [each for each in model._meta.many_to_many if hasattr(each, "m2m_reverse_field_name")]
    for field in fields:
        ours, theirs = field.m2m_field_name(), field.m2m_reverse_field_name()
        through = field.remote_field.through._default_manager.filter(**{f"{ours}__in": pks})
        kind = kind_of(field.related_model).pk
        yield from ((kind, str(pk)) for pk in through.values_list(f"{theirs}_id", flat=True))


def _live(edges: list[tuple[Row, Row]]) -> dict[Row, set[Row]]:
    """The users of each row, as far as they are no drafts."""
    drafts = drafts_among({user for _used, user in edges})
    found: dict[Row, set[Row]] = defaultdict(set)
    for used, user in edges:
        if user not in drafts:
            found[used].add(user)
    return dict(found)
