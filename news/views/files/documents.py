"""Downloads: the guard in front of Wagtail's document view, and the list of a file's versions."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.hooks import get_hooks

from wagtail_newsroom.news.caching import keep, say_how_long
from wagtail_newsroom.news.conf import base_template, setting
from wagtail_newsroom.news.listings.filters import site_of
from wagtail_newsroom.news.models.files.attachments import AttachmentIndexPage, attachment_row
from wagtail_newsroom.news.models.files.form_closing import closed_forms, mark_closed_forms
from wagtail_newsroom.news.models.files.versions import current_versions, has_versions
from wagtail_newsroom.news.models.pages.pages import ListPage
from wagtail_newsroom.news.views.counting import mark_as_download
from wagtail_newsroom.news.views.files.stored import file_answer, validators_of
from wagtail_newsroom.news.visibility import is_public_file, may_read, may_work_with, public_files, public_pages

ARCHIVED = "?version=archival"
ASKED_EACH_TIME = "no-cache"
# Hooks that decide by what the public sees: ours, and the one by which Wagtail asks about closed collections.
KNOWN = ("wagtail_newsroom.", "wagtail.documents.")


def guard_document(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Decide before a file is served: hide what the public may not read, lead an old address on, tell of a closed form.

    Runs before any validator is looked at, so that ``If-None-Match`` tells nothing about a hidden file.
    """
    if may_work_with(request, document):
        return None
    is_public = is_public_file(document)
    if not is_public and not may_read(request, document):
        raise Http404("There is no such document.")
    if is_public and _is_decided_here(document):
        keep(request, counts=("file", document.pk))
    current = current_versions([document])[document.pk]
    if current.pk != document.pk and request.GET.get("version") != "archival":
        answer = HttpResponsePermanentRedirect(current.url)
        answer["Cache-Control"] = ASKED_EACH_TIME  # the next version is led to as soon as there is one
        return answer
    if events := closed_forms([current], timezone.now()).get(current.pk):
        return tell_of_closed_form(request, document, events)
    mark_as_download(request)
    return None


def give_document(document: Any, request: HttpRequest) -> HttpResponseBase | None:
    """The file itself, with validators and in parts, once everybody else has said that the visitor may have it.

    ``None`` where Wagtail is to hand it over to somebody else: to the storage or to the server in front
    (``WAGTAILDOCS_SERVE_METHOD``, ``SENDFILE_BACKEND``).
    """
    if not _is_served_here(document):
        return None
    storage = document.file.storage
    try:
        stream = storage.open(document.file.name)
    except OSError as error:
        raise Http404("The file of this document is missing.") from error
    document_served.send(sender=type(document), instance=document, request=request)
    file_hash = getattr(document, "file_hash", "")
    headers = {"X-Content-Type-Options": "nosniff"}
    headers |= validators_of(stream, storage, quote_etag(file_hash) if file_hash else "")
    if getattr(settings, "WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT", True):
        headers["Content-Security-Policy"] = "default-src 'none'"
    saved_as = document.filename if document.content_disposition != "inline" else None
    answer = file_answer(request, stream, headers, content_type=document.content_type, attached_as=saved_as)
    say_how_long(request, answer)
    return answer


def _is_decided_here(document: Any) -> bool:
    """Whether nothing but public data decides on the file: no scanner, no hook and no receiver of a host's."""
    hooked = [hook for hook in get_hooks("before_serve_document") if not hook.__module__.startswith(KNOWN)]
    told = len(document_served.receivers) - 1  # ours counts
    return not (hooked or told > 0 or setting("CLAMD")) and _is_served_here(document)


def _is_served_here(document: Any) -> bool:
    """As Wagtail decides it: from the disk, or from a storage that is to be read here."""
    if hasattr(settings, "SENDFILE_BACKEND"):
        return False
    try:
        is_on_disk = bool(document.file.path)
    except NotImplementedError:
        is_on_disk = False
    method = getattr(settings, "WAGTAILDOCS_SERVE_METHOD", None)
    return method == "serve_view" or (method is None and is_on_disk)


def tell_of_closed_form(request: HttpRequest, document: Any, events: list[Any]) -> HttpResponse:
    """Say in the reader's language why the form is not handed out, with the way to its events (403).

    Not 410: it is handed out again as soon as the deadline is moved. The language is that of an event: one that the
    browser asks for, else the site's own, else the first.
    """
    languages = [event.locale.language_code for event in events]
    wanted = [code for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    asked = [code for wish in wanted for code in languages if code.split("-")[0] == wish.split("-")[0]]
    usual = [code for code in languages if code == settings.LANGUAGE_CODE]
    with translation.override([*asked, *usual, *languages][0]):
        answer = TemplateResponse(
            request,
            "newsroom/closed_form.html",
            {
                "newsroom_base": base_template(),
                "form_title": document.title,
                "events": [(event, event.registration_info) for event in events],
            },
            status=403,
        )
        answer["X-Robots-Tag"] = "noindex"
        answer["Cache-Control"] = ASKED_EACH_TIME
        patch_vary_headers(answer, ["Accept-Language"])
        return answer.render()


@require_safe
def show_versions(request: HttpRequest, document_id: int) -> HttpResponse:
    """List the versions of a file that everybody may read: the current one, then those that it replaced."""
    if not has_versions():
        raise Http404("Files have no versions here.")
    keep(request)
    model = get_document_model()
    public = public_files(model._default_manager.all(), site_of(request))
    document = get_object_or_404(public, pk=document_id)
    versions = list(public.filter(version_group=document.version_group).order_by("-number", "-pk"))
    mark_closed_forms(versions[:1], timezone.now())
    current, *former = versions
    answer = TemplateResponse(
        request,
        "newsroom/attachment_versions.html",
        {
            "newsroom_base": base_template(),
            "current": attachment_row(current),
            "former": [FormerVersion(older, newer) for newer, older in zip(versions, former, strict=False)],
            "register": _register(request),
        },
    )
    answer["Cache-Control"] = ASKED_EACH_TIME
    return answer


class FormerVersion:
    """A version in the archive: ``row`` as a visitor meets it, its own address, and when it was replaced."""

    def __init__(self, document: Any, newer: Any) -> None:
        self.document = document
        self.row = attachment_row(document)
        self.url = document.url + ARCHIVED
        self.replaced_on = timezone.localdate(newer.public_since or newer.created_at)


def _register(request: HttpRequest) -> dict[str, str] | None:
    """Title and address of the register of documents in the language of the visit."""
    language = translation.get_language()
    pages = public_pages(AttachmentIndexPage.objects.filter(locale__language_code=language), site_of(request))
    page: ListPage | None = pages.first()
    return {"title": page.title, "url": page.get_url(request) or ""} if page else None
