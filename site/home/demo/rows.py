"""Puts what the stories refer to into the database: pictures, files, snippets. What is there already is kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files import File
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale

from home.demo import places
from home.demo.files import CREDIT, FILES, FOLDER, LICENCE, MARKS, PHOTOS, FileCard
from home.demo.people import ORGANISATIONS, PEOPLE
from home.demo.world import World
from wagtail_newsroom.news.models import InformationClause, Organisation, Person, Project, Topic, Venue

INTERNAL_COLLECTION = "Wewnętrzne"


def key_of(*parts: str) -> uuid.UUID:
    """The demo's own translation key: by it a row is found again, whatever its title became."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("https://wagtail-newsroom.example.org/demo", *parts)))


def row(model: type[Model], locale: Locale, key: str, values: Mapping[str, Any]) -> Any:
    """The translatable row with this key in this language; made of ``values`` where it is missing."""
    found, _created = model._default_manager.get_or_create(
        translation_key=key_of(model.__name__, key), locale=locale, defaults=dict(values)
    )
    return found


@dataclass
class Library:
    """Pictures and files. ``stored`` names what was written to the storage, should all be taken back."""

    stored: list[FieldFile] = field(default_factory=list)

    def fill(self, world: World) -> None:
        for name, card in PHOTOS.items():
            world.photos[name] = self._picture(f"photos/{name}.jpg", card.title, description=card.description)
        for name, title in MARKS.items():
            world.photos[name] = self._picture(f"logos/{name}.png", title)
        internal = internal_collection()
        for key, file_card in FILES.items():
            collection = internal if file_card.internal else Collection.get_first_root_node()
            world.files[key] = self._file(file_card, world, collection)

    def take_back(self) -> None:
        """Delete what was stored: the database forgets it by itself when its transaction fails."""
        for file in self.stored:
            file.storage.delete(str(file.name))

    def _picture(self, path: str, title: str, **values: str) -> Any:
        model = get_image_model()
        found = model.objects.filter(title=title, credit=CREDIT).first()
        if found is not None:
            return found
        picture = model(title=title, credit=CREDIT, licence=LICENCE, rights_basis="own", **values)
        return self._store(picture, path)

    def _file(self, card: FileCard, world: World, collection: Collection) -> Any:
        model = get_document_model()
        found = model.objects.filter(title=card.title, kind=card.kind).first()
        if found is not None:
            return found
        document = model(
            title=card.title,
            kind=card.kind,
            issued_on=card.issued_on,
            valid_from=card.issued_on,
            language="pl",
            belongs_to=world.files.get(card.belongs_to),
            supersedes=world.files.get(card.supersedes),
            change_note=card.change_note,
            collection=collection,
        )
        self._store(document, f"files/{card.name}")
        if document.supersedes is not None:  # the demo starts after the older one was public
            model.objects.filter(pk=document.supersedes.pk).update(public_since=timezone.now())
        return document

    def _store(self, item: Any, path: str) -> Any:
        with (FOLDER / path).open("rb") as source:
            item.file = File(source, name=path.rpartition("/")[2])
            item.full_clean(exclude=["supersedes"])
            item.save()
        self.stored.append(item.file)
        # Both are read from the file and kept: no visitor's request has to write them.
        item.get_file_size()
        item.get_file_hash()
        return item


def internal_collection() -> Collection:
    """A collection for staff only: nothing in it may ever reach a visitor."""
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=INTERNAL_COLLECTION).first()
    if collection is None:
        collection = root.add_child(name=INTERNAL_COLLECTION)
    CollectionViewRestriction.objects.get_or_create(
        collection=collection, defaults={"restriction_type": CollectionViewRestriction.LOGIN}
    )
    return collection


def polish_snippets(world: World, locale: Locale) -> None:
    """Everything that the Polish texts name."""
    for card in ORGANISATIONS:
        values = {"name": card.name, "url": card.url, "logo": world.photos.get(card.logo), "logo_alt": card.logo_alt}
        world.organisations[card.key] = row(Organisation, locale, card.key, values)
    by_name = {organisation.name: organisation for organisation in world.organisations.values()}
    for person in PEOPLE:
        values = {"name": person.name, "role": person.role, "organisation": by_name[person.organisation]}
        world.people[person.name] = row(Person, locale, person.name, values)
    for key, (name, _english, description) in places.TOPICS.items():
        world.topics[key] = row(Topic, locale, key, {"name": name, "description": description})
    for key, venue in places.VENUES.items():
        world.venues[key] = row(Venue, locale, key, venue)
    world.clause = row(InformationClause, locale, "registration", places.CLAUSE)
    world.projects["services"] = _project(world, locale, places.PROJECT)


def english_snippets(world: World, locale: Locale) -> None:
    """The English rows of what the translated stories name, in place of the Polish ones."""
    for card in ORGANISATIONS:
        polish = world.organisations[card.key]
        values = {"name": card.english or card.name, "url": card.url, "logo": polish.logo}
        world.organisations[card.key] = row(Organisation, locale, card.key, values)
    for key, (_polish, name, _description) in places.TOPICS.items():
        world.topics[key] = row(Topic, locale, key, {"name": name})
    world.venues["aula"] = row(Venue, locale, "aula", {**places.VENUES["aula"], **places.AULA_IN_ENGLISH})
    world.clause = row(InformationClause, locale, "registration", places.CLAUSE_IN_ENGLISH)
    world.projects["services"] = _project(world, locale, {**places.PROJECT, **places.PROJECT_IN_ENGLISH})


def _project(world: World, locale: Locale, values: Mapping[str, Any]) -> Project:
    year = world.days.today.year
    strip = world.photos["pasek-znakow-razem-dla-uslug"]
    dates = {
        "starts_on": world.days.today.replace(year - 1, 1, 1),
        "ends_on": world.days.today.replace(year + 2, 12, 31),
    }
    project: Project = row(Project, locale, "services", {**values, **dates, "logo_strip": strip})
    if not project.partners.exists():
        project.partners.set([world.organisations[key] for key in places.PROJECT_PARTNERS])
        project.save()
    return project
