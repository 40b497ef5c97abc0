"""Projects of items: whole, with what has to be printed, in the language of the item."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef

from wagtail_newsroom.news.api.v1.answering import Answer
from wagtail_newsroom.news.api.v1.gathering import Found, InLanguages, Wanted
from wagtail_newsroom.news.api.v1.reading.images import as_used
from wagtail_newsroom.news.api.v1.reading.parts import Part, Row
from wagtail_newsroom.news.listings.json_rows import JsonRows
from wagtail_newsroom.news.models import NewsroomPage, Organisation, Project
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
        projects = [project for each in row["project_rows"] if (project := found.get("project", each["id"]))]
        found.answer.tags.update(f"project:{project['id']}" for project in projects)
        return [
            {
                **{name: value for name, value in project.items() if name not in ("logo_strip_id", "logo_strip_alt")},
                "logo_strip": as_used(found.get("image", project["logo_strip_id"]), alt=project["logo_strip_alt"]),
            }
            for project in projects
        ]


def projects(ids: set[int], answer: Answer, wanted: Wanted) -> dict[int, InLanguages]:
    """The projects ``ids`` in all languages, with their partners, in two queries. What shows them is public."""
    keys = Project.objects.filter(pk__in=ids).values("translation_key")
    rows = list(
        Project.objects.filter(translation_key__in=keys)
        .order_by()
        .values("id", "translation_key", "locale_id", "logo_strip_id", "logo_strip_alt", *PLAIN)
    )
    partners = _partners([row["id"] for row in rows])
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
            "partners": partners.get(row["id"], []),
        }
        languages = by_key[row["translation_key"]]
        languages[row["locale_id"]] = project
        if row["id"] in ids:
            found[row["id"]] = InLanguages(project, languages)
    return found


def _partners(project_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """The partners of each project, in the project's language."""
    through = Project.partners.through.objects.filter(project_id__in=project_ids)
    same = Organisation.objects.filter(translation_key=OuterRef("organisation__translation_key"))
    rows = through.order_by("organisation__name", "organisation_id").values(
        "project_id", "organisation_id", "project__locale_id",
        same=JsonRows(same, id="pk", key="translation_key", name="name", url="url", locale_id="locale_id"),
    )  # fmt: skip
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_locale = {each["locale_id"]: each for each in row["same"]}
        chosen = next(each for each in row["same"] if each["id"] == row["organisation_id"])
        partner = by_locale.get(row["project__locale_id"], chosen)
        found[row["project_id"]].append(
            {"id": partner["id"], "key": str(UUID(partner["key"])), "name": partner["name"], "url": partner["url"]}
        )
    return found


def slug_of_project(name: str) -> str:
    """What a project is called in addresses: made from its name."""
    return ascii_slug(name)


def keys_of_projects(slugs: Iterable[str]) -> list[UUID]:
    """Keys of the projects that these slugs name, in any language. One query."""
    wanted = set(slugs)
    rows = Project.objects.order_by().values_list("name", "translation_key")
    return list({key for name, key in rows if slug_of_project(name) in wanted})
