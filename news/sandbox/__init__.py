"""Untrusted work in bounded child processes: what decodes the files of strangers runs here and nowhere else.

A child may use so much memory, processor time and wall time, say so much, and write no file. Its environment holds no
secret of the server; it is the same user, though, and reads what that user may read. It ends together with all that it
started. What it says is bytes, never Python's objects. :func:`run` starts
one child for one piece of work; a :class:`Pool` keeps its children for the next piece. No Django in here.

Where the system has no such bounds (Windows), those of wall time and output still hold.

Public: other apps may import from here.
"""

from wagtail_newsroom.news.sandbox.child import serve
from wagtail_newsroom.news.sandbox.errors import (
    CrashedError,
    NotStartedError,
    OutputTooLargeError,
    SandboxError,
    TimedOutError,
)
from wagtail_newsroom.news.sandbox.pool import Pool
from wagtail_newsroom.news.sandbox.process import PASSED_ON, Bounds, passed_on, run

__all__ = [
    "PASSED_ON",
    "Bounds",
    "CrashedError",
    "NotStartedError",
    "OutputTooLargeError",
    "Pool",
    "SandboxError",
    "TimedOutError",
    "passed_on",
    "run",
    "serve",
]
