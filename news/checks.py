"""System checks: a misconfiguration is reported at start, with its remedy, not met later as a fault."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, select_template

from wagtail_newsroom.news.api.v1.blocks.story import blocks_without_form
from wagtail_newsroom.news.conf import (
    DEFAULTS,
    base_template,
    dark_selector,
    mistyped_settings,
    setting,
    unknown_settings,
)
from wagtail_newsroom.news.install import missing_apps
from wagtail_newsroom.news.registry import content
from wagtail_newsroom.news.timing.working_days import calendar_of


@register("newsroom")
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E001: a key of ``NEWSROOM`` that the newsroom does not know."""
    return [
        checks.Error(
            f"NEWSROOM has an unknown key: {name}.",
            hint=f"Known keys are: {', '.join(sorted(DEFAULTS))}.",
            id="newsroom.E001",
        )
        for name in unknown_settings()
    ]


@register("newsroom")
def check_values_of_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E004: a value in ``NEWSROOM`` that is of another kind than the newsroom needs."""
    return [
        checks.Error(
            f'NEWSROOM["{name}"] is {value!r}, and has to be {wanted}.',
            hint=f"Its default is {DEFAULTS[name]!r}; docs/settings.md says what it does.",
            id="newsroom.E004",
        )
        for name, value, wanted in mistyped_settings()
    ]


@register("newsroom")
def check_apps(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E005: apps that the newsroom needs and that are not there."""
    installed = list(settings.INSTALLED_APPS)
    return [
        checks.Error(
            f"{name} is not in INSTALLED_APPS, and the newsroom needs it.",
            hint="Write INSTALLED_APPS = newsroom_apps(INSTALLED_APPS), from wagtail_newsroom.news.install: it adds what is missing.",
            id="newsroom.E005",
        )
        for name in missing_apps(installed)
    ]


@register("newsroom")
def check_base_template(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E007: the template that the public pages extend is not there."""
    name = base_template()
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return [
            checks.Error(
                f'NEWSROOM["BASE_TEMPLATE"] is {name!r}, and there is no such template.',
                hint="Name the template that your own pages extend; docs/theming.md says which blocks it needs.",
                id="newsroom.E007",
            )
        ]
    return []


@register("newsroom")
def check_dark_selector(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E008: what should say that the host's pages are dark is no selector of CSS."""
    try:
        dark_selector()
    except ValueError as error:
        return [
            checks.Error(
                str(error), hint='Write it as in a style sheet: .dark or [data-theme="dark"].', id="newsroom.E008"
            )
        ]
    return []


@register("newsroom")
def check_document_model(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W001: documents without kind, dates and versions."""
    from wagtail.documents import get_document_model

    if hasattr(get_document_model(), "newsroom_attachment"):
        return []
    return [
        checks.Warning(
            "The document model has no kind, dates or versions, so attachments show their title and size only.",
            hint='Set WAGTAILDOCS_DOCUMENT_MODEL = "newsroom.Attachment", or add wagtail_newsroom.news.models.AttachmentMixin to your own model.',
            id="newsroom.W001",
        )
    ]


@register("newsroom")
def check_task_backend(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E002: the newsroom's tasks are meant for a backend that there is none of."""
    from django_tasks import task_backends

    name = setting("TASK_BACKEND")
    if name in task_backends.settings:
        return []
    return [
        checks.Error(
            f'NEWSROOM["TASK_BACKEND"] is {name!r}, which TASKS does not define.',
            hint=f"Add it to TASKS, or name one of: {', '.join(sorted(task_backends.settings))}.",
            id="newsroom.E002",
        )
    ]


@register("newsroom")
def check_scanner_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E003: the address of the virus scanner is none, so that no file could be taken in or served."""
    address = setting("CLAMD")
    parts = urlsplit(address)
    if not address or (parts.scheme == "tcp" and parts.hostname) or (parts.scheme == "unix" and parts.path):
        return []
    return [
        checks.Error(
            f'NEWSROOM["CLAMD"] is {address!r}, which is no address of a scanner.',
            hint="Write tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl, or leave it empty.",
            id="newsroom.E003",
        )
    ]


# A programme of a hundred sessions with two speakers each, and the rest of its event.
FIELDS_OF_A_PROGRAMME = 5_000


@register("newsroom")
def check_size_of_forms(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W051: forms with more fields than Django takes, so that a programme cannot be saved."""
    limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if limit is None or limit >= FIELDS_OF_A_PROGRAMME:
        return []
    return [
        checks.Warning(
            f"DATA_UPLOAD_MAX_NUMBER_FIELDS is {limit}: a programme of more than {limit // 30} sessions cannot be saved.",
            hint="Set it to 30_000, which holds a thousand sessions.",
            id="newsroom.W051",
        )
    ]


@register("newsroom", deploy=True)
def check_refused_forms(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W052: a form with an old token is answered in English, with nothing about what to do."""
    if settings.CSRF_FAILURE_VIEW != "django.views.csrf.csrf_failure":
        return []
    return [
        checks.Warning(
            "A form that is refused after a new log-in is answered by Django's page, in English.",
            hint='Set CSRF_FAILURE_VIEW = "wagtail_newsroom.news.views.refusals.csrf_failure", or name a view of your own.',
            id="newsroom.W052",
        )
    ]


@register("newsroom", deploy=True)
def check_redirects(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W010: Wagtail's redirects, which lead to the address that a draft has now."""
    if "wagtail.contrib.redirects.middleware.RedirectMiddleware" not in settings.MIDDLEWARE:
        return []
    return [
        checks.Warning(
            "Redirects tell everybody the addresses of drafts, and drop what stands after a question mark.",
            hint="In MIDDLEWARE, put wagtail_newsroom.news.views.redirects.PublicRedirectMiddleware in the place of "
            "wagtail.contrib.redirects.middleware.RedirectMiddleware.",
            id="newsroom.W010",
        )
    ]


@register("newsroom")
def check_country_of_holidays(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E010: a country whose holidays nobody knows, so that no term could be counted."""
    country = setting("HOLIDAYS")
    if country == DEFAULTS["HOLIDAYS"]:
        return []  # nothing to load at each start
    try:
        calendar_of(country, 2026)
    except (NotImplementedError, AttributeError, TypeError):
        return [
            checks.Error(
                f'NEWSROOM["HOLIDAYS"] is {country!r}, for which no holidays are known.',
                hint='Write the ISO 3166 code of a country, "PL", or of a part of it, "DE-BY".',
                id="newsroom.E010",
            )
        ]
    return []


@register("newsroom")
def check_registered_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E041: something is registered for a type of page that is gone, so that nothing uses it."""
    return [
        checks.Error(
            f"{owner} calls {door}() for {label!r}, and there is no such model.",
            hint="Write the label as app_label.ModelName, or take the call away with the type.",
            id="newsroom.E041",
        )
        for door, label, owner in content.page_types_named()
        if not _is_model(label)
    ]


@register("newsroom")
def check_card_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E042: lists would fail at a card whose template is missing."""
    return [
        checks.Error(
            f"The card of {label} has the template {template!r}, which is not found.",
            hint=f"Add it to the templates of {owner}, or name another one in register_card().",
            id="newsroom.E042",
        )
        for label, template, owner in content.card_templates()
        if not _is_found([template])
    ]


@register("newsroom")
def check_page_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E043: pages of a type that can be created have no template, their own or one of a type above."""
    from wagtail.models import get_page_models

    found: list[CheckMessage] = []
    for model in get_page_models():
        templates: list[str] = getattr(model, "templates_of_type", list)()
        if templates and model.is_creatable and not _is_found(templates):
            found.append(
                checks.Error(
                    f"Pages of the type {model._meta.label} have no template: {' and '.join(templates)} are not found.",
                    hint=f"Write templates/{templates[0]}; it may extend newsroom/layout.html and fill its block “newsroom”.",
                    obj=model,
                    id="newsroom.E043",
                )
            )
    return found


@register("newsroom")
def check_page_parents(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W041: a type of page that can be created nowhere."""
    from wagtail.models import get_page_models

    return [
        checks.Warning(
            f"No page may hold one of the type {model._meta.label}, so that nobody can create one.",
            hint="Name a list in its parent_page_types, and the type in the subpage_types of that list.",
            obj=model,
            id="newsroom.W041",
        )
        for model in get_page_models()
        if hasattr(model, "templates_of_type") and model.is_creatable and not model.allowed_parent_page_models()
    ]


@register("newsroom")
def check_block_forms(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W044: a registered block that the delivery API leaves out, because it does not know what the block holds."""
    return [
        checks.Warning(
            f"The delivery API leaves out the story block {name!r}: it holds what the API does not know ({unknown}).",
            hint=f"Call register_block_form({name!r}, …) in AppConfig.ready(); docs/extending.md says how.",
            id="newsroom.W044",
        )
        for name, unknown in blocks_without_form().items()
    ]


@register("newsroom", checks.Tags.database)
def check_pages_of_types_that_are_gone(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W042: pages, lists of a host among them, whose app was taken away: their addresses fail."""
    from django.db import DatabaseError
    from wagtail.models import Page

    if not databases:
        return []
    try:
        with transaction.atomic():
            types = list(
                Page.objects.order_by().values_list("content_type__app_label", "content_type__model").distinct()
            )
            gone = [(app, model) for app, model in types if not _is_model(f"{app}.{model}")]
            counted = [
                (each, Page.objects.filter(content_type__app_label=each[0], content_type__model=each[1]).count())
                for each in gone
            ]
    except DatabaseError:  # before the first migration there are no pages either
        return []
    return [
        checks.Warning(
            f"{count} page(s) are of the type {app}.{model}, which is gone.",
            hint=f"Put the app {app!r} back into INSTALLED_APPS and delete these pages, and what stands below them, before it goes.",
            id="newsroom.W042",
        )
        for (app, model), count in counted
    ]


def _is_model(label: str) -> bool:
    try:
        apps.get_model(label)
    except (LookupError, ValueError):
        return False
    return True


def _is_found(templates: list[str]) -> bool:
    try:
        select_template(templates)
    except TemplateDoesNotExist:
        return False
    return True
