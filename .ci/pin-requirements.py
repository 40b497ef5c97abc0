"""`make requirements`: pins requirements.in, with hashes, for every Python the site runs on.

uv is used if it is there, else fetched into a throw-away environment.
"""

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ["requirements.in", "--output-file", "requirements.txt"]
OPTIONS = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv") or _fetch_uv(Path(folder))
        return subprocess.call([uv, "pip", "compile", *OPTIONS, *sys.argv[1:], *FILES], cwd=ROOT)


def _fetch_uv(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    subprocess.check_call([folder / "bin" / "pip", "install", "--quiet", "uv"])
    return str(folder / "bin" / "uv")


if __name__ == "__main__":
    sys.exit(main())
