"""Work in a process that may hang or crash: the item that it did not live to answer is lost, and nothing else."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from perfdoc.errors import PerfdocError
from perfdoc.jobs.child import RESTED, Failed
from perfdoc.jobs.limits import HAS_TIMERS, START, Limits
from perfdoc.jobs.process import Home, receive, send, start
from perfdoc.office.keeper import remove
from perfdoc.texts import say

_TICK = 0.2  # seconds between two looks at who is over time


class Lost(NamedTuple):
    """An item that no result came of, and why: a clause that follows the item's name.

    `bug` marks one whose work raised what it should not.
    """

    item: Any
    why: str
    bug: bool = False


class Guard:
    """One process at a time, replaced when it dies. A Guard belongs to the thread that uses it.

    `prepare` is the `module:function` that is called there once, with `context`, and gives the function that
    works on an item; a PerfdocError of it is raised by `run`. What goes over must be picklable.
    """

    def __init__(self, prepare: str, context: Any, limits: Limits, home: Home = Home()) -> None:  # noqa: B008
        self._order = (prepare, context, limits, home.language)
        self._limits = limits
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch = ""  # its folder for temporary files: a process that is killed can't tidy up
        self._lock = threading.Lock()
        self._began = 0.0
        self._deadline = 0.0  # of what is being waited for, or 0
        self._late = False  # this process was killed for being over its time
        self._closed = False

    def run(self, items: Sequence[Any]) -> list[Any]:
        """The result of every item in order, or a Lost for one that hung, crashed or took too much memory."""
        results: list[Any] = []
        while len(results) < len(items):
            process = self._started()
            retiring = False
            try:
                send(_pipe(process.stdin), items[len(results) :])
                while len(results) < len(items) and not retiring:
                    result, retiring = self._wait(process, self._limits.wall)
                    results.append(Lost(items[len(results)], *result) if isinstance(result, Failed) else result)
            except (EOFError, OSError, ValueError) as error:  # ValueError: its pipe was closed under our hands
                if self._closed:
                    raise EOFError from error
                spent = time.monotonic() - self._began
                why = self._why(process)
                if process.returncode == RESTED:
                    continue  # it had just ended itself, since nothing was asked of it
                if self._late and spent < self._limits.wall:
                    continue  # the one before it was answered at the last moment, and its process killed
                results.append(Lost(items[len(results)], why))
            if retiring:
                self._end()
        return results

    def start(self) -> None:
        self._started()

    def resting(self) -> bool:
        """Whether no process is there: none was started yet, or it ended."""
        process = self._process
        return process is None or process.poll() is not None

    def close(self) -> None:
        """End the process, at once, also from another thread; the Guard can't be used afterwards."""
        self._closed = True
        self._end()

    def look(self, now: float) -> None:
        """Kill the process if it is over its time."""
        with self._lock:
            if self._deadline and now > self._deadline:
                self._deadline, self._late = 0.0, True
                if self._process is not None:
                    self._process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise EOFError
        process = self._process
        if process is not None and process.poll() is None:
            return process
        self._end()
        self._scratch = tempfile.mkdtemp(prefix="perfdoc-")
        process = self._process = start(self._home, self._scratch)
        self._late = False
        if self._closed:  # while it was being started
            self._end()
            raise EOFError
        _WATCH.over(self)
        try:
            send(_pipe(process.stdin), self._order)
            fault = self._wait(process, START)
        except (EOFError, OSError, ValueError) as error:
            if self._closed:
                raise EOFError from error
            fault = self._why(process)
        if isinstance(fault, PerfdocError):
            raise fault
        if fault is not None:
            raise RuntimeError(say("jobs.not_started", why=fault))
        return process

    def _wait(self, process: subprocess.Popen[bytes], seconds: float) -> Any:
        self._began = time.monotonic()
        with self._lock:
            self._deadline = self._began + seconds if seconds else 0.0
        try:
            return receive(_pipe(process.stdout))
        finally:
            with self._lock:
                self._deadline = 0.0

    def _why(self, process: subprocess.Popen[bytes]) -> str:
        self._end()
        code = process.returncode
        if self._late or (HAS_TIMERS and -code == signal.SIGALRM):
            return self._limits.timed_out(by_clock=True)
        if HAS_TIMERS and -code == signal.SIGPROF:
            return self._limits.timed_out()
        if code < 0:
            with contextlib.suppress(ValueError):
                return say("jobs.killed", name=signal.Signals(-code).name)
        return say("jobs.crashed", code=code)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _WATCH.forget(self)
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                _pipe(stream).close()
        remove(Path(self._scratch))  # LibreOffice ends with who started it, and may write until then


class _Watch:
    """The one thread that looks after the time of all Guards."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._guards: list[Guard] = []
        self._thread: threading.Thread | None = None

    def over(self, guard: Guard) -> None:
        with self._lock:
            self._guards.append(guard)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="perfdoc-watch", daemon=True)
                self._thread.start()

    def forget(self, guard: Guard) -> None:
        with self._lock:
            if guard in self._guards:
                self._guards.remove(guard)

    def _look(self) -> None:
        while True:
            time.sleep(_TICK)
            with self._lock:
                if not self._guards:
                    self._thread = None
                    return
                guards = tuple(self._guards)
            for guard in guards:
                guard.look(time.monotonic())


_WATCH = _Watch()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
