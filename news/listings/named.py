"""What an item names beside its texts, topics and projects: each in the language of the item where it is in that one.

Public: other apps may import from here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wagtail_newsroom.news.models import NewsroomPage, Organisation, Project
from wagtail_newsroom.news.queries.instances import children_of, columns_of, json_rows, made_of, made_of_json
from wagtail_newsroom.news.queries.json_rows import JsonRows
from wagtail_newsroom.news.queries.prepared import PreparedQueries

Row = dict[str, Any]

_QUERIES = PreparedQueries()
PAGE_ABOVE = OuterRef(OuterRef("pk"))  # from rows of a sub-select in a sub-select to the page that is read


def with_translations(model: type[Any], chosen: QuerySet[Any], *order: str) -> JsonRows:
    """Rows of ``model`` for :func:`in_own_language`: the ``chosen`` ones and their translations."""
    keys = chosen.order_by().values("translation_key")
    rows = model._default_manager.filter(translation_key__in=keys).order_by(*order)
    return json_rows(rows, chosen=Exists(chosen.filter(pk=OuterRef("pk"))))


def in_own_language(model: type[Any], rows: list[Row], locale_id: int) -> Iterator[Any]:
    """Of rows that come with their translations the chosen ones, each in the language ``locale_id`` where it is."""
    own = {each["translation_key"]: each for each in rows if each["locale_id"] == locale_id}
    return (made_of_json(model, own.get(each["translation_key"], each)) for each in rows if each["chosen"])


def project_rows() -> JsonRows:
    """Projects of the page that is read, for :func:`put_projects`."""
    return with_translations(Project, Project.objects.filter(pages=PAGE_ABOVE), "name")


def lay_projects(page: NewsroomPage) -> list[Any]:
    """Tell ``page`` its projects with their partners, and return them. Two queries; one without projects."""

    def build(_now: dt.datetime, ids: Sequence[int]) -> QuerySet[Any]:
        return NewsroomPage.objects.filter(pk__in=ids).order_by().values(project_rows=project_rows())

    return put_projects(page, _QUERIES.rows("projects", build, timezone.now(), [page.pk])[0]["project_rows"])


def put_projects(page: NewsroomPage, rows: list[Row]) -> list[Any]:
    """As :func:`lay_projects`, of ``rows`` that were read already: for the partners alone is asked."""
    projects = children_of(page)["projects"] = list(in_own_language(Project, rows, page.locale_id))
    partners = defaultdict(list)
    for row in _QUERIES.rows("partners", _partner_rows, timezone.now(), [project.pk for project in projects]):
        partners[row["project_id"]].append(made_of(Organisation, row, "organisation__"))
    for project in projects:
        children_of(project)["partners"] = partners[project.pk]
    return projects


def _partner_rows(_now: dt.datetime, projects: Sequence[int]) -> QuerySet[Any]:
    order = (f"organisation__{name}" for name in Organisation._meta.ordering or ())
    rows = Project.partners.through.objects.filter(project__in=projects).order_by(*order, "pk")
    return rows.values("project_id", *columns_of(Organisation, "organisation__"))
