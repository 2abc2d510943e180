"""Waiting for what another process or thread does, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 900.0
"""Seconds after which a test gives up on a process. Nothing takes so long: it ends a run that hangs, and measures
nothing."""
_PAUSE = 0.02


def until(happened: Callable[[], object], said: Callable[[], str] = str) -> None:
    """Wait until something is so. A failure, after PATIENCE, shows what `said` gives."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"it did not happen\n{said()}"
        time.sleep(_PAUSE)
