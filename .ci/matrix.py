"""`make matrix`: tries the package on every Python, Wagtail and Django that it promises, where the Python is found here.

For each combination: an environment of its own (kept and used again), `check`, `migrate` on a fresh SQLite, whether
migrations are missing, the wheel installed and imported, and the tests marked `matrix`, on that SQLite. Prints one line a combination;
exit status 1 if one fails, 2 if nothing could be tried.

    .ci/matrix.py                        all
    .ci/matrix.py 3.13 8.1 6.1           what has these versions of Python, Wagtail and Django
    .ci/matrix.py --default-python       with the Python that runs this script only
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
# By what a host would write; a release candidate where the final version is not to be had.
WAGTAIL = {"8.0": "wagtail>=8.0,<8.1", "8.1": "wagtail>=8.1rc1,<8.2"}
DJANGO = {"5.2": "Django>=5.2,<5.3", "6.1": "Django>=6.1,<6.2"}
DJANGO_NEEDS = {"6.1": (3, 12)}
# What the marked tests do without, of requirements.in.
LEFT_OUT = {"axe-playwright-python", "django-stubs", "djlint", "granian", "mypy", "pip-audit", "playwright", "psycopg", "redis", "ruff"}  # fmt: skip
SECONDS = 900

IMPORT = """
import importlib.metadata as metadata, pathlib, sys
import django
from django.conf import settings
settings.configure(USE_TZ=True)
django.setup()
import wagtail_newsroom
from wagtail_newsroom import galleries, news
for package in (news, galleries):
    folder = pathlib.Path(package.__file__).parent
    assert "site-packages" in folder.parts, folder
    assert list((folder / "templates").rglob("*.html"))
print(metadata.version("wagtail-newsroom"))
"""


class FailedError(Exception):
    """A step did not succeed; its text is the end of what it said."""


@dataclass(frozen=True)
class Combination:
    """An interpreter with the versions to try on it."""

    interpreter: str
    python: str
    wagtail: str
    django: str

    @property
    def name(self) -> str:
        return f"Python {self.python}, Wagtail {self.wagtail}, Django {self.django}"

    @property
    def requirements(self) -> list[str]:
        """What the site and the marked tests need, in these versions."""
        own = {"wagtail": WAGTAIL[self.wagtail], "django": DJANGO[self.django]}
        lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
        return [
            own.get(_name(line), line)
            for line in lines
            if line and not line.startswith("#") and _name(line) not in LEFT_OUT
        ]


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower()


def main() -> int:
    parser = argparse.ArgumentParser(description="Tries the package on the versions that it promises.")
    parser.add_argument("versions", nargs="*", help="what has these versions only, for example: 3.13 8.1 6.1")
    parser.add_argument("--default-python", action="store_true", help="with the Python that runs this script only")
    parser.add_argument("--wagtail", choices=sorted(WAGTAIL))
    parser.add_argument("--django", choices=sorted(DJANGO))
    chosen = parser.parse_args()
    wanted = {*chosen.versions, *filter(None, (chosen.wagtail, chosen.django))}
    if unknown := wanted - {*PYTHONS, *WAGTAIL, *DJANGO}:
        parser.error(f"no such version here: {', '.join(sorted(unknown))}")
    tried = [each for each in combinations(only_default=chosen.default_python) if fits(each, wanted)]
    if not tried:
        print("Nothing to try: no Python was found that fits.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        wheel = build_wheel(Path(folder))
        failed = [each for each in tried if not try_out(each, wheel)]
    return 1 if failed else 0


def fits(combination: Combination, wanted: set[str]) -> bool:
    """Tell whether each of the wanted versions is one of the combination's; of one thing, any of those named."""
    own = ((PYTHONS, combination.python), (WAGTAIL, combination.wagtail), (DJANGO, combination.django))
    return all(version in wanted or not wanted & set(known) for known, version in own)


def combinations(*, only_default: bool) -> Iterator[Combination]:
    """Every Python that is found with every Wagtail and Django that run on it."""
    for python, interpreter in sorted(find_pythons(only_default=only_default).items()):
        for wagtail in WAGTAIL:
            for django in DJANGO:
                if tuple(map(int, python.split("."))) >= DJANGO_NEEDS.get(django, (3, 11)):
                    yield Combination(interpreter, python, wagtail, django)


def find_pythons(*, only_default: bool) -> dict[str, str]:
    """The interpreters that can make environments, by version; says which are missing."""
    if only_default:
        return {f"{sys.version_info.major}.{sys.version_info.minor}": sys.executable}
    found: dict[str, str] = {}
    for candidate in _candidates():
        version = _version_of(candidate)
        if version in PYTHONS:
            found.setdefault(version, candidate)
    for missing in (version for version in PYTHONS if version not in found):
        print(f"Python {missing}: not found here, not tried.")
    return found


def _candidates() -> Iterator[str]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for version in PYTHONS:
            if path := shutil.which(f"python{version}", path=folder):
                yield path
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False).stdout.strip()
        yield from map(str, sorted(Path(root).glob("versions/*/bin/python3"), reverse=True))


def _version_of(interpreter: str) -> str:
    """“3.12”; empty for what does not run, or cannot make environments."""
    code = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([interpreter, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def build_wheel(folder: Path) -> Path:
    """The package as it is released."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder))
    (wheel,) = folder.glob("*.whl")
    return wheel


def try_out(combination: Combination, wheel: Path) -> bool:
    """Do every step on ``combination`` and print its line."""
    started = time.monotonic()
    installed, done = combination.name, []
    try:
        python = environment(combination)
        installed = versions_in(python)
        with tempfile.TemporaryDirectory() as data:
            for title, step in steps(python, wheel):
                said = step({"NEWSROOM_DATA": data})
                done.append(said or title)
    except FailedError as error:
        print(f"{installed}: FAILED after {', '.join(done) or 'nothing'}\n{error}", flush=True)
        return False
    print(f"{installed}: {', '.join(done)}: fine ({time.monotonic() - started:.0f} s)", flush=True)
    return True


def environment(combination: Combination) -> str:
    """The Python of an environment in these versions, kept below the data folder and made anew when they change."""
    kept = Path(os.environ.get("NEWSROOM_MATRIX") or ROOT / "var" / "matrix")
    folder = kept / f"python{combination.python}-wagtail{combination.wagtail}-django{combination.django}"
    python = str(folder / "bin" / "python")
    requirements = folder / "requirements.in"
    wanted = "\n".join(combination.requirements) + "\n"
    constraints = folder / "constraints.txt"
    pins = "\n".join(pinned()) + "\n"
    stamp = folder / ".ready"
    key = hashlib.sha256((wanted + pins).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == key:
        return python
    folder.parent.mkdir(parents=True, exist_ok=True)
    if combination.interpreter == sys.executable:
        run(combination.interpreter, "-m", "venv", "--clear", "--without-pip", str(folder))
        take_over_packages(folder / "lib" / f"python{combination.python}" / "site-packages")
    else:
        run(combination.interpreter, "-m", "venv", "--clear", str(folder))
    requirements.write_text(wanted, encoding="utf-8")
    constraints.write_text(pins, encoding="utf-8")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    run(python, "-m", "pip", "install", *quiet, "--requirement", str(requirements), "--constraint", str(constraints))
    stamp.write_text(key)
    return python


def take_over_packages(folder: Path) -> None:
    """Put the packages of the environment in which this runs into ``folder``: pip installs other versions of a few only."""
    here = Path(sysconfig.get_paths()["purelib"])
    shutil.copytree(here, folder, symlinks=True, dirs_exist_ok=True, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # on another disk
        shutil.copy2(source, target)


def pinned() -> list[str]:
    """The pins of the reference site, but for what is tried in other versions."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split(" \\")[0].strip() for line in lines if re.match(r"[\w.-]+(\[[\w,]+\])?==", line)]
    return [re.sub(r"\[[\w,]+\]", "", pin) for pin in pins if _name(pin) not in {"wagtail", "django"}]


def versions_in(python: str) -> str:
    """“Python 3.13.0, Wagtail 8.1rc1, Django 6.1.3”."""
    code = (
        "import platform; from importlib.metadata import version; "
        "print('Python', platform.python_version() + ', Wagtail', version('wagtail') + ', Django', version('django'))"
    )
    return run(python, "-c", code).strip()


def steps(python: str, wheel: Path) -> Iterator[tuple[str, object]]:
    manage = (python, "manage.py")

    def tests(more: dict[str, str]) -> str:
        options = ("-q", "-n", "2", "-m", "matrix", "-p", "no:cacheprovider", "-p", "no:warnings")
        migrated = f"{more['NEWSROOM_DATA']}/newsroom.sqlite3"  # by the step before
        said = run(python, "-m", "pytest", *options, *marked_files(), NEWSROOM_TESTS_MIGRATED=migrated, **more)
        passed = re.findall(r"(\d+) passed", said)
        if not passed:
            raise FailedError("No test is marked “matrix”.")
        return f"{passed[-1]} tests"

    yield "check", lambda more: run(*manage, "check", "--fail-level", "WARNING", **more) and "check"
    yield "migrate", lambda more: run(*manage, "migrate", "--verbosity", "1", **more) and "migrate"
    yield "migrations", lambda more: run(*manage, "makemigrations", "--check", "--dry-run", **more) and "migrations"
    yield "wheel", lambda more: import_wheel(python, wheel)
    yield "tests", tests


def marked_files() -> list[str]:
    """Where marked tests are: collecting the others costs time, and they need more than is installed here."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(path.relative_to(ROOT)) for path in files if "mark.matrix" in path.read_text(encoding="utf-8")]


def import_wheel(python: str, wheel: Path) -> str:
    """Install the wheel beside what is there (pip compares the versions that it asks for), import it, take it out."""
    try:
        run(python, "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", str(wheel))
        with tempfile.TemporaryDirectory() as elsewhere:
            run(python, "-c", IMPORT, folder=Path(elsewhere))
    finally:
        run(python, "-m", "pip", "uninstall", "--quiet", "--yes", "wagtail-newsroom")
    return "wheel"


def run(*command: str, folder: Path = ROOT, **more: str) -> str:
    """Run a command and return what it said; raises :class:`FailedError`."""
    unwanted = ("DJANGO_", "NEWSROOM_", "PYTHONPATH", "DATABASE_URL", "CACHE_URL", "PIP_CONSTRAINT", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    try:
        answer = subprocess.run(
            command, cwd=folder, env={**kept, **more}, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FailedError(f"{' '.join(command)}: no end after {SECONDS} seconds") from error
    said = answer.stdout + answer.stderr
    if answer.returncode:
        raise FailedError(f"{' '.join(command)} ({answer.returncode}):\n" + "\n".join(said.splitlines()[-40:]))
    return said


if __name__ == "__main__":
    sys.exit(main())
