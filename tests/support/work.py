"""How much work something is, in calls of functions: the same number on a busy machine as on a quiet one."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType


def calls(of: Callable[[], object]) -> int:
    """The calls that `of` makes, of functions in Python and in C. What one function in C does inside is not seen."""
    count = 0

    def see(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1

    gc.collect()  # what was left behind by others does not end meanwhile
    before = sys.getprofile()
    sys.setprofile(see)
    try:
        of()
    finally:
        sys.setprofile(before)
    return count


def growth(of: Callable[[int], Callable[[], object]], size: int, times: int = 4) -> float:
    """By which factor the calls grow where the size grows by `times`; `of` gives what is to be done for a size.

    In proportion it is `times`, by the square its square; constant parts make it less.
    """
    of(1)()  # what is done at the first use only
    return calls(of(times * size)) / calls(of(size))
