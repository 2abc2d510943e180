"""Work on a list of items, as something that any Executor can be given: it pickles, and keeps its process."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from perfdoc.batch.guard import Guard
from perfdoc.batch.limits import Limits

_lock = threading.Lock()
_guards: dict[tuple[int, str], Guard] = {}


@dataclass(frozen=True)
class Task:
    """Calling it works on items in a guarded process, one for each thread that calls it.

    `prepare` and `context` as for Guard; `run` tells runs apart, so that `close` ends the processes of this
    one only.
    """

    prepare: str
    context: Any
    limits: Limits
    run: str

    def __call__(self, items: Sequence[Any]) -> list[Any]:
        """A result or a Lost for each item, in order."""
        key = (threading.get_ident(), self.run)
        with _lock:
            guard = _guards.get(key)
            if guard is None:
                guard = _guards[key] = Guard(self.prepare, self.context, self.limits)
        return guard.run(items)

    def close(self) -> None:
        """End the processes of this run on this machine, at once; calls that wait for one end with EOFError."""
        with _lock:
            ours = [key for key in _guards if key[1] == self.run]
            guards = [_guards.pop(key) for key in ours]
        for guard in guards:
            guard.close()
