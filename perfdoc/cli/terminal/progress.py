"""How far a run over many files is: a bar on the terminal, plain lines elsewhere; no colour in either."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from perfdoc.cli.terminal.printing import Printer

Item = TypeVar("Item")

_WIDTH = 24  # cells of the bar
_PATIENCE = 0.5  # seconds of work before a bar shows; a quick run shows none
_PAUSE = 0.1  # seconds between two drawings
_PLAIN = 10.0  # seconds between two lines where there is no terminal
_SAMPLE = 2.0  # seconds between two looks at how far it is, by which the rate is known
_SAMPLES = 30


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
    return _bar(done, total, done / seconds if seconds > 0 else 0.0)


def _bar(done: int, total: int, rate: float) -> str:
    filled = _WIDTH * done // max(total, 1)
    left = f"  {_span((total - done) / rate)} left" if rate else ""
    return f"[{'#' * filled}{' ' * (_WIDTH - filled)}] {done:>{len(str(total))}}/{total}  {rate:.1f}/s{left}"


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}h{minutes:02}m"
    return f"{minutes}m{rest:02}s" if minutes else f"{rest}s"


class Pace:
    """How far a run over `total` items is, told on stderr while it goes on: how many ended how, how fast, how long
    the rest may take. On a terminal it is a line that is redrawn; elsewhere, plain lines now and then."""

    def __init__(self, printer: Printer, total: int) -> None:
        self._printer, self._total = printer, total
        self.counts: Counter[str] = Counter()
        now = time.monotonic()
        self._started = self._told = now
        self._seen = deque([(now, 0)], maxlen=_SAMPLES)
        self._bar = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._started

    def add(self, ending: str) -> None:
        """An item ended so."""
        self.counts[ending] += 1

    def tell(self) -> None:
        """Show how far it is, if it is time to."""
        now = time.monotonic()
        if now - self._seen[-1][0] >= _SAMPLE:
            self._seen.append((now, self.counts.total()))
        if self._bar:
            if now - self._started > _PATIENCE:
                width = shutil.get_terminal_size().columns - 1
                self._printer.progress.show(self._line(now)[:width])
        elif now - self._told > _PLAIN:
            self._printer.status(self._line(now))
            self._told = now

    def end(self) -> None:
        """Take the line away."""
        self._printer.progress.clear()

    def _line(self, now: float) -> str:
        """The rate is that of the last minute: what an earlier run has done already goes by faster than the rest."""
        done = self.counts.total()
        since, before = self._seen[0]
        counts = ", ".join(f"{number} {name}" for name, number in self.counts.items())
        rate = (done - before) / (now - since) if now > since else 0.0
        return f"{_bar(done, max(self._total, done), rate)}  {counts}"
