"""The migrated database, kept from one run to the next: migrating takes longer than most of what is asked of it.

Kept is what the migrations made, before any test. A changed migration, setting of the database or requirement makes
another one; whatever is still to be migrated in it is migrated at the start as ever. Of several workers one migrates,
the others wait for its database. SQLite's is a file beside pytest's own, PostgreSQL's a database on its server.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "databases"
# Names a SQLite file that is migrated already, to be taken in place of the kept one: set by .ci/matrix.py.
MIGRATED = "NEWSROOM_TESTS_MIGRATED"
_locks: list[int] = []  # file descriptors, held from looking for a kept database to keeping one


def is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def take_kept_database() -> bool:
    """Put the kept database where this process expects its own; tell whether there was one.

    Where there was none, others wait until this process has kept its own: see :func:`keep_database`.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    _locks.append(os.open(KEPT / "lock", os.O_CREAT | os.O_RDWR))
    fcntl.flock(_locks[-1], fcntl.LOCK_EX)
    if not (_take_file() if is_sqlite() else _take_template()):
        return False
    _let_others_in()
    return True


def keep_database() -> None:
    """Keep the database of this process, which holds what the migrations made and nothing else."""
    if is_sqlite():
        _keep_file()
    else:
        _keep_template()
    _let_others_in()


def drop_taken_database() -> None:
    """Take away the database that was made of the kept one; that of SQLite goes with the folder in which it lies."""
    if not is_sqlite():
        connection.close()
        _on_the_server(f'DROP DATABASE "{connection.settings_dict["NAME"]}"')


def _take_file() -> bool:
    kept = Path(os.environ.get(MIGRATED) or _kept_file())
    if not kept.exists():
        return False
    shutil.copyfile(kept, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


def _keep_file() -> None:
    for older in KEPT.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    half = KEPT / "half"
    half.unlink(missing_ok=True)
    connection.ensure_connection()
    copy = sqlite3.connect(half)
    connection.connection.backup(copy)
    copy.close()
    half.replace(_kept_file())


def _take_template() -> bool:
    if not _on_the_server("SELECT FROM pg_database WHERE datname = %s", [_kept_name()]):
        return False
    own = connection.creation._get_test_db_name()
    _on_the_server(f'DROP DATABASE IF EXISTS "{own}"')  # of a run that was broken off
    _on_the_server(f'CREATE DATABASE "{own}" TEMPLATE "{_kept_name()}"')
    return True


def _keep_template() -> None:
    connection.close()  # nobody may be connected to what is copied
    for (older,) in _on_the_server("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_kept_prefix()}%"]):
        _on_the_server(f'DROP DATABASE "{older}"')
    _on_the_server(f'CREATE DATABASE "{_kept_name()}" TEMPLATE "{connection.settings_dict["NAME"]}"')


def _on_the_server(statement: str, values: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """Say something to PostgreSQL outside the database of this process."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description is not None else []


def _let_others_in() -> None:
    while _locks:
        os.close(_locks.pop())


def _kept_file() -> Path:
    return KEPT / f"{_fingerprint()}.sqlite3"


def _kept_name() -> str:
    return f"{_kept_prefix()}{_fingerprint()}"


def _kept_prefix() -> str:
    """With what the names of databases begin that this checkout keeps: another one on the same server has its own."""
    return f"newsroom_migrated_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}_"


def _fingerprint() -> str:
    fingerprint = hashlib.sha256(repr(settings.DATABASES["default"]["ENGINE"]).encode())
    fingerprint.update(repr([settings.INSTALLED_APPS, settings.LANGUAGES, sqlite3.sqlite_version]).encode())
    fingerprint.update((ROOT / "requirements.txt").read_bytes())
    for config in apps.get_app_configs():
        for path in sorted((Path(config.path) / "migrations").glob("*.py")):
            fingerprint.update(path.name.encode() + path.read_bytes())
    return fingerprint.hexdigest()[:24]
