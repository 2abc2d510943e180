"""Processes that hang, crash, take all memory, or talk where they should not: one item is lost, never another."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_support import alive
from waiting import PATIENCE, until

from perfdoc.errors import UsageError
from perfdoc.jobs import child, limits
from perfdoc.jobs import guard as tasks
from perfdoc.jobs.child import Home
from perfdoc.jobs.guard import Guard, Lost, Task
from perfdoc.jobs.limits import Limits
from perfdoc.jobs.pool import HERE, Work, results

LIMITS = Limits(seconds=1.0, memory=1 << 30)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock a file has no more than its processor time: what sleeps need not be waited for."""
    monkeypatch.setattr(limits, "PATIENCE", 1.0)


@pytest.fixture
def guarded() -> Iterator[Guard]:
    one = Guard("batch_support:prepare", "c", LIMITS)
    yield one
    one.close()


def test_results_come_in_order_from_one_process(guarded: Guard) -> None:
    assert guarded.run(["a", "b"]) == ["c:a", "c:b"]
    assert guarded.run([]) == []
    first, second = guarded.run(["pid", "pid"])
    assert first == second == guarded.run(["pid"])[0]
    assert alive(int(first))
    guarded.close()
    assert not alive(int(first))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("hang", "timed out: not read within 1 seconds"),
        ("spin", "timed out: not read within 1 seconds"),
        ("regex", "timed out: not read within 1 seconds"),
        ("signal 11", "crashed: its process was ended by SIGSEGV"),
        ("signal 6", "crashed: its process was ended by SIGABRT"),
        ("exit 7", "crashed: its process ended with code 7"),
        ("memory", "out of memory: it needs more than 1024 MB"),
    ],
)
def test_what_an_item_does_to_its_process_is_its_own_failure(guarded: Guard, item: str, why: str) -> None:
    assert guarded.run(["a", item, "b", item, "d"]) == ["c:a", Lost(item, why), "c:b", Lost(item, why), "c:d"]


@pytest.mark.skipif(not limits.HAS_TIMERS, reason="the platform has no timer for processor time")
def test_processor_time_counts_and_the_clock_much_later(guarded: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a machine that is busy is not given up; what works for too long is, whatever it does."""
    monkeypatch.setattr(limits, "PATIENCE", 1000.0)
    short = Guard("batch_support:prepare", "c", Limits(seconds=0.5))
    why = "timed out: not read within 0.5 seconds"
    assert short.run(["sleep 1", "spin", "regex", "a"]) == ["c:sleep 1", Lost("spin", why), Lost("regex", why), "c:a"]
    short.close()
    assert Limits(2.0).wall == 2000.0


def test_work_that_raises_is_a_bug_of_the_work(guarded: Guard) -> None:
    assert guarded.run(["raise x", "a"]) == [Lost("raise x", "a bug of perfdoc: KeyError: 'x'", True), "c:a"]


def test_what_is_printed_does_not_get_among_the_answers(guarded: Guard, capfd: pytest.CaptureFixture[str]) -> None:
    assert guarded.run(["print", "a"]) == ["c:print", "c:a"]
    assert capfd.readouterr() == ("", "")


def test_a_process_that_was_killed_leaves_no_temporary_files(
    guarded: Guard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert guarded.run(["temporary"])[0].startswith(str(tmp_path))
    assert len(list(tmp_path.glob("*/*"))) == 1
    assert isinstance(guarded.run(["hang"])[0], Lost)
    assert not list(tmp_path.iterdir())


def test_work_may_know_what_follows() -> None:
    """Also in the process that follows one that died."""
    one = Guard("batch_support:Foreseeing", "c", LIMITS)
    found = one.run(["a", "b", "die", "c", "d"])
    one.close()
    assert [*found[:2], *found[3:]] == ["a:b,die,c,d", "b:die,c,d", "c:d", "d:"]
    assert isinstance(found[2], Lost)
    here = Work("batch_support:Foreseeing", "c", executor=HERE)
    assert list(results(here, ["a", "b", "c"], 3)) == ["a:b,c", "b:c", "c:"]


def test_work_that_cannot_begin_ends_the_run() -> None:
    for name, reason in (("broken", "ValueError: no c"), ("dying", "SIGKILL"), ("none", "has no attribute 'none'")):
        one = Guard(f"batch_support:{name}", "c", LIMITS)
        with pytest.raises(RuntimeError, match=f"could not be started: .*{reason}"):
            one.run(["a"])
        one.close()


def test_work_that_can_not_be_done_as_asked_is_said_to_the_user() -> None:
    one = Guard("batch_support:impossible", "c", LIMITS)
    with pytest.raises(UsageError, match=r"^no c here$"):
        one.run(["a"])
    one.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe can't be waited for")
def test_a_process_that_nothing_is_asked_of_ends_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import perfdoc.jobs.limits as limits\nlimits.IDLE = 0.3\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    one = Guard("batch_support:prepare", "c", LIMITS)
    assert one.resting()
    first = one.run(["pid"])
    assert not one.resting()
    until(lambda: not alive(int(first[0])))
    assert one.run(["pid", "a"])[0] != first[0], "another one is started, and nothing is lost"
    one.close()


def test_work_is_done_where_the_run_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker has another working folder and another environment; results depend on those of the run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OURS", "yes")
    monkeypatch.delenv("THEIRS", raising=False)
    home = Home.here(["OURS", "THEIRS"])
    monkeypatch.chdir("/")
    monkeypatch.setenv("OURS", "no")
    monkeypatch.setenv("THEIRS", "yes")
    one = Guard("batch_support:prepare", "c", LIMITS, home)
    assert one.run(["where"]) == [f"{tmp_path} yes None"]
    one.close()
    gone = Guard("batch_support:prepare", "c", LIMITS, home._replace(folder=str(tmp_path / "gone")))
    assert gone.run(["where"]) == ["/ yes None"], "a folder that is not there: none of our own instead"
    gone.close()


def test_another_version_refuses_the_work() -> None:
    with pytest.raises(UsageError, match=r"a worker has perfdoc .*, and the run was started by 0\.0\.0"):
        Task("batch_support:prepare", "c", LIMITS, "1", version="0.0.0")(["a"])


def test_a_worker_forgets_the_runs_that_never_ended() -> None:
    dead, next_ = (Task("batch_support:prepare", "c", LIMITS, run) for run in ("dead", "next"))
    (pid,) = dead(["pid"])
    os.kill(int(pid), signal.SIGKILL)
    until(lambda: not alive(int(pid)))
    next_(["a"])
    assert [key[1] for key in tasks._guards] == ["next"]
    next_.close()
    assert not tasks._guards


def test_closing_ends_a_process_at_work_at_once(tmp_path: Path) -> None:
    found: list[object] = []
    begun = tmp_path / "begun"

    def work() -> None:
        with contextlib.suppress(EOFError):
            found.append(Guard.run(slow, [f"hang {begun}"]))
        found.append("ended")

    slow = Guard("batch_support:prepare", "c", Limits(seconds=4 * PATIENCE))
    thread = threading.Thread(target=work)
    thread.start()
    until(begun.exists)
    slow.close()
    thread.join(PATIENCE)
    assert found == ["ended"]
    with pytest.raises(EOFError):
        slow.run(["a"])


def test_a_process_that_holds_too_much_is_replaced(monkeypatch: pytest.MonkeyPatch, guarded: Guard) -> None:
    class Streams:
        """Three items in, answers out, nothing of a real process."""

        def __init__(self) -> None:
            self.orders = [("batch_support:prepare", "c", Limits(60, 0), "en"), ["a", "b", "d"]]
            self.answers: list[object] = []

    streams = Streams()
    monkeypatch.setattr(child, "receive", lambda _: streams.orders.pop(0))
    monkeypatch.setattr(child, "send", lambda _, answer: streams.answers.append(answer))
    monkeypatch.setattr(child, "limit_memory", lambda _: None)
    monkeypatch.setattr(child, "_settle", lambda: None)
    monkeypatch.setattr(child, "_expect", lambda _: None)
    monkeypatch.setattr(child, "resident", lambda: (400 << 20) * (len(streams.answers) - 1))
    child._serve(None, None)  # type: ignore[arg-type]
    assert streams.answers == [None, ("c:a", False), ("c:b", False), ("c:d", True)]


def test_a_process_whose_master_was_killed_ends_itself(tmp_path: Path) -> None:
    """Also one that hangs: its alarm ends it."""
    code = """
import os, sys, threading, time
import perfdoc.jobs.limits as limits
from perfdoc.jobs.guard import Guard
one = Guard("batch_support:prepare", "c", limits.Limits(0.2))
print(one.run(["pid"])[0], flush=True)
other = Guard("batch_support:prepare", "c", limits.Limits(0.2))
print(other.run(["pid"])[0], flush=True)
threading.Thread(target=other.run, args=(["hang"],)).start()
time.sleep(0.1)
os.kill(os.getpid(), 9)
"""
    graceless = tmp_path / "sitecustomize.py"
    graceless.write_text("import perfdoc.jobs.limits as limits\nlimits.GRACE = 0.5\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    pids = [int(line) for line in ran.stdout.split()]
    assert len(pids) == 2
    until(lambda: not any(map(alive, pids)))


def test_nothing_of_the_working_folder_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guarded: Guard
) -> None:
    """A folder of received files may hold a `json.py`."""
    for name in ("json.py", "pickle.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('imported from the working folder')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert guarded.run(["a"]) == ["c:a"]


def test_a_task_keeps_one_process_for_each_thread_and_run() -> None:
    one, two = (Task("batch_support:prepare", "c", LIMITS, run) for run in ("1", "2"))
    try:
        assert one(["pid"]) == one(["pid"])
        assert one(["pid"]) != two(["pid"])
        found: list[object] = []
        thread = threading.Thread(target=lambda: found.extend(one(["pid"])))
        thread.start()
        thread.join(PATIENCE)
        assert found != one(["pid"])
    finally:
        one.close()
        two.close()
