"""Translations: collect them from code and templates, compile them, check what is committed.

``collect`` needs GNU gettext (xgettext, msgmerge); ``compile`` and ``check`` need only Python, so
that nobody who just runs or tests the site has to install it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ("pl", "en")

# Templates have one source, outside the apps; their strings belong to the app that ships them.
CATALOGUES = {
    "news": ["templates/newsroom", "templates/newsroom_admin"],
    "galleries": ["templates/newsroom_galleries"],
    "site/home": ["site/config", "templates/home", "templates/*.html"],
}


def collect() -> int:
    if not shutil.which("xgettext"):
        print("Collecting needs GNU gettext. Install it (Debian, Ubuntu: apt install gettext).")
        return 1
    for app, others in CATALOGUES.items():
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder) / "app"
            shutil.copytree(ROOT / app, scratch, ignore=shutil.ignore_patterns("__pycache__"))
            for pattern in others:
                for source in ROOT.glob(pattern):
                    _copy(source, scratch / source.relative_to(ROOT))
            (scratch / "locale").mkdir(exist_ok=True)
            options = [option for locale in LOCALES for option in ("--locale", locale)]
            options += ["--no-wrap", "--add-location", "file", "--extension", "html,txt,xml,py"]
            options += ["--ignore", "migrations/*", "--ignore", "static/*"]
            subprocess.run([sys.executable, "-m", "django", "makemessages", *options], cwd=scratch, check=True)
            shutil.copytree(scratch / "locale", ROOT / app / "locale", dirs_exist_ok=True)
    return 0


def compile_all() -> int:
    for catalogue in _catalogues():
        polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
        print(f"compiled {catalogue.relative_to(ROOT)}")
    return 0


def check() -> int:
    """Report catalogues whose compiled form is missing or says something else."""
    problems = []
    for catalogue in _catalogues():
        name = catalogue.relative_to(ROOT)
        source = polib.pofile(str(catalogue))
        compiled = catalogue.with_suffix(".mo")
        problems += [f"{name}: fuzzy: {entry.msgid!r}" for entry in source.fuzzy_entries()]
        if not compiled.exists():
            problems.append(f"{name}: not compiled")
        elif _messages(source.translated_entries()) != _messages(polib.mofile(str(compiled))):
            problems.append(f"{name}: the committed .mo is not what the .po says")
    for problem in problems:
        print(problem)
    if problems:
        print("`make messages` collects and compiles; `python .ci/messages.py compile` compiles.")
    else:
        print(f"{len(list(_catalogues()))} catalogues, each compiled as it is written.")
    return 1 if problems else 0


def _catalogues() -> list[Path]:
    return sorted(path for app in CATALOGUES for path in (ROOT / app).glob("locale/*/LC_MESSAGES/*.po"))


def _messages(entries: list[polib._BaseEntry]) -> dict[tuple[str | None, str], object]:
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target)


if __name__ == "__main__":
    commands = {"collect": collect, "compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(f"usage: messages.py {'|'.join(commands)}")
    sys.exit(commands[sys.argv[1]]())
