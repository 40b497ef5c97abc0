"""`make run`: sets the site up, loads the demo once and serves it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]

STEPS = [
    ("Bringing the database up to date …", ["migrate", "--verbosity", "0"]),
    (None, ["createcachetable", "--verbosity", "0"]),
    ("Collecting static files …", ["collectstatic", "--noinput", "--verbosity", "0"]),
    ("Looking after the demo …", ["load_demo", "--once"]),
]


def set_up() -> int:
    for announcement, command in STEPS:
        if announcement:
            print(announcement, flush=True)
        code = subprocess.call([*MANAGE, *command], cwd=ROOT)
        if code:
            return code
    print("Passwords are shown once. A forgotten one: .venv/bin/python manage.py changepassword admin")
    return 0


if __name__ == "__main__":
    if code := set_up():
        sys.exit(code)
    # The server takes this process's place, so that a signal reaches it.
    os.execv(sys.executable, [*MANAGE, "serve"])
