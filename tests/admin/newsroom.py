"""People of another section, and many pages at once, for tests of the admin's lists."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page
from wagtail.users.models import UserProfile

from tests.admin.desk import Desk
from tests.factories import StandardPageFactory
from wagtail_newsroom.news.models import EventPage, NewsPage, NewsroomPage


def other_section(tree: dict[str, Page]) -> Desk:
    """Somebody who may add, change and publish in another section and its collection, and nowhere else."""
    section = StandardPageFactory(parent=tree["home"], title="Inny dział")
    collection = Collection.get_first_root_node().add_child(name="Inny dział")
    group = Group.objects.create(name="Another section")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for verb in ("add", "change", "publish"):
        GroupPagePermission.objects.create(
            group=group, page=section, permission=Permission.objects.get(codename=f"{verb}_page")
        )
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for verb in ("add", "change", "choose"):
            permission = Permission.objects.get(content_type__app_label=app, codename=f"{verb}_{model}")
            GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    user = User.objects.create(username="stranger")
    user.groups.add(group)
    UserProfile.objects.create(user=user, preferred_language="en")
    return Desk(user)


def many_pages(parent: Page, model: type[NewsPage] | type[EventPage], count: int, **fields: Any) -> None:
    """Put ``count`` pages of ``model`` below ``parent``, table by table: no revision, no index, no signal."""
    locale, kind = Locale.get_default(), ContentType.objects.get_for_model(model)
    start, now = parent.numchild, timezone.now()
    own = {"title", "slug", "owner", "live", "latest_revision_created_at", "first_published_at", "last_published_at",
           "has_unpublished_changes"}  # fmt: skip
    base = [
        Page(
            path=Page._get_path(parent.path, parent.depth + 1, start + number + 1),
            depth=parent.depth + 1,
            title=f"{model.__name__} {number}",
            draft_title=f"{model.__name__} {number}",
            slug=f"{model.__name__.lower()}-{number}",
            url_path=f"{parent.url_path}{model.__name__.lower()}-{number}/",
            locale=locale,
            content_type=kind,
            latest_revision_created_at=now - dt.timedelta(minutes=number),
            **{key: value for key, value in fields.items() if key in own},
        )
        for number in range(count)
    ]
    Page.objects.bulk_create(base)
    Page.objects.filter(pk=parent.pk).update(numchild=start + count)
    parent.refresh_from_db()
    pks = list(Page.objects.filter(content_type=kind).order_by("path").values_list("pk", flat=True))[-count:]
    rest = {key: value for key, value in fields.items() if key not in own}
    _insert(NewsroomPage, [{"page_ptr_id": pk, "lead": "Lead", "date": timezone.localdate()} for pk in pks])
    _insert(model, [{"newsroompage_ptr_id": pk, **rest} for pk in pks])


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows into the model's own table only, its ancestors' rows being there already."""
    fields = list(model._meta.local_concrete_fields)
    objects = []
    for row in rows:
        thing = model(**{key: value for key, value in row.items() if not key.endswith("_ptr_id")})
        for key, value in row.items():
            if key.endswith("_ptr_id"):
                setattr(thing, key, value)
        if hasattr(thing, "period") and model is EventPage:
            thing.starts_at, thing.ends_at = thing.period
            thing.deadline_at = thing.closes_at
        objects.append(thing)
    QuerySet(model)._batched_insert(objects, fields, batch_size=400)
