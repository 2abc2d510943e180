"""A process that may hang or crash: what it did not live to answer is lost, and nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from perfdoc.errors import PerfdocError
from perfdoc.jobs.child import RESTED, Failed
from perfdoc.jobs.home import Home
from perfdoc.jobs.limits import START, Limits
from perfdoc.jobs.wire import receive, send

_TICK = 0.2  # seconds between two looks at who is over time
_BEGIN = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from perfdoc.jobs.child import main; main()"


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
        self._order = (prepare, context, limits)
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
                    result, retiring = self._wait(process, self._limits.seconds)
                    results.append(Lost(items[len(results)], *result) if isinstance(result, Failed) else result)
            except (EOFError, OSError, ValueError) as error:  # ValueError: its pipe was closed under our hands
                if self._closed:
                    raise EOFError from error
                spent = time.monotonic() - self._began
                why = self._why(process)
                if process.returncode == RESTED:
                    continue  # it had just ended itself, since nothing was asked of it
                if self._late and spent < self._limits.seconds:
                    continue  # the one before it was answered at the last moment, and its process killed
                results.append(Lost(items[len(results)], why))
            if retiring:
                self._end()
        return results

    def start(self) -> None:
        """Have a process ready."""
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
                self._kill()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise EOFError
        process = self._process
        if process is not None and process.poll() is None:
            return process
        self._end()
        self._scratch = tempfile.mkdtemp(prefix="perfdoc-")
        process = self._process = _start(self._home, self._scratch)
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
            raise RuntimeError(f"a process for the work could not be started: {fault}")
        return process

    def _wait(self, process: subprocess.Popen[bytes], seconds: float) -> Any:
        self._began = time.monotonic()
        with self._lock:
            self._deadline = self._began + seconds
        try:
            return receive(_pipe(process.stdout))
        finally:
            with self._lock:
                self._deadline = 0.0

    def _why(self, process: subprocess.Popen[bytes]) -> str:
        self._end()
        if self._late:
            return f"timed out: not read within {self._limits.seconds:g} seconds"
        code = process.returncode
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"crashed: its process was ended by {signal.Signals(-code).name}"
        return f"crashed: its process ended with code {code}"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _WATCH.forget(self)
        self._kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                _pipe(stream).close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _kill(self, process: subprocess.Popen[bytes] | None = None) -> None:
        """The process with all that it started: LibreOffice has a session of its own and would outlive it."""
        process = process or self._process
        if process is None or process.poll() is not None:
            return
        started = descendants(process.pid)
        process.kill()
        for pid in started:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


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


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started, as far as the platform says (Linux)."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(stat.read_bytes().rpartition(b")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _start(home: Home, scratch: str) -> subprocess.Popen[bytes]:
    """A new interpreter with our own path and nothing else: `-P` keeps the working folder's modules out of it.

    It has a session of its own, so that Ctrl-C reaches only us, and we decide. A folder of the run that is not
    on this machine is the root: no name that was meant for the one may be found in some other.
    """
    folder = home.folder if not home.folder or Path(home.folder).is_dir() else Path(home.folder).anchor
    own = {name: value for name, value in os.environ.items() if name not in dict(home.variables)}
    own.update({name: value for name, value in home.variables if value})
    own.update(TMPDIR=scratch, TEMP=scratch, TMP=scratch, MALLOC_ARENA_MAX="2")  # arenas count as address space
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _BEGIN, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("PERFDOC_DEBUG") else subprocess.DEVNULL,
        cwd=folder or None,
        env=own,
        start_new_session=True,
    )


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
