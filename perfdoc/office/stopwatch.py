"""How long a program has been at one thing, as a limit counts it: time that the machine did not give it is not its."""

import contextlib
import os
import time
from pathlib import Path

PATIENCE = 10.0
"""How many times as long a thing may take by the clock as is counted."""
_TICK = 0.2  # seconds between two looks at the processes


class Stopwatch:
    """Counts for the processes of a session: processor time, and time in which none of them asks for any.

    One that hangs is so counted like one that works without end, and one that waits for a busy machine is not. Where
    the platform does not tell (it is known on Linux), the clock alone counts.
    """

    def __init__(self, session: int) -> None:
        self._session = session
        self.restart()

    def restart(self) -> None:
        """Count from here."""
        self._began = self._looked = time.monotonic()
        self._processor, _ = _processor_of(self._session)
        self._counted = 0.0

    def seconds(self) -> float:
        """The seconds that count so far; a tenth of those by the clock at the least."""
        now = time.monotonic()
        if now - self._looked >= _TICK:
            processor, waits = _processor_of(self._session)
            self._counted += max(processor - self._processor, 0.0) if waits else now - self._looked
            self._processor, self._looked = processor, now
        return max(self._counted, (now - self._began) / PATIENCE)


def _processor_of(session: int) -> tuple[float, bool]:
    """Seconds of processor time that the processes of a session took, and whether a thread of them works or would."""
    ticks, works = 0, False
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = _fields(stat)
            if int(fields[3]) == session:
                ticks += sum(map(int, fields[11:15]))
                works = works or any(_fields(one)[0] in (b"R", b"D") for one in stat.parent.glob("task/*/stat"))
    return (ticks / os.sysconf("SC_CLK_TCK") if ticks else 0.0), works


def _fields(stat: Path) -> list[bytes]:
    """What the system says of a process or thread behind its name: state, parent, group, session …"""
    return stat.read_bytes().rpartition(b")")[2].split()
