"""N17: a second factor for those who work in the admin: off by default, required by a setting, and no way around it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.html import escape
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry, PageViewRestriction

from tests.factories import NewsPageFactory, make_site

PASSWORD = "Długie hasło 2026"
CODE_PAGE = "/admin/two-factor/"
AS_A_SCRIPT = {"Accept": "application/json"}
DOORS = [
    "/admin/",
    "/admin/pages/",
    "/admin/account/",
    "/admin/users/",
    "/admin/newsroom/session/",
    "/admin/reports/site-history/",
]


@pytest.fixture
def required(settings: Any) -> None:
    settings.REQUIRE_TWO_FACTOR = True


@pytest.fixture
def editor(db: None) -> User:
    user = User.objects.create_user("redaktorka", password=PASSWORD)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def with_app(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="phone", confirmed=True)


def code_of(device: TOTPDevice, *, later: int = 0) -> str:
    """What the app shows; ``later``: so many codes after this one, since each counts once."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06}"


def signed_in(user: User, door: str = "/admin/login/") -> Client:
    client = Client()
    client.post(door, {"username": user.username, "password": PASSWORD})
    assert client.session.get("_auth_user_id") == str(user.pk)
    return client


def test_n17_second_factor_is_off_by_default(editor: User) -> None:
    assert signed_in(editor).get("/admin/").status_code == 200


@pytest.mark.usefixtures("required")
def test_n17_first_log_in_leads_to_setting_an_app_up(editor: User) -> None:
    client = signed_in(editor)

    asked = client.get("/admin/pages/", follow=True)
    device = TOTPDevice.objects.get(user=editor)
    done = client.post(asked.request["PATH_INFO"], {"code": code_of(device)})

    html = asked.content.decode()
    assert asked.request["PATH_INFO"] == "/admin/two-factor/set-up/"
    assert "data:image/svg+xml" in html
    assert re.search(r"<code>(\w{4} ){7}\w{4}</code>", html)
    codes = [token.token for token in StaticToken.objects.all()]
    assert len(codes) == 10
    assert all(code in done.content.decode() for code in codes)
    assert "no-store" in done["Cache-Control"]
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/two-factor/codes/").status_code == 200
    assert ModelLogEntry.objects.filter(action="home.two_factor.set_up").count() == 1


@pytest.mark.parametrize("has_app", [True, False])
@pytest.mark.usefixtures("required")
def test_n17_session_counts_for_nothing_until_the_code_is_right(editor: User, has_app: bool) -> None:
    if has_app:
        with_app(editor)
    client = signed_in(editor)

    for address in DOORS:
        page = client.get(address)
        assert (page.status_code, page["Location"].split("?")[0]) == (302, CODE_PAGE), address
        assert client.get(address, headers=AS_A_SCRIPT).status_code == 401, address
        written = client.post(address, {"a": "b"})
        assert written.status_code == 302, address
        assert written["Location"].startswith("/admin/login/"), address
    for part in ("/admin/sprite/", "/admin/jsi18n/"):
        assert client.get(part).status_code == 200, "the page of the code is made of it"


def test_n17_right_code_opens_once_and_leads_on(editor: User) -> None:
    device = with_app(editor)
    client = signed_in(editor)
    asked = client.get("/admin/account/", follow=True)
    key = client.session.session_key

    wrong = client.post(CODE_PAGE, {"code": "000000", "next": "/admin/account/"})
    TOTPDevice.objects.update(throttling_failure_count=0)
    code = code_of(device)
    right = client.post(CODE_PAGE, {"code": f" {code[:3]} {code[3:]}", "next": "/admin/account/"})
    again = signed_in(editor).post(CODE_PAGE, {"code": code})

    assert 'name="next" value="/admin/account/"' in asked.content.decode()
    assert wrong.status_code == again.status_code == 200
    assert '<li class="error">' in wrong.content.decode()
    assert (right.status_code, right["Location"]) == (302, "/admin/account/")
    assert client.session.session_key != key
    assert client.get("/admin/account/").status_code == 200


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_n17_code_leads_nowhere_else(editor: User, target: str) -> None:
    device = with_app(editor)
    client = signed_in(editor)
    assert client.post(CODE_PAGE, {"code": code_of(device), "next": target})["Location"] == "/admin/"


def test_n17_recovery_code_works_once(editor: User) -> None:
    from home.two_factor.devices import confirm

    codes = confirm(with_app(editor))

    assert signed_in(editor).post(CODE_PAGE, {"code": codes[0].upper()}).status_code == 302
    assert signed_in(editor).post(CODE_PAGE, {"code": codes[0]}).status_code == 200


def test_n17_guessing_is_slowed_down_for_the_right_code_too(editor: User) -> None:
    device = with_app(editor)
    client = signed_in(editor)
    for _guess in range(5):
        client.post(CODE_PAGE, {"code": "000000"})

    answer = client.post(CODE_PAGE, {"code": code_of(device)})

    assert answer.status_code == 200
    assert "Zbyt wiele" in answer.content.decode() or "Too many wrong codes" in answer.content.decode()
    assert client.get("/admin/")["Location"].startswith(CODE_PAGE)


def test_n17_setting_up_again_takes_the_old_app(editor: User) -> None:
    """With the password alone nobody puts their own phone in the place of the right one."""
    with_app(editor)
    client = signed_in(editor)

    assert client.get("/admin/two-factor/set-up/")["Location"] == CODE_PAGE
    assert client.post("/admin/two-factor/codes/", {"remove": "1"})["Location"] == CODE_PAGE
    assert TOTPDevice.objects.filter(user=editor, confirmed=True).count() == 1
    assert not TOTPDevice.objects.filter(confirmed=False).exists()


def test_n17_door_of_a_private_page_is_no_way_around(editor: User) -> None:
    tree = make_site()
    page = NewsPageFactory(parent=tree["news"], title="Tylko dla zalogowanych")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    device = with_app(editor)
    client = signed_in(editor, "/_util/login/")

    refused = client.get(page.url)
    asked = client.get(refused["Location"], follow=True)
    client.post(CODE_PAGE, {"code": code_of(device)})

    assert refused.status_code == 302
    assert "Tylko dla" not in refused.content.decode()
    assert asked.request["PATH_INFO"] == CODE_PAGE
    assert client.get(page.url).status_code == 200


def test_n17_new_password_is_no_second_factor(editor: User) -> None:
    with_app(editor)
    editor.set_password("Jeszcze dłuższe hasło 2026")
    editor.save()
    client = Client()
    client.post("/admin/login/", {"username": editor.username, "password": "Jeszcze dłuższe hasło 2026"})
    assert client.get("/admin/")["Location"].startswith(CODE_PAGE)


def test_n17_administrator_takes_it_away_and_nobody_else(editor: User, admin_client: Client) -> None:
    with_app(editor)
    other = User.objects.create_user("inna", password=PASSWORD)
    other.user_permissions.add(Permission.objects.get(codename="access_admin"))
    address = f"/admin/two-factor/{editor.pk}/remove/"

    assert signed_in(other).post(address).status_code == 403
    assert address in admin_client.get("/admin/users/").content.decode()
    assert escape(editor.username) in admin_client.get(address).content.decode()
    assert TOTPDevice.objects.count() == 1
    assert admin_client.post(address).status_code == 302
    assert TOTPDevice.objects.count() == 0
    assert ModelLogEntry.objects.filter(action="home.two_factor.remove", object_id=str(editor.pk)).count() == 1
    assert signed_in(editor).get("/admin/").status_code == 200


def test_n17_those_who_change_accounts_do_not_disarm_a_superuser(editor: User, admin_user: User) -> None:
    with_app(admin_user)
    editor.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert signed_in(editor).post(f"/admin/two-factor/{admin_user.pk}/remove/").status_code == 403
    assert TOTPDevice.objects.count() == 1


@pytest.mark.usefixtures("required")
def test_n17_where_it_is_a_duty_nobody_switches_it_off(editor: User) -> None:
    device = with_app(editor)
    client = signed_in(editor)
    client.post(CODE_PAGE, {"code": code_of(device)})

    assert client.post("/admin/two-factor/codes/", {"remove": "1"}).status_code == 200
    assert client.post("/admin/two-factor/codes/", {"codes": "1"}).status_code == 200
    assert StaticToken.objects.count() == 10
    assert TOTPDevice.objects.count() == 1


def test_n17_command_for_the_last_administrator(editor: User, capsys: Any) -> None:
    with_app(editor)
    call_command("remove_two_factor", editor.username)
    assert TOTPDevice.objects.count() == 0
    with pytest.raises(CommandError):
        call_command("remove_two_factor", "nikt")


@pytest.mark.usefixtures("required")
def test_n17_visitors_notice_nothing(client: Client, db: None) -> None:
    tree = make_site()
    response = client.get(tree["news"].url)
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.usefixtures("required")
def test_n17_pages_of_the_code_have_the_strict_policy(editor: User) -> None:
    page = signed_in(editor).get("/admin/two-factor/set-up/")
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
