"""Settings of the reference site: safe by default, driven by the environment.

No variable has to be set; docs/settings.md lists those that may be. What a host of the plugin needs
of all this, the README gives in a few lines.
"""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.data_folder import keep_to_owner, prepare_data_folder, read_or_create_secret_key
from config.services import DATABASE_CACHE, POSTGRESQL, SQLITE, database_settings, file_storage, search_settings

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = prepare_data_folder(BASE_DIR / env.str("NEWSROOM_DATA", default="var"))

# --- Where the site is -----------------------------------------------------------------------

PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
_address = urlsplit(SITE_URL)
if _address.scheme not in {"http", "https"} or not _address.hostname:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}, which is no web address. Write it whole: https://www.example.org"
    )
SERVED_OVER_HTTPS = _address.scheme == "https"

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_create_secret_key(DATA_DIR)
ALLOWED_HOSTS = sorted(
    {"localhost", "127.0.0.1", "[::1]", socket.gethostname().lower(), _address.hostname}
    | set(env.list("ALLOWED_HOSTS", default=[]))
)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ADMIN_PREFIX = "/admin/"

# --- What it is made of ----------------------------------------------------------------------

INSTALLED_APPS = [
    "home",
    "wagtail_newsroom.galleries",
    "wagtail_newsroom.news",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "ninja",
    "django_filters",
    "django_tasks_db",
    "axes",
    "corsheaders",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# Sessions, users and messages are lazy: a visitor without a session cookie touches none of them,
# gets no cookie and no `Vary: Cookie`.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.AdminContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "config.middleware.ValidatorMiddleware",
    "config.middleware.CacheControlMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wagtail_newsroom.news.traffic.bodies.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "home.two_factor.gate.TwoFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail_newsroom.news.views.redirects.PublicRedirectMiddleware",
    "wagtail_newsroom.news.views.sites.SiteMiddleware",
    "wagtail_newsroom.news.traffic.middleware.ThrottleMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Services: embedded by default, outside ones by address ----------------------------------

DATABASES = {
    "default": database_settings(env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'newsroom.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == SQLITE:
    keep_to_owner(Path(DATABASES["default"]["NAME"]))
if DATABASES["default"]["ENGINE"] == POSTGRESQL:
    INSTALLED_APPS.append("django.contrib.postgres")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": env.cache_url("CACHE_URL", default="dbcache://newsroom_cache"),
    # Lists fetch the sizes of photos together with the photos; a cache in the database would be written at every view.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
if CACHES["default"]["BACKEND"] == DATABASE_CACHE:
    # Counters of senders live here: with Django's 300 entries a flood would push them out.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 20_000, **CACHES["default"].get("OPTIONS", {})}

WAGTAILSEARCH_BACKENDS = {"default": search_settings(env.str("SEARCH_URL", default=""))}

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"newsroom@{_address.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

S3_BUCKET = env.str("S3_BUCKET", default="")
S3_ENDPOINT = env.str("S3_ENDPOINT", default="")
MEDIA_ROOT = DATA_DIR / "media"
# What is on its way in, swept by the scheduler; not the machine's own folder, which others read.
FILE_UPLOAD_TEMP_DIR = prepare_data_folder(DATA_DIR / "incoming")
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": file_storage(
        bucket=S3_BUCKET,
        endpoint=S3_ENDPOINT,
        region=env.str("S3_REGION", default=""),
    ),
    "staticfiles": {"BACKEND": "config.static_files.StaticFilesStorage"},
}

# --- Languages and time ----------------------------------------------------------------------

LANGUAGE_CODE = "pl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

# --- The newsroom ----------------------------------------------------------------------------

NEWSROOM = {
    "API_V3_WRITES": env.bool("NEWSROOM_API_V3_WRITES", default=False),
    "CLAMD": env.str("NEWSROOM_CLAMD", default=""),
    "TASK_BACKEND": "newsroom",
    "DESK_AS_HOME": True,
    "DELIVERY_FOLDER": str(DATA_DIR / "delivery"),
    "DELIVERY_MEMORY": env.int("NEWSROOM_DELIVERY_MEMORY", default=64),
    "TWIN_FOLDER": env.str("NEWSROOM_TWIN", default=""),
    "PREVIEW_URLS": env.json("NEWSROOM_PREVIEW_URLS", default={}),
}
if _seconds := env.int("NEWSROOM_CDN_SECONDS", default=0):
    NEWSROOM["CDN_SECONDS"] = _seconds
WAGTAILFRONTENDCACHE = env.json("NEWSROOM_PURGED_CACHES", default={})
# Unset it is asked for by `check --deploy` over HTTPS.
if (_proxies := env.int("NEWSROOM_PROXIES", default=-1)) >= 0:
    NEWSROOM["PROXIES"] = _proxies

# Wagtail's own tasks run at once: with a worker in between, search stays empty until it comes round.
# Ours wait in the database for the scheduler.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "newsroom": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

WAGTAILIMAGES_IMAGE_MODEL = "newsroom_galleries.Photo"
WAGTAILDOCS_DOCUMENT_MODEL = "newsroom.Attachment"

# --- Wagtail ---------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Wagtail Newsroom")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

WAGTAILDOCS_DOCUMENT_FORM_BASE = "wagtail_newsroom.news.admin.document_form.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "ics", "jpeg", "jpg", "odp", "ods", "odt", "pdf", "png", "pptx", "rtf", "txt", "xlsx",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "wagtail_newsroom.galleries.admin.photo_form.PhotoForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jfif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000

WAGTAILAPI_LIMIT_MAX = 100

# The agenda of a congress of 500 sessions with two speakers each is a form of 14,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}

CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOWED_ORIGINS = env.list("NEWSROOM_CORS_ORIGINS", default=[])
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]

# --- Trust -----------------------------------------------------------------------------------

# Wagtail lets its own previews be framed by the admin.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "wagtail_newsroom.news.views.refusals.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Over HTTPS a proxy in front of the server ends TLS and says so in X-Forwarded-Proto.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SERVED_OVER_HTTPS
if SERVED_OVER_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=365 * 24 * 60 * 60)
    # A promise for other hosts of the domain, and one that browsers keep for years: whoever owns the domain makes it.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

_uploads_from = ["'self'", "data:", *([S3_ENDPOINT] if S3_BUCKET and S3_ENDPOINT else [])]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": _uploads_from,
        "media-src": _uploads_from,
        # Video players, loaded only once a visitor has asked for them.
        "frame-src": [
            "'self'",
            *env.list(
                "NEWSROOM_FRAME_SOURCES",
                default=["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
            ),
        ],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
# What Wagtail's admin needs beside that: its date fields and inline panels start themselves by inline scripts, its
# editors write styles, pictures are shown from the browser's memory before they are sent. Scripts from elsewhere and
# eval() are not among it: a crawl of 166 pages and forms of Wagtail 8.0 in Chromium asked for neither.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": [*_uploads_from, "blob:"],
}
if _front_ends := sorted(
    {"{0.scheme}://{0.netloc}".format(urlsplit(each)) for each in NEWSROOM["PREVIEW_URLS"].values()}
):
    # The preview panel shows them.
    ADMIN_CONTENT_SECURITY_POLICY["frame-src"] = [*CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"], *_front_ends]
# Where passwords are typed, Wagtail needs none of it.
ADMIN_PATHS_WITHOUT_INLINE_SCRIPTS = [f"{ADMIN_PREFIX}{path}" for path in ("login/", "password_reset/", "two-factor/")]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "home.two_factor.backend.TwoFactorBackend",
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Whether everybody who may enter the admin has to have a second factor; anybody may have one.
REQUIRE_TWO_FACTOR = env.bool("REQUIRE_TWO_FACTOR", default=False)
OTP_TOTP_ISSUER = WAGTAIL_SITE_NAME

# Ten wrong passwords for one account from one address close that pair for a quarter of an hour; what else is counted
# (addresses, networks, other forms) ThrottleMiddleware knows.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "wagtail_newsroom.news.traffic.senders.sender_address"
AXES_LOCKOUT_CALLABLE = "wagtail_newsroom.news.traffic.middleware.account_is_locked"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "wagtail_newsroom.news.admin.password_reset.PasswordResetForm"  # noqa: S105

# --- Logs: plain lines, no visitors' data ----------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"tokens": {"()": "wagtail_newsroom.news.traffic.scrubbing.TokenFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["tokens"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # "Not Found: /…" once per stray crawler is noise; errors still come with their trace.
        "django.request": {"level": "ERROR"},
        # Its warnings name accounts and addresses; what it blocks is in its own table.
        "axes": {"level": "ERROR"},
    },
}
