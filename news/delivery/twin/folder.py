"""The folder of the twin: files appear whole or not at all, and one process at a time writes."""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wagtail_newsroom.news.delivery.twin.errors import TwinBusyError, TwinError, trouble_with

# Where files lie until they are whole, on the same disk; what other processes left there goes.
INCOMING = ".incoming"
LOCK = ".lock"
# By which a folder is known to be a twin.
MANIFEST = "manifest.json"
# There while somebody writes: where it is found at the start, the last one did not come to its end.
UNDER_WAY = ".under-way"
# Everything in it is public, and another account (the web server's) reads it.
FILE_MODE, FOLDER_MODE = 0o644, 0o755


class Folder:
    """A folder below which answers are kept. Errors of the disk are raised as :class:`.errors.TwinError`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Be the only one who writes; gives whether the last one came to its end.

        Raises :class:`TwinBusyError` where somebody else is at work.
        """
        self._refuse_others_folder()
        try:
            self._make(self.root)
            lock = os.open(self.root / LOCK, os.O_RDWR | os.O_CREAT, FILE_MODE)
        except OSError as error:
            raise trouble_with(self.root, error) from error
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise TwinBusyError(
                    f"Another process is writing the static twin in {self.root}. Wait until it is done: the scheduler "
                    "keeps the folder up to date by itself."
                ) from error
            with self._marked() as ended_well:
                yield ended_well
        finally:
            os.close(lock)

    def write(self, name: str, content: bytes) -> bool:
        """Put ``content`` there under ``name``, all at once; say whether it was another one before."""
        target = self.root / name
        if self._holds(target, content):
            return False
        incoming = self.root / INCOMING / secrets.token_hex(8)
        try:
            self._make(incoming.parent)
            self._make(target.parent)
            with incoming.open("xb") as file:
                file.write(content)
                os.fchmod(file.fileno(), FILE_MODE)
            incoming.replace(target)
        except OSError as error:
            incoming.unlink(missing_ok=True)
            raise trouble_with(self.root, error) from error
        return True

    def remove(self, name: str) -> None:
        """Take the file away, and folders that are empty then."""
        target = self.root / name
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            raise trouble_with(self.root, error) from error
        for parent in target.parents:
            if parent == self.root or any(parent.iterdir() if parent.is_dir() else ()):
                return
            parent.rmdir() if parent.is_dir() else None

    def remove_others(self, kept: Iterable[str], folders: Iterable[str]) -> None:
        """Take away every file of ``folders`` (names right below the root) that is not among ``kept``."""
        names = set(kept)
        for path in [path for folder in folders for path in (self.root / folder).rglob("*")]:
            name = path.relative_to(self.root).as_posix()
            if name not in names and path.is_file():
                self.remove(name)

    def read(self, name: str) -> bytes:
        """The content of a file; empty where there is none."""
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise trouble_with(self.root, error) from error

    def _refuse_others_folder(self) -> None:
        """A folder with other things in it is somebody's: nothing of it is touched."""
        try:
            others = self.root.exists() and {each.name for each in self.root.iterdir()} - {LOCK, UNDER_WAY, INCOMING}
        except OSError as error:
            raise trouble_with(self.root, error) from error
        if others and MANIFEST not in others and not (self.root / UNDER_WAY).exists():
            raise TwinError(
                f"{self.root} has files in it that are no static twin, and is left alone. Name a folder that is empty or "
                "does not exist yet."
            )

    def _holds(self, target: Path, content: bytes) -> bool:
        try:
            return target.stat().st_size == len(content) and target.read_bytes() == content
        except OSError:
            return False

    def _make(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
            each.chmod(FOLDER_MODE)

    @contextmanager
    def _marked(self) -> Iterator[bool]:
        mark = self.root / UNDER_WAY
        try:
            ended_well = not mark.exists()
            mark.touch()
            shutil.rmtree(self.root / INCOMING, ignore_errors=True)
        except OSError as error:
            raise trouble_with(self.root, error) from error
        yield ended_well
        mark.unlink(missing_ok=True)
        shutil.rmtree(self.root / INCOMING, ignore_errors=True)


def digest_of(content: bytes) -> str:
    """The hash by which two answers are told apart."""
    return hashlib.sha256(content).hexdigest()
