"""How a process holds its own work on one file to its limits, whether it is a run's main process or a guarded one.

Two timers of the system send signals: SIGPROF when the processor time is used up, SIGALRM when the time by the clock
is. In a process that `guard` watches nothing handles them, so that they end it, whatever it is doing. In the main
process (`bounded`) they raise an exception; a parser in C hears no signal until it returns, so a thread calls
`give_up` where it does not. A limit on address space (Linux) turns what grows too far into a MemoryError. Where a
platform has no timers (Windows) the main process is held by the readers' own limits alone.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

from perfdoc.errors import UnreadableError
from perfdoc.jobs.limits import HAS_TIMERS, Limits, address_space

_ROOM = 512 * 2**20
"""Bytes that a file may take in a main process that is large already (an editor's, a test's)."""
_AGAIN = 1.0  # seconds until a signal comes again: its exception may get lost in a callback
_DEAF = 1.5  # seconds after the end of a file's time at which the main process gives up
_TICK = 0.25  # seconds between two looks at the time
_RESERVED = 72 * 2**20
"""Bytes of address space that a thread reserves and hardly uses (its stack, and glibc's arena for it)."""
_held = False


class OverrunError(UnreadableError):
    """A file took more than its limits; `why` is the clause that follows its name."""

    def __init__(self, name: str, why: str) -> None:
        self.why = why
        super().__init__(f"{name}: {why}")


GiveUp = Callable[[OverrunError], None]
"""Called in a thread of its own where the work does not stop: ends the process."""


@contextlib.contextmanager
def timed(seconds: float, wall: float) -> Iterator[None]:
    """End this process by a signal when the work inside takes longer; for a process that `guard` watches."""
    global _held
    before, _held = _held, True
    _start_timers(seconds, wall)
    try:
        yield
    finally:
        _start_timers(0, 0)
        _held = before


@contextlib.contextmanager
def bounded(name: str, limits: Limits = Limits(), give_up: GiveUp | None = None) -> Iterator[None]:  # noqa: B008
    """Raise OverrunError, which names the file, for work that takes more than its limits.

    Without effect within itself and in a process that `guard` watches: what holds already goes on to hold. Where
    the work can't be interrupted, `give_up` is called; without it, the work is waited for.
    """
    global _held
    if _held or not (limits.seconds or limits.memory):
        yield
        return
    _held = True
    try:
        with _watched(name, limits, give_up), _unheard(), _interrupted(name, limits), _ceiling(limits, give_up):
            yield
    except MemoryError as error:
        raise OverrunError(name, limits.out_of_memory()) from error
    finally:
        _held = False


def limit_memory(most: int) -> None:
    """Hold this process to `most` bytes of address space for good (Linux); no core files."""
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, most)) if most else ((resource.RLIMIT_CORE, 0),)
    for name, limit in wanted:
        with contextlib.suppress(ValueError, OSError):  # a platform that knows the limit and does not hold it
            hard = resource.getrlimit(name)[1]
            resource.setrlimit(name, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _start_timers(seconds: float, wall: float, again: float = 0.0) -> None:
    """Start both timers, or stop them with 0."""
    if HAS_TIMERS:
        signal.setitimer(signal.ITIMER_PROF, seconds, again)
        signal.setitimer(signal.ITIMER_REAL, wall, again)


@contextlib.contextmanager
def _watched(name: str, limits: Limits, give_up: GiveUp | None) -> Iterator[None]:
    """Give up where the signals were not heard."""
    if give_up is None or not limits.seconds:
        yield
        return
    done = threading.Event()
    processor, clock = time.process_time() + limits.seconds + _DEAF, time.monotonic() + limits.wall + _DEAF

    def watch() -> None:
        while not done.wait(_TICK):
            late = time.monotonic() > clock
            if late or (HAS_TIMERS and time.process_time() > processor):
                give_up(OverrunError(name, limits.timed_out(by_clock=late)))
                return

    threading.Thread(target=watch, name="perfdoc-watch", daemon=True).start()
    try:
        yield
    finally:
        done.set()


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Say nothing of a signal or a lack of memory that met a finalizer, which can raise neither: both come again."""
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
def _interrupted(name: str, limits: Limits) -> Iterator[None]:
    """Raise OverrunError in the main thread when a timer ends."""
    if not HAS_TIMERS or not limits.seconds or threading.current_thread() is not threading.main_thread():
        yield
        return
    armed = True

    def ring(number: int, frame: FrameType | None) -> None:
        if armed:
            raise OverrunError(name, limits.timed_out(by_clock=number == signal.SIGALRM))

    before = [(number, signal.signal(number, ring)) for number in (signal.SIGPROF, signal.SIGALRM)]
    _start_timers(limits.seconds, limits.wall, _AGAIN)
    try:
        yield
    finally:
        armed = False
        _start_timers(0, 0)
        for number, handler in before:
            signal.signal(number, handler)


@contextlib.contextmanager
def _ceiling(limits: Limits, give_up: GiveUp | None) -> Iterator[None]:
    """Hold the process to so many bytes of address space (Linux, where one can be held)."""
    if not sys.platform.startswith("linux") or not limits.memory:
        yield
        return
    import resource

    most = limits.memory + (_RESERVED if give_up else 0)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = max(most, address_space() + _ROOM)
    lowered = (soft == resource.RLIM_INFINITY or wanted < soft) and (hard == resource.RLIM_INFINITY or wanted < hard)
    if lowered:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        if lowered:
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
