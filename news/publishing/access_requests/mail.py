"""E-mails about a request for an accessible version: to the person, in the language of the form, and to the office."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Site

from wagtail_newsroom.news.models import AccessRequest, NewsroomSettings
from wagtail_newsroom.news.models.snippets.settings import organisation_name
from wagtail_newsroom.news.publishing.access_requests.clause import request_clause
from wagtail_newsroom.news.publishing.mail import send_later
from wagtail_newsroom.news.wording import dates


def acknowledge(request: AccessRequest) -> None:
    """Tell the person that the request has arrived, its number, and by when it is answered."""
    with translation.override(_language(request)):
        clause = request_clause(request.site, _language(request))
        _write(request, gettext("Your request %(number)s has arrived"), "received", clause=clause)


def tell_answer(request: AccessRequest) -> None:
    """Send the answer."""
    with translation.override(_language(request)):
        _write(request, gettext("Answer to your request %(number)s"), "answered")


def tell_extension(request: AccessRequest) -> None:
    """Say why it takes longer, and until when."""
    with translation.override(_language(request)):
        _write(request, gettext("Your request %(number)s takes longer"), "extended")


def tell_refusal(request: AccessRequest) -> None:
    """Say why not, in which other way, and where to complain."""
    with translation.override(_language(request)):
        _write(request, gettext("Your request %(number)s: another way of access"), "refused")


def tell_office(request: AccessRequest) -> None:
    """Write to the office, in the site's language. Who asked, and what they wrote, stays in the register."""
    address = office_email(request.site)
    if not address:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = gettext("Request for an accessible version %(number)s, due %(day)s")
        url = f"{get_admin_base_url() or ''}{reverse('newsroom_requests_modeladmin_inspect', args=[request.pk])}"
        send_later(
            subject % {"number": request.number, "day": dates.plain_date(request.due_on)},
            _text("office", request, register_url=url),
            address,
        )


def tell_office_of_flood(request: AccessRequest, number: int) -> None:
    """Write to the office once that so many requests arrived within a day, in the place of a message for each."""
    address = office_email(request.site)
    if not address:
        return
    with translation.override(settings.LANGUAGE_CODE):
        url = f"{get_admin_base_url() or ''}{reverse('newsroom_requests_modeladmin_index')}?state=open"
        send_later(
            gettext("Many requests for accessible versions: %(number)d within a day") % {"number": number},
            render_to_string("newsroom_admin/mail/access_requests/flood.txt", {"number": number, "register_url": url}),
            address,
        )


def office_email(site: Site | None) -> str:
    """Who answers for accessible formats on ``site``; else its general address; may be empty."""
    facts = NewsroomSettings.for_site(site) if site is not None else NewsroomSettings()
    return str(facts.accessible_formats_email or facts.email)


def office_phone(site: Site | None) -> str:
    """The phone of ``site``; may be empty."""
    return str(NewsroomSettings.for_site(site).phone) if site is not None else ""


def _language(request: AccessRequest) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    return request.language if request.language in known else settings.LANGUAGE_CODE


def _write(request: AccessRequest, subject: str, name: str, **context: Any) -> None:
    if request.email:
        send_later(subject % {"number": request.number}, _text(name, request, **context), request.email)


def _text(name: str, request: AccessRequest, **context: Any) -> str:
    facts = {
        "request": request,
        "title": " ".join(request.title.split()),
        "received": dates.plain_date(request.received_on),
        "due": dates.plain_date(request.due_on),
        "until": dates.plain_date(request.extended_until) if request.extended_until else "",
        "organisation": organisation_name(request.site, translation.get_language() or ""),
        "office_email": office_email(request.site),
        "office_phone": office_phone(request.site),
        **context,
    }
    return render_to_string(f"newsroom_admin/mail/access_requests/{name}.txt", facts)
