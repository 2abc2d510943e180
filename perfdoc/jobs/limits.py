"""What the work on one file may take of the machine."""

import os
import signal
import sys
from typing import NamedTuple

from perfdoc.texts import say

SECONDS = 26.0
"""Seconds of processor time that one file may take: under half a minute with the start of a process."""
PATIENCE = 10.0
"""How many times as long a file may take by the clock: the machine may be busy, and a helper program is waited for.
Where the system has no timer for processor time (Windows), the clock alone counts and this is 1."""
TOOL_SHARE = 0.85
"""The part of a file's time that a helper program may take: what it makes must be read, too."""
MEMORY = 950 * 2**20
"""Bytes of address space that the process at work on a file may have; under 1 GB."""
GRACE = 10.0
"""Seconds after the end of a file's time at which a process ends itself where nobody is left to end it."""
START = 60.0
"""Seconds that a process may take to start."""
RETIRE_AT = 400 * 2**20
"""Bytes in memory after a file from which on a process is replaced: what it holds it will not give back."""
IDLE = 300.0
"""Seconds without work after which a process ends itself."""
LIFE = 20_000
"""Files after which a process is replaced, whatever it holds."""
COLLECT_AFTER = (50_000, 20, 20)
"""When Python's collector looks for cycles (`gc.set_threshold`). A file becomes many thousand tuples without any; at
Python's own numbers it looks through all of them again and again, a quarter of the time of a large file."""
HAS_TIMERS = hasattr(signal, "setitimer")


class Limits(NamedTuple):
    """What a file may take: `seconds` of processor time, bytes of address space (`memory`); 0 is no limit."""

    seconds: float = SECONDS
    memory: int = MEMORY

    @property
    def wall(self) -> float:
        return self.seconds * PATIENCE if HAS_TIMERS else self.seconds

    def timed_out(self, *, by_clock: bool = False) -> str:
        """Why a file was given up: a clause that follows its name."""
        return say("jobs.late", seconds=self.wall if by_clock else self.seconds)

    def out_of_memory(self) -> str:
        return say("jobs.memory", most=self.memory >> 20)


UNLIMITED = Limits(0.0, 0)


def resident() -> int:
    """Bytes of this process that are in memory now, or 0 where the platform does not say."""
    return _pages(1)


def address_space() -> int:
    """Bytes of address space that this process has now, or 0 where the platform does not say."""
    return _pages(0)


def _pages(column: int) -> int:
    if not sys.platform.startswith("linux"):
        return 0
    with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123
        return int(stream.read().split()[column]) * os.sysconf("SC_PAGE_SIZE")
