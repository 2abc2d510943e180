"""What one file may take of this machine when many are worked on."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

SECONDS = 26.0
"""Seconds that one file may take: under half a minute with the start of a process and the release of what it held,
also on a machine that is busy."""
TOOL_SHARE = 0.85
"""The part of a file's time that a helper program may take: what it makes must be read, too."""
MEMORY = 950 * 2**20
"""Bytes of address space that the process at work on a file may have; under 1 GB."""
GRACE = 10.0
"""Seconds after which a process ends itself where nobody is left to end it."""
START = 60.0
"""Seconds that a process may take to start."""
RETIRE_AT = 400 * 2**20
"""Bytes in memory after a file from which on a process is replaced: what it holds it will not give back."""
IDLE = 300.0
"""Seconds without work after which a process ends itself."""
LIFE = 20_000
"""Files after which a process is replaced, whatever it holds."""


class Limits(NamedTuple):
    """What a file may take: `seconds`, and bytes of `memory` in address space (0 for no limit)."""

    seconds: float = SECONDS
    memory: int = MEMORY


def resident() -> int:
    """Bytes of this process that are in memory now, or 0 where the platform does not say."""
    if not sys.platform.startswith("linux"):
        return 0
    with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 - after each file
        return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
