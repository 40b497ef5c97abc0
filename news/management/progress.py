"""A bar of how far a command is, where a person watches."""

from typing import Any

WIDTH = 30


class ProgressBar:
    """Drawn on ``out``, the output of a command, where that is a terminal."""

    def __init__(self, out: Any) -> None:
        self.out = out

    def show(self, name: str, done: int, total: int) -> None:
        """Draw how much is done."""
        if self.out.isatty():
            filled = "#" * (WIDTH * done // max(done, total, 1))
            self.out.write(f"\r{name} [{filled:<{WIDTH}}] {done}/{total}", ending="")
            self.out.flush()

    def end(self) -> None:
        """Go on below."""
        if self.out.isatty():
            self.out.write("")
