"""What can go wrong with the folder of the twin, each with its cause and its remedy."""

import errno
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class TwinError(Exception):
    """The twin could not be made, or not whole. The message names cause and remedy."""


class TwinBusyError(TwinError):
    """Another process is at work on the same folder."""


def trouble_with(folder: Path, error: OSError) -> TwinError:
    """What ``error``, met in ``folder``, says to whoever runs the server."""
    if error.errno in FULL:
        return TwinError(
            f"The disk that holds the static twin is full ({folder}). Free some space or choose another folder; what was "
            "not written is written in the next round, and readers are served the files that are there."
        )
    if error.errno in FORBIDDEN:
        return TwinError(
            f"The static twin cannot be written to {error.filename or folder}: {error.strerror}. Give the folder {folder} "
            "to the account that runs the site (chown), and mount it writable."
        )
    return TwinError(f"The static twin cannot be written to {folder}: {error.strerror or error}.")
