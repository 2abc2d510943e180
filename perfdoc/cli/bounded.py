"""A bound on the time and the memory that reading one file may take, in this process.

For the files of a long run `perfdoc.jobs` has processes to kill. Here the alarm of the system interrupts what
goes on for too long, and a limit on address space turns what grows too far into a MemoryError; where a platform
has neither (Windows) the readers' own limits have to do. A parser in C hears no alarm until it is back: where
it does not come back, the run ends, with the message and the exit code that the alarm would have given.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

import click

from perfdoc.cli.codes import Code
from perfdoc.cli.terminal.printing import Printer
from perfdoc.errors import UnreadableError
from perfdoc.jobs.limits import MEMORY, SECONDS

_ROOM = 512 * 2**20
"""Bytes that a file may take in a process that is large already (an editor's, a test's)."""
_AGAIN = 1.0  # seconds until the alarm rings again, where its exception got lost in a callback
_DEAF = 1.5
"""Seconds after the alarm at which the run ends where it was not heard."""
_RESERVED = 72 * 2**20
"""Bytes of address space that a thread reserves and hardly uses (its stack, and glibc's arena for it)."""


@contextlib.contextmanager
def bounded(name: str, seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    """Raise UnreadableError, which names the file, for what takes longer than `seconds` or `memory` in bytes."""
    try:
        with _last_resort(name, seconds) as reserved, _unheard(), _alarm(name, seconds), _ceiling(memory + reserved):
            yield
    except MemoryError as error:
        raise UnreadableError(f"{name}: out of memory: it needs more than {memory >> 20} MB") from error


def _timed_out(name: str, seconds: float) -> UnreadableError:
    return UnreadableError(f"{name}: timed out: not read within {seconds:g} seconds")


@contextlib.contextmanager
def _last_resort(name: str, seconds: float) -> Iterator[int]:
    """End the run of a command that the alarm could not interrupt; gives how much address space that reserves.

    Files that were to follow are not read: only another process could go on, and a run over many files (`-r`) has
    those. Where no command is run, nothing is ended.
    """
    context = click.get_current_context(silent=True)
    printer = context.obj if context is not None else None
    if not isinstance(printer, Printer):
        yield 0
        return

    def end() -> None:
        try:
            printer.failure(_timed_out(name, seconds), name)
            printer.finish()
        finally:
            os._exit(Code.unreadable)

    timer = threading.Timer(seconds + _DEAF, end)
    timer.daemon = True
    timer.start()
    try:
        yield _RESERVED
    finally:
        timer.cancel()


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Say nothing of an alarm or a lack of memory that met a finalizer, which can raise neither: both come again."""
    before = sys.unraisablehook

    def hook(given: sys.UnraisableHookArgs) -> None:
        if not isinstance(given.exc_value, (UnreadableError, MemoryError)):
            before(given)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


@contextlib.contextmanager
def _alarm(name: str, seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    armed = True

    def ring(number: int, frame: FrameType | None) -> None:
        if armed:
            raise _timed_out(name, seconds)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _ceiling(memory: int) -> Iterator[None]:
    """Hold the process to so many bytes of address space (Linux, where one can be held)."""
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123
        now = int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = max(memory, now + _ROOM)
    lowered = (soft == resource.RLIM_INFINITY or wanted < soft) and (hard == resource.RLIM_INFINITY or wanted < hard)
    if lowered:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        if lowered:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
