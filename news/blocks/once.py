"""What one answer shows once only, however many blocks ask for it.

Public: other apps may import from here.
"""

from typing import Any


def first_time(request: Any, thing: Any) -> bool:
    """Tell whether ``thing`` (a translatable row or page) is asked for the first time in the answer to ``request``.

    Without a request (an API, a preview of a block) everything is new.
    """
    if request is None:
        return True
    shown = request.__dict__.setdefault("_newsroom_shown", set())
    if thing.translation_key in shown:
        return False
    shown.add(thing.translation_key)
    return True
