"""People whom programmes name, with their organisations."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import InLanguages, Wanted
from wagtail_newsroom.news.models import Organisation, Person


def speakers(ids: set[int], answer: Answer, wanted: Wanted) -> dict[int, InLanguages]:
    """The people ``ids`` in all languages, each with the name of the organisation in the same one; one query.

    What names them is public. What is for colleagues only (e-mail, phone) is not read.
    """
    keys = Person.objects.filter(pk__in=ids).values("translation_key")
    same = Organisation.objects.filter(
        translation_key=OuterRef("organisation__translation_key"), locale_id=OuterRef("locale_id")
    )
    rows = (
        Person.objects.filter(translation_key__in=keys)
        .order_by("pk")
        .values(
            *("id", "translation_key", "locale_id", "name", "role", "organisation_id"),
            organisation_name=Coalesce(Subquery(same.values("name")[:1]), F("organisation__name")),
        )
    )
    found: dict[int, InLanguages] = {}
    by_key: dict[UUID, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        answer.tags.add(f"person:{row['id']}")
        if row["organisation_id"]:
            answer.tags.add(f"organisation:{row['organisation_id']}")
        person = {
            "id": row["id"],
            "key": str(row["translation_key"]),
            "name": row["name"],
            "role": row["role"],
            "organisation": row["organisation_name"] or "",
        }
        languages = by_key[row["translation_key"]]
        languages[row["locale_id"]] = person
        if row["id"] in ids:
            found[row["id"]] = InLanguages(person, languages)
    return found
