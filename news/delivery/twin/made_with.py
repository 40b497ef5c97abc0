"""With which code, templates and settings answers are made: where these are others, all is made anew."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

KINDS = {".py", ".html", ".txt", ".xml", ".mo", ".css", ".js", ".svg"}


@cache
def made_with() -> str:
    """A short hash, the same for as long as the process runs: of the files of apps and templates, and of plain settings."""
    told = hashlib.sha256()
    for package in ("django", "wagtail"):
        told.update(version(package).encode())
    for path in sorted(_files()):
        status = path.stat()
        told.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
    for name in sorted(dir(settings)):
        value = getattr(settings, name) if name.isupper() else None
        if isinstance(value, str | int | float | bool | list | tuple | dict) and not _is_of_the_process(name):
            told.update(f"{name}={_plain(value)}\n".encode())
    return told.hexdigest()[:16]


def _files() -> Iterator[Path]:
    """Code and templates of apps that no package of Django or Wagtail brings, with the folders of templates beside them."""
    folders = {
        Path(config.path) for config in apps.get_app_configs() if not config.name.startswith(("django.", "wagtail."))
    }
    engines: Any = settings.TEMPLATES
    folders |= {Path(folder) for engine in engines for folder in engine.get("DIRS", [])}
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.suffix in KINDS and path.is_file())


def _is_of_the_process(name: str) -> bool:
    return name in {"DATABASES", "CACHES", "SECRET_KEY"}


def _plain(value: object) -> str:
    """A value as text without addresses in memory."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_plain(each)}" for key, each in sorted(value.items(), key=str)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_plain, value)) + "]"
    return str(value) if isinstance(value, str | int | float | bool | Path | None) else type(value).__name__
