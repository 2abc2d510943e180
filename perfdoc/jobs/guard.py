"""Work in a process that may hang or crash: the item that it did not live to answer is lost, and nothing else."""

import contextlib
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from perfdoc import __version__
from perfdoc.errors import PerfdocError, UsageError
from perfdoc.jobs.child import RESTED, Failed, Home, receive, send, start
from perfdoc.jobs.limits import HAS_TIMERS, START, Limits
from perfdoc.office.keeper import remove
from perfdoc.texts import say


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
        self._began = 0.0
        self._late: subprocess.Popen[bytes] | None = None  # the process that was killed last for being over its time
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
                if self._late is process and spent < self._limits.wall:
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

    def _started(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise EOFError
        process = self._process
        if process is not None and process.poll() is None:
            return process
        self._end()
        self._scratch = tempfile.mkdtemp(prefix="perfdoc-")
        process = self._process = start(self._home, self._scratch)
        if self._closed:  # while it was being started
            self._end()
            raise EOFError
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
        """The next answer; the process is killed where it takes longer (0: it may)."""

        def kill() -> None:
            self._late = process
            process.kill()

        self._began = time.monotonic()
        alarm = threading.Timer(seconds, kill)
        alarm.daemon = True
        if seconds:
            alarm.start()
        try:
            return receive(_pipe(process.stdout))
        finally:
            alarm.cancel()

    def _why(self, process: subprocess.Popen[bytes]) -> str:
        self._end()
        code = process.returncode
        if self._late is process or (HAS_TIMERS and -code == signal.SIGALRM):
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
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                _pipe(stream).close()
        remove(Path(self._scratch))  # LibreOffice ends with who started it, and may write until then


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


_lock = threading.Lock()
_guards: dict[tuple[int, str], Guard] = {}


@dataclass(frozen=True)
class Task:
    """Calling it works on items in a guarded process, one for each thread that calls it.

    `prepare`, `context` and `home` as for Guard; `run` tells runs apart, so that `close` ends the processes of
    this one only. Another version of perfdoc than the one that made the Task refuses it with a UsageError.
    """

    prepare: str
    context: Any
    limits: Limits
    run: str
    home: Home = field(default_factory=Home)
    version: str = __version__

    def __call__(self, items: Sequence[Any]) -> list[Any]:
        """A result or a Lost for each item, in order."""
        if self.version != __version__:
            raise UsageError(say("jobs.version", worker=__version__, run=self.version))
        return self._guard().run(items)

    def start(self) -> None:
        self._guard().start()

    def _guard(self) -> Guard:
        key = (threading.get_ident(), self.run)
        with _lock:
            guard = _guards.get(key)
            if guard is None:
                # On a worker: this thread's of runs whose master was killed, and so never said that they are over.
                for old in [old for old, one in _guards.items() if old[0] == key[0] and one.resting()]:
                    _guards.pop(old).close()
                guard = _guards[key] = Guard(self.prepare, self.context, self.limits, self.home)
            return guard

    def close(self) -> None:
        """End the processes of this run on this machine, at once; calls that wait for one end with EOFError."""
        close(self.run)


def close(run: str) -> None:
    """End the processes of a run on this machine; what a worker is told when the run is over."""
    with _lock:
        guards = [_guards.pop(key) for key in [*_guards] if key[1] == run]
    for guard in guards:
        guard.close()


async def over(run: str) -> None:
    """`close`, as a worker of a cluster can be told to do it without being waited for."""
    close(run)
