"""Files and the rows that name them: one is never stored without the other.

Public: other apps may import from here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def no_file_without_row(file: Any) -> Iterator[None]:
    """Delete ``file`` (a ``FieldFile``), which waits to be stored, where the saving of its row inside fails after it was stored."""
    is_new = bool(file) and not file._committed
    try:
        yield
    except BaseException:
        if is_new and file._committed:
            file.storage.delete(str(file.name))
        raise
