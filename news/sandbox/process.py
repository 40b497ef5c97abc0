"""One child process: started within its bounds, waited for, and ended with all that it started."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from wagtail_newsroom.news.sandbox.child import NOT_LOADED, OUT_OF_MEMORY, do_work
from wagtail_newsroom.news.sandbox.errors import CrashedError, NotStartedError, OutputTooLargeError, TimedOutError

PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
ALLOCATOR = {"MALLOC_ARENA_MAX": "2"}  # glibc sets address space aside for each arena
CHUNK = 1 << 16
GRACE = 2.0  # seconds until the pipe of an ended child is let go; what fled its session may hold it for ever
_START = (
    "import json, sys; order = json.loads(sys.argv[1]); sys.path[:] = order['path']; "
    f"from {do_work.__module__} import {do_work.__name__} as do_work; sys.exit(do_work(order))"
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bounds:
    """What one child may use.

    ``memory``: bytes of address space; ``output``: bytes of one answer; ``cpu_seconds``: of the processor's time, in its
    whole life; ``niceness``: how far it steps back for other processes.
    """

    memory: int
    output: int
    cpu_seconds: float | None = None
    niceness: int = 0


def passed_on() -> dict[str, str]:
    """What a child is told of the server's environment: no secret."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


def run(work: Callable[..., None], source: IO[bytes], *arguments: Any, bounds: Bounds, seconds: float) -> bytes:
    """Call ``work(source, answer, *arguments)`` in a child of its own and return what it wrote to ``answer``.

    ``work``: a function at the top of a module; ``source``: is read from where it stands, and the child may seek in its
    copy; ``arguments``: what JSON can say; ``seconds``: of the clock. Raises a ``SandboxError``.
    """
    with tempfile.TemporaryFile() as copy:  # gone with its last handle
        shutil.copyfileobj(source, copy)
        copy.seek(0)
        child = Process(work, arguments, bounds, copy)
    told = bytearray()

    def listen() -> None:
        while len(told) <= bounds.output and (part := child.told.read(CHUNK)):
            told.extend(part)
        if len(told) <= bounds.output:
            child.await_end()

    try:
        child.within(seconds, listen)
    except TimedOutError as error:
        error.output = bytes(told[: bounds.output])
        raise
    finally:
        child.end()
    output = bytes(told[: bounds.output])
    if len(told) > bounds.output:
        raise OutputTooLargeError(f"more than {bounds.output} bytes", output)
    child.check_status(output)
    return output


class Process:
    """A child in a session of its own, so that it can be ended with all that it started."""

    def __init__(
        self, work: Callable[..., None], arguments: tuple[Any, ...], bounds: Bounds, source: IO[bytes] | int
    ) -> None:
        if work.__module__ == "__main__" or not work.__qualname__.isidentifier():
            raise TypeError(f"A child cannot import {work.__qualname__}: give it a function at the top of a module.")
        order = {
            "path": [str(Path(entry).absolute()) for entry in sys.path],
            "module": work.__module__,
            "name": work.__qualname__,
            "arguments": arguments,
            "bounds": asdict(bounds),
        }
        try:
            self.process = subprocess.Popen(  # noqa: S603  (our own interpreter, a function of ours)
                [sys.executable, "-I", "-c", _START, json.dumps(order)],
                bufsize=0,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**passed_on(), **ALLOCATOR},
                start_new_session=True,
            )
        except OSError as error:
            raise NotStartedError(str(error)) from error
        self.asked: Any = self.process.stdin
        self.told: Any = self.process.stdout

    def within(self, seconds: float, talk: Callable[[], Any]) -> Any:
        """What ``talk`` returns, which waits for the child. Where it still waits, the child is ended: ``TimedOutError``."""
        told: list[Any] = []
        failed: list[Exception] = []

        def listen() -> None:
            try:
                told.append(talk())
            except Exception as error:  # noqa: BLE001  (raised again by the thread that asked)
                failed.append(error)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            self.kill()
            thread.join(GRACE)
            raise TimedOutError(f"not done within {seconds} seconds")
        if failed:
            raise failed[0]
        return told[0]

    def await_end(self) -> None:
        """Wait until the child ends, but leave its number taken, so that :meth:`kill` meets nobody else's processes."""
        if hasattr(os, "waitid"):
            with suppress(ChildProcessError):
                os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT)
        else:
            self.process.wait()

    def has_ended(self) -> bool:
        """Whether it has ended; its number stays taken."""
        if not hasattr(os, "waitid"):
            return self.process.poll() is not None
        try:
            return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None
        except ChildProcessError:
            return True

    def check_status(self, output: bytes = b"") -> None:
        """Raise what the exit status of an ended child stands for."""
        status = self.process.returncode
        if status == NOT_LOADED:
            reason = output.decode(errors="replace")
            logger.error("A child process could not load its work: %s", reason)
            raise NotStartedError(reason)
        if hasattr(signal, "SIGXCPU") and status == -signal.SIGXCPU:
            raise TimedOutError("no processor time is left", output)
        if status == OUT_OF_MEMORY:
            raise CrashedError("no memory is left", output)
        if status:
            raise CrashedError(f"it ended with status {status}", output)

    def kill(self) -> None:
        """End it and all that it started, whatever they do. A second time does nothing."""
        if self.process.returncode is not None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (AttributeError, OSError):
            self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """As :meth:`kill`; its pipes are closed too."""
        self.kill()
        for pipe in (self.asked, self.told):
            with suppress(OSError):
                if pipe:
                    pipe.close()
