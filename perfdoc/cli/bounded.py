"""A bound on the time and the memory that reading one file may take, in this process.

For the files of a long run `perfdoc.batch` has processes to kill. Here the alarm of the system interrupts what
goes on for too long, and a limit on address space turns what grows too far into a MemoryError; where a platform
has neither (Windows) the readers' own limits have to do.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from perfdoc.batch.limits import MEMORY, SECONDS
from perfdoc.errors import UnreadableError

_ROOM = 512 * 2**20
"""Bytes that a file may take in a process that is large already (an editor's, a test's)."""
_AGAIN = 1.0  # seconds until the alarm rings again, where its exception got lost in a callback


@contextlib.contextmanager
def bounded(name: str, seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    """Raise UnreadableError, which names the file, for what takes longer than `seconds` or `memory` in bytes."""
    try:
        with _alarm(name, seconds), _ceiling(memory):
            yield
    except MemoryError as error:
        raise UnreadableError(f"{name}: out of memory: it needs more than {memory >> 20} MB") from error


@contextlib.contextmanager
def _alarm(name: str, seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    armed = True

    def ring(number: int, frame: FrameType | None) -> None:
        if armed:
            raise UnreadableError(f"{name}: timed out: not read within {seconds:g} seconds")

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
    import os
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
