"""Python's cyclic collector, paused while millions of cells are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No cyclic collection inside; reference counting goes on, so nothing but cycles stays longer.

    Cells are tuples without cycles, but the collector looks through all of them again and again as they
    grow in number: a third of the time of reading a large sheet. Afterwards they count as old objects,
    which the next full collection looks at, not as millions of new ones that the next line would have to pay.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # else the program has frozen objects of its own
                gc.freeze()
                gc.unfreeze()
            gc.enable()
