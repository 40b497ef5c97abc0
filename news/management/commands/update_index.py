"""``manage.py update_index``: Wagtail's own, with how many rows of each type are written, of all."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from wagtail.search.management.commands.update_index import Command as WagtailCommand

from wagtail_newsroom.news.management.progress import ProgressBar


class Command(WagtailCommand):
    """Where nobody watches, it writes what Wagtail's does."""

    help = "Writes the search index again, with a progress bar for each type."
    total = 0

    def queryset_chunks(self, qs: Any, *args: Any, **kwargs: Any) -> Iterator[Sequence[Any]]:
        """Wagtail's pieces of ``qs``; how many rows it has is kept for the bar."""
        if self.verbosity and self.stdout.isatty():
            self.total = qs.count()
        yield from super().queryset_chunks(qs, *args, **kwargs)

    def print_iter_progress(self, iterable: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield the pieces, each counted when it is written."""
        if not (self.verbosity and self.stdout.isatty()):
            yield from super().print_iter_progress(iterable)
            return
        bar, done = ProgressBar(self.stdout), 0
        for piece in iterable:
            yield piece
            done += len(piece)
            bar.show(f"{piece[0]._meta.label:30}", done, self.total)
