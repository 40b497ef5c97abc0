"""The migrated SQLite database, kept from one run to the next: migrating takes longer than most of what is asked of it.

Kept is what the migrations made, before any test. A changed migration, setting of the database or requirement makes
another one; whatever is still to be migrated in it is migrated at the start as ever. Of several workers one migrates,
the others wait for its database.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "databases"
_locks: list[int] = []  # file descriptors, held from looking for a kept database to keeping one


def is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def take_kept_database() -> bool:
    """Put the kept database where this process expects its own; tell whether there was one.

    Where there was none, others wait until this process has kept its own: see :func:`keep_database`.
    """
    if not is_sqlite():
        return False
    KEPT.mkdir(parents=True, exist_ok=True)
    _locks.append(os.open(KEPT / "lock", os.O_CREAT | os.O_RDWR))
    fcntl.flock(_locks[-1], fcntl.LOCK_EX)
    kept = _kept_file()
    if not kept.exists():
        return False
    shutil.copyfile(kept, settings.DATABASES["default"]["TEST"]["NAME"])
    _let_others_in()
    return True


def keep_database() -> None:
    """Keep the database of this process, which holds what the migrations made and nothing else."""
    if is_sqlite():
        for older in KEPT.glob("*.sqlite3"):
            older.unlink(missing_ok=True)
        half = KEPT / "half"
        half.unlink(missing_ok=True)
        connection.ensure_connection()
        copy = sqlite3.connect(half)
        connection.connection.backup(copy)
        copy.close()
        half.replace(_kept_file())
    _let_others_in()


def _let_others_in() -> None:
    while _locks:
        os.close(_locks.pop())


def _kept_file() -> Path:
    fingerprint = hashlib.sha256(repr(settings.DATABASES["default"]["ENGINE"]).encode())
    fingerprint.update(repr([settings.INSTALLED_APPS, settings.LANGUAGES, sqlite3.sqlite_version]).encode())
    fingerprint.update((ROOT / "requirements.txt").read_bytes())
    for config in apps.get_app_configs():
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            fingerprint.update(path.name.encode() + path.read_bytes())
    return KEPT / f"{fingerprint.hexdigest()[:24]}.sqlite3"
