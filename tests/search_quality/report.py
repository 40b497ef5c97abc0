"""`make search-report`: what is found of the questions, in this search and in others. Fails where a goal is missed."""

import statistics
import time
from collections import defaultdict
from contextlib import closing

import pytest
from django.db import connection
from wagtail.models import Locale
from wagtail.models import Site as WagtailSite

from tests.factories import make_site
from tests.search_quality import others
from tests.search_quality.corpus import KNOWN, NEW, Query, Site, documents, queries
from wagtail_newsroom.news.finding.find import find
from wagtail_newsroom.news.finding.questions import Question, read

FIRST = 3
IN_FIRST, NOTHING, RECALL, PRECISION = 0.90, 0.03, 0.98, 0.97


def ours(site: Site) -> others.Engine:
    """This search, as visitors use it: a file counts as the page that offers it, each page where it comes first.

    What lacks words, and says so, is no answer to all of them: its id ends in ``~``.
    """
    polish = Locale.get_default()
    place = WagtailSite.objects.get()

    def search(typed: str) -> list[str]:
        found = find(Question(read(typed, "pl"), polish.pk, "pl"), place, 0, 500)
        hits = [(hit.page or hit.offered_by, "~" if hit.lacks or found.left_out else "") for hit in found.hits]
        ids = [(site.ids[page.pk], mark) for page, mark in hits if page and page.pk in site.ids]
        first: dict[str, str] = {}
        for name, mark in ids:
            first.setdefault(name, mark)
        return [f"{name}{mark}" for name, mark in first.items()]

    return search


def tell(name: str, engine: others.Engine, every: list[Query], *, shows_misses: bool) -> dict[str, float]:
    """Print a row for the engine; the figures that have goals."""
    ranks: dict[str, list[bool]] = defaultdict(list)
    nothing, waits, recall, precision = 0, [], [], []
    known = {document.id: document for document in documents()}
    for query in every:
        began = time.perf_counter()
        found = engine(query.text)
        waits.append((time.perf_counter() - began) * 1000)
        nothing += not found
        is_right = bool({each.rstrip("~") for each in found[:FIRST]} & {*query.right})
        ranks[query.kind].append(is_right)
        if shows_misses and not is_right:
            print(f"    {query.kind}: {query.text} → {found[:FIRST]} of {len(found)}, not {query.right[:3]}")
        if query.forms:
            found = [each for each in found if not each.endswith("~")]
            relevant = {each.id for each in known.values() if query.holds(each)}
            recall.append(len(relevant & {*found}) / len(relevant) if relevant else 1.0)
            precision.append(len(relevant & {*found}) / len(found) if found else 1.0)
            if shows_misses and relevant ^ {*found}:
                print(
                    f"      {query.text}: missed {sorted(relevant - {*found})}, besides {sorted({*found} - relevant)}"
                )
    figures = {kind: sum(each) / len(each) for kind, each in ranks.items()}
    kinds = "  ".join(f"{kind} {share:.2f}" for kind, share in figures.items())
    figures |= {
        "nothing": nothing / len(every),
        "recall": statistics.mean(recall),
        "precision": statistics.mean(precision),
    }
    print(
        f"  {name:22} {kinds}\n{'':24} nothing found {figures['nothing']:.3f}  of inflected: recall {figures['recall']:.3f} "
        f"precision {figures['precision']:.3f}  median {statistics.median(waits):.1f} ms"
    )
    return figures


@pytest.mark.django_db
def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    every = documents()
    site = Site(make_site())
    site.plant(every)
    with closing(connection.cursor()) as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself, a minute after so many rows were written
    engines = {
        "FTS5": others.fts5(every),
        "FTS5, Snowball's stems": others.snowball(every),
        "PostgreSQL, simple": others.postgresql(every),
    }
    missed = {}
    for name in (KNOWN, NEW):
        asked = queries(name)
        with capsys.disabled():
            print(f"\n{len(asked)} {name} questions of {len(every)} documents, right among the first {FIRST}:")
            for other, engine in engines.items():
                if engine is not None:
                    tell(other, engine, asked, shows_misses=False)
            figures = tell("this search", ours(site), asked, shows_misses=True)
        missed[name] = _missed(figures, {query.kind for query in asked})
    assert missed == {KNOWN: {}, NEW: {}}


def _missed(figures: dict[str, float], kinds: set[str]) -> dict[str, float]:
    """The figures that miss their goals."""
    least = {**dict.fromkeys(kinds, IN_FIRST), "recall": RECALL, "precision": PRECISION}
    missed = {name: figures[name] for name, goal in least.items() if figures[name] < goal}
    return {**missed, "nothing": figures["nothing"]} if figures["nothing"] > NOTHING else missed
