"""Python's cyclic collector, paused while cells, values or findings are made by the thousand."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MOST = 5_000_000
"""Objects made meanwhile, over all files of a run, after which one full collection is due."""
_FAILED = _MOST // 20
"""Objects that a file counts for where reading it ended in an error: what was at work then may hold itself, and with
that the whole file."""
_made = 0


@contextmanager
def paused() -> Iterator[None]:
    """No cyclic collection inside; reference counting goes on, so nothing but cycles stays longer.

    Cells are tuples without cycles, but the collector looks through all of them again and again as they
    grow in number: a third of the time of reading a large sheet. Afterwards they count as old objects,
    which the next full collection looks at, not as millions of new ones that the next line would have to pay.
    Nothing that reads leaves cycles behind (a test holds it); for what else does, there is a collection at last.
    """
    global _made
    was_on = gc.isenabled()
    if was_on and _made > _MOST:
        _made = 0
        gc.collect()
    gc.disable()
    try:
        yield
    except BaseException:
        _made += _FAILED
        raise
    finally:
        if was_on:
            if not gc.get_freeze_count():  # else the program has frozen objects of its own
                _made += gc.get_count()[0]
                gc.freeze()  # starts all counts anew, those by which a full collection comes to its turn too
                gc.unfreeze()
            gc.enable()
