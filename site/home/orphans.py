"""No process of ours outlives the one that started it, not even where that one is killed."""

from __future__ import annotations

import os
import signal
import threading
import time

PATIENCE = 10


def end_workers_with_us() -> None:
    """Let every process that is forked from this one end once this one is gone."""
    us = os.getpid()

    def watch() -> None:
        if os.getppid() == us:  # not what a worker forks
            threading.Thread(target=_wait_for_end_of, args=[us], daemon=True).start()

    os.register_at_fork(after_in_child=watch)


def _wait_for_end_of(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)  # requests under way are answered first
    time.sleep(PATIENCE)
    os._exit(1)
