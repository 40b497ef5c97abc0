"""The token on this machine: eight bytes in a file that every process maps into its memory.

As long as they are the same, nothing public has changed. Reading them costs a tenth of a microsecond, so that each request
can. They are random: two processes that replace them at once leave a value that was never there before, and so does
a reader who sees half of each.

Beside them stand the latest tokens of the database that went with them: a process that finds another one there knows
that another machine, or somebody who does not write this file, changed something (see ``delivery/ready/follower.py``).
"""

import hashlib
import logging
import mmap
import os
import secrets
import stat
import tempfile
from pathlib import Path
from threading import Lock

from django.conf import settings

from wagtail_newsroom.news.conf import setting

logger = logging.getLogger(__name__)

NAME = "token"
TOKEN = slice(0, 8)
# Where the next token of the database is put; then the latest of them, each with this many bytes.
PLACE, FIRST, PLACES, LENGTH = 8, 64, 8, 32
SIZE = FIRST + PLACES * LENGTH


class TokenFileError(Exception):
    """The file cannot be used; the text says why, and what to do."""


class TokenFile:
    """The token in ``folder``, which is made where it is missing. Raises ``TokenFileError`` where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        try:
            self._map, self._file = _open(folder)
        except OSError as error:
            raise TokenFileError(
                f"{self.path} cannot be used ({error.strerror or error}). Point NEWSROOM['DELIVERY_FOLDER'] at a folder "
                "on this machine that the user of the site owns, the same for all its processes."
            ) from error

    def read(self) -> bytes:
        """The token now."""
        return self._map[TOKEN]

    def knows(self, followed: str) -> bool:
        """Whether the token of the database is one that went with a token of this file lately."""
        if not followed:
            return True  # nothing was ever changed
        kept = self._map[FIRST:SIZE]
        return any(kept[at : at + LENGTH].rstrip(b"\0") == followed.encode() for at in range(0, len(kept), LENGTH))

    def replace(self, followed: str = "") -> None:
        """Put a new token in the place of the old one. ``followed``: the token of the database that goes with it."""
        self._map[TOKEN] = secrets.token_bytes(8)
        if followed:
            place = self._map[PLACE] % PLACES
            self._map[PLACE] = (place + 1) % PLACES
            at = FIRST + place * LENGTH
            self._map[at : at + LENGTH] = followed.encode()[:LENGTH].ljust(LENGTH, b"\0")

    def is_in_place(self) -> bool:
        """Whether the file is still the one at its path, so that others see what is written here."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_dev, found.st_ino) == self._file

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()


def _open(folder: Path) -> tuple[mmap.mmap, tuple[int, int]]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.getuid(), 0) or found.st_mode & 0o022:
        raise PermissionError(0, "the folder is not this user's alone")
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        found = os.fstat(handle)
        if found.st_size < SIZE:
            # Written, not only made longer: a page that has no block yet would need one when the disk is full.
            os.pwrite(handle, secrets.token_bytes(8).ljust(SIZE, b"\0"), 0)
        return mmap.mmap(handle, SIZE), (found.st_dev, found.st_ino)
    finally:
        os.close(handle)


def folder() -> Path:
    """Where the file lies: ``DELIVERY_FOLDER``, else a folder of this project's own among the machine's temporary ones."""
    if chosen := setting("DELIVERY_FOLDER"):
        return Path(chosen)
    project = hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"newsroom-{os.getuid()}-{project}"


_opened: dict[Path, TokenFile] = {}
_told: set[Path] = set()
_lock = Lock()


def token_file() -> TokenFile | None:
    """The token of this machine; ``None`` where its file cannot be used, which is said in the log once."""
    place = folder()
    opened = _opened.get(place)
    if opened is not None:
        return opened
    with _lock:
        if place not in _opened:
            try:
                _opened[place] = TokenFile(place)
            except TokenFileError as error:
                if place not in _told:
                    _told.add(place)
                    logger.error("No answers are kept ready: %s", error)
                return None
            _told.discard(place)
        return _opened[place]


def look_again() -> TokenFile | None:
    """As :func:`token_file`; one whose file was taken away is opened anew, with a token that nothing is kept under."""
    opened = token_file()
    if opened is None or opened.is_in_place():
        return opened
    with _lock:
        _opened.pop(folder(), None)
    # Whoever still reads the old one finds nothing kept there.
    opened.replace()
    return token_file()
