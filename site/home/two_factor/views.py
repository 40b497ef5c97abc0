"""Pages of the second factor. They alone know somebody who gave a password and still owes the code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login
from wagtail.admin import messages
from wagtail.admin.localization import get_localized_response
from wagtail.log_actions import log

from home.two_factor.devices import (
    confirm,
    device_to_set_up,
    has_second_factor,
    is_pending,
    is_required,
    new_recovery_codes,
    remove_second_factor,
)
from home.two_factor.forms import CodeForm

View = Callable[..., HttpResponse]
MODULE_SIZE = 5  # pixels of one dot of the QR code


def for_people_with_a_password(view: View) -> View:
    """For whoever gave a password, in their language; nothing of it is kept by a browser or a proxy."""

    @never_cache
    @sensitive_post_parameters("code")
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('wagtailadmin_login')}?next={reverse('two_factor')}")
        return get_localized_response(view, request, *args, **kwargs)

    return shown


def for_people_with_both(view: View) -> View:
    """For those who owe nothing."""

    @for_people_with_a_password
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_pending(request.user):
            return redirect("two_factor")
        return view(request, *args, **kwargs)

    return shown


@for_people_with_a_password
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a code. Where there is none yet, lead to setting it up."""
    target = _target(request)
    if not has_second_factor(request.user):
        return redirect("two_factor_set_up")
    form = CodeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        _let_in(request, form.device)
        return redirect(target)
    return _page(request, "ask", gettext("Second step"), form=form, next=target)


@for_people_with_a_password
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the QR code of a new app, and take its first code. In the place of an older app only with a code of that."""
    if has_second_factor(request.user) and is_pending(request.user):
        return redirect("two_factor")
    device = device_to_set_up(request.user)
    form = CodeForm(request.POST or None, user=request.user, setting_up=True)
    if request.method == "POST" and form.is_valid():
        codes = confirm(form.device)
        _let_in(request, form.device)
        _note(request, request.user, "home.two_factor.set_up")
        return _page(request, "codes", gettext("Your recovery codes"), codes=codes)
    address = device.config_url
    return _page(
        request,
        "set_up",
        gettext("Set up the second step"),
        form=form,
        picture=segno.make(address, micro=False).svg_data_uri(scale=MODULE_SIZE, dark="#000", light="#fff"),
        secret=_in_fours(address),
        required=is_required(request.user),
    )


@for_people_with_both
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """One's own second factor: new recovery codes, another app, or none where the site asks for none."""
    if not has_second_factor(request.user):
        return redirect("two_factor_set_up")
    if request.method == "POST" and "codes" in request.POST:
        _note(request, request.user, "home.two_factor.codes")
        return _page(request, "codes", gettext("Your recovery codes"), codes=new_recovery_codes(request.user))
    if request.method == "POST" and "remove" in request.POST and not is_required(request.user):
        remove_second_factor(request.user)
        _note(request, request.user, "home.two_factor.remove")
        messages.success(request, gettext("Signing in asks for the password alone again."))
        return redirect("wagtailadmin_account")
    return _page(request, "mine", gettext("Signing in with a code"), required=is_required(request.user))


@for_people_with_both
def remove(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take somebody's second factor away, who has lost the phone and the codes."""
    person = get_object_or_404(get_user_model(), pk=user_id)
    if not may_remove(request.user, person):
        raise PermissionDenied
    if request.method == "POST":
        if remove_second_factor(person):
            _note(request, person, "home.two_factor.remove")
        text = gettext("%(name)s signs in with the password alone, and sets an app up anew where the site asks for it.")
        messages.success(request, text % {"name": person.get_username()})
        return redirect("wagtailusers_users:index")
    return _page(request, "remove", gettext("Remove the second factor"), person=person)


def may_remove(user: Any, person: Any) -> bool:
    """Those who may change the account; an administrator's only another one, and nobody one's own this way."""
    return user.has_perm("auth.change_user") and user != person and (user.is_superuser or not person.is_superuser)


def _page(request: HttpRequest, name: str, heading: str, **context: Any) -> HttpResponse:
    return render(request, f"home/two_factor/{name}.html", {"heading": heading, **context})


def _let_in(request: HttpRequest, device: Any) -> None:
    request.session.cycle_key()
    login(request, device)


def _note(request: HttpRequest, person: Any, action: str) -> None:
    """Write into the log of the account; it takes plain users, not what stands for them in a request."""
    who: Any = request.user
    people = get_user_model().objects.in_bulk([person.pk, who.pk])
    log(instance=people[person.pk], action=action, user=people[who.pk])


def _target(request: HttpRequest) -> str:
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else reverse(settings.LOGIN_REDIRECT_URL)


def _in_fours(address: str) -> str:
    """The secret as somebody types it: “ABCD EFGH …”."""
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
