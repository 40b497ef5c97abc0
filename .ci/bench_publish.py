"""Somebody who publishes: ``python .ci/bench_publish.py SECONDS`` publishes a news item of the site every so many seconds, until it is ended."""

from __future__ import annotations

import itertools
import sys
import time

from bench_site import start_django


def main() -> None:
    pause = float(sys.argv[1])
    start_django()
    from wagtail_newsroom.news.models import NewsPage

    pages = list(NewsPage.objects.live().order_by("-date", "-pk")[:20])
    for number in itertools.count():
        began = time.monotonic()
        page = pages[number % len(pages)].specific
        page.lead = f"Wersja {number}"
        page.save_revision().publish()
        print("published", flush=True)
        time.sleep(max(0.0, pause - (time.monotonic() - began)))  # the pace that is asked for


if __name__ == "__main__":
    main()
