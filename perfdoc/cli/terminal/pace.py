"""How far a run over many items is, and how many of them ended how, told while it goes on."""

from __future__ import annotations

import time
from collections import Counter

from perfdoc.cli.terminal.printing import Printer
from perfdoc.cli.terminal.progress import Bar


class Pace:
    """A run over `total` items, told of on stderr: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, printer: Printer, total: int) -> None:
        self.counts: Counter[str] = Counter()
        self._began = time.monotonic()
        self._bar = Bar(total, printer.status)
        printer.progress.begin(self._bar)

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

    def add(self, ending: str) -> None:
        """An item ended so."""
        self.counts[ending] += 1

    def tell(self) -> None:
        """Show how far it is, if it is time to."""
        self._bar.show(self.counts.total(), ", ".join(f"{number} {name}" for name, number in self.counts.items()))

    def end(self) -> None:
        """Take the bar away."""
        self._bar.end()
