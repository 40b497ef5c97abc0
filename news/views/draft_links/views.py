"""A shared draft, read by people without an account: the page as it will look, its pictures and files, remarks.

The token in the address is all that is asked for. Nothing here is stored by a cache, found by a crawler, passed on
to other sites as the referring address, or connected with a session: the page is made for nobody in particular.
"""

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.documents import get_document_model
from wagtail.models import Page

from wagtail_newsroom.news.conf import base_template
from wagtail_newsroom.news.models import DraftLink
from wagtail_newsroom.news.publishing.files.draft_files import files_of_draft
from wagtail_newsroom.news.publishing.sharing.access import DraftAccess, files_opened_by
from wagtail_newsroom.news.publishing.sharing.addresses import change_addresses, draft_addresses
from wagtail_newsroom.news.publishing.sharing.links import TooManyRemarksError, leave_remark, was_left, working_link
from wagtail_newsroom.news.traffic.origins import comes_from_elsewhere, public_form
from wagtail_newsroom.news.views.access_requests.guards import Token, check_token, new_token, sending_of, spend_token
from wagtail_newsroom.news.views.draft_links.html import put_around
from wagtail_newsroom.news.views.draft_links.remarks import RemarkForm, sender_is_too_busy, token_key
from wagtail_newsroom.news.views.files.media import find_image, picture_response
from wagtail_newsroom.news.views.files.scanning import hold_back
from wagtail_newsroom.news.visibility import public_pages, reading_draft

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # The address is the key: no other site is to learn it from a link that a reader follows.
    "Referrer-Policy": "no-referrer",
}

TAKEN = 303
FROM_ANOTHER_PAGE = _("The form came from another page. Nothing is lost: look it over and send it again.")
TOO_LONG_OPEN = _("The page was open for too long. Nothing is lost: send it again.")
SENT_ALREADY = _("This remark was sent already. To add another one, look it over and send it again.")

View = Callable[..., HttpResponseBase]


def for_whoever_has(opened_by: Callable[[str], Any]) -> Callable[[View], View]:
    """Give the view what ``opened_by`` finds for the token, instead of it; answer every other token alike.

    Expired, revoked, never given out, mistyped: whoever asks learns nothing but that it leads nowhere.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            opened = opened_by(token)
            try:
                response = view(request, opened, **kwargs) if opened is not None else _leads_nowhere(request)
            except Http404:
                response = _leads_nowhere(request)
            for name, value in HEADERS.items():
                response[name] = value
            return response

        return asked

    return guarded


def _leads_nowhere(request: HttpRequest) -> HttpResponse:
    """Somebody who was writing as the link ended gets the words back."""
    context: dict[str, Any] = {"typed": request.POST.get("text", "")} if request.method == "POST" else {}
    context["newsroom_base"] = base_template()
    return HttpResponse(render_to_string("newsroom/drafts/gone.html", context, _nobodys(request)), status=404)


# Who posts must know the address, as the reader; what is posted from elsewhere or twice comes back with a sentence.
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever_has(working_link)
def show_draft(request: HttpRequest, link: DraftLink) -> HttpResponseBase:
    """Show the latest draft with a bar that says so; take a remark."""
    with translation.override(link.page.locale.language_code):
        form = RemarkForm(request.POST if request.method == "POST" else None, token=new_token(token_key(link)))
        status = _take(request, link, form) if form.is_bound else 200
        if status == TAKEN:
            return HttpResponseRedirect(f"{_address(link)}?sent=1#remarks")
        response = _draft_page(request, link, form)
        response.status_code = status
        response["Content-Language"] = translation.get_language()
        return response


def _take(request: HttpRequest, link: DraftLink, form: RemarkForm) -> int:
    """Keep the remark; return the status of the answer. What is wrong stands in the form, with what was typed."""
    token = check_token(request.POST.get("token", ""), token_key(link), min_age=0)
    if not form.is_valid():
        status = 400
    elif comes_from_elsewhere(request):
        form.add_error(None, FROM_ANOTHER_PAGE)
        status = 403
    elif form.is_from_a_robot:
        return TAKEN
    elif token is not Token.GOOD:
        form.add_error(None, TOO_LONG_OPEN if token is Token.EXPIRED else FROM_ANOTHER_PAGE)
        status = 400
    elif sender_is_too_busy(request, link):
        form.add_error(None, gettext("That was a lot in one hour. Please send this remark a little later."))
        status = 429
    else:
        status = _keep(request, link, form)
    if status != TAKEN:
        form.show_again(token=new_token(token_key(link)))
    return status


def _keep(request: HttpRequest, link: DraftLink, form: RemarkForm) -> int:
    remark = form.cleaned_data["name"], form.cleaned_data["text"]
    if not spend_token(request.POST["token"], sending_of(request.POST)):
        form.add_error(None, SENT_ALREADY)
        return 409
    if was_left(link, *remark):  # a double click, or the page once more
        return TAKEN
    try:
        leave_remark(link, *remark)
    except ValidationError as error:
        form.add_error(None, error)
        return 429 if isinstance(error, TooManyRemarksError) else 400
    return TAKEN


@require_safe
@for_whoever_has(files_opened_by)
def serve_draft_picture(request: HttpRequest, access: DraftAccess, path: str) -> HttpResponseBase:
    """Serve a picture of the draft, and no other, for as long as the link or token works."""
    image = find_image(path)
    if image is None or image.pk not in access.files.images:
        raise Http404("The draft has no such picture.")
    return picture_response(path, HEADERS["Cache-Control"])


@require_safe
@for_whoever_has(files_opened_by)
def serve_draft_document(request: HttpRequest, access: DraftAccess, document_id: int) -> HttpResponseBase:
    """Serve a file of the draft, and no other, for as long as the link or token works."""
    if document_id not in access.files.documents:
        raise Http404("The draft has no such file.")
    document = get_document_model().objects.get(pk=document_id)
    if instead := hold_back(document):
        return instead
    try:
        stream = document.file.open("rb")
    except OSError as error:
        raise Http404("The file is missing.") from error
    response = FileResponse(stream, as_attachment=True, filename=document.filename, content_type=document.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def _draft(link: DraftLink) -> Page:
    return link.page.get_latest_revision_as_object()


def _address(link: DraftLink) -> str:
    return reverse("newsroom_draft", args=[link.token])


def _draft_page(request: HttpRequest, link: DraftLink, form: RemarkForm) -> HttpResponseBase:
    """The draft as anybody will see the page, with the bar above and the remarks below."""
    draft = _draft(link)
    files = files_of_draft(draft, link.created_by)
    visit = _nobodys(request, draft)
    with reading_draft(files.documents, files.hidden_collections):
        response = draft.serve_preview(visit, draft.default_preview_mode)
        if hasattr(response, "render"):
            response.render()
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    context = {
        "link": link,
        "form": form,
        "address": _address(link),
        "sent": "sent" in request.GET and not form.is_bound,
        "remarks": link.remarks.all(),
        "published_at": _public_address(draft),
    }
    parts = {
        name: render_to_string(f"newsroom/drafts/{name}.html", context, visit) for name in ("head", "above", "below")
    }
    text = change_addresses(
        response.content.decode(response.charset),
        draft_addresses(
            files,
            lambda name: reverse("newsroom_draft_picture", args=[link.token, name]),
            lambda pk: reverse("newsroom_draft_document", args=[link.token, pk]),
        ),
    )
    response.content = put_around(text, **parts)
    return response


def _public_address(draft: Page) -> str:
    """Address of the page where what is shown is public already."""
    if draft.has_unpublished_changes or not public_pages(Page.objects.filter(pk=draft.pk)).exists():
        return ""
    return draft.full_url or ""


def _nobodys(request: HttpRequest, page: Page | None = None) -> HttpRequest:
    """The request as if somebody without a session asked for ``page`` at its own address."""
    visit = copy.copy(request)
    known = visit.__dict__
    known.pop("_newsroom", None)
    # Messages for somebody who is signed in, and the session they lie in, are not for this page.
    known["_messages"], known["session"] = [], {}
    visit.method, visit.GET, visit.POST, visit.COOKIES = "GET", QueryDict(), QueryDict(), {}
    visit.META = {
        name: value for name, value in request.META.items() if name not in {"HTTP_COOKIE", "HTTP_AUTHORIZATION"}
    }
    visit.META |= {"REQUEST_METHOD": "GET", "QUERY_STRING": ""}
    visit.user = AnonymousUser()
    site = page.get_site() if page is not None else None
    address = (page.get_url(current_site=site) if page is not None and site is not None else "") or "/"
    visit.path = visit.path_info = visit.META["PATH_INFO"] = address if address.startswith("/") else "/"
    if site is not None:
        known["_wagtail_site"] = site
    return visit
