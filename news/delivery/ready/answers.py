"""What this process keeps: the answers of one era, bounded in memory."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from wagtail_newsroom.news.delivery.ready.entries import Entry, Form
from wagtail_newsroom.news.freshness import Era
from wagtail_newsroom.news.freshness.token_file import TokenFile

# Ways of asking for what is kept (headers as clients write them) that lead there at once.
MOST_SHORTCUTS = 8_000
# An answer may take this part of the memory.
LARGEST_PART = 16


class Answers:
    """Answers kept for ``era``, in which the token of ``file`` stands; ``limit`` bytes of them at most; those that nobody asked for again go first."""

    def __init__(self, era: Era, file: TokenFile, limit: int) -> None:
        self.era = era
        self.file = file
        self.limit = limit
        self.largest = limit // LARGEST_PART
        # Written with one dict operation each: they need no lock.
        self.shortcuts: dict[Hashable, tuple[Entry, Form]] = {}
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._lock = Lock()

    @property
    def are_true(self) -> bool:
        """Whether the era lasts."""
        return self.era.lasts(self.file.read())

    def get(self, key: Hashable) -> Entry | None:
        """The answer to ``key``."""
        return self._entries.get(key)

    def add(self, key: Hashable, entry: Entry) -> None:
        """Keep ``entry``; nothing where it is too large."""
        if entry.size > self.largest:
            return
        with self._lock:
            self._entries[key] = entry
            self._make_room()

    def shorten(self, way: Hashable, entry: Entry, form: Form) -> None:
        """Remember that this way of asking leads to ``form`` of ``entry``."""
        if len(self.shortcuts) >= MOST_SHORTCUTS:
            self.shortcuts.clear()
        self.shortcuts[way] = (entry, form)
        if len(self.shortcuts) % 32 == 0:  # forms that were made since weigh too
            with self._lock:
                self._make_room()

    @property
    def size(self) -> int:
        """Bytes that all kept answers take, roughly."""
        return sum(entry.size for entry in list(self._entries.values()))

    def __len__(self) -> int:
        return len(self._entries)

    def _make_room(self) -> None:
        """Each answer that was asked for since the last look gets a second chance."""
        size = self.size
        if size <= self.limit:
            return
        while size > self.limit * 0.9 and self._entries:
            key, entry = self._entries.popitem(last=False)
            if entry.is_used:
                entry.is_used = False
                self._entries[key] = entry
            else:
                size -= entry.size
        self.shortcuts.clear()
