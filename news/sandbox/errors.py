"""Why a child did not do its work."""


class SandboxError(Exception):
    """A child did not do its work. ``output``: what it had said until then."""

    def __init__(self, reason: str, output: bytes = b"") -> None:
        super().__init__(reason)
        self.output = output


class NotStartedError(SandboxError):
    """The system gave no process, or the child could not load its work: no fault of the input."""


class TimedOutError(SandboxError):
    """Its time was over, on the clock or on the processor."""


class OutputTooLargeError(SandboxError):
    """It said more than it may."""


class CrashedError(SandboxError):
    """It ended before its work was done: out of memory, by an error, or by the system."""
