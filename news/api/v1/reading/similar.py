"""Which earlier stories are like one: those of ``NewsroomPage.related_items``, as a part of a query for many pages at once."""

from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce


def earlier(pages: QuerySet[Any], date: Any, pk: Any) -> QuerySet[Any]:
    """Those of ``pages`` that came before the one with this ``date`` and ``pk`` (values, or references to them).

    Earlier ones alone: so a new page changes none that is there already.
    """
    return pages.filter(Q(date__lt=date) | Q(date=date, pk__lt=pk))


def alike(pages: QuerySet[Any], *, topics: Any, projects: Any, same_event: Q) -> QuerySet[Any]:
    """Those of ``pages`` that share something, most alike first: the same event, projects, topics, then nearness.

    ``topics``, ``projects``: keys, or a queryset of them; ``same_event``: condition on ``pages``.
    """
    model = pages.model
    of_topics = model.topics.through.objects.filter(topic__translation_key__in=topics)
    of_projects = model.projects.through.objects.filter(project__translation_key__in=projects)
    shared = (
        same_event | Q(pk__in=of_topics.values("newsroompage_id")) | Q(pk__in=of_projects.values("newsroompage_id"))
    )
    return (
        pages.filter(shared)
        .annotate(
            same_event=Case(When(same_event, then=Value(1)), default=Value(0)),
            same_projects=_count(of_projects),
            same_topics=_count(of_topics),
        )
        .order_by("-same_event", "-same_projects", "-same_topics", "-date", "-pk")
    )


def nearest(pages: QuerySet[Any]) -> QuerySet[Any]:
    """``pages``, the latest first."""
    return pages.order_by("-date", "-pk")


def _count(through: QuerySet[Any]) -> Any:
    own = through.filter(newsroompage_id=OuterRef("pk")).order_by().values("newsroompage_id")
    return Coalesce(Subquery(own.annotate(found=Count("pk")).values("found"), output_field=IntegerField()), 0)
