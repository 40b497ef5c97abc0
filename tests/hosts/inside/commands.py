"""Run several steps in one process of a host: ``python commands.py OUT STEP…``; a start costs two seconds.

A step is a line as for ``manage.py`` (``migrate newsroom zero``), or ``module:function`` of a module beside this one. What
each wrote or returned goes to the file OUT as JSON, by step.
"""

import importlib
import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import django
from django.core.management import ManagementUtility
from django.db.backends.signals import connection_created


def main(out: str, steps: list[str]) -> None:
    connection_created.connect(without_waiting_for_the_disk)
    django.setup()
    Path(out).write_text(json.dumps({step: run(step) for step in steps}), encoding="utf-8")


def without_waiting_for_the_disk(sender: Any, connection: Any, **kwargs: Any) -> None:
    """The database is thrown away soon."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")


def run(step: str) -> Any:
    module, colon, function = step.partition(":")
    if colon and module.isidentifier():
        return getattr(importlib.import_module(module), function)()
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        ManagementUtility(["manage.py", *step.split()]).execute()
    return said.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
