"""“Ask for an accessible version”: the form, and the page that says when it is answered. No cookie, no script.

Robots and floods are kept out by :mod:`wagtail_newsroom.news.views.access_requests.guards`, forms of other sites by
:mod:`wagtail_newsroom.news.traffic.origins`.
"""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from wagtail_newsroom.news.conf import base_template
from wagtail_newsroom.news.listings.filters import site_of
from wagtail_newsroom.news.models import AccessRequest
from wagtail_newsroom.news.publishing.access_requests.clause import request_clause
from wagtail_newsroom.news.publishing.access_requests.handling import receive_request, request_sent_before
from wagtail_newsroom.news.publishing.access_requests.mail import office_email, office_phone
from wagtail_newsroom.news.traffic.origins import comes_from_elsewhere, public_form
from wagtail_newsroom.news.views.access_requests.forms import AccessRequestForm
from wagtail_newsroom.news.views.access_requests.guards import (
    DAY,
    MAX_AGE,
    SECOND_LOOK,
    Token,
    check_token,
    made_to_wait,
    needs_second_look,
    new_token,
    sender_is_too_busy,
    sending_of,
    spend_token,
)
from wagtail_newsroom.news.views.access_requests.items import RequestedItem, find_item
from wagtail_newsroom.news.wording import dates

RECEIPT_SALT = "newsroom.requests.receipt"
# The page with the number may be kept and looked at again for this long, in seconds.
RECEIPT_KEPT = 7 * 24 * 60 * 60

FROM_ANOTHER_PAGE = _("The form came from another page. Nothing is lost: look it over and send it again.")
SENT_ALREADY = _("This form was sent already. To send another request, look it over and send it again.")
MANY_ARRIVE = _(
    "Many requests arrive at the moment. Yours is taken when you send it once more in %(seconds)d seconds; nothing that "
    "you typed is lost."
)

HEADERS = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_access(request: HttpRequest, kind: str = "", item_id: int = 0) -> HttpResponse:
    """Show the form about one public item, or about the whole site; take the request."""
    item = find_item(kind, item_id, site_of(request), request)
    if item is None:
        raise Http404("There is nothing public at this address.")
    if request.method == "POST":
        return _take(request, item)
    return _page(request, item, AccessRequestForm(initial={"token": new_token(item.key)}))


@require_safe
def request_received(request: HttpRequest, receipt: str) -> HttpResponse:
    """Say the number of a request and by when it is answered; nothing about who asked."""
    try:
        pk = signing.loads(receipt, salt=RECEIPT_SALT, max_age=RECEIPT_KEPT)
    except signing.BadSignature as error:
        raise Http404("There is no such receipt.") from error
    received = AccessRequest.objects.filter(pk=pk).first()
    if received is None:
        raise Http404("There is no such request.")
    site = site_of(request)
    context = {
        "received": received,
        "due": dates.plain_date(received.due_on),
        "weekday": dates.weekday(received.due_on),
        "by_email": bool(received.email),
        "office_email": office_email(site),
        "office_phone": office_phone(site),
    }
    return _answer(request, "newsroom/access_requests/received.html", context)


def _take(request: HttpRequest, item: RequestedItem) -> HttpResponse:
    form = AccessRequestForm(request.POST)
    typed_token = request.POST.get("token", "")
    token = check_token(typed_token, item.key)
    status, again, is_right = 400, "", form.is_valid()
    if comes_from_elsewhere(request):
        form.add_error(None, FROM_ANOTHER_PAGE)
        status = 403
    elif is_right and _is_sent_by_a_person(form, token, typed_token):
        if request_sent_before(sending_of(request.POST)):  # a double click
            return _receive(request, item, form)
        if needs_second_look(request, form.facts()) and not made_to_wait(typed_token):
            form.add_error(None, MANY_ARRIVE % {"seconds": SECOND_LOOK})
            status, again = 429, new_token(item.key, wait=SECOND_LOOK)
        elif sender_is_too_busy(request):
            form.add_error(None, _too_many(site_of(request)))
            status = 429
        elif not spend_token(typed_token, sending_of(request.POST)):
            form.add_error(None, SENT_ALREADY)
            status, again = 409, new_token(item.key)
        else:
            try:
                return _receive(request, item, form)
            except ValidationError as error:
                form.add_error(None, error.messages)
                again = new_token(item.key)
    # A token that is only too young is kept: the second sending finds it old enough.
    is_kept = token in (Token.GOOD, Token.TOO_YOUNG) and not again
    form.show_again(token=typed_token if is_kept else again or new_token(item.key))
    response = _page(request, item, form, status=status)
    if status == 429:
        response["Retry-After"] = str(SECOND_LOOK if again else DAY)
    return response


def _is_sent_by_a_person(form: AccessRequestForm, token: Token, typed_token: str) -> bool:
    """Put what speaks against it above the form. Nobody is sent away with a false receipt: the law gives them a right."""
    if form.cleaned_data.get("website"):
        form.add_error(
            None, gettext("A field that people do not see was filled in, by a program perhaps. Send it again.")
        )
    elif token == Token.TOO_YOUNG and made_to_wait(typed_token):
        form.add_error(None, MANY_ARRIVE % {"seconds": SECOND_LOOK})
    elif token == Token.TOO_YOUNG:
        form.add_error(None, gettext("This was sent faster than people type. Wait a few seconds and send it again."))
    elif token == Token.EXPIRED:
        hours = MAX_AGE // 3600
        message = gettext("The form was open for more than %(hours)d hours. Nothing is lost: send it again.")
        form.add_error(None, message % {"hours": hours})
    elif token == Token.FORGED:
        form.add_error(None, FROM_ANOTHER_PAGE)
    return form.is_valid()


def _receive(request: HttpRequest, item: RequestedItem, form: AccessRequestForm) -> HttpResponse:
    site, language = site_of(request), get_language() or ""
    received = receive_request(
        **form.facts(),
        **item.facts(),
        site=site,
        language=language,
        clause=request_clause(site, language).name,
        sent_once=sending_of(request.POST),
    )
    receipt = signing.dumps(received.pk, salt=RECEIPT_SALT)
    response = HttpResponseRedirect(reverse("newsroom_request_received", args=[receipt]))
    response.status_code = 303
    return _with_headers(response)


def _too_many(site: Any) -> str:
    """What somebody is told who can send nothing more today: whom to write to or to call instead."""
    ways = " · ".join(way for way in (office_email(site), office_phone(site)) if way)
    text = gettext("Too many requests came from here today, so this one was not taken. Nothing that you typed is lost.")
    if not ways:
        return text
    instead = gettext("Ask us directly: %(ways)s") % {"ways": ways}
    return f"{text} {instead}"


def _page(request: HttpRequest, item: RequestedItem, form: AccessRequestForm, status: int = 200) -> HttpResponse:
    site = site_of(request)
    context = {
        "item": item,
        "form": form,
        "errors": form.summary() if form.is_bound else [],
        "clause": request_clause(site, get_language() or ""),
        "office_email": office_email(site),
        "office_phone": office_phone(site),
    }
    return _answer(request, "newsroom/access_requests/form.html", context, status)


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return _with_headers(
        TemplateResponse(request, template, {"newsroom_base": base_template(), **context}, status=status).render()
    )


def _with_headers(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return response
