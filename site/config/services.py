"""Turns the addresses of outside services, as given in the environment, into Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

POSTGRESQL = "django.db.backends.postgresql"
SQLITE = "django.db.backends.sqlite3"
DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"

# Measured with eight threads that create ten pages each: 6 of 80 succeed with Django's defaults,
# 80 of 80 with these.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}

SEARCH_BACKENDS = {
    "elasticsearch7": "wagtail.search.backends.elasticsearch7",
    "elasticsearch8": "wagtail.search.backends.elasticsearch8",
    "elasticsearch9": "wagtail.search.backends.elasticsearch9",
    "opensearch2": "wagtail.search.backends.opensearch2",
    "opensearch3": "wagtail.search.backends.opensearch3",
}


def database_settings(parsed: dict[str, Any]) -> dict[str, Any]:
    """Complete what ``DATABASE_URL`` says with the options that the chosen engine needs."""
    database = {"CONN_MAX_AGE": 60, **parsed, "ATOMIC_REQUESTS": False}
    if database["ENGINE"] == SQLITE:
        database["OPTIONS"] = {**SQLITE_OPTIONS, **database.get("OPTIONS", {})}
    elif database["ENGINE"] == POSTGRESQL:
        database["CONN_HEALTH_CHECKS"] = True
    return database


def search_settings(url: str) -> dict[str, Any]:
    """Return Wagtail's search backend for ``SEARCH_URL``; without one, the database searches.

    The address is ``<backend>://[user:password@]host:port/<index>``, the backend one of
    ``SEARCH_BACKENDS``; ``?tls=1`` speaks HTTPS to it.
    """
    if not url:
        return {"BACKEND": "wagtail_newsroom.news.search.database"}
    parts = urlsplit(url)
    if parts.scheme not in SEARCH_BACKENDS or not parts.hostname:
        raise ImproperlyConfigured(
            f"SEARCH_URL names no known search service: {parts.scheme or url!r}. Write "
            f"<backend>://host:port/<index>, the backend one of {', '.join(SEARCH_BACKENDS)}."
        )
    scheme = "https" if parts.query == "tls=1" else "http"
    return {
        "BACKEND": SEARCH_BACKENDS[parts.scheme],
        "URLS": [urlunsplit((scheme, parts.netloc, "", "", ""))],
        "INDEX": parts.path.strip("/") or "newsroom",
        "TIMEOUT": 5,
    }


def file_storage(*, bucket: str, endpoint: str, region: str) -> dict[str, Any]:
    """Return the storage of uploads: the media folder, or an S3-compatible bucket if one is named.

    The keys come from the environment as the S3 client reads them itself
    (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``), so that they never stand in a setting.
    """
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
