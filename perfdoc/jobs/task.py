"""Work on a list of items, as something that any Executor can be given: it pickles, and keeps its process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from perfdoc import __version__
from perfdoc.errors import UsageError
from perfdoc.jobs.guard import Guard
from perfdoc.jobs.limits import Limits
from perfdoc.jobs.process import Home
from perfdoc.texts import say

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
