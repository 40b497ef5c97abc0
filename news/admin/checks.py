"""System checks of what the newsroom does in Wagtail's admin: told at start, with the remedy, not met later as a hole."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register
from django.urls import get_resolver
from wagtail import VERSION
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_base_form

from wagtail_newsroom.news.admin.document_form import DocumentForm
from wagtail_newsroom.news.admin.overrides import OVERRIDES
from wagtail_newsroom.news.admin.page_viewsets import missing_rules


@register("newsroom")
def check_views_of_pages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E011: a viewset of the host's own leaves out rules of the newsroom."""
    if getattr(settings, "ROOT_URLCONF", ""):
        get_resolver().url_patterns  # noqa: B018  (viewsets are registered with the admin's addresses)
    return [
        checks.Error(
            f"{type(viewset).__name__}, the viewset of {model._meta.label}, has a {name} without {mixin.__name__}: "
            "what the newsroom checks and asks is passed by.",
            hint=f"Subclass wagtail_newsroom.news.admin.page_viewsets.NewsroomPageViewSet, or put {mixin.__module__}.{mixin.__name__} "
            "before Wagtail's view in yours.",
            id="newsroom.E011",
        )
        for model, viewset, name, mixin in missing_rules()
    ]


@register("newsroom")
def check_document_form(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E012: documents with versions in a form that knows none, which deletes the old file."""
    if not hasattr(get_document_model(), "newsroom_attachment") or issubclass(get_document_base_form(), DocumentForm):
        return []
    return [
        checks.Error(
            "The form of documents knows no versions: another file would be put in the place of a public one, unasked.",
            hint='Set WAGTAILDOCS_DOCUMENT_FORM_BASE = "wagtail_newsroom.news.admin.document_form.DocumentForm", or a subclass of it.',
            id="newsroom.E012",
        )
    ]


@register("newsroom")
def check_overrides(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E013: what the newsroom changes in Wagtail is not there in the installed version."""
    version = ".".join(map(str, VERSION[:3]))
    return [
        checks.Error(
            f"The newsroom changes {override.target}, and in Wagtail {version} {wrong}. Without: {override.reason}",
            hint="Use a version of Wagtail that the newsroom supports, or a newer newsroom "
            f"(written for Wagtail {' and '.join(override.versions)}).",
            id="newsroom.E013",
        )
        for override in OVERRIDES
        if override.wanted and (wrong := override.what_is_wrong())
    ]
