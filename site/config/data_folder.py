"""The data folder: database, uploads, collected static files and the secret key."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY_FILE = "secret-key"  # noqa: S105 (a file's name)


def prepare_data_folder(folder: Path) -> Path:
    """Create the data folder, and return its absolute path; new or old, it is its owner's alone.

    A folder that everybody shares by design (``/tmp``) stays as it is.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be created ({error.strerror}). "
            "Point NEWSROOM_DATA at a folder that this user may write to."
        ) from error
    if not folder.stat().st_mode & stat.S_ISVTX:
        _give_mode(folder, 0o700)
    return folder.resolve()


def keep_to_owner(database: Path) -> None:
    """Let nobody but their owner read the file of an SQLite database and the files that SQLite keeps beside it.

    SQLite gives those the mode of the database; one that is not there yet is created, because it would be open to all.
    """
    if not database.is_absolute() or not database.parent.is_dir():
        return
    if not database.exists():
        database.touch(mode=0o600)
    for path in (database, *(database.with_name(f"{database.name}-{end}") for end in ("wal", "shm", "journal"))):
        _give_mode(path, 0o600)


def _give_mode(path: Path, mode: int) -> None:
    """Whoever owns it may: on a volume of somebody else's it stays as they made it."""
    try:
        if stat.S_IMODE(path.stat().st_mode) != mode:
            path.chmod(mode)
    except OSError:
        return


def read_or_create_secret_key(folder: Path) -> str:
    """Return the secret key kept in ``folder``, generating it on first use.

    The key is written to a file of its own, mode 0600, and then linked into place: of two
    processes that start at once, one wins and the other reads the winner's key, whole.
    """
    path = folder / SECRET_KEY_FILE
    if not path.exists():
        _create_secret_key(path)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} holds no usable secret key. Remove the file and a new key is generated; "
            "everybody is then signed out once."
        )
    return key


def _create_secret_key(path: Path) -> None:
    # mkstemp gives mode 0600.
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(64) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
