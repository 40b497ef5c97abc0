"""The virus scanner: every file from outside is sent to it before it is stored, where there is one.

Public: other apps may import from here.
"""

from typing import IO

from wagtail_newsroom.news.conf import setting
from wagtail_newsroom.news.documents.clamd import ScannerError, scan
from wagtail_newsroom.news.wording import files as file_wording


def was_scanned(stream: IO[bytes], name: str) -> bool:
    """Have ``stream``, which came as ``name``, scanned; ``False`` where the site has no scanner (``CLAMD``).

    Raises ``ValidationError`` for a virus, and where the scanner does not answer: nothing is taken in unseen.
    """
    address = setting("CLAMD")
    if not address:
        return False
    try:
        virus = scan(stream, address, timeout=setting("CLAMD_TIMEOUT"))
    except ScannerError as error:
        raise file_wording.file_refusal(name, "scanner_down", ()) from error
    if virus:
        raise file_wording.file_refusal(name, "infected", (), virus=virus)
    return True
