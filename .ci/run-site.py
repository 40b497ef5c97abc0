"""`make run`: sets the site up, loads the demo once and serves it."""

import signal
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


def serve() -> int:
    """Run the server in a session of its own: Ctrl-C reaches us alone, and we ask it to stop in good order."""
    server = subprocess.Popen([*MANAGE, "serve"], cwd=ROOT, start_new_session=True)

    def stop(number: int, frame: object) -> None:
        print("\nStopping …", flush=True)
        server.terminate()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    code = server.wait()
    return 0 if code == -signal.SIGTERM else code


if __name__ == "__main__":
    try:
        code = set_up()
    except KeyboardInterrupt:
        sys.exit("\nStopped while setting up. `make run` goes on where it was.")
    if code:
        sys.exit(code)
    sys.exit(serve())
