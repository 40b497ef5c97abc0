"""A command that runs beside the web server: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

# After it died: wait 1, 2, 4 … seconds, at most a minute; whoever lived for a minute starts from one again.
LONGEST_WAIT = 60.0
# How long it may take to end, in seconds.
PATIENCE = 15


class Companion:
    """Keep ``manage.py <arguments> --parent <our process id>`` running.

    It watches over its parent itself, so that none is left behind even where this process is killed.
    ``tell`` is called with a line whenever it died.
    """

    def __init__(self, *arguments: str, tell: Callable[[str], None]) -> None:
        self.arguments = arguments
        self.tell = tell
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and a thread that looks after it.

        It is started here and not in the thread: a server that forks its workers meanwhile would leave them the ends
        of our pipes.
        """
        self._process = self._launch()
        threading.Thread(target=self._look_after, args=[self._process], name=self.arguments[0], daemon=True).start()

    def end(self) -> None:
        """Ask it to stop, and wait until it has."""
        with self._lock:
            self._ended.set()
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _look_after(self, process: subprocess.Popen[bytes]) -> None:
        wait = 1.0
        while True:
            began = time.monotonic()
            while (code := process.poll()) is None:
                if self._ended.wait(0.5):
                    return
            wait = 1.0 if time.monotonic() - began > LONGEST_WAIT else min(wait * 2, LONGEST_WAIT)
            self.tell(f"{self.arguments[0]} ended by itself ({code}); it is started again in {wait:.0f} s.")
            self._ended.wait(wait)
            with self._lock:
                if self._ended.is_set():
                    return
                self._process = process = self._launch()

    def _launch(self) -> subprocess.Popen[bytes]:
        """A session of its own: Ctrl-C in the terminal reaches the server alone, which ends it in good order."""
        return subprocess.Popen(  # noqa: S603  (our own command)
            [sys.executable, sys.argv[0], *self.arguments, "--parent", str(os.getpid())],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
