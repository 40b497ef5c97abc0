"""The Polish catalogues are whole: every string, every plural form, every placeholder, and nothing uncollected."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("news", "galleries", "site/home")
PLURAL_FORMS = 4

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")


def catalogue(app: str, language: str = "pl") -> polib.POFile:
    """Read what translators write."""
    return polib.pofile(str(ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"))


def compiled(app: str, language: str = "pl") -> polib.MOFile:
    """Read what the site serves."""
    return polib.mofile(str(ROOT / app / "locale" / language / "LC_MESSAGES" / "django.mo"))


def active(po: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in po if not entry.obsolete]


def forms(entry: polib.POEntry) -> list[str]:
    """All translations of ``entry``: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def edges(text: str) -> tuple[bool, bool, bool]:
    return text != text.lstrip(), text != text.rstrip(), text.rstrip().endswith(":")


def keys(po: polib.POFile) -> set[tuple[str | None, str]]:
    return {(entry.msgctxt, entry.msgid) for entry in active(po)}


def parts(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def plural_rule(po: polib.POFile | polib.MOFile) -> str:
    return re.sub(r"\s", "", po.metadata["Plural-Forms"])


@pytest.mark.parametrize("app", APPS)
def test_every_string_is_translated(app: str) -> None:
    gaps = [entry.msgid for entry in active(catalogue(app)) if not all(text.strip() for text in forms(entry))]
    assert not gaps


@pytest.mark.parametrize("app", APPS)
def test_nothing_waits_for_a_translator_or_is_left_over(app: str) -> None:
    po = catalogue(app)
    assert not po.metadata_is_fuzzy
    assert not [entry.msgid for entry in po.fuzzy_entries()]
    assert not [entry.msgid for entry in po.obsolete_entries()]


@pytest.mark.parametrize("app", APPS)
def test_every_plural_has_all_polish_forms(app: str) -> None:
    short = {
        entry.msgid: entry.msgstr_plural
        for entry in active(catalogue(app))
        if entry.msgid_plural and set(entry.msgstr_plural) != set(range(PLURAL_FORMS))
    }
    assert not short


@pytest.mark.parametrize("app", APPS)
def test_plural_rule_is_the_one_django_uses_for_polish(app: str) -> None:
    djangos = polib.mofile(str(Path(django.__file__).parent / "conf" / "locale" / "pl" / "LC_MESSAGES" / "django.mo"))
    assert plural_rule(catalogue(app)) == plural_rule(compiled(app)) == plural_rule(djangos)
    assert plural_rule(catalogue(app)).startswith(f"nplurals={PLURAL_FORMS};")


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_translations_keep_what_code_fills_in_and_markup(app: str, pattern: re.Pattern[str]) -> None:
    wrong = {}
    for entry in active(catalogue(app)):
        # The singular may leave its number out: “one file”, “the report”.
        sources = [entry.msgid_plural, entry.msgid] if entry.msgid_plural else [entry.msgid]
        allowed = [parts(pattern, source) for source in sources]
        for number, text in enumerate(forms(entry)):
            fitting = allowed if number == 0 else allowed[:1]
            if parts(pattern, text) not in fitting:
                wrong[entry.msgid] = text
    assert not wrong


@pytest.mark.parametrize("app", APPS)
def test_translations_end_as_their_sources_do(app: str) -> None:
    """A lost colon shows on the page; so does a lost space at the edge of a string that is joined to another."""
    wrong = {
        entry.msgid: text
        for entry in active(catalogue(app))
        for text in forms(entry)
        if edges(text) != edges(entry.msgid)
    }
    assert not wrong


@pytest.mark.parametrize("app", APPS)
def test_quotation_marks_are_polish(app: str) -> None:
    wrong = {
        entry.msgid: text
        for entry in active(catalogue(app))
        for text in forms(entry)
        if "“" in text or '"' in TAG.sub("", text) or text.count("„") != text.count("”")
    }
    assert not wrong


def test_one_source_reads_the_same_in_every_catalogue() -> None:
    """Django lays catalogues over each other: of two translations of one string, only one would ever show."""
    found: dict[tuple[str | None, str], set[tuple[str, ...]]] = {}
    for app in APPS:
        for entry in active(catalogue(app)):
            found.setdefault((entry.msgctxt, entry.msgid), set()).add(tuple(forms(entry)))
    assert not {key: texts for key, texts in found.items() if len(texts) > 1}


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("app", APPS)
def test_compiled_catalogue_says_what_the_written_one_says(app: str, language: str) -> None:
    written = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural)
        for entry in catalogue(app, language).translated_entries()
    }
    served = {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in compiled(app, language)}
    assert written == served


@pytest.mark.parametrize("app", APPS)
def test_english_falls_back_to_its_sources(app: str) -> None:
    assert keys(catalogue(app, "en")) == keys(catalogue(app))
    assert not catalogue(app, "en").translated_entries()


# Which arguments hold the text, and which the context.
GETTEXT = {"_": (0, None), "gettext": (0, None), "gettext_lazy": (0, None), "gettext_noop": (0, None),
           "ngettext": (0, None), "ngettext_lazy": (0, None), "pgettext": (1, 0), "pgettext_lazy": (1, 0),
           "npgettext": (1, 0), "npgettext_lazy": (1, 0)}  # fmt: skip


def marked_strings(source: Path) -> Iterator[tuple[str | None, str]]:
    """Context and text of every string that Python code hands to gettext, inside f-strings too."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in GETTEXT:
            continue
        values = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
        text, context = GETTEXT[node.func.id]
        if len(values) > text and isinstance(values[text], str):
            yield (None if context is None else values[context]), values[text]


@pytest.mark.parametrize("app", APPS)
def test_every_string_marked_in_code_is_in_the_catalogue(app: str) -> None:
    """xgettext does not look into f-strings: what is marked there is never collected, nor translated."""
    known = keys(catalogue(app))
    missing = {
        str(source.relative_to(ROOT)): marked
        for source in (ROOT / app).rglob("*.py")
        if "migrations" not in source.parts
        for marked in marked_strings(source)
        if marked not in known
    }
    assert not missing


# --- Collecting again ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], polib.POFile]:
    """Catalogues as they are after collecting once more, in a copy of the tree."""
    missing = [tool for tool in ("xgettext", "msgmerge", "msguniq", "msgattrib") if not shutil.which(tool)]
    if missing:
        reason = f"collecting strings needs GNU gettext; not found: {', '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    copy = tmp_path_factory.mktemp("tree")
    for folder in (".ci", *APPS, "site/config", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "*.jpg", "*.woff2"))
    # makemessages works on files alone: it must not look for a project's settings.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    subprocess.run(
        [sys.executable, str(copy / ".ci" / "messages.py"), "collect"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )

    def read(app: str) -> polib.POFile:
        return polib.pofile(str(copy / app / "locale" / "pl" / "LC_MESSAGES" / "django.po"))

    return read


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS)
def test_collecting_again_finds_nothing_new(app: str, collected: Callable[[str], polib.POFile]) -> None:
    again = collected(app)
    assert keys(again) - keys(catalogue(app)) == set(), "run `make messages` and translate what is new"
    assert keys(catalogue(app)) - keys(again) == set(), "run `make messages`: these strings are gone"


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS)
def test_collected_strings_have_their_translations(app: str, collected: Callable[[str], polib.POFile]) -> None:
    assert not [entry.msgid for entry in active(collected(app)) if not entry.translated()]
