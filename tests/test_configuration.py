"""The site starts without a setting, is safe by default, and leaves no trace with visitors."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.http.response import ResponseHeaders
from django.test import Client
from django.urls import reverse

from config.data_folder import read_or_create_secret_key
from config.services import database_settings, search_settings

ROOT = Path(__file__).resolve().parent.parent
# What a developer's shell may hold, and what these tests are about.
OUR_VARIABLES = {
    "ALLOWED_HOSTS", "CACHE_URL", "DATABASE_URL", "DEBUG", "DEFAULT_FROM_EMAIL", "EMAIL_URL",
    "HSTS_INCLUDE_SUBDOMAINS", "HSTS_PRELOAD", "HSTS_SECONDS", "LOG_LEVEL", "PORT", "S3_BUCKET",
    "REQUIRE_TWO_FACTOR", "S3_ENDPOINT", "S3_REGION", "SEARCH_URL", "SECRET_KEY", "SITE_NAME", "SITE_URL",
}  # fmt: skip


def run_python(*arguments: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with these environment variables and no others of ours."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in OUR_VARIABLES and not name.startswith(("NEWSROOM_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**environment, "NEWSROOM_DATA": str(data), **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def settings_with(data: Path, *names: str, **variables: str) -> dict[str, Any]:
    """Return these settings as a process reads them that starts with this environment."""
    code = (
        "import json, sys; sys.path.insert(0, 'site'); from config import settings; "
        f"print(json.dumps({{n: getattr(settings, n) for n in {names!r}}}, default=str))"
    )
    answer = run_python("-c", code, data=data, **variables)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


class TestDefaults:
    def test_settings_without_environment_are_safe(self, tmp_path: Path) -> None:
        found = settings_with(tmp_path / "data", "DEBUG", "ALLOWED_HOSTS", "NEWSROOM")

        assert found["DEBUG"] is False
        assert found["NEWSROOM"]["API_V3_WRITES"] is False
        assert {"localhost", "127.0.0.1"} <= set(found["ALLOWED_HOSTS"])
        assert "*" not in found["ALLOWED_HOSTS"]

    def test_data_folder_and_key_are_the_owners_alone(self, tmp_path: Path) -> None:
        data = tmp_path / "data"
        settings_with(data, "DEBUG")

        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600

    def test_t27_data_that_lay_open_is_closed_at_start(self, tmp_path: Path) -> None:
        data = tmp_path / "data"
        data.mkdir()
        files = [data / f"newsroom.sqlite3{end}" for end in ("", "-wal", "-shm")]
        for path in files:
            path.write_bytes(b"")
            path.chmod(0o644)
        data.chmod(0o755)
        settings_with(data, "DEBUG")

        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}

    def test_t27_new_database_is_its_owners_alone(self, tmp_path: Path) -> None:
        settings_with(tmp_path / "data", "DEBUG")
        elsewhere = tmp_path / "elsewhere.sqlite3"
        settings_with(tmp_path / "data", "DEBUG", DATABASE_URL=f"sqlite:///{elsewhere}")

        for database in (tmp_path / "data/newsroom.sqlite3", elsewhere):
            assert stat.S_IMODE(database.stat().st_mode) == 0o600

    def test_shared_folder_stays_shared(self, tmp_path: Path) -> None:
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o1777)
        settings_with(shared, "DEBUG")

        assert stat.S_IMODE(shared.stat().st_mode) == 0o1777

    def test_site_address_opens_its_host_and_sets_the_admins_address(self, tmp_path: Path) -> None:
        found = settings_with(tmp_path, "ALLOWED_HOSTS", "WAGTAILADMIN_BASE_URL", SITE_URL="https://news.example.org/")

        assert "news.example.org" in found["ALLOWED_HOSTS"]
        assert found["WAGTAILADMIN_BASE_URL"] == "https://news.example.org"

    @pytest.mark.parametrize("address", ["news.example.org", "ftp://x", "https://"])
    def test_site_address_that_is_none_is_refused_with_a_remedy(self, tmp_path: Path, address: str) -> None:
        answer = run_python("manage.py", "check", data=tmp_path, SITE_URL=address)

        assert answer.returncode != 0
        assert "Write it whole: https://www.example.org" in answer.stderr

    def test_data_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        answer = run_python("manage.py", "check", data=tmp_path / "file" / "data")

        assert answer.returncode != 0
        assert "Point NEWSROOM_DATA at a folder" in answer.stderr


class TestSecretKey:
    def test_key_is_generated_once(self, tmp_path: Path) -> None:
        key = read_or_create_secret_key(tmp_path)

        assert len(key) >= 50
        assert read_or_create_secret_key(tmp_path) == key

    def test_key_is_one_when_many_start_at_once(self, tmp_path: Path) -> None:
        start = threading.Barrier(16)
        keys = []

        def read() -> None:
            start.wait()
            keys.append(read_or_create_secret_key(tmp_path))

        threads = [threading.Thread(target=read) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(keys) == 16
        assert len(set(keys)) == 1
        assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]

    def test_key_that_was_cut_short_is_refused_with_a_remedy(self, tmp_path: Path) -> None:
        (tmp_path / "secret-key").write_text("short\n")

        with pytest.raises(ImproperlyConfigured, match="Remove the file"):
            read_or_create_secret_key(tmp_path)


class TestServices:
    def test_sqlite_waits_for_its_writers(self) -> None:
        found = database_settings({"ENGINE": "django.db.backends.sqlite3", "NAME": "x"})

        assert found["ATOMIC_REQUESTS"] is False
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert found["OPTIONS"]["timeout"] == 20
        assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]

    def test_database_searches_where_no_service_does(self) -> None:
        assert search_settings("") == {"BACKEND": "wagtail_newsroom.news.search.database"}

    def test_search_service_is_read_from_its_address(self) -> None:
        found = search_settings("opensearch2://user:pw@search:9200/news?tls=1")

        assert found["BACKEND"] == "wagtail.search.backends.opensearch2"
        assert found["URLS"] == ["https://user:pw@search:9200"]
        assert found["INDEX"] == "news"

    def test_unknown_search_service_is_refused_with_the_known_ones(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="opensearch2"):
            search_settings("solr://search:8983/news")

    def test_redis_is_djangos_own_backend(self, tmp_path: Path) -> None:
        found = settings_with(tmp_path, "CACHES", CACHE_URL="redis://cache:6379/3")

        assert found["CACHES"]["default"]["BACKEND"].startswith("django.core.cache.backends.redis")
        assert found["CACHES"]["default"]["LOCATION"] == "redis://cache:6379/3"


class TestDeployment:
    def test_c1_check_deploy_is_without_a_warning(self, tmp_path: Path) -> None:
        answer = run_python(
            "manage.py",
            "check", "--deploy", "--fail-level", "WARNING",
            data=tmp_path, SITE_URL="https://news.example.org", EMAIL_URL="smtp://localhost", NEWSROOM_PROXIES="1",
        )  # fmt: skip

        assert answer.returncode == 0, answer.stderr
        # Subdomains and preload of HSTS: the owner of the domain decides.
        assert "no issues (2 silenced)" in answer.stdout

    def test_t27_console_mail_and_unset_proxies_are_loud(self, tmp_path: Path) -> None:
        def found(**variables: str) -> set[str]:
            answer = run_python("manage.py", "check", "--deploy", data=tmp_path, **variables)
            return set(re.findall(r"newsroom\.W00[89]", answer.stdout + answer.stderr))

        assert found(SITE_URL="https://news.example.org") == {"newsroom.W008", "newsroom.W009"}
        assert found(SITE_URL="https://news.example.org", NEWSROOM_PROXIES="0", EMAIL_URL="smtp://mail") == set()
        assert found() == {"newsroom.W009"}

    def test_t27_hsts_binds_this_host_alone(self, tmp_path: Path) -> None:
        names = ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
        address = "https://news.example.org"

        assert settings_with(tmp_path, *names, SITE_URL=address) == dict.fromkeys(names, False)
        chosen = settings_with(tmp_path, *names, SITE_URL=address, HSTS_INCLUDE_SUBDOMAINS="on", HSTS_PRELOAD="on")
        assert chosen == dict.fromkeys(names, True)

    def test_https_site_keeps_cookies_and_visitors_on_https(self, tmp_path: Path) -> None:
        names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
        found = settings_with(tmp_path, *names, SITE_URL="https://news.example.org")

        assert found == {
            "SESSION_COOKIE_SECURE": True,
            "CSRF_COOKIE_SECURE": True,
            "SECURE_HSTS_SECONDS": 31_536_000,
        }


AUDIT = """
import json, runpy, subprocess, sys
from pathlib import Path
said = json.loads(sys.argv[1])
def run(command, **options):
    if said is not None:
        Path(command[command.index("--output") + 1]).write_text(json.dumps({"dependencies": said}))
    return subprocess.CompletedProcess(command, 1, "", "the network is away")
subprocess.run = run
runpy.run_path(".ci/audit.py", run_name="__main__")
"""
SKIPPED = {"name": "django", "skip_reason": "no answer"}
FINE = {"name": "wagtail", "version": "8.0", "vulns": []}
WEAK = {"name": "x", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}


@pytest.mark.parametrize(
    ("said", "status", "status_where_it_may_be_skipped"),
    [(None, 1, 0), ([SKIPPED], 1, 0), ([SKIPPED, FINE], 0, 0), ([FINE], 0, 0), ([SKIPPED, WEAK], 1, 1)],
)
def test_t27_audit_that_looked_nothing_up_fails(
    tmp_path: Path, said: Any, status: int, status_where_it_may_be_skipped: int
) -> None:
    ask = ("-c", AUDIT, json.dumps(said))
    assert run_python(*ask, data=tmp_path, AUDIT_MAY_BE_SKIPPED="").returncode == status
    skipped = run_python(*ask, data=tmp_path, AUDIT_MAY_BE_SKIPPED="1")
    assert skipped.returncode == status_where_it_may_be_skipped
    assert ("NOT AUDITED" in skipped.stdout) is (said is None or SKIPPED in said)


ANSWERS = ["/", "/en/", "/nie-ma-takiej/", "/en/no-such-page/", "/robots.txt", "/sitemap.xml",
           "/api/v2/pages/", "/api/v3-preview/pages/", "/documents/1/none.pdf", "/media/none.jpg",
           "/static/wagtailadmin/css/core.css"]  # fmt: skip


@pytest.fixture
def headers_of(client: Client) -> Callable[..., ResponseHeaders]:
    """A function that asks for a path and returns the answer's headers; the answer is closed."""

    def ask(path: str, **options: object) -> ResponseHeaders:
        with closing(client.get(path, **options)) as response:
            return response.headers

    return ask


@pytest.mark.django_db
class TestAnswers:
    @pytest.mark.parametrize("path", [*ANSWERS, "/admin/login/"])
    def test_c2_every_route_carries_the_security_headers(
        self, headers_of: Callable[..., ResponseHeaders], path: str
    ) -> None:
        headers = headers_of(path)

        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "object-src 'none'" in headers["Content-Security-Policy"] or (
            headers["Content-Security-Policy"] == "default-src 'none'"
        )

    @pytest.mark.parametrize("path", ANSWERS)
    def test_x7_public_policy_allows_nothing_inline(
        self, headers_of: Callable[..., ResponseHeaders], path: str
    ) -> None:
        policy = headers_of(path)["Content-Security-Policy"]

        assert "default-src 'self'" in policy or policy == "default-src 'none'"
        assert "unsafe" not in policy

    @pytest.mark.parametrize(("path", "inline"), [("/admin/", True), ("/admin/login/", False)])
    def test_n17_admin_has_a_script_policy(self, admin_client: Client, path: str, inline: bool) -> None:
        """What Wagtail needs and no more, and not even that where passwords are typed."""
        policy = admin_client.get(path).headers["Content-Security-Policy"]
        directives = {name: sources for name, *sources in (each.split() for each in policy.split("; "))}

        assert directives["default-src"] == ["'self'"]
        assert directives["object-src"] == ["'none'"]
        for name in ("base-uri", "form-action", "frame-ancestors"):
            assert directives[name] == ["'self'"]
        expected = ["'self'", "'unsafe-inline'"] if inline else None
        assert directives.get("script-src") == directives.get("style-src") == expected
        assert "unsafe-eval" not in policy
        assert "*" not in policy

    @pytest.mark.parametrize("path", ANSWERS)
    def test_visitors_get_no_cookie_and_no_answer_of_their_own(self, client: Client, path: str) -> None:
        with closing(client.get(path, headers={"accept-language": "en"})) as response:
            varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}

        assert response.cookies == {}
        assert not varies & {"cookie", "accept-language"}

    @pytest.mark.parametrize(("path", "language"), [("/brak/", "pl"), ("/en/none/", "en")])
    def test_public_language_comes_from_the_path_alone(self, client: Client, path: str, language: str) -> None:
        response = client.get(path, headers={"accept-language": "en" if language == "pl" else "pl"})

        assert response.headers["Content-Language"] == language

    def test_admin_keeps_the_language_of_the_browser(self, client: Client) -> None:
        response = client.get("/admin/login/", headers={"accept-language": "en"})

        assert response.headers["Content-Language"] == "en"

    def test_robots_leave_the_admin_alone_and_find_the_sitemap(self, client: Client) -> None:
        text = client.get("/robots.txt").text

        assert "Disallow: /admin/\n" in text
        assert "Sitemap: http://testserver/sitemap.xml\n" in text

    def test_c3_error_page_tells_no_version_and_no_trace(self, client: Client) -> None:
        text = client.get("/nie-ma-takiej/").text.lower()

        assert "traceback" not in text
        assert "django" not in text


@pytest.mark.django_db
class TestPreviewApi:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_writes_are_refused_in_plain_words(self, client: Client, method: str) -> None:
        response = getattr(client, method)("/api/v3-preview/pages/", b"{}", "application/json")

        assert response.status_code == 403
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["title"] == "Writes are switched off"

    def test_writes_reach_wagtails_own_gate_once_switched_on(self, client: Client, settings: object) -> None:
        settings.NEWSROOM = {"API_V3_WRITES": True}
        response = client.post("/api/v3-preview/pages/", b"{}", "application/json")

        assert response.status_code == 401


@pytest.mark.django_db
class TestCrossOrigin:
    def test_only_named_origins_read_the_api(self, client: Client, settings: object) -> None:
        settings.CORS_ALLOWED_ORIGINS = ["https://front.example.org"]
        ask = {"origin": "https://front.example.org"}

        named = client.get("/api/v2/pages/", headers=ask)
        other = client.get("/api/v2/pages/", headers={"origin": "https://evil.example"})
        page = client.get("/robots.txt", headers=ask)

        assert named.headers["Access-Control-Allow-Origin"] == "https://front.example.org"
        assert "Access-Control-Allow-Origin" not in other.headers
        assert "Access-Control-Allow-Origin" not in page.headers


@pytest.mark.django_db
@pytest.mark.services
class TestLogIn:
    def try_to_log_in(self, client: Client, name: str, password: str) -> object:
        return client.post(reverse("wagtailadmin_login"), {"username": name, "password": password})

    def test_c4_log_in_is_throttled(self, client: Client, throttled_logins: None) -> None:
        User.objects.create_superuser("anna", password="correct horse battery")
        codes = [self.try_to_log_in(client, "anna", f"wrong {n}").status_code for n in range(10)]
        late = self.try_to_log_in(client, "anna", "correct horse battery")

        assert codes[:9] == [200] * 9
        assert codes[9] == 429
        assert late.status_code == 429

    def test_c4_other_accounts_stay_open(self, client: Client, throttled_logins: None) -> None:
        User.objects.create_superuser("anna", password="correct horse battery")
        User.objects.create_superuser("ewa", password="correct horse battery")
        for attempt in range(10):
            self.try_to_log_in(client, "anna", f"wrong {attempt}")

        assert self.try_to_log_in(client, "ewa", "correct horse battery").status_code == 302

    def test_c4_unknown_account_answers_as_a_known_one(self, client: Client, throttled_logins: None) -> None:
        User.objects.create_superuser("anna", password="correct horse battery")
        known = self.try_to_log_in(client, "anna", "wrong")
        unknown = self.try_to_log_in(client, "nobody", "wrong")

        assert known.status_code == unknown.status_code == 200
        assert known.context["form"].errors == unknown.context["form"].errors
