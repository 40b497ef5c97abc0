"""The data folder: database, uploads, collected static files and the secret key."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY_FILE = "secret-key"  # noqa: S105 (a file's name)


def prepare_data_folder(folder: Path) -> Path:
    """Create the data folder, readable by its owner only, and return its absolute path."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be created ({error.strerror}). "
            "Point NEWSROOM_DATA at a folder that this user may write to."
        ) from error
    return folder.resolve()


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
