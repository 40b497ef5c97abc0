"""Versions of a file: which follows which, which of them the public gets, and how they are numbered.

A stored file never changes. A newer one is a row of its own that *supersedes* the one before; whatever refers to any
version shows the current public one when it is read. All versions of a file share ``version_group`` and are numbered
from 1. Versions that took effect at once share a ``release`` with the one before them; a version that takes effect with
its page begins a release of its own, which is in force while a public page offers one of its files.
"""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model

from wagtail_newsroom.news.visibility import public_files

PLACE = ("version_group", "release", "number")


class VersionMixin(models.Model):
    """A file's place among its versions. ``public_since`` is set once it has been readable by everybody."""

    supersedes = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="newsroom_superseded_by",
        help_text=_("The version before. Its address will lead to this one; it stays in the archive."),
    )
    with_page = models.BooleanField(
        _("takes effect with its page"),
        default=False,
        help_text=_(
            "For a file that replaces another one: the older one stays in force until a page that offers this one is "
            "published. Choose this file on the draft of that page."
        ),
    )
    change_note = models.TextField(
        _("what changed"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences for the public, shown with the previous versions. Not for internal remarks."),
    )
    version_group = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    release = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    number = models.PositiveIntegerField(default=1, editable=False)
    public_since = models.DateTimeField(null=True, editable=False)

    # The column behind the key, and what a list of files is told beside it.
    supersedes_id: int | None
    former_versions: int = 0

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if not self.pk or self.supersedes is None:
            return
        if self.supersedes_id == self.pk:
            raise ValidationError(
                {"supersedes": _("A file cannot replace itself. Choose the version before it, or leave this empty.")}
            )
        if self.supersedes.version_group == self.version_group and self.supersedes.number > self.number:
            raise ValidationError(
                {"supersedes": _("That version comes after this one. Choose the version before, or leave this empty.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the place among the versions that ``supersedes`` and ``with_page`` say; those that follow come along."""
        only = kwargs.get("update_fields")
        if only is not None and not {"supersedes", "with_page"} & set(only):
            super().save(*args, **kwargs)
            return
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        self.take_place(stored)
        if only is not None:
            kwargs["update_fields"] = {*only, *PLACE}
        with transaction.atomic():
            super().save(*args, **kwargs)
            if stored is not None and any(getattr(stored, name) != getattr(self, name) for name in PLACE):
                self.bring_followers(stored)

    def take_place(self, stored: Any) -> None:
        """Derive group, release and number; ``stored``: the row as it is in the database, ``None`` for a new one."""
        before = self.supersedes
        if before is not None:
            self.version_group, self.number = before.version_group, before.number + 1
            if not self.with_page:
                self.release = before.release
            elif self.release == before.release:
                self.release = uuid.uuid4()
        elif stored is None:
            self.with_page = False
        elif stored.supersedes_id:  # taken out; a deleted predecessor leaves the row as it is
            self.version_group, self.release, self.number = uuid.uuid4(), uuid.uuid4(), 1

    def bring_followers(self, stored: Any) -> None:
        """Move the versions that came after ``stored`` to where this row has gone."""
        followers = type(self)._base_manager.filter(version_group=stored.version_group, number__gt=stored.number)
        followers = followers.exclude(pk=self.pk)
        moved = list(followers.values_list("pk", flat=True))
        followers.filter(release=stored.release).update(release=self.release)
        type(self)._base_manager.filter(pk__in=moved).update(
            version_group=self.version_group, number=F("number") + (self.number - stored.number)
        )

    def all_versions(self) -> models.QuerySet[Any]:
        """Every version of this file, the latest first."""
        return type(self)._base_manager.filter(version_group=self.version_group).order_by("-number", "-pk")

    def earlier_versions(self) -> list[Any]:
        """The versions before this one, latest first."""
        return list(self.all_versions().filter(number__lt=self.number))

    def public_versions(self) -> list[Any]:
        """The versions that anybody may read, the latest first: the current one, then the archive."""
        return list(public_files(self.all_versions()))


def with_versions(ids: Collection[Any]) -> set[Any]:
    """``ids`` of documents with those of all versions of each; where files have none, as they are."""
    if not ids or not has_versions():
        return set(ids)
    files = get_document_model()._default_manager
    groups = files.filter(pk__in=ids).order_by().values("version_group")
    return set(files.filter(version_group__in=groups).order_by().values_list("pk", flat=True))


def has_versions() -> bool:
    """Tell whether the site's document model knows versions."""
    return hasattr(get_document_model(), "version_group")


def readable_versions(documents: Iterable[Any]) -> tuple[dict[Any, Any], set[Any]]:
    """Map each document's id to its current version; beside it, the ids of all versions that the public may read.

    The current version is the latest that the public may read, if it is not older than the document; else the document
    itself. One query, however many documents and versions there are. ``former_versions`` of the latest public one
    counts those in the archive.
    """
    documents = list(documents)
    if not documents:
        return {}, set()
    model = get_document_model()
    if not has_versions():
        readable = public_files(model._default_manager.filter(pk__in={each.pk for each in documents}))
        return {each.pk: each for each in documents}, set(readable.values_list("pk", flat=True))
    groups = {each.version_group for each in documents}
    public = public_files(model._default_manager.filter(version_group__in=groups)).order_by("number", "pk")
    return choose_versions(documents, public)


def choose_versions(documents: Iterable[Any], public: Iterable[Any]) -> tuple[dict[Any, Any], set[Any]]:
    """As :func:`readable_versions`, of the versions that the public may read, oldest first."""
    found: dict[Any, list[Any]] = {}
    for row in public:
        found.setdefault(row.version_group, []).append(row)
    for versions in found.values():
        versions[-1].former_versions = len(versions) - 1
    current = {}
    for document in documents:
        latest = (found.get(document.version_group) or [document])[-1]
        current[document.pk] = latest if latest.number >= document.number else document
    return current, {row.pk for versions in found.values() for row in versions}


def current_versions(documents: Iterable[Any]) -> dict[Any, Any]:
    """Map each document's id to its current version; see :func:`readable_versions`."""
    return readable_versions(documents)[0]
