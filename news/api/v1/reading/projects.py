"""Projects of items: whole, with what has to be printed, in the language of the item."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, InLanguages, Wanted
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.api.v1.reading.languages import in_all_languages, in_own_language
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.models import NewsroomPage, Organisation, Project
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.slugs import ascii_slug

PLAIN = ("name", "number", "starts_on", "ends_on", "value", "grant", "funding_statement", "url")


class ProjectsPart(Part):
    """The funded projects of a story."""

    name = "projects"

    def columns(self, answer: Answer) -> dict[str, Any]:
        through = NewsroomPage.projects.through.objects.filter(newsroompage_id=OuterRef("pk"))
        return {"project_rows": JsonRows(through.order_by("project__name", "project_id"), id="project_id")}

    def wants(self, row: Row, wanted: Wanted, prepared: Any) -> None:
        for project in row["project_rows"]:
            wanted.add("project", project["id"])

    def read(self, row: Row, found: Found, prepared: Any) -> list[dict[str, Any]]:
        projects = [project for each in row["project_rows"] if (project := shown_project(each["id"], found))]
        found.answer.tags.update(f"project:{project['id']}" for project in projects)
        return projects


def shown_project(pk: int, found: Found) -> dict[str, Any] | None:
    """A project in the language of the item, with its logo strip."""
    project = found.get("project", pk)
    if project is None:
        return None
    return {
        **{name: value for name, value in project.items() if name not in ("logo_strip_id", "logo_strip_alt")},
        "logo_strip": as_used(found.get("image", project["logo_strip_id"]), alt=project["logo_strip_alt"]),
    }


def projects(ids: set[int], answer: Answer, wanted: Wanted) -> dict[int, InLanguages]:
    """The projects ``ids`` in all languages, with their partners, in one query. What shows them is public."""
    keys = Project.objects.filter(pk__in=ids).values("translation_key")
    rows = list(
        Project.objects.filter(translation_key__in=keys)
        .order_by()
        .values(
            *("id", "translation_key", "locale_id", "logo_strip_id", "logo_strip_alt", *PLAIN),
            partner_rows=in_all_languages(
                Organisation.objects.filter(projects=OuterRef(OuterRef("pk"))), "name", "url", order=("name", "pk")
            ),
        )
    )
    found: dict[int, InLanguages] = {}
    by_key: dict[UUID, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        wanted.add("image", row["logo_strip_id"])
        project = {
            "id": row["id"],
            "key": str(row["translation_key"]),
            **{name: row[name] for name in PLAIN},
            "logo_strip_id": row["logo_strip_id"],
            "logo_strip_alt": row["logo_strip_alt"],
            "partners": _partners(row),
        }
        languages = by_key[row["translation_key"]]
        languages[row["locale_id"]] = project
        if row["id"] in ids:
            found[row["id"]] = InLanguages(project, languages)
    return found


def _partners(project: dict[str, Any]) -> list[dict[str, Any]]:
    """The partners of a project by name, in its language."""
    order = [each["key"] for each in project["partner_rows"] if each["chosen"]]
    partners = {each["key"]: each for each in in_own_language(project["partner_rows"], project["locale_id"])}
    return [
        {"id": partners[key]["id"], "key": str(UUID(key)), "name": partners[key]["name"], "url": partners[key]["url"]}
        for key in dict.fromkeys(order)
    ]


def slug_of_project(name: str) -> str:
    """What a project is called in addresses: made from its name."""
    return ascii_slug(name)


def keys_of_projects(slugs: Iterable[str]) -> list[UUID]:
    """Keys of the projects that these slugs name, in any language. One query."""
    wanted = set(slugs)
    rows = Project.objects.order_by().values_list("name", "translation_key")
    return list({key for name, key in rows if slug_of_project(name) in wanted})
