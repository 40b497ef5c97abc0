"""An editor beside the server: a process that changes the site through its acts, its rows and its admin.

Run as ``python -m tests.served.editor``; whoever started it (:class:`Editor`) talks to it in lines of JSON. A change comes in
two steps: which addresses it will be seen at, so that the answers of before can be asked for and kept; then the change, and what
must be seen there from now on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.served.server import ROOT


class Editor:
    """The process, from outside."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process: Any = subprocess.Popen(
            [sys.executable, "-m", "tests.served.editor"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, asked: str, **wanted: Any) -> Any:
        """Have something done, and read what came of it."""
        self.process.stdin.write(json.dumps([asked, wanted]) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        assert said, f"{asked}: the editor's process ended"
        return json.loads(said)

    def end(self) -> None:
        """Let it end by itself."""
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def main() -> None:
    """Do what is asked, line by line."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    from tests.served.changes import World

    setup_test_environment()  # forms of the admin are read as tests read them
    world = World()
    for line in sys.stdin:
        asked, wanted = json.loads(line)
        print(json.dumps(getattr(world, asked)(**wanted)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
