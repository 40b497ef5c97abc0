"""How often the public read pages and downloaded files in a period, counted by the query that lists them.

Downloads of a page are those of the files that it names, as it is stored, in all their versions, wherever they were
downloaded from: nobody keeps where a reader came from. A file that two pages name counts for both, and once for their project.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from wagtail_newsroom.news.models import DownloadCount, NewsroomPage, PageViewCount, Project
from wagtail_newsroom.news.models.files.versions import has_versions
from wagtail_newsroom.news.uses import kind_of

Day = dt.date | None


def with_figures(pages: Any, first: Day = None, last: Day = None) -> Any:
    """``pages`` with ``views`` and ``downloads`` from the day ``first`` to the day ``last``, where they are given."""
    named = ReferenceIndex.objects.filter(object_id=Cast(OuterRef(OuterRef(OuterRef("pk"))), CharField()))
    return pages.annotate(
        views=_sum(PageViewCount.objects.filter(page=OuterRef("pk")), first, last),
        downloads=_sum(_downloads(named), first, last),
    )


def project_figures(pages: Any, first: Day = None, last: Day = None) -> QuerySet[Project]:
    """Projects that have one of ``pages``, with ``items``, ``views`` and ``downloads`` of these. Each once: :func:`projects_once`."""
    items = NewsroomPage.projects.through.objects.filter(newsroompage__in=pages.order_by().values("pk"))

    def of_project(key: Any) -> QuerySet[Any]:
        return items.filter(project__translation_key=key).order_by()

    number = of_project(OuterRef("translation_key")).values("project__translation_key")
    number = number.annotate(number=Count("newsroompage", distinct=True)).values("number")
    read = of_project(OuterRef(OuterRef("translation_key"))).values("newsroompage")
    names = of_project(OuterRef(OuterRef(OuterRef(OuterRef("translation_key")))))
    names = names.annotate(as_text=Cast("newsroompage", CharField())).values("as_text")
    return (
        projects_once()
        .filter(Exists(of_project(OuterRef("translation_key"))))
        .annotate(
            items=Coalesce(Subquery(number, output_field=IntegerField()), 0),
            views=_sum(PageViewCount.objects.filter(page__in=read), first, last),
            downloads=_sum(_downloads(ReferenceIndex.objects.filter(object_id__in=names)), first, last),
        )
    )


def projects_once() -> QuerySet[Project]:
    """One row for each project, whatever languages it is there in: that of the site's language, else the oldest."""
    own = When(locale__language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE), then=Value(0))
    same = Project.objects.filter(translation_key=OuterRef("translation_key"))
    first = same.order_by(Case(own, default=Value(1)), "pk").values("pk")[:1]
    return Project.objects.filter(pk=Subquery(first))


def _downloads(named: QuerySet[ReferenceIndex]) -> QuerySet[DownloadCount]:
    """Downloads of the files that pages name, of all their versions; ``named``: references of those pages."""
    files: Any = get_document_model()
    named = named.filter(base_content_type=kind_of(Page), to_content_type=kind_of(files)).order_by()
    ids = named.annotate(file=Cast("to_object_id", files._meta.pk)).values("file")
    chosen = files._base_manager.filter(pk__in=ids).order_by()
    if has_versions():
        return DownloadCount.objects.filter(document__version_group__in=chosen.values("version_group"))
    return DownloadCount.objects.filter(document__in=chosen.values("pk"))


def _sum(counts: QuerySet[Any], first: Day, last: Day) -> Coalesce:
    if first is not None:
        counts = counts.filter(day__gte=first)
    if last is not None:
        counts = counts.filter(day__lte=last)
    total = counts.order_by().annotate(all=Value(0)).values("all").annotate(total=Sum("count")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)
