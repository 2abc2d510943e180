"""A bar on the terminal while many files are worked on. On anything else than a terminal: nothing at all."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

_WIDTH = 24  # cells of the bar
_PATIENCE = 0.5  # seconds of work before a bar shows; a quick run shows none
_PAUSE = 0.1  # seconds between two drawings


class Progress:
    """A line on stderr that is redrawn in place. `clear` takes it away before anything else is printed."""

    def __init__(self) -> None:
        self._drawn = False
        self._shown = 0.0

    def over(self, items: Sequence[Item]) -> Iterator[Item]:
        """The items one by one, with a bar that says how many are done and how long the rest may take."""
        if len(items) < 2 or not sys.stderr.isatty():
            yield from items
            return
        started = drawn = time.monotonic()
        for done, item in enumerate(items):
            now = time.monotonic()
            if now - started > _PATIENCE and now - drawn > _PAUSE:
                self._draw(line(done, len(items), now - started))
                drawn = now
            yield item
        self.clear()

    def show(self, text: str) -> None:
        """Draw a bar of one's own, unless one was shown just now."""
        now = time.monotonic()
        if now - self._shown > _PAUSE:
            self._shown = now
            self._draw(text)

    def clear(self) -> None:
        """Take the bar away, if there is one."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False

    def _draw(self, text: str) -> None:
        sys.stderr.write("\r" + text + "\x1b[K")
        sys.stderr.flush()
        self._drawn = True


def line(done: int, total: int, seconds: float) -> str:
    """The bar's text after `seconds` of work: `[#####     ]  3/12  1.5/s  6s left`."""
    filled = _WIDTH * done // total
    rate = done / seconds if seconds > 0 else 0.0
    left = f"  {_span((total - done) / rate)} left" if rate else ""
    return f"[{'#' * filled}{' ' * (_WIDTH - filled)}] {done:>{len(str(total))}}/{total}  {rate:.1f}/s{left}"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}h{minutes:02}m"
    return f"{minutes}m{rest:02}s" if minutes else f"{rest}s"
