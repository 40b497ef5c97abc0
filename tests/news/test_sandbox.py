"""Work in a bounded child: each bound, what it is told, and that nothing of it outlives its time."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.news import sandbox_work as work
from wagtail_newsroom.news.sandbox import (
    PASSED_ON,
    Bounds,
    CrashedError,
    NotStartedError,
    OutputTooLargeError,
    Pool,
    SandboxError,
    TimedOutError,
    process,
    run,
)

MB = 1 << 20
BOUNDS = Bounds(memory=200 * MB, output=MB, cpu_seconds=20)
PATIENCE = 5.0  # seconds until what never ends is ended: a busy machine starts a child and a grandchild in it

linux_only = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells which processes run")


def ask(
    what: Callable[..., None], *arguments: Any, data: bytes = b"", bounds: Bounds = BOUNDS, seconds: float = 20
) -> bytes:
    return run(what, io.BytesIO(data), *arguments, bounds=bounds, seconds=seconds)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for somebody to ask how does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def await_end(pid: int) -> bool:
    for _moment in range(500):
        if not is_running(pid):
            return True
        time.sleep(0.02)
    return False


@dataclass
class Overdue:
    """What a child said whose time was over, and after how many seconds the server went on."""

    output: bytes
    seconds: float


@pytest.fixture(scope="module")
def overdue() -> dict[str, Overdue]:
    """All that never ends by itself, at once: waiting for each in turn would take a minute."""
    cases: dict[str, tuple[Any, ...]] = {
        "work_for_ever": (work.work_for_ever,),
        "sleep": (work.sleep,),
        "grandchild": (work.start_grandchild, "0", True),
        "heir": (work.start_heir, "0"),
        "fled": (work.start_heir, "os.setsid()"),
    }

    def outlast(case: tuple[Any, ...]) -> Overdue:
        begun = time.monotonic()
        with pytest.raises(TimedOutError) as caught:
            ask(*case, seconds=PATIENCE)
        return Overdue(caught.value.output, time.monotonic() - begun)

    with ThreadPoolExecutor(len(cases)) as threads:
        return dict(zip(cases, threads.map(outlast, cases.values()), strict=True))


def test_child_reads_its_source_and_its_arguments() -> None:
    assert ask(work.echo, 1, "ą", None, data=b" and more") == b'[1, "\\u0105", null] and more'
    assert ask(work.echo, data=b"x" * 200_000) == b"[]" + b"x" * 200_000
    assert ask(work.read_backwards, data=b"0123456789") == b"789"
    source = io.BytesIO(b"0123456789")
    source.seek(8)
    assert run(work.echo, source, bounds=BOUNDS, seconds=20) == b"[]89"


def test_what_a_library_prints_is_no_answer() -> None:
    assert ask(work.chatter) == b"the answer"


def test_memory_bomb_ends_the_child_alone() -> None:
    with pytest.raises(CrashedError, match="no memory"):
        ask(work.eat_memory)
    assert ask(work.echo) == b"[]"


@pytest.mark.parametrize("endless", ["work_for_ever", "sleep"])
def test_endless_loop_ends_on_the_clock_and_what_was_said_is_kept(overdue: dict[str, Overdue], endless: str) -> None:
    assert overdue[endless].output == b"begun"
    assert overdue[endless].seconds < PATIENCE + 5


def test_endless_loop_ends_when_its_processor_time_is_over() -> None:
    begun = time.monotonic()
    with pytest.raises(TimedOutError, match="processor") as caught:
        ask(work.work_for_ever, bounds=Bounds(memory=200 * MB, output=MB, cpu_seconds=0.5), seconds=60)
    assert caught.value.output == b"begun"
    assert time.monotonic() - begun < 30


def test_big_output_is_cut_off() -> None:
    with pytest.raises(OutputTooLargeError) as caught:
        ask(work.say_much)
    assert caught.value.output == b"x" * MB


def test_child_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(CrashedError):
        ask(work.write_file, str(tmp_path / "stored"))
    assert [path.read_bytes() for path in tmp_path.iterdir()] in ([], [b""])


@pytest.mark.parametrize(("what", "output"), [(work.fail, b"half"), (work.end_hard, b"")])
def test_crash_is_told_with_what_was_said(what: Callable[..., None], output: bytes) -> None:
    with pytest.raises(CrashedError) as caught:
        ask(what)
    assert caught.value.output == output


def test_secret_is_not_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "tajne")
    monkeypatch.setenv("DATABASE_URL", "postgres://newsroom:tajne@localhost/newsroom")
    known = set(json.loads(ask(work.tell_environment))["title"].split())
    # Python sets LC_CTYPE by itself where the locale is C.
    assert "PATH" in known
    assert known <= {*PASSED_ON, *process.ALLOCATOR, "LC_CTYPE"}


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows knows no such priorities")
def test_child_steps_back_as_far_as_it_is_told() -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    for niceness in (0, 3):
        told = ask(work.tell_niceness, bounds=Bounds(memory=200 * MB, output=MB, niceness=niceness))
        assert int(told) == min(own + niceness, 19)


@linux_only
@pytest.mark.parametrize("case", ["grandchild", "heir"])
def test_grandchild_ends_with_a_child_whose_time_is_over(overdue: dict[str, Overdue], case: str) -> None:
    """Also one that keeps the answer open after its parent has ended."""
    assert await_end(int(overdue[case].output))


@linux_only
def test_grandchild_ends_with_a_child_that_has_done_its_work() -> None:
    assert await_end(int(ask(work.start_grandchild, "0", False)))


@linux_only
def test_grandchild_that_fled_the_session_keeps_nobody_waiting(overdue: dict[str, Overdue]) -> None:
    fled = int(overdue["fled"].output)
    try:
        assert is_running(fled)  # it is not in our hands; the server goes on without it
        assert overdue["fled"].seconds < PATIENCE + 5
    finally:
        os.kill(fled, 9)


def test_work_that_no_child_can_load_is_an_error_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(NotStartedError, match="gone"):
        ask(work.no_such_work)
    assert "could not load its work" in caplog.text

    def within(source: Any, answer: Any) -> None: ...

    for wrong in (within, lambda source, answer: None):
        with pytest.raises(TypeError, match="top of a module"):
            ask(wrong)


def test_system_that_gives_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process.sys, "executable", "/no/such/python")
    with pytest.raises(NotStartedError):
        ask(work.echo)


def test_kept_child_answers_again_and_again() -> None:
    pool = Pool(work.answer_questions, count=1, bounds=BOUNDS)
    try:
        (head, blobs), (later, _blobs) = (pool.ask({"act": "reply"}, b"ab", seconds=20) for _time in range(2))
        assert (head["heard"], blobs) == ({"act": "reply"}, [b"ab", b"ba"])
        assert later["pid"] == head["pid"]
        assert pool.ask({"act": "reply"}, b"", seconds=20)[1] == [b"", b""]
        big = os.urandom(MB // 2)
        assert pool.ask({"act": "reply"}, big, seconds=20)[1] == [big, big[::-1]]
    finally:
        pool.close()
    assert await_end(head["pid"])


@pytest.mark.parametrize(
    ("act", "error", "seconds"),
    [("sleep", TimedOutError, 1), ("end", CrashedError, 20), ("blow up", OutputTooLargeError, 20)],
)
def test_kept_child_that_fails_is_not_used_again(act: str, error: type[SandboxError], seconds: int) -> None:
    pool = Pool(work.answer_questions, count=1, bounds=BOUNDS)
    try:
        before = pool.ask({"act": "reply"}, b"", seconds=20)[0]["pid"]
        with pytest.raises(error):
            pool.ask({"act": act}, b"x" * 2000, seconds=seconds)
        assert await_end(before)
        assert pool.ask({"act": "reply"}, b"", seconds=20)[0]["pid"] != before
    finally:
        pool.close()


def test_child_that_went_to_rest_is_replaced() -> None:
    pool = Pool(work.answer_once, count=1, bounds=BOUNDS)
    try:
        first = pool.ask({"act": "reply"}, b"", seconds=20)[0]["pid"]
        assert await_end(first)
        assert pool.ask({"act": "reply"}, b"", seconds=20)[0]["pid"] != first
    finally:
        pool.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows forks no processes")
def test_forked_process_has_children_of_its_own() -> None:
    pool = Pool(work.answer_questions, count=1, bounds=BOUNDS)
    try:
        with pool.child() as taken:  # the fork happens while all places are taken
            first = taken.process.pid
            forked = os.fork()
            if not forked:
                code = 1
                try:
                    code = 0 if pool.ask({"act": "reply"}, b"", seconds=20)[0]["pid"] != first else 2
                    pool.close()
                finally:
                    os._exit(code)
            assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
        assert pool.ask({"act": "reply"}, b"", seconds=20)[0]["pid"] == first
    finally:
        pool.close()


def test_what_is_no_message_is_a_crash() -> None:
    pool = Pool(work.lie, count=1, bounds=BOUNDS)
    with pytest.raises(CrashedError, match="no message"):
        pool.ask({"act": "reply"}, b"", seconds=20)
